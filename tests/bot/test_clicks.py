"""Clicks on links of newsletters, where they are counted: by link, in Slack and in e-mails, and never by person."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import aiohttp
import pytest

from alliance.edition import Edition, Section
from alliance.newsletters import Content, Plan
from bot.clicks import GO, Clicks
from handlers import mailpage
from handlers.mailpage import Links
from handlers.tongue import Tongue
from handlers.views.newsletterpost import post
from storage import clicks, newsletters
from storage.eventedits import Editor
from storage.newsletters import Newsletter
from storage.readers import Reader
from storage.store import Store
from tests.bot.serving import visiting

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)
LAN, CLAIRE = Editor("U0LAN", NOW), Editor("U0CLAIRE", NOW)
SURVEY, GUIDE, PICTURE = "https://ilo.org/survey?lang=en&x=1", "https://ilo.org/guide", "https://ilo.org/a.png"
BODY = (
    f"A [survey]({SURVEY}), a [guide]({GUIDE}), the [guide]({GUIDE}) again, "
    f"![a picture]({PICTURE}), [us](mailto:us@example.org)."
)
CONTENT = Content(
    editions={"en": Edition("en", "April news", (Section("", BODY),))},
    waived=frozenset({"fr", "es"}),
    plan=Plan(members="all"),
)
T = Tongue("en", "UTC")
PUBLIC = "https://bot.example.org"


async def approved(store: Store, *, count_clicks: bool = True) -> Newsletter:
    made = await newsletters.add(store, LAN, CONTENT)
    await newsletters.submit(store, LAN, made.id, 1)
    amina = Reader("U0AMINA", "en", "UTC", private=True)
    return await newsletters.approve(store, CLAIRE, made.id, 2, [amina], count_clicks=count_clicks)


@pytest.fixture
async def site(store: Store) -> AsyncIterator[aiohttp.ClientSession]:
    async with visiting(Clicks(store).routes()) as session:
        yield session


async def test_a_link_leads_where_it_should_and_is_counted(store: Store, site: aiohttp.ClientSession) -> None:
    made = await approved(store)
    ways = await clicks.ways(store, made.id, f"{PUBLIC}{GO}")
    assert sorted(ways) == [GUIDE, SURVEY]
    for method, address, times in (("GET", GUIDE, 2), ("GET", SURVEY, 1), ("HEAD", SURVEY, 1)):
        for _time in range(times):
            path = ways[address].removeprefix(PUBLIC)
            async with site.request(method, path, allow_redirects=False) as answer:
                assert (answer.status, answer.headers["Location"]) == (302, address)
                assert (answer.headers["Cache-Control"], answer.cookies) == ("no-store", {})
    assert await clicks.counted(store, made.id) == [(GUIDE, 2), (SURVEY, 1)]


@pytest.mark.parametrize("path", ["1/000000000000", "2/{code}", "1/https://evil.example", "x/{code}"])
async def test_nobody_is_led_where_no_newsletter_leads(store: Store, site: aiohttp.ClientSession, path: str) -> None:
    made = await approved(store)
    code = (await clicks.ways(store, made.id, GO))[GUIDE].rpartition("/")[2]
    async with site.get(f"{GO}{path.format(code=code)}", allow_redirects=False) as answer:
        assert answer.status == 404
    assert await clicks.counted(store, made.id) == [(GUIDE, 0), (SURVEY, 0)]


async def test_slack_and_mail_link_by_the_bot_and_pictures_and_plain_text_do_not(store: Store) -> None:
    made = await approved(store)
    ways = await clicks.ways(store, made.id, f"{PUBLIC}{GO}")
    in_slack = repr(post(CONTENT, T, ways).blocks)
    edition, links = CONTENT.edition("en"), Links("", ways)
    by_mail, plain = mailpage.html(edition, links, T), mailpage.plain(edition, links, T)
    for shown in (in_slack, by_mail):
        assert [shown.count(ways[address]) for address in (SURVEY, GUIDE)] == [1, 2]
        assert [shown.count(address) for address in (SURVEY, GUIDE, PICTURE)] == [0, 0, 1]
        assert "mailto:us@example.org" in shown
    assert (plain.count(PUBLIC), plain.count(GUIDE)) == (0, 2)


async def test_where_clicks_are_not_counted_every_link_is_its_own(store: Store) -> None:
    made = await approved(store, count_clicks=False)
    assert await clicks.ways(store, made.id, f"{PUBLIC}{GO}") == {}
    assert await clicks.counted(store, made.id) == []
    assert str(post(CONTENT, T, {}).blocks).count(GUIDE) == 2


async def test_a_link_that_a_correction_drops_goes_on_leading_where_it_led(
    store: Store, site: aiohttp.ClientSession
) -> None:
    made = await approved(store)
    ways = await clicks.ways(store, made.id, GO)
    right = Content(
        editions={"en": Edition("en", "April news", (Section("", f"Only a [guide]({GUIDE})."),))},
        waived=CONTENT.waived,
        plan=CONTENT.plan,
    )
    await newsletters.change(store, LAN, made.id, 3, right)
    await newsletters.submit(store, LAN, made.id, 4)
    await newsletters.approve(store, CLAIRE, made.id, 5, [], count_clicks=True)
    async with site.get(ways[SURVEY], allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (302, SURVEY)
