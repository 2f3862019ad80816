"""What the secretariat is told: a delivery that could not be posted, and deliveries that came too late."""

from collections.abc import Sequence

from handlers.answers import Answer
from handlers.tongue import Tongue
from handlers.views import kit
from handlers.views.reasons import refusal


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


def late(titles: Sequence[str], count: int, t: Tongue) -> Answer:
    """Reminders whose time was over before the bot could post them; `titles` names some of `count`."""
    headline = t.n(
        "{count} reminder came too late and was not posted",
        "{count} reminders came too late and were not posted",
        count,
    )
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
            kit.rich(kit.bullets([[kit.text(title)] for title in titles])),
        ],
    )
