"""An event as an iCalendar file (RFC 5545), for the calendar program of a member."""

from datetime import datetime, timedelta
from typing import Any

from icalendar import Calendar, Event

from handlers.tongue import Tongue
from storage.values import EventDetail


def calendar_file(detail: EventDetail, now: datetime, t: Tongue) -> bytes:
    """The file, in the member's language. An all-day event is a date in every zone; a time of day is an instant.

    The UID is the same every time, so that adding an event again replaces it. Only for day-exact dates.
    """
    row, when = detail.row, detail.row.when
    event = Event()
    event.add("uid", f"{row.ref}.alliance-bot")
    event.add("dtstamp", now)
    event.add("summary", t.text(row.title))
    if when.starts:
        event.add("dtstart", when.begins_at())
        event.add("dtend", when.ends_at())
    else:
        event.add("dtstart", when.start)
        event.add("dtend", when.end + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    if row.place:
        event.add("location", t.text(row.place))
    event.add("description", _description(detail.document, t))
    if link := detail.document.get("link"):
        event.add("url", link)
    calendar = Calendar()
    calendar.add("prodid", "-//Alliance 8.7//Alliance bot//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _description(document: dict[str, Any], t: Tongue) -> str:
    parts = (t.text(document.get("summary")), t.text(document.get("ask")))
    return "\n\n".join(part for part in parts if part)
