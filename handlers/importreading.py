"""Events read from the text of an iCalendar or CSV file: each by itself, so that one bad entry is named by its line.

Nothing is expanded beyond the horizon of the calendar, and what is too large or too deep is refused before it is read.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from icalendar import Event as Component
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON
from pydantic import ValidationError

from alliance.recurrence import occurrences
from alliance.when import When
from handlers.tongue import Tongue
from storage import eventedits
from storage.entries import Event
from storage.entryfields import ZONES
from storage.eventedits import NotPossible
from storage.occurrences import takings
from storage.schedule import horizon

MOST_EVENTS: Final = 500
MOST_MEETINGS: Final = 5_000
_LAST_YEARS: Final = (date(9958, 1, 1), date(9997, 12, 31))
DEEPEST: Final = 3
OURS: Final = ".alliance-bot"
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title", "titre", "título", "titulo"),
    "date": ("date", "fecha"),
    "start": ("start", "début", "debut", "inicio"),
    "end": ("end", "fin"),
    "zone": ("zone", "fuseau", "zona"),
    "place": ("place", "lieu", "lugar"),
    "link": ("link", "lien", "enlace"),
    "uid": ("uid", "id"),
}


class Refused(ValueError):
    """The text as a whole, or one entry of it, cannot be read; says why, in the reader's language."""


@dataclass(frozen=True, slots=True)
class Read:
    """One entry of the file. `entry` is None where it is refused, `problem` says why. `line` counts from 1."""

    line: int
    title: str
    entry: Event | None = None
    problem: str = ""


def read(text: str, groups: tuple[str, ...], now: datetime, t: Tongue) -> list[Read]:
    """Every entry, in order. Raises Refused for a text that is no calendar, or too large."""
    calendar = text.lstrip("\ufeff\r\n ").upper().startswith("BEGIN:VCALENDAR")
    found = list(_in_calendar(text, t) if calendar else _in_table(text, t))
    if not found:
        raise Refused(t._("There is no event in it."))
    if len(found) > MOST_EVENTS:
        raise Refused(t._("These are more than {count} events. Please import them in parts.", count=MOST_EVENTS))
    made: list[Read] = []
    known: set[str] = set()
    left = MOST_MEETINGS
    for line, raw in found:
        title = str(raw.get("summary") or raw.get("title") or "").strip()
        try:
            values = _of_component(raw, t) if isinstance(raw, Component) else _of_row(raw, t)
            if values["imported_as"] in known:
                raise Refused(t._("Another entry above has the same UID."))
            known.add(values["imported_as"])
            entry = _entry(values, groups, now, t)
            left -= _meetings(entry, now, t)
            if left < 0:
                raise Refused(t._("All in all these are too many meetings. Please import them in parts."))
            made.append(Read(line, title, entry))
        except Refused as refused:
            made.append(Read(line, title, problem=str(refused)))
    return made


def _in_calendar(text: str, t: Tongue) -> Iterator[tuple[int, Component]]:
    inside: list[str] = []
    depth = began = count = 0
    for number, line in enumerate(text.splitlines(), 1):
        word = line.strip().upper()
        depth += word.startswith("BEGIN:") - word.startswith("END:")
        if depth > DEEPEST:
            raise Refused(t._("Line {number}: the file is nested too deeply.", number=number))
        if word == "BEGIN:VEVENT":
            inside, began = [], number
            count += 1
            if count > MOST_EVENTS:
                raise Refused(
                    t._("These are more than {count} events. Please import them in parts.", count=MOST_EVENTS)
                )
        if began:
            inside.append(line)
        if word == "END:VEVENT" and began:
            try:
                component = Component.from_ical("\r\n".join(inside))
            except (ValueError, KeyError, IndexError) as error:
                raise Refused(t._("The event in line {number} cannot be read.", number=began)) from error
            if isinstance(component, Component):
                yield began, component
            began = 0
    if depth or began:
        raise Refused(t._("The file ends in the middle of an event: a part of it is missing."))


