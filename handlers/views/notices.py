"""What the secretariat is told: a delivery that could not be posted, and deliveries that came too late."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from alliance.when import When
from handlers.answers import Answer
from handlers.tongue import Tongue
from handlers.views import kit
from handlers.views.dates import written
from handlers.views.reasons import refusal

MOST: Final = 20
"""So many late occurrences are named; the others are counted."""


def failed(target: str, reason: str, t: Tongue) -> Answer:
    """A channel or member cannot be reached. `reason` is Slack's error code."""
    headline = t._("A message could not be delivered")
    channel = target[:1] in ("C", "G")
    where: kit.Element = {"type": "channel", "channel_id": target} if channel else {"type": "user", "user_id": target}
    return Answer(
        text=headline,
        blocks=[
            kit.header(headline),
            kit.rich(
                kit.paragraph(kit.text(t._("To:") + " "), where),
                kit.paragraph(kit.text(refusal(reason, t))),
            ),
            kit.context(t._("You are told once. Type /alliance reminders in the channel to see its settings.")),
        ],
    )


@dataclass(frozen=True, slots=True)
class Missed:
    """An occurrence whose reminder came too late, and the ids of the channels that did not get it."""

    title: str
    when: When
    channels: tuple[str, ...]


def late(missed: Sequence[Missed], private: int, count: int, t: Tongue) -> Answer:
    """Reminders whose time was over before the bot could post them: `count`, of which `private` to members.

    Who asked for a private reminder, and of what, is nobody else's matter.
    """
    headline = t.n(
        "{count} reminder came too late and was not posted",
        "{count} reminders came too late and were not posted",
        count,
    )
    parts = [kit.bullets(_line(one, t) for one in missed[:MOST])] if missed else []
    if more := len(missed) - MOST if len(missed) > MOST else 0:
        parts.append(kit.paragraph(kit.text(t.n("And {count} more event", "And {count} more events", more))))
    if private:
        words = t.n("{count} private reminder to a member", "{count} private reminders to members", private)
        parts.append(kit.paragraph(kit.text(words)))
    return Answer(
        text=headline,
        blocks=[
            kit.header(headline),
            kit.say(
                t._(
                    "The bot was not running, was paused, or could not reach Slack when they were due. "
                    "If one of these still matters, please write to the channel yourself."
                )
            ),
            *([kit.rich(*parts)] if parts else []),
        ],
    )


def _line(missed: Missed, t: Tongue) -> list[kit.Element]:
    """The title, the date, and the channels, whose names Slack shows to those who may see them."""
    elements = [kit.text(missed.title, bold=True), kit.text(f" · {written(missed.when, t)} · ")]
    for index, channel in enumerate(missed.channels):
        elements += [kit.text(", ")] if index else []
        elements.append({"type": "channel", "channel_id": channel})
    return elements
