"""What a delivery is: its states, its unique key, and what becomes of a late one. See docs/decisions/ledger.md."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class State(StrEnum):
    """planned -> claimed -> sent | failed | skipped; `unknown` until Slack's history tells whether it was posted.

    failed -> planned only where the secretariat says 'Retry failed only'.
    """

    PLANNED = "planned"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What is posted unasked."""

    REMINDER = "reminder"
    AGAIN = "again"
    """A reminder that one member asked to see again tomorrow."""
    ANNOUNCEMENT = "announcement"
    """A new event, in the channel of its group or of the community; brought up to date where it stands."""
    CHANGE = "change"
    """What is different about an event, where it was announced."""
    PLACE = "place"
    """To one member: the waiting list has moved, and they have a place, or none any more."""
    NUDGE = "nudge"
    """To the owner of an action item: is it done? At most three for an item."""
    ACTIVITY = "activity"
    """To the owner of a communications activity: it is due in a week, or today."""
    JOINING = "joining"
    """To one member: somebody joins an action group, asks to, or left it; or what became of their own request."""
    NEWSLETTER = "newsletter"
    """A newsletter that was approved, to a channel or a member in their language."""
    CONFIRM = "confirm"
    """To an e-mail address: does its owner want newsletters?"""
    TRIAL = "trial"
    """To who writes a newsletter: as it stands, to try."""
    WELCOME = "welcome"
    NOTICE = "notice"
    """To the secretariat: what could not be delivered."""


MAIL = "mail:"
"""Begins the target of a delivery that goes to an e-mail address: "mail:12", never the address itself."""


class Late(StrEnum):
    """What to do with a delivery whose time has come."""

    SEND = "send"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Planned:
    """A delivery to plan. `target` is a Slack channel or user id; times are UTC.

    `subject` says what it is about (an occurrence: "albania-workshop@2019-04-12"), `detail` what else the text needs
    (the lead time). `key` is unique for ever: planning the same again changes nothing.
    """

    kind: Kind
    target: str
    subject: str
    detail: str
    due_at: datetime
    useful_until: datetime | None

    @property
    def key(self) -> str:
        return ":".join(part for part in (self.kind.value, self.subject, self.detail, self.target) if part)


def when_due(due_at: datetime, useful_until: datetime | None, now: datetime) -> Late:
    """The late policy: a delivery that is due is sent while it is still of use, else skipped."""
    return Late.SKIP if useful_until is not None and now >= max(useful_until, due_at) else Late.SEND


def occurrence_ref(slug: str, day: date) -> str:
    """How deliveries, buttons and commands name an occurrence: "albania-workshop@2019-04-12"."""
    return f"{slug}@{day.isoformat()}"


def parse_occurrence_ref(ref: str) -> tuple[str, date]:
    """The slug and the first day. Raises ValueError for anything else."""
    slug, separator, day = ref.rpartition("@")
    if not separator or not slug:
        raise ValueError(f"'{ref}' does not name an occurrence")
    return slug, date.fromisoformat(day)
