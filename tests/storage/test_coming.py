"""Answers to invitations: kept once, counted right however many answer at once, and what is posted because of them."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from alliance.coming import Answer, Attendance
from storage import coming, contentload, countmarks, eventedits, members, models
from storage.coming import Cancelled, Wish
from storage.entries import Event
from storage.eventedits import Editor, Gone
from storage.store import Store, open_store
from tests.storage.small import content

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)
ANA = Editor("U0ANA", NOW)
YES, MAYBE, NO = Answer.YES, Answer.MAYBE, Answer.NO
WORKSHOP = "abidjan-workshop@2019-05-14"


@pytest.fixture
async def stocked(store: Store, tmp_path: Path) -> Store:
    """The small content."""
    await contentload.load(store, content(tmp_path / "content"), NOW.date())
    return store


async def for_two(store: Store, capacity: int = 2) -> str:
    """An event to which two can come."""
    entry = Event.model_validate(
        {
            "slug": "new",
            "section": eventedits.SECTION,
            "name": {"en": "Training in Dakar"},
            "kind": "training",
            "dates": "2019-05-20",
            "written_in": "en",
            "capacity": capacity,
        }
    )
    return (await eventedits.add(store, ANA, entry)).ref


async def says(store: Store, ref: str, user: str, said: Answer, minute: int = 0) -> Attendance:
    return await coming.answer(store, ref, user, said, NOW + timedelta(minutes=minute))


async def notices(store: Store) -> list[tuple[str, str, str]]:
    """Who is to be told of the waiting list: who, of what, which way."""
    query = select(models.Delivery).where(models.Delivery.kind == "place").order_by(models.Delivery.id)
    async with store.read() as session:
        return [(row.target, row.subject, row.detail.split()[0]) for row in await session.scalars(query)]


async def test_the_third_of_two_waits_and_is_told_when_a_place_becomes_free(stocked: Store) -> None:
    ref = await for_two(stocked)
    for minute, user in enumerate(("ANA", "BEN", "CLEO")):
        await says(stocked, ref, user, YES, minute)
    assert await coming.of(stocked, ref, 2) == Attendance(2, ("ANA", "BEN"), ("CLEO",))
    assert await notices(stocked) == []

    assert await says(stocked, ref, "ANA", MAYBE, 5) == Attendance(2, ("BEN", "CLEO"), (), ("ANA",))
    assert await notices(stocked) == [("CLEO", ref, "up")]
    assert await says(stocked, ref, "ANA", YES, 6) == Attendance(2, ("BEN", "CLEO"), ("ANA",))


async def test_saying_the_same_again_keeps_the_place_and_tells_nobody_again(stocked: Store) -> None:
    ref = await for_two(stocked, 1)
    await says(stocked, ref, "ANA", YES)
    await says(stocked, ref, "BEN", YES, 1)
    assert await says(stocked, ref, "ANA", YES, 2) == Attendance(1, ("ANA",), ("BEN",))
    for _time in range(2):
        assert await says(stocked, ref, "ANA", NO, 3) == Attendance(1, ("BEN",), (), (), ("ANA",))
    assert await notices(stocked) == [("BEN", ref, "up")]


async def test_a_clock_that_goes_back_takes_nobody_s_place(stocked: Store) -> None:
    ref = await for_two(stocked, 1)
    await says(stocked, ref, "ANA", YES, 10)
    assert await says(stocked, ref, "BEN", YES, 5) == Attendance(1, ("ANA",), ("BEN",))


async def test_of_many_who_answer_at_once_as_many_as_fit_have_a_place_and_keep_it(stocked: Store, address: str) -> None:
    ref = await for_two(stocked, 5)
    stores = [stocked, open_store(address)]
    users = [f"U{number:02}" for number in range(20)]
    told = await asyncio.gather(*(says(stores[at % 2], ref, user, YES) for at, user in enumerate(users)))
    there = await coming.of(stocked, ref, 5)
    assert (len(there.coming), len(there.waiting)) == (5, 15)
    assert {user for user, heard in zip(users, told, strict=True) if user in heard.coming} == set(there.coming)
    await asyncio.gather(*(says(stores[at % 2], ref, user, NO) for at, user in enumerate(there.coming)))
    after = await coming.of(stocked, ref, 5)
    assert after.coming == there.waiting[:5]
    assert sorted(await notices(stocked)) == sorted((user, ref, "up") for user in there.waiting[:5])
    await stores[1].close()


async def test_more_or_fewer_places_are_told_to_those_whom_they_concern(stocked: Store) -> None:
    ref = await for_two(stocked, 1)
    for minute, user in enumerate(("ANA", "BEN", "CLEO")):
        await says(stocked, ref, user, YES, minute)
    stored = await eventedits.get(stocked, "training-in-dakar")
    assert stored
    more = await eventedits.change(stocked, ANA, 1, stored.entry.model_copy(update={"capacity": 3}))
    assert await notices(stocked) == [("BEN", ref, "up"), ("CLEO", ref, "up")]
    await eventedits.change(stocked, ANA, 2, more.entry.model_copy(update={"capacity": 2}))
    assert await notices(stocked) == [("BEN", ref, "up"), ("CLEO", ref, "down")]


async def test_nothing_is_kept_for_what_is_cancelled_or_gone(stocked: Store) -> None:
    with pytest.raises(Cancelled):
        await says(stocked, "migration-call@2019-06-11", "ANA", YES)
    for ref in ("nothing@2019-06-11", "abidjan-workshop@2019-05-15"):
        with pytest.raises(Gone):
            await says(stocked, ref, "ANA", YES)
    assert await coming.answers_of(stocked, "ANA", 10) == []
    assert await countmarks.pending(stocked) == []


async def test_reminders_are_for_who_wishes_and_end_with_a_no(stocked: Store) -> None:
    await members.save_slack_facts(stocked, "ANA", "fr-FR", "Africa/Dakar", NOW)
    await says(stocked, WORKSHOP, "ANA", YES)
    await says(stocked, WORKSHOP, "BEN", MAYBE, 1)
    assert await coming.remind(stocked, WORKSHOP, "CLEO", wished=True) is False
    for user in ("ANA", "BEN"):
        assert await coming.remind(stocked, WORKSHOP, user, wished=True)
    assert await coming.wishes(stocked) == [Wish(WORKSHOP, "ANA", "Africa/Dakar"), Wish(WORKSHOP, "BEN", "UTC")]
    await says(stocked, WORKSHOP, "ANA", MAYBE, 2)
    await says(stocked, WORKSHOP, "BEN", NO, 3)
    assert await coming.wishes(stocked) == [Wish(WORKSHOP, "ANA", "Africa/Dakar")]
    assert await coming.remind(stocked, WORKSHOP, "BEN", wished=True) is False


async def test_counts_are_shown_by_one_process_at_a_time_and_never_forgotten(stocked: Store) -> None:
    await says(stocked, WORKSHOP, "ANA", YES)
    [mark] = await countmarks.pending(stocked)
    assert (mark.slug, mark.at) == ("abidjan-workshop", NOW)
    turns = await asyncio.gather(*(countmarks.take_turn(stocked, mark, NOW) for _process in range(4)))
    assert sorted(turns) == [False, False, False, True]

    await says(stocked, WORKSHOP, "BEN", YES, 1)
    await countmarks.end_turn(stocked, mark, NOW, shown=True)
    [newer] = await countmarks.pending(stocked)
    soon = NOW + countmarks.EVERY
    assert [await countmarks.take_turn(stocked, newer, at) for at in (NOW, soon)] == [False, True]
    await countmarks.end_turn(stocked, newer, soon, shown=False)
    assert await countmarks.pending(stocked) == [newer]
    assert await countmarks.take_turn(stocked, newer, soon + countmarks.EVERY)
    await countmarks.end_turn(stocked, newer, soon, shown=True)
    assert await countmarks.pending(stocked) == []


async def test_who_dies_while_counting_keeps_the_others_waiting_for_seconds_only(stocked: Store) -> None:
    await says(stocked, WORKSHOP, "ANA", YES)
    [mark] = await countmarks.pending(stocked)
    assert await countmarks.take_turn(stocked, mark, NOW)
    assert await countmarks.take_turn(stocked, mark, NOW + countmarks.GIVEN_UP)
