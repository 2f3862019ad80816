"""Agendas, minutes and what was decided, on both databases."""

import asyncio
from datetime import UTC, date, datetime

import pytest

from storage import actionitems, audit, meetings
from storage.actionitems import Agreed
from storage.eventedits import Editor
from storage.meetings import Changed, File, Full, Written
from storage.store import Store

APRIL = "migration-call@2019-04-09"
LAN = Editor("U0LAN", datetime(2019, 4, 3, 12, tzinfo=UTC))
AMINA = Editor("U0AMINA", datetime(2019, 4, 3, 12, 5, tzinfo=UTC))
SURVEY = Agreed("U0AMINA", "Send the survey", date(2019, 5, 14))


def written(seen: int = 0, text: str = "We met.", **more: object) -> Written:
    values: dict[str, object] = {"file": None, "decisions": ("A survey",), "items": (SURVEY,), **more}
    return Written(APRIL, "migration", seen, text, **values)  # type: ignore[arg-type]  # (whole values, by name)


async def test_points_stand_in_the_order_in_which_they_were_proposed_each_once(store: Store) -> None:
    for editor, text in ((LAN, "Visas"), (AMINA, "Fees"), (LAN, "Visas"), (AMINA, "Visas")):
        await meetings.propose(store, editor, APRIL, text)
    found = await meetings.points(store, APRIL)
    assert [(point.text, point.proposed_by) for point in found] == [
        ("Visas", "U0LAN"),
        ("Fees", "U0AMINA"),
        ("Visas", "U0AMINA"),
    ]
    assert await meetings.withdraw(store, LAN, found[0]) is True
    assert await meetings.withdraw(store, LAN, found[0]) is False
    assert await meetings.points(store, APRIL) == found[1:]
    assert [(line.action, line.subject) for line in await audit.everything(store)] == [("propose_agenda", APRIL)] * 4


async def test_the_same_point_sent_twice_at_once_is_one(store: Store) -> None:
    made = await asyncio.gather(*(meetings.propose(store, LAN, APRIL, "Visas") for _ in range(5)))
    assert list(await meetings.points(store, APRIL)) == [made[0]]


async def test_an_agenda_is_full_after_thirty_points(store: Store) -> None:
    for number in range(meetings.MOST_POINTS):
        await meetings.propose(store, LAN, APRIL, f"Point {number}")
    with pytest.raises(Full):
        await meetings.propose(store, LAN, APRIL, "One more")


async def test_minutes_hold_text_file_decisions_and_action_items(store: Store) -> None:
    file = File("F0NOTES", "notes.pdf")
    kept = await meetings.record(store, LAN, written(file=file, decisions=("A survey", "In three languages")))
    assert kept == await meetings.minutes(store, APRIL)
    assert (kept.text, kept.file, kept.decisions, kept.written_by) == (
        "We met.",
        file,
        ("A survey", "In three languages"),
        "U0LAN",
    )
    [item] = await actionitems.of_meeting(store, APRIL)
    assert (item.group, item.owner, item.text, item.due_on, item.open) == (
        "migration",
        "U0AMINA",
        "Send the survey",
        date(2019, 5, 14),
        True,
    )


async def test_the_same_minutes_sent_twice_are_kept_once(store: Store) -> None:
    first, second = await asyncio.gather(*(meetings.record(store, LAN, written()) for _ in range(2)))
    assert first == second
    assert len(await actionitems.of_meeting(store, APRIL)) == 1
    assert sorted(line.action for line in await audit.everything(store)) == ["manage_action_items", "write_minutes"]


async def test_who_changes_minutes_replaces_the_decisions_and_adds_to_the_action_items(store: Store) -> None:
    first = await meetings.record(store, LAN, written())
    posters = Agreed("U0LAN", "Print posters", None)
    second = await meetings.record(store, AMINA, written(first.id, decisions=("No survey",), items=(posters,)))
    assert (await meetings.minutes(store, APRIL), second.decisions) == (second, ("No survey",))
    assert [item.text for item in await actionitems.of_meeting(store, APRIL)] == ["Send the survey", "Print posters"]


async def test_of_two_who_write_minutes_the_second_is_told_and_overwrites_nothing(store: Store) -> None:
    first = await meetings.record(store, LAN, written())
    with pytest.raises(Changed) as told:
        await meetings.record(store, AMINA, written(text="Something else", items=()))
    assert told.value.minutes == first
    assert await meetings.minutes(store, APRIL) == first


async def test_a_meeting_without_minutes_has_none(store: Store) -> None:
    assert await meetings.minutes(store, APRIL) is None
    assert await meetings.of_meetings(store, []) == []
