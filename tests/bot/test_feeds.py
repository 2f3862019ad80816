"""Calendar feeds over real HTTP: what a calendar program is told, and that it is not told again what it knows."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import aiohttp
import pytest
from icalendar import Calendar

from bot.feeds import Feeds
from storage import contentload, eventedits, feeds, members
from storage.entries import Change, Event
from storage.entryfields import Texts
from storage.eventedits import Editor
from storage.library import Library
from storage.store import Store
from tests.bot.serving import serving
from tests.storage import small

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)
AMINA, GROUP = "U0AMINA", "group:migration"
EDITOR = Editor("U0LAN", NOW)
CALL = Event(
    slug="call",
    section=eventedits.SECTION,
    kind="meeting",
    name=Texts(fr="Appel du groupe"),
    dates="2019-05-14",
    starts=time(15),
    ends=time(16),
    zone="Europe/Zurich",
    rule="FREQ=MONTHLY;BYDAY=2TU;UNTIL=20191231",
    groups=("migration",),
    written_in="fr",
)


@dataclass
class Program:
    """A calendar program: it knows nothing but addresses."""

    base: str
    session: aiohttp.ClientSession

    async def read(self, token: str, etag: str = "") -> tuple[int, str, bytes]:
        """Status, ETag and what it got."""
        headers = {"If-None-Match": etag} if etag else {}
        async with self.session.get(f"{self.base}/feeds/{token}.ics", headers=headers) as answer:
            return answer.status, answer.headers.get("ETag", ""), await answer.read()


@pytest.fixture
async def program(store: Store, tmp_path: Path) -> AsyncIterator[Program]:
    """The bot's feeds with the small content, on a real port."""
    await contentload.load(store, small.usual(), NOW.date())
    routes = Feeds(store, await Library.load(store), lambda: NOW).routes()
    async with serving(routes) as address, aiohttp.ClientSession() as session:
        yield Program(address, session)


def entries(content: bytes) -> dict[str, str]:
    """What the feed says of each event, by UID and recurrence: begin, sequence and status."""
    found = {}
    for event in Calendar.from_ical(content).walk("VEVENT"):
        again = event.get("recurrence-id")
        name = f"{event['uid']}{f' {again.dt.isoformat()}' if again else ''}".replace(".alliance-bot", "")
        begins = event.decoded("dtstart").isoformat()
        found[name] = f"{begins} {event['sequence']} {event.get('status', '')}".strip()
    return found


async def token_of(store: Store, owner: str) -> str:
    return (await feeds.address(store, owner, NOW)).token


async def test_a_member_reads_what_they_follow(store: Store, program: Program) -> None:
    await members.set_groups(store, AMINA, [])
    status, _etag, content = await program.read(await token_of(store, AMINA))
    assert status == 200
    assert {name for name in entries(content) if "migration" in name} == set()
    await members.set_groups(store, AMINA, ["migration"])
    _status, _etag, followed = await program.read(await token_of(store, AMINA))
    assert set(entries(content)) < set(entries(followed))


async def test_the_same_events_are_told_once(store: Store, program: Program) -> None:
    token = await token_of(store, GROUP)
    await eventedits.add(store, EDITOR, CALL)
    status, etag, first = await program.read(token)
    assert (status, etag[:1], await program.read(token)) == (200, '"', (200, etag, first))
    assert await program.read(token, etag) == (304, etag, b"")
    assert await program.read(token, f'"other", W/{etag}') == (304, etag, b"")
    assert (await program.read(token, '"other"'))[0] == 200


async def test_a_series_with_its_moved_and_cancelled_meetings(store: Store, program: Program) -> None:
    token = await token_of(store, GROUP)
    stored = await eventedits.add(store, EDITOR, CALL)
    _status, before, content = await program.read(token)
    slug = stored.entry.slug
    assert entries(content)[slug] == "2019-05-14T15:00:00+02:00 1 CONFIRMED"
    assert b"RRULE:FREQ=MONTHLY;UNTIL=20191231T140000Z;BYDAY=2TU" in content
    assert b"SUMMARY:Appel du groupe (only in French)" in content
    moved = Change(day=date(2019, 6, 11), moved_to="2019-06-12", starts=time(9), ends=time(10))
    await eventedits.move_occurrence(store, EDITOR, slug, 1, moved)
    await eventedits.cancel_occurrence(store, EDITOR, slug, 2, date(2019, 11, 12))
    status, after, content = await program.read(token, before)
    assert (status, after != before) == (200, True)
    assert {name: said for name, said in entries(content).items() if name.startswith(slug)} == {
        slug: "2019-05-14T15:00:00+02:00 3 CONFIRMED",
        f"{slug} 2019-06-11T15:00:00+02:00": "2019-06-12T09:00:00+02:00 3 CONFIRMED",
        f"{slug} 2019-11-12T15:00:00+01:00": "2019-11-12T15:00:00+01:00 3 CANCELLED",
    }


async def test_what_is_uncertain_cancelled_or_removed_says_so(store: Store, program: Program) -> None:
    token = await token_of(store, GROUP)
    single = CALL.model_copy(update={"rule": None})
    slugs = []
    uncertain: dict[str, object] = {"confirmed": False}
    some_day: dict[str, object] = {"dates": "2019-07", "starts": None, "ends": None}
    for number, change in enumerate(({}, {}, uncertain, some_day)):
        named = single.model_copy(update={"name": Texts(en=f"Call {number}"), **change})
        slugs.append((await eventedits.add(store, EDITOR, named)).entry.slug)
    await eventedits.cancel(store, EDITOR, slugs[0], 1)
    await eventedits.remove(store, EDITOR, slugs[1], 1)
    _status, _etag, content = await program.read(token)
    day = "2019-05-14T15:00:00+02:00"
    assert {name: said for name, said in entries(content).items() if name.startswith("call-")} == {
        "call-0@2019-05-14": f"{day} 2 CANCELLED",
        "call-1@2019-05-14": f"{day} 2 CANCELLED",
        "call-2@2019-05-14": f"{day} 1 TENTATIVE",
    }


async def test_a_renewed_address_leads_nowhere(store: Store, program: Program) -> None:
    first = await feeds.address(store, GROUP, NOW)
    assert await feeds.address(store, GROUP, NOW) == first
    later = NOW.replace(hour=13)
    second = await feeds.renew(store, GROUP, first.made_at, "U0LAN", later)
    assert await feeds.renew(store, GROUP, first.made_at, "U0LAN", later) == second
    assert ((await program.read(first.token))[0], (await program.read(second.token))[0]) == (404, 200)
    assert (await program.read("x" * 43))[0] == 404


async def test_everybody_reads_it_in_their_language(store: Store, program: Program) -> None:
    await members.choose_language(store, AMINA, "es")
    _status, _etag, content = await program.read(await token_of(store, AMINA))
    assert b"SUMMARY:D\xc3\xada del Migrante" in content
