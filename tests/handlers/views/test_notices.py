"""What the secretariat is told when something could not be delivered."""

import pytest

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


def test_late_reminders_are_counted_and_named() -> None:
    assert read(notices.late(["World Day · #community"], 1, Tongue("en"))) == [
        "1 reminder came too late and was not posted",
        "The bot was not running, was paused, or could not reach Slack when they were due. "
        "If one of these still matters, please write to the channel yourself.",
        "- World Day · #community",
    ]
    assert read(notices.late(["A", "B"], 30, Tongue("en")))[0] == "30 reminders came too late and were not posted"


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
