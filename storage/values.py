"""What the queries return: plain values, detached from the database."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from alliance.delivery import State, occurrence_ref
from alliance.languages import Language, Text, first_known
from alliance.roles import Standing
from alliance.when import When


@dataclass(frozen=True, slots=True)
class EventRow:
    """One occurrence, as a list or a reminder shows it."""

    slug: str
    original_day: date
    kind: str
    title: Text = field(hash=False)
    when: When
    place: Text | None = field(hash=False)
    cancelled: bool

    @property
    def ref(self) -> str:
        """How buttons and deliveries name it: "albania-workshop@2019-04-12"."""
        return occurrence_ref(self.slug, self.original_day)


@dataclass(frozen=True, slots=True)
class EventDetail:
    """One occurrence with everything that the content says of it; `document` is the entry (storage.entries) as JSON.

    `written_by`: the member who added the event in Slack; `revision`: what a change of it has to name.
    """

    row: EventRow
    document: dict[str, Any]
    written_by: str | None = None
    revision: int = 1


@dataclass(frozen=True, slots=True)
class EventPage:
    """A page of a list; `more` tells whether another one follows."""

    rows: tuple[EventRow, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a name means: the event, or else the nearest ones (slug and title), best first."""

    slug: str | None
    near: tuple[tuple[str, Text], ...] = ()
    more: bool = False
    """Whether yet more events have that name than those that stand in `near`."""


@dataclass(frozen=True, slots=True)
class ContentChange:
    """What loading the content changes in the database; `fields` names what differs in an entry that stays.

    "keep": nothing, because the event was changed in Slack since.
    """

    action: Literal["add", "change", "remove", "keep"]
    kind: str
    slug: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the Slack workspace: what Slack says of them, and what they chose."""

    user_id: str
    slack_locale: str | None = None
    slack_zone: str | None = None
    chosen_language: Language | None = None
    chosen_zone: str | None = None
    groups: tuple[str, ...] = ()
    standing: Standing = field(default_factory=Standing)
    refreshed_at: datetime | None = None

    def language(self, channel_language: str | None = None) -> Language:
        """Their own choice, else their Slack locale's, else the channel's, else English."""
        return first_known(self.chosen_language, self.slack_locale, channel_language)

    @property
    def zone(self) -> str:
        """IANA zone: their own choice, else Slack's, else UTC."""
        return self.chosen_zone or self.slack_zone or "UTC"


@dataclass(frozen=True, slots=True)
class SlackMember:
    """Somebody in the list of the workspace's people: locale ("fr-FR") and IANA zone where Slack says them."""

    user_id: str
    locale: str | None
    zone: str | None
    guest: bool


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """How a channel's reminders are written, and when. `lead_times`: kind -> "7d, 1d" (see alliance.leadtimes)."""

    channel_id: str
    name: str
    language: Language
    zone: str
    lead_times: dict[str, str] = field(default_factory=dict)
    group: str | None = None
    present: bool = True


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A target with what it is reminded of and how: one row of what the planner reads.

    `subject` as in storage.subjects. Reminders due before `since` (UTC) are not planned.
    `lead_times` as in ChannelSettings; a member's language and zone are theirs.
    """

    target: str
    subject: str
    since: datetime
    language: Language
    zone: str
    lead_times: dict[str, str]


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One row of the ledger."""

    id: int
    key: str
    kind: str
    target: str
    subject: str
    detail: str
    due_at: datetime
    useful_until: datetime | None
    state: State
    attempts: int
    claimed_by: str | None
    claimed_at: datetime | None
    check_at: datetime | None
    slack_channel: str | None
    slack_ts: str | None
    settled_at: datetime | None
    reason: str | None
