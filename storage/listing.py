"""The one statement behind every list of events.

Written as text: it joins one index range for each length of occurrence (storage.occurrences.SPANS), and building that
from SQLAlchemy's expressions would take longer than running it. Only the number of placeholders varies.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Date, Row, bindparam, text

from alliance.when import Precision, When
from storage.models import Event, Occurrence
from storage.occurrences import SPANS
from storage.prepared import Prepared
from storage.values import EventRow

COLUMNS: Final = (
    Event.slug,
    Event.kind,
    Event.title,
    Event.place,
    Occurrence.original_day,
    Occurrence.starts_on,
    Occurrence.ends_on,
    Occurrence.precision,
    Occurrence.confirmed,
    Occurrence.starts,
    Occurrence.ends,
    Occurrence.zone,
    Occurrence.cancelled,
)
"""What a row of a list shows."""

REMEMBERED: Final = 4096
"""So many rows of a kind of list are kept as made: the same few hundred are listed again and again."""

_NARROW_FIRST: Final = ("country", "group", "theme", "kind", "region")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Occurrences that stand under a topic of each group, start by `last` and end from `first` to `until` (inclusive).

    None leaves that side open. `latest_first` turns the order round.
    """

    groups: tuple[frozenset[str], ...]
    first: date | None = None
    last: date | None = None
    until: date | None = None
    latest_first: bool = False
    offset: int = 0
    limit: int = 1000


@lru_cache(maxsize=512)
def statement(wanted: Wanted) -> tuple[Prepared[EventRow], dict[str, Any]]:
    """The statement and its parameters. Remembered: the same is asked all day."""
    groups = sorted(wanted.groups, key=_width)
    shape = tuple(len(group) for group in groups)
    starts_by = min((day for day in (wanted.last, wanted.until) if day), default=None)
    values: dict[str, Any] = {
        "first": wanted.first or date.min,
        "until": wanted.until or date.max,
        "high": f"{starts_by.isoformat()}~" if starts_by else "~",
        "limit": wanted.limit,
        "offset": wanted.offset,
        "reach": wanted.offset + wanted.limit,
    }
    for number, group in enumerate(groups):
        values |= {f"topic_{number}_{index}": topic for index, topic in enumerate(sorted(group))}
    values |= {f"low_{span}": _low(wanted.first, span) for span in SPANS}
    return _shaped(shape, wanted.latest_first), values


def _width(group: frozenset[str]) -> int:
    """Fewer occurrences stand under a country than under a region: the narrowest topic leads."""
    kinds = {topic.partition(":")[0] for topic in group}
    return max((_NARROW_FIRST.index(kind) if kind in _NARROW_FIRST else len(_NARROW_FIRST)) for kind in kinds)


def _low(first: date | None, span: int) -> str:
    """The sort key from which on an occurrence of at most `span` days can still be running on that day."""
    if first is None or first.toordinal() < span:
        return ""
    day = first - timedelta(days=span - 1)
    if day.day > 1:
        return day.isoformat()
    text = day.isoformat()
    return f"{text[:4]}-00-00" if day.month == 1 else f"{text[:7]}-00"


@lru_cache(maxsize=128)
def _shaped(shape: tuple[int, ...], latest_first: bool) -> Prepared[EventRow]:
    """The statement for so many topics in each group; the first group leads, the others are looked up row by row."""
    direction = " DESC" if latest_first else ""
    others = "".join(_under_a_topic(number, count) for number, count in enumerate(shape) if number)
    ranges = [
        f"""SELECT * FROM (SELECT t.occurrence_id AS id, t.sort_key AS sort_key FROM occurrence_topic t
        WHERE t.topic = :topic_0_{index} AND t.span = {span} AND t.sort_key >= :low_{span} AND t.sort_key <= :high
        AND t.ends_on >= :first AND t.ends_on <= :until{others}
        ORDER BY t.sort_key{direction}, t.occurrence_id{direction} LIMIT :reach) AS r_{index}_{span}"""
        for index in range(shape[0])
        for span in SPANS
    ]
    union = " UNION ".join(ranges) if shape[0] > 1 else " UNION ALL ".join(ranges)
    columns = ", ".join(f"{column.class_.__tablename__}.{column.key}" for column in COLUMNS)
    sql = f"""SELECT {columns} FROM
        (SELECT id, sort_key FROM ({union}) AS ranges
         ORDER BY sort_key{direction}, id{direction} LIMIT :limit OFFSET :offset) AS chosen
        JOIN occurrence ON occurrence.id = chosen.id JOIN event ON event.id = occurrence.event_id
        ORDER BY chosen.sort_key{direction}, chosen.id{direction}"""
    bound = text(sql).bindparams(bindparam("first", type_=Date), bindparam("until", type_=Date))
    return Prepared(bound.columns(*COLUMNS), event_row, remember=REMEMBERED)


def _under_a_topic(number: int, count: int) -> str:
    names = ", ".join(f":topic_{number}_{index}" for index in range(count))
    return f""" AND EXISTS (SELECT 1 FROM occurrence_topic o
        WHERE o.occurrence_id = t.occurrence_id AND o.topic IN ({names}))"""


def event_row(row: Row[Any]) -> EventRow:
    """What a row with COLUMNS is about."""
    when = When(
        row.starts_on,
        row.ends_on,
        Precision(row.precision),
        row.confirmed,
        time.fromisoformat(row.starts) if row.starts else None,
        time.fromisoformat(row.ends) if row.ends else None,
        row.zone,
    )
    return EventRow(row.slug, row.original_day, row.kind, row.title, when, row.place, row.cancelled)
