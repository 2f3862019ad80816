"""Pausing and resuming from the command line: all that is posted unasked, in every process on the database."""

import asyncio

from bot import keeping
from bot.clock import Clock
from bot.settings import Settings, read_settings
from storage import runs, sending
from storage.store import open_store


def pause() -> str:
    """Hold everything back; returns what to say. Raises SettingsProblem, DatabaseUnusable."""
    changed = _switched(on=False)
    return "Sending is paused. 'alliance-bot deliveries resume' goes on." if changed else "It is paused already."


def resume() -> str:
    """Go on; returns what to say. Raises SettingsProblem, DatabaseUnusable."""
    return "Sending goes on." if _switched(on=True) else "It was not paused."


def _switched(*, on: bool) -> bool:
    settings = read_settings()
    keeping.upgrade(settings, Clock(settings.alliance_clock_file)())
    return asyncio.run(_switch(settings, on=on))


async def _switch(settings: Settings, *, on: bool) -> bool:
    """Resume or pause; whether that changed anything. The secretariat's messages say so at once."""
    store, now = open_store(settings.database_url), Clock(settings.alliance_clock_file)()
    try:
        changed = await sending.resume(store, "", now) if on else await sending.pause(store, "", now)
        await runs.hurry(store)
        return changed
    finally:
        await store.close()
