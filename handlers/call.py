"""What a handler is given: who asks, for what, and what it may use. Never a raw Slack payload."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, Literal, Protocol
from zoneinfo import ZoneInfo

from alliance.languages import Language
from handlers.tongue import Tongue
from storage.announcements import Posted
from storage.library import Library
from storage.store import Store
from storage.values import Member

Where = Literal["message", "home", "modal"]


@dataclass(frozen=True, slots=True)
class FormFile:
    """A file that somebody put into a form: its id in Slack, and its name. Only they and the app can open it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """One request of a member: a command, a click or a submitted form.

    `words`: what was typed after the subject. `value`: what the pressed button or the chosen option carries.
    `state`: the values of a form by action id: text, the value of an option, a list of these, or of FormFile.
    `channel_id`: where it was typed (a form carries it in `memory`). `now` is UTC.
    """

    member: Member
    now: datetime
    t: Tongue
    words: str = ""
    value: str = ""
    channel_id: str = ""
    where: Where = "message"
    state: Mapping[str, Any] = field(default_factory=dict)
    memory: str = ""
    """A modal's private_metadata."""
    trigger_id: str = ""
    message_private: bool = True
    """Whether the clicked message is one that only the member sees; a public one is never replaced by their answer."""
    id: str = ""
    """The full action id ("events.pick:3") or callback id."""

    @property
    def today(self) -> date:
        """The reader's day, in their own zone."""
        return self.now.astimezone(ZoneInfo(self.t.zone)).date()


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """What Slack says of a member: locale ("fr-FR") and IANA zone, None where it does not say, and who is a guest."""

    locale: str | None = None
    zone: str | None = None
    guest: bool = False


class Slack(Protocol):
    """What handlers ask of Slack beyond their answer. Errors: `SlackRefused`, with a reason that can be shown."""

    async def member_facts(self, user_id: str) -> MemberFacts:
        """What Slack says of a member."""
        ...

    async def channel_name(self, channel_id: str) -> str | None:
        """The channel's name where the bot can see it and is in it, else None."""
        ...

    async def send_file(self, user_id: str, name: str, content: bytes, comment: str, alt: str = "") -> None:
        """Send a file to a member's direct messages; `alt` describes a picture for who cannot see it."""
        ...

    async def invite(self, channel_id: str, user_id: str) -> None:
        """Bring a member into a channel; one who is there already stays."""
        ...

    async def revise(self, posted: Posted, text: str, blocks: list[dict[str, Any]]) -> None:
        """Change a message that was posted through the ledger, where it stands."""
        ...

    async def forward_file(self, file_id: str, user_id: str, comment: str) -> None:
        """Hand a file that was put into a form to a member, in their direct messages."""
        ...

    async def read_file(self, file_id: str, most: int) -> bytes:
        """What is in a file that was put into a form; refused with "file_too_large" for more than `most` bytes."""
        ...

    async def publish_home(self, user_id: str, view: dict[str, Any]) -> None:
        """Show this view in the member's App Home."""
        ...


SLACK_PATIENCE: Final = 1.5
"""Seconds that an answer waits for what it has to ask of Slack: half of the time in which it must be given."""


class SlackRefused(Exception):
    """Slack did not do it; the text is Slack's error code."""


class PictureTrouble(StrEnum):
    """Why a picture on the web cannot go into a newsletter."""

    UNREACHABLE = "unreachable"
    NO_PICTURE = "no_picture"
    TOO_LARGE = "too_large"


async def _unseen(_address: str) -> PictureTrouble | None:
    return None


def _nothing_follows() -> None:
    return


@dataclass(frozen=True, slots=True)
class Deps:
    """What handlers use. `later` runs something after the answer, as a task that is tracked and awaited at shutdown.

    `events_changed` is called when an event was added or changed: reminders are planned anew at once, and announcements
    brought up to date.
    """

    store: Store
    library: Library
    slack: Slack
    later: Callable[[Coroutine[Any, Any, None]], None]
    clock: Callable[[], datetime]
    community_language: Language = "en"
    events_changed: Callable[[], None] = _nothing_follows
    feeds_at: str = ""
    """What comes before the token in the address of a feed; "" where the bot cannot be reached from outside."""
    mail: bool = False
    """Whether newsletters can go out by e-mail."""
    look_at: Callable[[str], Awaitable[PictureTrouble | None]] = _unseen
    """Looks at a picture on the web by its address, for as long as an answer may wait."""
    posts_per_minute: int = 240
    """As many as are posted in the whole workspace at most."""
    counts_clicks: bool = False
    """Whether it is counted how often the links of newsletters are followed."""


class UserMistake(Exception):
    """What a person did wrong, said in their language with what to do instead. Shown as it is."""


class StaleValue(Exception):
    """What a button or form carries is nothing that this version wrote; the answer says to type the command again."""
