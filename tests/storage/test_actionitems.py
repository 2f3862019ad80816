"""Action items on both databases: open until done or dropped, by whoever was first."""

import asyncio
from datetime import UTC, date, datetime

import pytest

from storage import actionitems, audit
from storage.actionitems import Agreed, Changed, Gone, Item, ItemState
from storage.eventedits import Editor
from storage.store import Store

LAN = Editor("U0LAN", datetime(2019, 4, 3, 12, tzinfo=UTC))
AMINA = Editor("U0AMINA", datetime(2019, 4, 3, 12, 5, tzinfo=UTC))
MAY = date(2019, 5, 14)


async def item(store: Store, text: str = "Send the survey", due_on: date | None = MAY, owner: str = "U0LAN") -> Item:
    return await actionitems.add(store, AMINA, "migration", None, Agreed(owner, text, due_on))


async def test_what_is_due_first_stands_first_and_what_has_no_day_last(store: Store) -> None:
    someday, later, soon = (
        await item(store, "Someday", None),
        await item(store, "Later", date(2019, 6, 1)),
        await item(store, "Soon", owner="U0PRAKASH"),
    )
    assert await actionitems.of_groups(store, ["migration", "supply-chains"]) == (soon, later, someday)
    assert await actionitems.of_groups(store, []) == ()
    assert await actionitems.of_owner(store, "U0LAN") == (later, someday)
    assert await actionitems.due_between(store, date(2019, 5, 1), MAY) == (soon,)


async def test_the_same_item_sent_twice_at_once_is_one(store: Store) -> None:
    made = await asyncio.gather(*(item(store) for _ in range(4)))
    assert await actionitems.of_groups(store, ["migration"]) == (made[0],)


@pytest.mark.parametrize("state", [ItemState.DONE, ItemState.DROPPED])
async def test_done_and_dropped_items_are_in_no_list_any_more(store: Store, state: ItemState) -> None:
    there = await item(store)
    closed = await actionitems.close(store, LAN, there.id, there.revision, state)
    assert (closed.state, closed.closed_by, closed.revision) == (state, "U0LAN", 2)
    assert await actionitems.of_owner(store, "U0LAN") == ()
    assert await actionitems.close(store, LAN, there.id, there.revision, state) == closed
    logged = [(line.actor, line.action) for line in await audit.everything(store)]
    assert sorted(logged) == [("U0AMINA", "manage_action_items"), ("U0LAN", "close_action_item")]


async def test_of_two_who_close_an_item_at_once_the_second_is_told_by_whom(store: Store) -> None:
    there = await item(store)
    done = (actionitems.close(store, who, there.id, there.revision, ItemState.DONE) for who in (LAN, AMINA))
    first, second = await asyncio.gather(*done, return_exceptions=True)
    told, kept = (first, second) if isinstance(first, Changed) else (second, first)
    assert isinstance(told, Changed)
    assert told.item == kept


async def test_a_new_date_is_kept_once_and_an_old_button_does_not_undo_it(store: Store) -> None:
    there = await item(store)
    moved = await actionitems.move(store, LAN, there.id, there.revision, date(2019, 6, 1))
    assert (moved.due_on, moved.revision) == (date(2019, 6, 1), 2)
    assert await actionitems.move(store, LAN, there.id, there.revision, date(2019, 6, 1)) == moved
    with pytest.raises(Changed):
        await actionitems.move(store, AMINA, there.id, there.revision, date(2019, 7, 1))
    with pytest.raises(Changed):
        await actionitems.close(store, AMINA, there.id, there.revision, ItemState.DROPPED)
    assert await actionitems.get(store, there.id) == moved


async def test_what_is_not_there_cannot_be_closed(store: Store) -> None:
    assert await actionitems.get(store, 1) is None
    with pytest.raises(Gone):
        await actionitems.close(store, LAN, 1, 1, ItemState.DONE)
