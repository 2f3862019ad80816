"""What reading a line about an event needs, and what it gives: names, notes, problems."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from alliance.rhythm import Reason
from alliance.rhythmreading import Heard
from alliance.saiddates import SaidDate
from alliance.words import Meaning


class Wrong(StrEnum):
    """What is wrong in a line."""

    NO_TITLE = "no_title"
    LONG_TITLE = "long_title"
    LONG_LINE = "long_line"
    """More words than are read; the form takes more."""
    NO_DATE = "no_date"
    DAY = "day"
    """30 February."""
    WEEKDAY = "weekday"
    """'Monday 14 May 2019' is a Tuesday."""
    TIME = "time"
    """25:00, or a length of 30 hours."""
    ZONE = "zone"
    """A city or zone that does not exist."""
    RHYTHM = "rhythm"
    LINK = "link"
    """Only https links are taken."""
    CHANNEL = "channel"
    """A channel that belongs to no group."""
    END_BEFORE_START = "end_before_start"
    TOO_LONG = "too_long"
    """More than a year."""
    TIME_WITHOUT_DAY = "time_without_day"
    LENGTH_WITHOUT_TIME = "length_without_time"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, with the words that it is about; `reason` where it is about how often, `day` about a weekday."""

    wrong: Wrong
    part: str
    reason: Reason | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """How the line's names are looked up.

    `zone`: the IANA zone of a city or zone by its exact name; `near_zone` also by a misspelt one. `topics`: what a
    plain phrase means (alliance.vocabulary.Vocabulary.exact), of at most `longest` words. `channels`: the group of a
    channel, by its name and by its Slack id.
    """

    zone: Callable[[str], str | None]
    near_zone: Callable[[str], str | None]
    topics: Callable[[str], frozenset[Meaning] | None]
    longest: int
    channels: Mapping[str, str]


@dataclass(slots=True)
class Noted:
    """What the pieces say."""

    said: SaidDate | None = None
    heard: Heard | None = None
    starts: time | None = None
    ends: time | None = None
    minutes: int = 0
    minutes_raw: str = ""
    zone: str | None = None
    zone_of_place: str | None = None
    place: str = ""
    link: str = ""
    kind: str = ""
    unconfirmed: bool = False
    topics: list[Meaning] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
