"""For tests of meetings: the calls of the group Migration, on the second Tuesday of each month at 15:00 in Geneva."""

from typing import Final

from handlers.replies import Json
from storage import eventedits, members
from storage.entries import Event
from storage.eventedits import Editor
from tests.handlers.desk import Desk

MARCH, APRIL, MAY = (f"migration-group-call@2019-{day}" for day in ("03-12", "04-09", "05-14"))
LEAD: Final = "U0AMINA"


async def furnish(desk: Desk) -> None:
    """The series stands in the calendar, and Amina leads the group."""
    entry = Event.model_validate(
        {
            "slug": "new",
            "section": eventedits.SECTION,
            "name": {"en": "Migration group call"},
            "kind": "meeting",
            "dates": "2019-03-12",
            "starts": "15:00",
            "ends": "16:00",
            "zone": "Europe/Zurich",
            "rule": "FREQ=MONTHLY;BYDAY=2TU;COUNT=6",
            "groups": ["migration"],
            "written_in": "en",
        }
    )
    await eventedits.add(desk.store, Editor(LEAD, desk.now), entry)
    await members.set_leads(desk.store, "migration", [LEAD])


def written(text: str = "") -> Json:
    """Lines of text."""
    return {"type": "plain_text_input", "value": text or None}


def file(file_id: str = "", name: str = "notes.pdf") -> Json:
    """A file that was put into the form, or none."""
    return {"type": "file_input", "files": [{"id": file_id, "name": name, "size": 7}] if file_id else []}


def mentions(*lines: str) -> Json:
    """Lines of rich text; "@U0LAN" at the beginning of one is a mention."""
    elements: list[Json] = []
    for line in lines:
        who, _, rest = line.partition(" ")
        if who.startswith("@U"):
            elements += [{"type": "user", "user_id": who[1:]}, {"type": "text", "text": f" {rest}\n"}]
        else:
            elements.append({"type": "text", "text": f"{line}\n"})
    section = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text_input", "rich_text_value": {"type": "rich_text", "elements": [section]}}


def day(iso: str = "") -> Json:
    """A day from a calendar."""
    return {"type": "datepicker", "selected_date": iso or None}


def who(user_id: str = "") -> Json:
    """One member."""
    return {"type": "users_select", "selected_user": user_id or None}
