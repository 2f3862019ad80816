"""Block Kit at the terminal."""

from bot.plaintext import of_blocks
from handlers.views import kit


def test_an_answer_reads_like_a_page() -> None:
    ordered = kit.rich(kit.bullets([[kit.text("First")], [kit.text("Second")]], ordered=True))
    blocks = [
        kit.header("Events"),
        kit.rich(
            kit.paragraph(kit.text("April 2019", bold=True)),
            kit.bullets([[kit.text("Workshop\n12 April")], [kit.link("https://example.org", "Website")]]),
        ),
        kit.divider(),
        ordered,
        kit.context("Small print", "More"),
        kit.actions(
            kit.button("Next page", "ask.open:next", "events||2"),
            kit.menu("Open an event…", "ask.open", [kit.option("Albania", "a")]),
            kit.menu("Language", "x", [kit.option("Français", "fr")], "fr"),
        ),
        kit.field("Name", "name", kit.line_input("name", "Nepal"), hint="As people say it"),
        {"type": "section", "text": {"type": "mrkdwn", "text": "*Hello*"}, "fields": [kit.plain("One")]},
        {"type": "video", "title": {"type": "plain_text", "text": "Film"}},
    ]
    assert of_blocks(blocks) == (
        "Events\n======\n\n"
        "April 2019\n• Workshop\n  12 April\n• Website (https://example.org)\n\n"
        "----------------------------------------\n\n"
        "1. First\n2. Second\n\n"
        "Small print · More\n\n"
        "[Next page] [Open an event… ▾] [Français ▾]\n\n"
        "Name: [Nepal…]\n  (As people say it)\n\n"
        "*Hello*\n  One\n\n"
        "(video)"
    )


def test_people_channels_and_dates_are_named() -> None:
    part = {
        "type": "rich_text_quote",
        "elements": [
            {"type": "user", "user_id": "U0LAN"},
            {"type": "channel", "channel_id": "C0GENERAL"},
            {"type": "emoji", "name": "wave"},
            {"type": "date", "timestamp": 0, "format": "{time}", "fallback": "15:00"},
        ],
    }
    code = {"type": "rich_text_preformatted", "elements": [kit.text("/alliance events")]}
    assert of_blocks([kit.rich(part, code)]) == "> @U0LAN#C0GENERAL:wave:15:00\n    /alliance events"
