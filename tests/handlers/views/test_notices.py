"""What the secretariat is told when something could not be delivered."""

import pytest

from alliance.when import parse_when
from handlers.answers import Answer
from handlers.tongue import Tongue
from handlers.views import notices, welcome
from tests.handlers.desk import buttons, shown
from tests.handlers.validity import check_message


def read(answer: Answer) -> list[str]:
    """Its lines, after the message was held against Slack's limits."""
    message = {"text": answer.text, "blocks": answer.blocks}
    check_message(message)
    return shown(message).split("\n")


@pytest.mark.parametrize(
    ("target", "reason", "what_to_do"),
    [
        (
            "C0MIGRATION",
            "not_in_channel",
            "The bot is not in this channel. To go on with reminders, invite it there: /invite @Alliance",
        ),
        ("C0MIGRATION", "is_archived", "This channel is archived. Nothing more is posted there."),
        (
            "U0LAN",
            "account_inactive",
            "This member’s account is not active any more. Nothing needs to be done.",
        ),
        (
            "C0MIGRATION",
            "invalid_blocks",
            "Slack refused the message: invalid_blocks. Please tell whoever runs the bot.",
        ),
    ],
)
def test_a_failure_says_where_why_and_what_to_do(target: str, reason: str, what_to_do: str) -> None:
    answer = notices.failed(target, reason, Tongue("en"))
    assert read(answer)[0] == "A message could not be delivered"
    assert read(answer)[2] == what_to_do
    kind = "channel" if target.startswith("C") else "user"
    assert answer.blocks[1]["elements"][0]["elements"][1] == {"type": kind, f"{kind}_id": target}


WHY = (
    "The bot was not running, was paused, or could not reach Slack when they were due. "
    "If one of these still matters, please write to the channel yourself."
)


def missed(number: int) -> notices.Missed:
    return notices.Missed(f"Event {number}", parse_when("2019-06-12"), ("C0GENERAL",))


def test_late_reminders_are_listed_with_dates_and_channels_and_private_ones_only_counted() -> None:
    world_day = notices.Missed("World Day", parse_when("2019-06-12"), ("C0GENERAL", "C0MIGRATION"))
    assert read(notices.late([world_day], 2, 4, Tongue("en"))) == [
        "4 reminders came too late and were not posted",
        WHY,
        "- World Day · 12 June 2019 · C0GENERAL, C0MIGRATION",
        "2 private reminders to members",
    ]
    assert read(notices.late([], 1, 1, Tongue("es")))[-1] == "1 recordatorio privado a un miembro"


def test_many_late_reminders_are_named_up_to_twenty_and_the_others_counted() -> None:
    lines = read(notices.late([missed(number) for number in range(1, 24)], 0, 30, Tongue("fr")))
    assert lines[0] == "30 rappels arrivaient trop tard et n’ont pas été publiés"
    assert lines[2:] == [
        *(f"- Event {number} · 12 juin 2019 · C0GENERAL" for number in range(1, 21)),
        "Et 3 autres événements",
    ]
    exactly = read(notices.late([missed(number) for number in range(20)], 0, 20, Tongue("en")))
    assert len(exactly) == 22


def test_the_welcome_says_what_to_type_and_has_ways_in() -> None:
    answer = welcome.words(Tongue("en"))
    lines = read(answer)
    assert "Type this in any channel: /alliance, /alliance events africa, /alliance group migration" in lines
    assert list(buttons({"blocks": answer.blocks})) == [
        "Next events",
        "Action groups",
        "What I can ask",
        "My language and zone",
    ]