def _in_table(text: str, t: Tongue) -> Iterator[tuple[int, dict[str, str]]]:
    lines = text.splitlines()
    head = lines[0] if lines else ""
    rows = csv.reader(lines, delimiter=";" if head.count(";") > head.count(",") else ",")
    try:
        names = [name.strip().lower().lstrip("\ufeff") for name in next(rows, [])]
        columns = {key: names.index(word) for key, words in COLUMNS.items() for word in words if word in names}
        if "title" not in columns or "date" not in columns:
            raise Refused(
                t._("This is neither a calendar file nor a table: a table begins with a line such as title,date,start.")
            )
        for row in rows:
            if any(row):
                yield rows.line_num, {key: row[at].strip() if at < len(row) else "" for key, at in columns.items()}
    except csv.Error as error:
        raise Refused(t._("The table cannot be read after line {number}.", number=rows.line_num)) from error


def _of_row(row: Mapping[str, str], t: Tongue) -> dict[str, Any]:
    zone = row.get("zone") or t.zone
    if zone not in ZONES:
        raise Refused(t._("The time zone “{zone}” is unknown: write for example Africa/Nairobi.", zone=zone[:60]))
    timed = bool(row.get("start"))
    return {
        "imported_as": (row.get("uid") or f"{row['title']} {row['date']}")[:255],
        "name": row["title"],
        "dates": row["date"],
        "starts": row.get("start") or None,
        "ends": row.get("end") or None,
        "zone": zone if timed else None,
        "place": row.get("place"),
        "link": row.get("link") or None,
    }


def _of_component(event: Component, t: Tongue) -> dict[str, Any]:
    uid = str(event.get("uid") or "")
    if not uid or len(uid) > 255:
        raise Refused(t._("It has no usable UID, so the same file could not be imported twice."))
    if uid.endswith(OURS):
        raise Refused(t._("It comes from this calendar already."))
    if "RECURRENCE-ID" in event or "RDATE" in event or "EXDATE" in event:
        raise Refused(
            t._("A series with single meetings that were changed: please add the series, and change them here.")
        )
    if event.errors or not isinstance(begin := event.decoded("dtstart", None), date):
        raise Refused(t._("It has no begin that can be read."))
    status = str(event.get("status", "")).upper()
    return {
        "imported_as": uid,
        "name": str(event.get("summary") or ""),
        "place": str(event.get("location") or ""),
        "summary": str(event.get("description") or "")[:1500],
        "link": link if (link := str(event.get("url") or "")).startswith("https://") and len(link) <= 300 else None,
        "confirmed": status != "TENTATIVE",
        "cancelled": status == "CANCELLED",
        **_when(event, begin, t),
    }


def _when(event: Component, begin: date, t: Tongue) -> dict[str, Any]:
    end = event.decoded("dtend", None)
    if end is None and (length := event.decoded("duration", None)) is not None:
        end = begin + length
    if not isinstance(begin, datetime):
        last = max(begin, end - timedelta(days=1)) if type(end) is date else begin
        return {"dates": _span(begin, last), "rule": _rule(event, None)}
    zone = _zone(event, begin, t)
    stop = end.astimezone(ZoneInfo(zone)) if isinstance(end, datetime) and end.tzinfo and begin.tzinfo else end
    last_day = stop.date() if isinstance(stop, datetime) else begin.date()
    if isinstance(stop, datetime) and last_day < begin.date():
        raise Refused(t._("It ends before it begins."))
    ends = stop.time().replace(second=0, tzinfo=None) if isinstance(stop, datetime) else None
    starts = begin.time().replace(second=0, tzinfo=None)
    same = last_day == begin.date() and ends == starts
    when = {"dates": _span(begin.date(), last_day), "starts": starts, "ends": None if same else ends, "zone": zone}
    return when | {"rule": _rule(event, zone)}


