"""Watching from a terminal how the sending goes on, and switching it off and on."""

import asyncio
from datetime import timedelta
from io import StringIO

import pytest
from rich.console import Console

from bot.watching import Watch
from storage import channels, runs
from storage.store import Store
from tests.bot.office import GENERAL, MIGRATION, Office
from tests.scenarios.process import until

DUE = "2019-05-13T07:00Z"


@pytest.fixture
async def office(office: Office) -> Office:
    """World Day's first reminder is due in two channels; 240 posts a minute are allowed."""
    await office.only(GENERAL, "observances")
    await channels.subscribe(office.store, MIGRATION, "observances", office.workspace.clock.now())
    await office.plan()
    office.at(DUE)
    return office


def watch(office: Office) -> Watch:
    return Watch(office.store, office.workspace.clock.now, 240)


def paper() -> Console:
    """Where no terminal is."""
    return Console(file=StringIO(), width=200)


def said(console: Console) -> list[str]:
    assert isinstance(console.file, StringIO)
    return [line.strip() for line in console.file.getvalue().split("\n") if line.strip()]


async def test_where_there_is_no_terminal_each_look_is_a_line_until_nothing_is_due(office: Office) -> None:
    console = paper()
    showing = asyncio.create_task(watch(office).show(console, 0.01))
    await until(lambda: bool(said(console)))
    await office.post(seconds=1)
    await asyncio.wait_for(showing, 5)
    lines = said(console)
    assert "0 of 2 (0%): 0 sent, 2 due; at the bot's pace until about 07:00:0" in lines[0]
    assert lines[-1].endswith("2 of 2 (100%): 2 sent, 0 due; finished")


async def test_at_a_terminal_there_is_a_bar(office: Office) -> None:
    console = Console(file=StringIO(), force_terminal=True, width=160)
    showing = asyncio.create_task(watch(office).show(console, 0.01))
    await until(lambda: bool(said(console)))
    await office.post(seconds=1)
    await asyncio.wait_for(showing, 5)
    last = console.file.getvalue()[-400:]  # type: ignore[attr-defined] # it is the StringIO above
    assert [words for words in ("100%", "2 of 2", "2 sent, 0 due; finished") if words not in last] == []


async def test_nothing_due_says_what_comes_next(office: Office, sqlite_store: Store) -> None:
    await office.post(seconds=3)
    console = paper()
    await watch(office).show(console)
    assert said(console) == ["Nothing is due. The next delivery is due at 2019-06-05 07:00 UTC."]


async def test_a_bot_that_sends_nothing_is_noticed(office: Office) -> None:
    looks = watch(office).looks(0)
    assert (await anext(looks)).speed().startswith("at the bot's pace until about 07:00:0")
    office.later(seconds=61)
    assert (await anext(looks)).speed() == "nothing sent for a minute: is the bot running?"


async def test_a_run_that_goes_on_counts_from_its_beginning(office: Office) -> None:
    began = office.workspace.clock.now() - timedelta(minutes=1)
    await runs.begin(office.store, began)
    await office.sender.tick()
    look = await anext(watch(office).looks(1))
    assert (look.figures.sent, look.figures.left, look.began) == (2, 0, began)
