"""Files to and from members: what a handler sends after its answer, and the text of one that was put into a form."""

import asyncio

import structlog

from handlers.call import SLACK_PATIENCE, Call, Deps, SlackRefused

log = structlog.get_logger(__name__)


async def send(
    call: Call, deps: Deps, name: str, content: bytes, comment: str, alt: str = "", *, refused: str = "file_refused"
) -> None:
    """Send a file to the member's direct messages; where Slack does not take it, the log says `refused`."""
    try:
        await deps.slack.send_file(call.member.user_id, name, content, comment, alt)
    except SlackRefused as error:
        log.warning(refused, reason=str(error))


class Unreadable(ValueError):
    """The file is too large, no text in UTF-8, or Slack does not hand it out; says so in the reader's language."""


async def read_text(call: Call, deps: Deps, file: str, most: int, too_large: str) -> str:
    """The text of a file that was put into a form, of at most so many bytes. Raises Unreadable."""
    try:
        async with asyncio.timeout(SLACK_PATIENCE):
            return (await deps.slack.read_file(file, most)).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = call.t._("The file is not a text in UTF-8. Please save it as UTF-8 and try again.")
        raise Unreadable(problem) from error
    except (SlackRefused, TimeoutError) as error:
        if str(error) == "file_too_large":
            raise Unreadable(too_large) from error
        problem = call.t._("Slack does not hand out the file just now. Please try again in a minute.")
        raise Unreadable(problem) from error
