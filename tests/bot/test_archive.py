"""The public archive: what went to everybody, as pages and as a feed, in three languages; nothing else."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from xml.etree import ElementTree

import aiohttp
import pytest

from alliance.edition import Edition, Section
from alliance.newsletters import Content, Plan
from bot.archive import Archive
from storage import deliveries, newsletters
from storage.eventedits import Editor
from storage.readers import Reader
from storage.store import Store
from tests.bot.serving import visiting

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)
LAN, CLAIRE = Editor("U0LAN", NOW), Editor("U0CLAIRE", NOW)
ATOM = "{http://www.w3.org/2005/Atom}"


async def sent(store: Store, title: str, members: str = "all") -> int:
    """A newsletter that somebody has."""
    editions = {"en": Edition("en", title, (Section("", "A <script>x</script> **call**."),)),
                "fr": Edition("fr", f"{title} (fr)", (Section("", "Un appel."),))}  # fmt: skip
    content = Content(editions=editions, waived=frozenset({"es"}), plan=Plan(members=members))  # type: ignore[arg-type]  # two of the three
    made = await newsletters.add(store, LAN, content)
    await newsletters.submit(store, LAN, made.id, 1)
    await newsletters.approve(store, CLAIRE, made.id, 2, [Reader("U0AMINA", "en", "UTC", private=True)])
    [row] = [one for one in await deliveries.due(store, NOW, 10) if one.subject == made.ref]
    await deliveries.claim(store, [row.id], "sender", NOW, NOW)
    await deliveries.sent(store, row.id, "sender", "D0AMINA", "1.1", NOW)
    return made.id


@pytest.fixture
async def site(store: Store) -> AsyncIterator[aiohttp.ClientSession]:
    async with visiting(Archive(store, "https://bot.example.org", lambda: NOW).routes()) as session:
        yield session


async def read(site: aiohttp.ClientSession, path: str, accept: str = "") -> tuple[int, str]:
    async with site.get(f"/newsletters/{path}", headers={"Accept-Language": accept}) as answer:
        return answer.status, await answer.text()


async def test_everybody_reads_what_went_to_everybody_in_their_language(
    store: Store, site: aiohttp.ClientSession
) -> None:
    number = await sent(store, "April news")
    private = await sent(store, "For the group", "group:migration")
    await newsletters.add(store, LAN, Content(editions={"en": Edition("en", "A draft")}))
    status, page = await read(site, "", "fr-CH,fr;q=0.9")
    assert (status, "April news (fr)" in page, "For the group" in page, "A draft" in page) == (200, True, False, False)
    status, page = await read(site, f"{number}?lang=en")
    assert (status, "&lt;script&gt;x&lt;/script&gt; <strong>call</strong>" in page) == (200, True)
    assert (await read(site, str(private)))[0] == 404
    _status, feed = await read(site, "feed.atom?lang=fr")
    root = ElementTree.fromstring(feed)
    entries = [(one.findtext(f"{ATOM}title"), one.findtext(f"{ATOM}id")) for one in root.findall(f"{ATOM}entry")]
    assert entries == [("April news (fr)", f"https://bot.example.org/newsletters/{number}?lang=fr")]
    await newsletters.take_back(store, CLAIRE, number)
    assert (await read(site, str(number)))[0] == 404