def _zone(event: Component, begin: datetime, t: Tongue) -> str:
    """Its zone by name, also as Outlook names zones; the reader's for a time without one."""
    named = str(event["dtstart"].params.get("TZID", "")).strip('"')
    zone = WINDOWS_TO_OLSON.get(named, named) or ("UTC" if begin.tzinfo else t.zone)
    if zone not in ZONES:
        raise Refused(t._("The time zone “{zone}” is unknown: write for example Africa/Nairobi.", zone=zone[:60]))
    return zone


def _rule(event: Component, zone: str | None) -> str | None:
    """Its rule, with the last day as a day of its own zone: the rules of this calendar count days."""
    recurs = event.get("rrule")
    if recurs is None or isinstance(recurs, list):
        return None if recurs is None else "FREQ=SECONDLY"
    kept = {name: list(values) for name, values in recurs.items()}
    until = kept.pop("UNTIL", [None])[0]
    text = ";".join(f"{name}={','.join(str(value) for value in values)}" for name, values in kept.items())
    if isinstance(until, datetime) and until.tzinfo and zone:
        until = until.astimezone(ZoneInfo(zone))
    return f"{text};UNTIL={until:%Y%m%d}" if until else text


def _span(first: date, last: date) -> str:
    return first.isoformat() if first == last else f"{first.isoformat()}..{last.isoformat()}"


def _entry(values: Mapping[str, Any], groups: tuple[str, ...], now: datetime, t: Tongue) -> Event:
    texts = {name: {t.language: " ".join(values[name].split())} for name in ("name", "place") if values.get(name)}
    if "name" not in texts:
        raise Refused(t._("It has no title."))
    if values.get("summary"):
        texts["summary"] = {t.language: values["summary"]}
    fixed = {
        "slug": "new",
        "section": eventedits.SECTION,
        "kind": "meeting",
        "written_in": t.language,
        "groups": groups,
    }
    try:
        return Event.model_validate(
            {**values, **texts, **fixed, "place": texts.get("place"), "summary": texts.get("summary")}
        )
    except ValidationError as error:
        field = str((error.errors()[0]["loc"] or ("dates",))[0])
        raise Refused(_problem(field, t)) from error


def _problem(field: str, t: Tongue) -> str:
    match field:
        case "rule":
            return t._("Its rule is not one of days, weeks, months or years.")
        case "starts" | "ends":
            return t._("Its time of day cannot be read: write for example 15:00.")
        case "link":
            return t._("Its link must begin with https:// and have no spaces.")
        case "name" | "place" | "summary":
            return t._("One of its texts is too long.")
        case _:
            return t._("Its dates cannot be: write for example 2019-05-14, and an end after the start.")


def _meetings(entry: Event, now: datetime, t: Tongue) -> int:
    """How often it takes place, up to the horizon of the calendar."""
    if entry.rule and not _comes_true(entry.rule):
        raise Refused(t._("Its rule gives no day, or is of a kind that this calendar does not know."))
    try:
        eventedits.check(entry, now)
        return len(takings(entry, horizon(now.date())))
    except (NotPossible, ValueError, OverflowError) as error:
        raise Refused(t._("It would take place too often or for too long, or on no day at all.")) from error


def _comes_true(rule: str) -> bool:
    """Whether the rule has a day at all, told within bounds: dateutil seeks one that has none until the year 9999.

    Days and weeks are counted plainly; rules of months and years are asked about the last forty years that there are,
    which have every weekday on every day of the year, 29 February too.
    """
    parts = dict(part.upper().split("=", 1) for part in rule.split(";"))
    names = parts.keys() - {"INTERVAL", "COUNT", "UNTIL", "WKST"}
    if parts["FREQ"] == "DAILY":
        return names == {"FREQ"} or (names == {"FREQ", "BYDAY"} and parts.get("INTERVAL", "1") == "1")
    if parts["FREQ"] == "WEEKLY":
        return names <= {"FREQ", "BYDAY"}
    asked = ";".join(f"{name}={parts[name]}" for name in sorted(names))
    first, last = _LAST_YEARS
    return any(True for _one in occurrences(When(first, first), asked, first, last))
