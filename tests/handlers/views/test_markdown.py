"""Markdown in Slack: words, links and lists; never a mention, and never more than Slack takes."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from alliance.edition import Edition, Section
from alliance.newsletters import Content
from handlers.replies import Json
from handlers.tongue import Tongue
from handlers.views.markdown import elements
from handlers.views.newsletterpost import post
from tests.handlers.validity import check_message

TEXT = st.text(alphabet="abé <>&!@#*_`~[]()|-=>\n1.:/\\htps", max_size=300)


def words(*parts: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(parts)}


def test_paragraphs_styles_and_links() -> None:
    assert elements("Hi **all *of* you** `code` ~~no~~ [ILO](https://ilo.org) [x](ftp://y)") == [
        words(
            {"type": "text", "text": "Hi "},
            {"type": "text", "text": "all ", "style": {"bold": True}},
            {"type": "text", "text": "of", "style": {"bold": True, "italic": True}},
            {"type": "text", "text": " you", "style": {"bold": True}},
            {"type": "text", "text": " "},
            {"type": "text", "text": "code", "style": {"code": True}},
            {"type": "text", "text": " "},
            {"type": "text", "text": "no", "style": {"strike": True}},
            {"type": "text", "text": " "},
            {"type": "link", "url": "https://ilo.org", "text": "ILO"},
            {"type": "text", "text": " "},
            {"type": "text", "text": "x"},
            {"type": "text", "text": "\n"},
        )
    ]


def test_lists_quotes_code_and_tables() -> None:
    found = elements("- a\n  1. b\n\n> said\n\n```\nx < y\n```\n\n| a | bb |\n|---|---|\n| ccc | d |\n")
    assert [(one["type"], one.get("style"), one.get("indent")) for one in found] == [
        ("rich_text_list", "bullet", None),
        ("rich_text_list", "ordered", 1),
        ("rich_text_quote", None, None),
        ("rich_text_preformatted", None, None),
        ("rich_text_preformatted", None, None),
    ]
    assert [one["elements"][0]["text"] for one in found[3:]] == ["x < y", "a    bb\nccc  d"]


def test_what_looks_like_a_mention_or_html_is_text() -> None:
    said = json.dumps(elements("<!channel> <@U0LAN> @here <script>alert(1)</script> &lt;"))
    assert "<!channel> <@U0LAN> @here <script>alert(1)</script> <" in said
    assert set(kinds(elements("<!channel> <@U0LAN> #general"))) == {"rich_text_section", "text"}


def kinds(parts: list[Json]) -> list[str]:
    return [part["type"] for part in parts] + [k for part in parts for k in kinds(part.get("elements", []))]


@settings(max_examples=150, deadline=None)
@given(TEXT, TEXT.filter(str.strip), TEXT)
def test_whatever_is_written_slack_takes_it_and_nobody_is_called(title: str, body: str, heading: str) -> None:
    edition = Edition("en", title.strip()[:140] or "News", (Section(heading[:140], body),))
    answer = post(Content(editions={"en": edition}), Tongue("fr", "UTC"))
    check_message({"text": answer.text, "blocks": answer.blocks})
    assert not {"user", "channel", "usergroup", "broadcast"} & set(kinds(answer.blocks))
