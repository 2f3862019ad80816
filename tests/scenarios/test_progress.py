"""A large run, seen from the secretariat's desk: one message in place, paused, killed, resumed, and each post once."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import Callable
from pathlib import Path
from typing import Any

from alliance.delivery import State
from storage import deliveries, migrate, runs
from storage.store import Store, open_store
from tests.handlers.desk import buttons, shown
from tests.scenarios import crowd
from tests.scenarios.process import Bot, clock_file, until, until_so
from workspace.clock import Clock
from workspace.server import Workspace

ANNA, BRUNO = "U0P00000", "U0P00001"
"""The secretariat: one reads English, one French."""

SIZE = crowd.Size(rooms=20, events=5, people=100)


async def test_two_hundred_posts_are_watched_paused_through_a_crash_and_resumed(
    tmp_path: Path, bots: Callable[..., Bot]
) -> None:
    workspace = crowd.crowded(SIZE, clock=Clock(start=crowd.DUE, clock_file=clock_file(tmp_path)))
    await workspace.start()
    secretariat = {"ALLIANCE_SECRETARIAT": f"{ANNA},{BRUNO}"}
    bot = bots(workspace, ALLIANCE_POSTS_PER_MINUTE="300", **secretariat)
    store = await planned(bot, tmp_path)
    await bot.start()
    terminal, left = await watching(bot), await watching(bot)
    assert left.stdout is not None
    await asyncio.wait_for(left.stdout.readline(), 30)

    await until(lambda: bool(watched(workspace, ANNA) and watched(workspace, BRUNO)))
    first = watched(workspace, ANNA)
    assert first["text"].startswith("Sending 200 messages. ")
    assert watched(workspace, BRUNO)["text"].startswith("Envoi de 200 messages. ")
    await until(lambda: "edited" in watched(workspace, ANNA) and "a minute" in shown(watched(workspace, ANNA)))
    assert watched(workspace, ANNA)["ts"] == first["ts"]
    assert sum(done(watched(workspace, ANNA))) == 200

    await press(workspace, BRUNO, "Pause")
    await until(lambda: "Resume" in buttons(watched(workspace, ANNA)))
    standing = shown(watched(workspace, ANNA)).split("\n")[1]
    assert (standing.startswith("Sending is paused since 21 May 2019, "), standing.endswith(BRUNO)) == (True, True)
    await until_so(lambda: nothing_under_way(store))
    held = crowd.posts_in(workspace).total()
    assert held < SIZE.all
    left.send_signal(signal.SIGINT)
    assert (await said(left))[-1] == "The bot goes on sending. 'alliance-bot deliveries pause' holds it."

    assert await bot.end(signal.SIGKILL) == -signal.SIGKILL
    bot = bots(workspace, **secretariat)
    await bot.start()
    await until(lambda: "Resume" in buttons(watched(workspace, ANNA)))
    assert crowd.posts_in(workspace).total() == held

    await press(workspace, ANNA, "Resume")
    await until(lambda: "Finished" in shown(watched(workspace, ANNA)))
    await until(lambda: "Terminé" in shown(watched(workspace, BRUNO)))
    assert done(watched(workspace, ANNA)) == (200, 0)
    assert list(buttons(watched(workspace, BRUNO))) == ["Envois"]
    await until_so(lambda: closed(store))
    assert arrived(workspace) == {row.id for row in await deliveries.recent(store, State.SENT, 1000)}
    assert crowd.posts_in(workspace).total() == SIZE.all + 2
    lines = await said(terminal)
    assert lines[-1].endswith("200 of 200 (100%): 200 sent, 0 due; finished")
    assert [line for line in lines if "; paused since 2019-05-21" in line]
    await store.close()
    await workspace.close()


async def planned(bot: Bot, folder: Path) -> Store:
    """Its database, in which everything is due."""
    content = crowd.write_content(SIZE, folder / "content")
    await asyncio.to_thread(migrate.upgrade, bot.database)
    store = open_store(bot.database)
    await crowd.plan_all(store, SIZE, content)
    return store


async def watching(bot: Bot) -> Process:
    """Somebody at a terminal of the same computer."""
    environment = os.environ | {"DATABASE_URL": bot.database, "ALLIANCE_CLOCK_FILE": str(clock_file(bot.folder))}
    arguments = ("-m", "bot.cli", "deliveries", "progress", "--every", "0.5")
    return await asyncio.create_subprocess_exec(
        sys.executable, *arguments, env=environment, cwd=bot.folder, stdout=asyncio.subprocess.PIPE
    )


async def said(terminal: Process) -> list[str]:
    """All that it said, when it has ended well."""
    out, _err = await asyncio.wait_for(terminal.communicate(), 20)
    assert terminal.returncode == 0
    return out.decode().splitlines()


def watched(workspace: Workspace, user: str) -> Any:
    """The message that shows the run, None before it is there; there is never a second one."""
    found = [message for message in workspace.messages(user) if message["text"].startswith(("Sending", "Envoi de"))]
    assert len(found) <= 1
    return found[0] if found else None


def done(message: Any) -> tuple[int, int]:
    """How many the message says are sent, and how many are still to be sent."""
    counts = dict(line.removeprefix("- ").split(": ") for line in shown(message).split("\n") if line.startswith("- "))
    return int(counts["Sent"]), int(counts.get("Still to be sent", 0))


async def press(workspace: Workspace, user: str, button: str) -> None:
    """Click it in the message; `button` as it is called in English."""
    message = watched(workspace, user)
    action = {"Pause": "deliveries.run_pause", "Resume": "deliveries.run_resume"}[button]
    (value,) = [value for name, value in buttons(message).values() if name == action]
    direct = next(name for name, place in workspace.channels.items() if message in workspace.messages(name))
    seen = await workspace.click(user, direct, message["ts"], action, value)
    assert seen.error == ""


async def nothing_under_way(store: Store) -> bool:
    counts = await deliveries.counts(store)
    return not counts[State.CLAIMED] and not counts[State.UNKNOWN]


async def closed(store: Store) -> bool:
    return await runs.not_closed(store) == []


def arrived(workspace: Workspace) -> set[int]:
    """The deliveries whose posts are in Slack."""
    return {
        message["metadata"]["event_payload"]["id"]
        for channel in workspace.channels
        for message in workspace.messages(channel)
    }
