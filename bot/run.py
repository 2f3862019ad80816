"""Starts the bot, keeps it running, and ends it in order."""

import asyncio
import os
import signal
import sys
from collections.abc import Coroutine
from functools import partial
from typing import Any, Final

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import planner, setback
from bot.agreeing import agree
from bot.clock import Clock
from bot.database import only_one
from bot.keeping import upgrade
from bot.parts import Parts, assembled
from bot.posting import MAYBE_DONE
from bot.problems import CannotListen
from bot.schedule import Jobs, Work, scheduler, told
from bot.settings import Settings
from bot.slack import SlackDoor
from handlers.call import SlackRefused
from storage import contentload, sending

SHUTDOWN_SECONDS: Final = 7.0
"""What is being posted or answered may take so long at shutdown; then it is left to reconciliation."""

AFTERWARDS_SECONDS: Final = 2.0
RETRY_SECONDS: Final = 5.0
PASSING: Final = ("unreachable", "ratelimited", *MAYBE_DONE)
"""Reasons for which Slack does not answer now, but will."""

log = structlog.get_logger(__name__)


def run(settings: Settings, *, http: bool, with_parent: bool = False) -> None:
    """Run the bot until SIGTERM or Ctrl-C; `with_parent` also until standard input, a pipe from the parent, ends.

    Raises SettingsProblem, DatabaseTaken, FolderUnwritable, migrate.NewerDatabase, migrate.DatabaseUnusable,
    ContentErrors or CannotListen, each with a text for the person who started it.
    """
    settings.require("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET" if http else "SLACK_APP_TOKEN")
    settings.require_server(http=http)
    with only_one(settings.sqlite_file):
        upgrade(settings, Clock(settings.alliance_clock_file)())
        asyncio.run(_serve(settings, http=http, with_parent=with_parent))


async def _serve(settings: Settings, *, http: bool, with_parent: bool) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    if with_parent:
        _stop_when_input_ends(stop)
    async with assembled(settings, http=http) as parts:
        jobs = parts.pulse.timed(_jobs(parts))
        schedule = scheduler(jobs)
        if parts.aside:
            await parts.aside.open()
        await _unless(stop, _start(parts, jobs, schedule, alone=settings.sqlite_file is not None))
        watching = asyncio.create_task(setback.watch(schedule))
        await stop.wait()
        watching.cancel()
        log.info("stopping")
        parts.pulse.running = False
        if schedule.running:
            schedule.pause()
        await _finish(parts)
        if schedule.running:
            schedule.shutdown(wait=False)
        if parts.aside:
            await parts.aside.close()
    log.info("stopped")


def _stop_when_input_ends(stop: asyncio.Event) -> None:
    """A parent that is gone, killed or not, holds the pipe no longer: then nothing more can come from it."""
    loop, source = asyncio.get_running_loop(), sys.stdin.fileno()

    def look() -> None:
        if not os.read(source, 1024):
            loop.remove_reader(source)
            stop.set()

    loop.add_reader(source, look)


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> None:
    """Do the work, unless the bot is told to stop before it is done. Raises what the work raises."""
    task, stopped = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([task, stopped], return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
    finally:
        for one in (task, stopped):
            one.cancel()


async def _start(parts: Parts, jobs: Jobs, schedule: AsyncIOScheduler, *, alone: bool) -> None:
    """Check the token, answer members, and only then begin with the regular work.

    `alone`: no other process shares the database, so that every claim in it was left by one that is dead.
    """
    await _introduce(parts.slack)
    await agree(parts.clock, parts.store)
    await parts.listening.open()
    if alone:
        await parts.reconciler.adopt()
    await jobs.channels()
    await jobs.plan()
    parts.tasks.later(told("roster", jobs.roster)())
    schedule.start()
    parts.pulse.running = True
    log.info("started")


async def _introduce(slack: SlackDoor) -> None:
    """Wait for a Slack that cannot be reached yet. Raises CannotListen for a token that it does not accept."""
    while True:
        try:
            await slack.who_am_i()
        except SlackRefused as refused:
            if str(refused) not in PASSING and not str(refused).startswith("http_5"):
                raise CannotListen(
                    f"Slack does not accept SLACK_BOT_TOKEN ({refused}). Copy it again from your app's page "
                    "'OAuth & Permissions'; 'alliance-bot doctor' checks it."
                ) from refused
            log.warning("slack_not_reached", reason=str(refused), again_in=RETRY_SECONDS)
            await asyncio.sleep(RETRY_SECONDS)
        else:
            return


def _jobs(parts: Parts) -> Jobs:
    """The regular work, with the time of each run."""

    async def heed() -> None:
        """Also while a tick is at work: so a pause holds within a second, however much is due."""
        parts.pacing.hold(await sending.paused(parts.store) is not None)

    async def send() -> None:
        await heed()
        await parts.sender.tick()

    async def mail() -> None:
        if parts.mail and await sending.paused(parts.store) is None:
            await parts.mail.tick()

    async def plan() -> None:
        done = await planner.plan(parts.store, parts.clock())
        if done.planned or done.withdrawn:
            log.info("planned", planned=done.planned, withdrawn=done.withdrawn)
        await parts.announcer.run()

    async def extend() -> None:
        """After a leap of the clock (the local workspace's, or a machine's that slept), all is there within seconds."""
        now = parts.clock()
        if await contentload.extend(parts.store, now.date()) or await planner.behind(parts.store, now):
            await plan()

    async def reconcile() -> None:
        """By the clock that all bots share: right before it is told which claims are over."""
        await agree(parts.clock, parts.store)
        await parts.reconciler.run()

    async def refresh() -> None:
        await parts.library.refresh(parts.store)

    channels = partial(_from_slack, parts.presence.sync, "channels_not_read")
    roster = partial(_from_slack, parts.roster.sync, "roster_not_read")
    return Jobs(
        plan,
        heed,
        send,
        mail,
        reconcile,
        refresh,
        channels,
        roster,
        extend,
        parts.progress.run,
        parts.counts.run,
        parts.corrections.run,
    )


async def _finish_mail(parts: Parts) -> None:
    if parts.mail:
        await parts.mail.finish()


async def _from_slack(read: Work, unread: str) -> None:
    """Read something from Slack; where it cannot be, the log says `unread`, and the next run tries again."""
    try:
        await read()
    except SlackRefused as refused:
        log.warning(unread, reason=str(refused))


async def _finish(parts: Parts) -> None:
    """Settle what is claimed, answer what has arrived; what takes too long is left to reconciliation."""
    try:
        async with asyncio.timeout(SHUTDOWN_SECONDS):
            await asyncio.gather(parts.sender.finish(), _finish_mail(parts), parts.listening.close())
    except TimeoutError:
        log.warning("stopped_before_the_end")
    await parts.tasks.finish(AFTERWARDS_SECONDS)
