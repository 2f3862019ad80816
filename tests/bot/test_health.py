"""What is not well is named, and a port that is taken is said in a sentence."""

from pathlib import Path

import aiohttp
import pytest

from bot.demo import HOST, free_port
from bot.health import Aside, Check, Health, answers
from bot.metrics import Metrics
from bot.problems import CannotListen
from bot.pulse import Pulse
from bot.schedule import Jobs
from storage.store import Store, open_store
from tests.bot.office import APRIL, Steps


async def nothing() -> None:
    return


async def broken() -> None:
    raise OSError("no space left")


def health(store: Store, pulse: Pulse) -> Health:
    checks: dict[str, Check] = {"database": lambda: answers(store), "scheduler": pulse.started, "tick": pulse.recent}
    return Health(store, Metrics(), lambda: APRIL, checks)


async def test_what_does_not_hold_is_named(sqlite_store: Store, tmp_path: Path) -> None:
    steps, metrics = Steps(), Metrics()
    pulse = Pulse(metrics, steps)
    assert await health(sqlite_store, pulse).failing() == ["scheduler", "tick"]
    jobs = pulse.timed(Jobs(nothing, nothing, broken, *[nothing] * 9))
    pulse.running = True
    await jobs.heed()
    assert await health(sqlite_store, pulse).failing() == []
    with pytest.raises(OSError, match="no space left"):
        await jobs.send()
    steps.seconds += 31
    assert await health(sqlite_store, pulse).failing() == ["tick"]
    gone = open_store(f"sqlite:///{tmp_path / 'missing' / 'alliance.db'}")
    assert await health(gone, pulse).failing() == ["database", "tick"]
    await gone.close()
    assert 'alliance_job_failures_total{job="send"} 1.0' in metrics.text().decode()


async def test_numbers_are_given_also_while_the_database_is_away(tmp_path: Path) -> None:
    gone = open_store(f"sqlite:///{tmp_path / 'missing' / 'alliance.db'}")
    port = free_port()
    aside = Aside(health(gone, Pulse(Metrics(), Steps())), port)
    await aside.open()
    async with aiohttp.ClientSession() as session, session.get(f"http://{HOST}:{port}/metrics") as answer:
        assert (answer.status, "alliance_sending_paused" in await answer.text()) == (200, True)
    await aside.close()
    await gone.close()


async def test_a_port_that_is_taken_is_said(sqlite_store: Store) -> None:
    port = free_port()
    first, second = (Aside(health(sqlite_store, Pulse(Metrics(), Steps())), port) for _number in range(2))
    await first.open()
    with pytest.raises(CannotListen, match=f"port {port}: .*Set ALLIANCE_HEALTH_PORT to a free one"):
        await second.open()
    await first.close()
