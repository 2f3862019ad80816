"""Why a delivery was not posted, in words: what Slack said, or why there was nothing to post any more."""

from handlers.tongue import Tongue


def refusal(code: str, t: Tongue) -> str:
    """What Slack's error code means, and what to do."""
    match code:
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
        case "address_refused":
            return t._("The mail server does not know this address. Nothing more is sent there.")
        case "mail_refused":
            return t._("The mail server did not take the e-mail.")
        case "too many attempts":
            return t._("Slack did not take the message although it was tried many times.")
        case _:
            return t._("Slack refused the message: {reason}. Please tell whoever runs the bot.", reason=code)


def omission(reason: str, t: Tongue) -> str:
    """Why a delivery was skipped (the reasons of bot/render.py and of the late policy)."""
    return {
        "too late to be of use": t._("It came too late to be of use."),
        "cancelled": t._("The event is cancelled."),
        "over": t._("The event is over."),
        "moved": t._("The event was moved. It has new reminders."),
        "no longer in the calendar": t._("The event is no longer in the calendar."),
        "done or dropped": t._("The action item is done or dropped."),
        "does not want it": t._("Its reader left before it went out."),
        "taken back": t._("The newsletter was taken back."),
        "not approved": t._("The newsletter was changed or stopped before this message went out."),
        "its date is not certain any more": t._("The date of the event is not certain any more."),
    }.get(reason, t._("There was nothing to say any more."))
