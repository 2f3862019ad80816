"""SIGTERM while members are being answered: they get their answers, over Socket Mode and over HTTP."""

import asyncio
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.bot.office import GENERAL
from tests.scenarios.process import Bot, http_address, until
from workspace.people import Person
from workspace.seen import Seen
from workspace.server import Workspace

NOUR, LEO = "U0NOUR", "U0LEO"
NEW = (
    Person(NOUR, "nour", "Nour", locale="fr-FR", tz="Africa/Nairobi"),
    Person(LEO, "leo", "Leo", tz="Europe/Zurich"),
)
"""They came after the bot had read who is there, so that Slack is asked about them."""

ABIDJAN = "Atelier d’Abidjan · 14 mai 2019"
"""Nour reads French."""

CALENDAR_FILE = "The calendar file is on its way to your direct messages: open it to add the event."
COMMAND = "/alliance event abidjan-workshop"


@pytest.fixture(params=["socket mode", "http"])
async def running(
    request: pytest.FixtureRequest, opened: Callable[..., Any], bots: Callable[..., Bot]
) -> tuple[Workspace, Bot]:
    """A workspace with a bot that runs."""
    port, address = http_address()
    over_http = request.param == "http"
    workspace: Workspace = await opened(**({"request_url": address} if over_http else {}))
    bot = bots(workspace, **({"http_port": port} if over_http else {}))
    await bot.start()
    await until(lambda: '"roster_read"' in bot.log())
    for person in NEW:
        workspace.people[person.id] = person
        workspace.channels[GENERAL].members.add(person.id)
    return workspace, bot


def asks_slack(workspace: Workspace) -> Callable[[], bool]:
    """Whether the bot asks Slack who the member is, which it does before its first answer to anybody."""

    def times() -> int:
        return sum(call.method == "users.info" for call in workspace.calls)

    before = times()
    return lambda: times() > before


async def test_who_is_just_asking_gets_the_answer_also_when_slack_is_slow(running: tuple[Workspace, Bot]) -> None:
    """It is the member's first command, and Slack takes a second to say who they are."""
    workspace, bot = running
    workspace.faults.slow("users.info", 1)
    answer = asyncio.create_task(workspace.command(NOUR, GENERAL, COMMAND))
    await until(lambda: not workspace.faults.waiting)
    assert await bot.end(signal.SIGTERM) == 0
    assert text_of(await answer) == ABIDJAN


async def test_who_is_just_asking_gets_the_answer_also_when_the_database_is_locked(
    running: tuple[Workspace, Bot], tmp_path: Path
) -> None:
    """What Slack says of the member cannot be written down until another program's transaction ends."""
    workspace, bot = running
    with closing(sqlite3.connect(tmp_path / "alliance.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        asked = asks_slack(workspace)
        answer = asyncio.create_task(workspace.command(NOUR, GENERAL, COMMAND))
        await until(asked)
        bot.send(signal.SIGTERM)
        await until(lambda: '"stopping"' in bot.log())
        other.rollback()
        assert await bot.end(signal.SIGTERM) == 0
    assert text_of(await answer) == ABIDJAN


async def test_a_click_is_answered_too_although_the_answer_follows_the_acknowledgement(
    running: tuple[Workspace, Bot], tmp_path: Path
) -> None:
    """Somebody new asks for a shared event's calendar file: the database is locked, then Slack is slow."""
    workspace, bot = running
    mine = (await workspace.command(NOUR, GENERAL, COMMAND)).message
    assert mine is not None
    await workspace.click(NOUR, GENERAL, mine["ts"], "ask.share")
    await workspace.until(lambda: bool(shared(workspace)))
    with closing(sqlite3.connect(tmp_path / "alliance.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        asked = asks_slack(workspace)
        workspace.faults.slow("response_url", 1)
        click = asyncio.create_task(workspace.click(LEO, GENERAL, shared(workspace)[0]["ts"], "event.ics"))
        await until(asked)
        bot.send(signal.SIGTERM)
        await until(lambda: '"stopping"' in bot.log())
        other.rollback()
        assert await bot.end(signal.SIGTERM) == 0
    assert (await click).ok
    assert [message["text"] for message in workspace.ephemerals(GENERAL, LEO)] == [CALENDAR_FILE]
    assert [file["name"] for message in workspace.messages(LEO) for file in message["files"]] == [
        "abidjan-workshop.ics"
    ]


def shared(workspace: Workspace) -> list[dict[str, Any]]:
    """What everybody in the channel sees."""
    return [message for message in workspace.messages(GENERAL) if message.get("bot_id")]


def text_of(seen: Seen) -> str:
    assert seen.message is not None, seen
    return str(seen.message["text"])
