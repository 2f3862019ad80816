"""What the content says: one model for each kind of entry in `storage/content/`. Validated when the files are read."""

from datetime import date, time
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BeforeValidator,
    Field,
    StringConstraints,
    model_validator,
)

from alliance.languages import Language
from alliance.when import When, parse_when
from storage.entryfields import DateText, Names, Rule, Sentence, Slug, Strict, Texts, Words, Zone


class Entry(Strict):
    """What every entry has. `section` names the part of the meeting report, or another source, that it comes from."""

    slug: Slug
    section: Sentence
    name: Texts
    aliases: Names = Names()


class Translated(Entry):
    """An entry of the content alone, which is in all three languages."""

    name: Words


class Region(Translated):
    """A region of the world, as the report orders its workshops."""


class Theme(Translated):
    """What an event or observance is about, with the SDG targets that it serves ("8.7")."""

    targets: tuple[Annotated[str, BeforeValidator(str)], ...]


class Group(Translated):
    """An action group, or the Steering Committee of one."""

    kind: Literal["action_group", "steering_committee"] = "action_group"
    status: Literal["active", "starting", "waiting_for_chair"]
    leadership: Literal["lead", "co_chairs", "members", "none"]
    led_by: tuple[Words, ...] = ()
    """The organisations that lead or co-chair it."""
    open_to: Words | None = None
    """Who may join, where the report says it."""
    summary: Words
    progress: tuple[Words, ...] = ()
    work_plan: tuple[Words, ...] = ()
    next_steps: tuple[Words, ...] = ()
    channel: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,80}$")]
    """The name of its Slack channel, without '#'."""
    themes: tuple[Slug, ...] = ()


class Priorities(Strict):
    """Priorities of a country under one heading."""

    area: Words
    items: tuple[Words, ...]


class Country(Translated):
    """A pathfinder country, or another country or body that holds a workshop."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    """ISO 3166-1 alpha-2; None for a body such as the African Union."""
    region: Slug
    pathfinder: bool
    """True where the report calls it a pathfinder country or tells of its Pathfinder Country Strategic Workshop."""
    summary: Words
    participants: tuple[Words, ...] = ()
    progress: tuple[Words, ...] = ()
    priorities: tuple[Priorities, ...] = ()
    challenges: tuple[Words, ...] = ()
    next_steps: tuple[Words, ...] = ()


EVENT_KINDS = ("workshop", "meeting", "forum", "launch", "conference", "training", "survey")


class Change(Strict):
    """One occurrence of a series that was moved or cancelled; `day` is the day that the rule gives."""

    day: date
    moved_to: DateText | None = None
    starts: time | None = None
    ends: time | None = None
    cancelled: bool = False


class Event(Entry):
    """A dated or month-dated event, meeting or launch. `dates` as alliance.when.parse_when reads them.

    Its texts need only one language: members add and change events in Slack (storage.eventedits).
    """

    kind: Literal["workshop", "meeting", "forum", "launch", "conference", "training", "survey"]
    dates: DateText
    confirmed: bool = True
    """False where the report says 'TBC' or 'tentatively'."""
    starts: time | None = None
    ends: time | None = None
    zone: Zone | None = None
    """The organiser's IANA zone; a time of day needs it."""
    rule: Rule | None = None
    """RRULE (RFC 5545) of a recurring meeting; `dates` is its first day."""
    changes: tuple[Change, ...] = ()
    day_part: Texts | None = None
    """A time of day that is only roughly known ("morning session")."""
    cancelled: bool = False
    place: Texts | None = None
    countries: tuple[Slug, ...] = ()
    regions: tuple[Slug, ...] = ()
    """Regions besides those of its countries."""
    groups: tuple[Slug, ...] = ()
    themes: tuple[Slug, ...] = ()
    summary: Texts | None = None
    participants: tuple[Texts, ...] = ()
    outcomes: tuple[Texts, ...] = ()
    """What was reported or decided there, a sentence or two each."""
    ask: Texts | None = None
    """What partners are asked to do."""
    link: Annotated[str, StringConstraints(pattern=r"^https://\S+$", max_length=300)] | None = None
    written_in: Language | None = None
    """The language in which a member wrote it; the others are translations."""
    spoken: tuple[Language, ...] = ()
    """The languages that are spoken there, as far as it is known."""
    capacity: Annotated[int, Field(ge=1, le=100_000)] | None = None
    """How many can come; None for no bound."""
    follows: Slug | None = None
    """The series whose later meetings it is, since these were moved together."""
    imported_as: Annotated[str, StringConstraints(max_length=255)] | None = None
    """What the calendar file that it came from calls it (UID): the same file again finds it by that."""
    named_on: date | None = None
    """Its first day at first, where it was changed since: what was said about it then still finds it by that day."""

    @model_validator(mode="after")
    def _times_need_a_zone(self) -> Self:
        if self.starts and not self.zone:
            raise ValueError("a time of day needs the organiser's zone, such as zone: Europe/Zurich")
        if self.ends and not self.starts:
            raise ValueError("an end time needs a start time")
        if self.starts and self.ends and self.when.start == self.when.end and self.ends <= self.starts:
            raise ValueError(f"the end {self.ends:%H:%M} is not after the start {self.starts:%H:%M}")
        return self

    @property
    def when(self) -> When:
        """Its date; of a series, the first."""
        from_text = parse_when(self.dates)
        return When(
            from_text.start,
            from_text.end,
            from_text.precision,
            self.confirmed,
            self.starts,
            self.ends,
            self.zone,
        )

    @property
    def lasting_day(self) -> date:
        """The day that names it for good: of a single event its only occurrence, of a series its announcement."""
        return self.named_on or self.when.start


class ContentEvent(Event):
    """An event of the content: in all three languages."""

    name: Words
    day_part: Words | None = None
    place: Words | None = None
    summary: Words
    participants: tuple[Words, ...] = ()
    outcomes: tuple[Words, ...] = ()
    ask: Words | None = None


class Observance(Translated):
    """A day that is marked every year. All day, everywhere: it never shifts with a time zone."""

    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)]
    since: Annotated[int, Field(ge=1800, le=2100)]
    """The first year in which it was marked."""
    listed: bool = False
    """Also listed by `/alliance events`; the others stand in the calendar."""
    regions: tuple[Slug, ...] = ()
    groups: tuple[Slug, ...] = ()
    themes: tuple[Slug, ...]
    summary: Words
    ask: Words
    link: Annotated[str, StringConstraints(pattern=r"^https://\S+$", max_length=300)] | None = None

    @model_validator(mode="after")
    def _day_exists(self) -> Self:
        date(2020, self.month, self.day)
        return self

    @property
    def first(self) -> date:
        """The first day that it was marked."""
        return date(self.since, self.month, self.day)


class Community(Translated):
    """The community itself: where what concerns everybody is announced, and how."""

    channel: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,80}$")]
    language: Literal["en", "fr", "es"] = "en"
    zone: Zone
    summary: Words


FILES: dict[str, type[Entry]] = {
    "community.yml": Community,
    "regions.yml": Region,
    "themes.yml": Theme,
    "groups.yml": Group,
    "countries.yml": Country,
    "events.yml": ContentEvent,
    "observances.yml": Observance,
}
"""Each file of the content is a YAML list of entries of one kind."""


def document(entry: Entry) -> dict[str, Any]:
    """The entry as JSON keeps it."""
    return entry.model_dump(mode="json")
