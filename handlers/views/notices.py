"""What the secretariat is told: a delivery that could not be posted, and deliveries that came too late."""

from collections.abc import Sequence

from handlers.answers import Answer
from handlers.tongue import Tongue
from handlers.views import kit


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
                kit.paragraph(kit.text(_why(reason, t))),
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
                    "The bot was not running, or could not reach Slack, when they were due. "
                    "If one of these still matters, please write to the channel yourself."
                )
            ),
            kit.rich(kit.bullets([[kit.text(title)] for title in titles])),
        ],
    )


def _why(reason: str, t: Tongue) -> str:
    """What happened and what to do."""
    match reason:
        case "not_in_channel":
            return t._("The bot is not in this channel. To go on with reminders, invite it there: /invite @Alliance")
        case "is_archived":
            return t._("This channel is archived. Nothing more is posted there.")
        case "channel_not_found":
            return t._("This channel does not exist any more, or the bot was removed from it. If it exists, invite it.")
        case "account_inactive" | "user_not_found" | "cannot_dm_bot" | "user_disabled":
            return t._("This member’s account is not active any more. Nothing needs to be done.")
        case "restricted_action" | "restricted_action_read_only_channel":
            return t._("Only some members may write in this channel. Ask its managers to let the bot post there.")
        case _:
            return t._("Slack refused the message: {reason}. Please tell whoever runs the bot.", reason=reason)
