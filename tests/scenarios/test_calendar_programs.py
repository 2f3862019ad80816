"""Calendar programs that others wrote read a feed over HTTP: vdirsyncer fetches it, and khal says when things are."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.feeds import Feeds
from storage import contentload, eventedits, feeds, members
from storage.entries import Change, Event
from storage.entryfields import Texts
from storage.eventedits import Editor
from storage.library import Library
from storage.occurrences import takings
from storage.store import Store
from tests.bot.serving import serving
from tests.storage import small

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)
LAN = "U0LAN"
EDITOR = Editor(LAN, NOW)
CALL = Event(
    slug="call",
    section=eventedits.SECTION,
    kind="meeting",
    name=Texts(en="Group call"),
    dates="2019-09-10",
    starts=time(15),
    ends=time(16),
    zone="Europe/Zurich",
    rule="FREQ=MONTHLY;BYDAY=2TU;UNTIL=20200131",
    groups=("migration",),
)

VDIRSYNCER = """
[general]
status_path = "{folder}/status"
[pair alliance]
a = "mine"
b = "feed"
collections = null
conflict_resolution = "b wins"
[storage mine]
type = "filesystem"
path = "{folder}/mine"
fileext = ".ics"
[storage feed]
type = "http"
url = "{url}"
"""

KHAL = """
[calendars]
[[alliance]]
path = {folder}/mine
[locale]
local_timezone = {zone}
default_timezone = {zone}
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/{cache}.db
"""


@dataclass
class Desktop:
    """A member's own computer."""

    folder: Path
    url: str

    async def sync(self) -> None:
        """Fetch the feed."""
        config = self.folder / "vdirsyncer.conf"
        config.write_text(VDIRSYNCER.format(folder=self.folder, url=self.url), encoding="utf-8")
        if not any((self.folder / "status").iterdir()):
            await self._run("vdirsyncer", "-c", str(config), "discover")
        await self._run("vdirsyncer", "-c", str(config), "sync")

    async def listed(self, zone: str, title: str, first: str, until: str) -> list[str]:
        """What the program shows of events with that title, as somebody in that zone sees it."""
        config, cache = self.folder / "khal.conf", zone.replace("/", "-")
        config.write_text(KHAL.format(folder=self.folder, zone=zone, cache=cache), encoding="utf-8")
        form = "{start} / {end} / {cancelled}{title}"
        arguments = ("list", "--day-format", "", "--format", form, first, until)
        said = await self._run("khal", "-c", str(config), *arguments)
        return [line for line in said.splitlines() if title in line]

    async def _run(self, program: str, *arguments: str) -> str:
        environment: Mapping[str, str] = os.environ | {"HOME": str(self.folder), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        command = Path(sys.executable).with_name(program)
        pipe = asyncio.subprocess.PIPE
        running = await asyncio.create_subprocess_exec(
            command, *arguments, stdin=asyncio.subprocess.DEVNULL, stdout=pipe, stderr=pipe, env=environment
        )
        async with asyncio.timeout(60):
            out, err = await running.communicate()
        assert running.returncode == 0, err.decode()
        return out.decode()


@pytest.fixture
async def desktop(sqlite_store: Store, tmp_path: Path) -> AsyncIterator[Desktop]:
    """A computer that knows the address of Lan's feed; Lan follows the group Migration."""
    await contentload.load(sqlite_store, small.usual(), NOW.date())
    await members.set_groups(sqlite_store, LAN, ["migration"])
    token = (await feeds.address(sqlite_store, LAN, NOW)).token
    for name in ("mine", "status"):
        (tmp_path / name).mkdir()
    async with serving(Feeds(sqlite_store, await Library.load(sqlite_store), lambda: NOW).routes()) as address:
        yield Desktop(tmp_path, f"{address}/feeds/{token}.ics")


async def test_khal_shows_the_times_that_the_bot_shows(desktop: Desktop, sqlite_store: Store) -> None:
    stored = await eventedits.add(sqlite_store, EDITOR, CALL)
    slug = stored.entry.slug
    moved = Change(day=date(2019, 11, 12), moved_to="2019-11-14", starts=time(9, 30), ends=time(10))
    await eventedits.move_occurrence(sqlite_store, EDITOR, slug, 1, moved)
    await eventedits.cancel_occurrence(sqlite_store, EDITOR, slug, 2, date(2019, 12, 10))
    await desktop.sync()

    assert await desktop.listed("Europe/Zurich", "Group call", "2019-09-01", "2020-06-30") == [
        "2019-09-10 15:00 / 2019-09-10 16:00 / Group call",
        "2019-10-08 15:00 / 2019-10-08 16:00 / Group call",
        "2019-11-14 09:30 / 2019-11-14 10:00 / Group call",
        "2019-12-10 15:00 / 2019-12-10 16:00 / CANCELLED Group call",
        "2020-01-14 15:00 / 2020-01-14 16:00 / Group call",
    ]
    kept = await eventedits.get(sqlite_store, slug)
    assert kept is not None
    in_nairobi = [
        taking.when.begins_at().astimezone(ZoneInfo("Africa/Nairobi")).strftime("%Y-%m-%d %H:%M")
        for taking in takings(kept.entry, date(2020, 6, 30))
    ]
    shown = await desktop.listed("Africa/Nairobi", "Group call", "2019-09-01", "2020-06-30")
    assert [line.split(" / ")[0] for line in shown] == in_nairobi


async def test_khal_shows_days_that_never_shift_and_what_was_called_off(desktop: Desktop, sqlite_store: Store) -> None:
    single = CALL.model_copy(update={"rule": None})
    stored = await eventedits.add(sqlite_store, EDITOR, single)
    await desktop.sync()
    assert await desktop.listed("UTC", "Group call", "2019-09-01", "2019-09-30") == [
        "2019-09-10 13:00 / 2019-09-10 14:00 / Group call"
    ]
    days = await desktop.listed("Pacific/Auckland", "Migrants Day", "2019-01-01", "2020-12-31")
    assert [line.split(" / ")[0] for line in days] == ["2019-12-18", "2020-12-18"]
    await eventedits.remove(sqlite_store, EDITOR, stored.entry.slug, 1)
    await desktop.sync()
    assert await desktop.listed("UTC", "Group call", "2019-09-01", "2019-09-30") == [
        "2019-09-10 13:00 / 2019-09-10 14:00 / CANCELLED Group call"
    ]
