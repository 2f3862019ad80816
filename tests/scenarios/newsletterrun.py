"""A newsletter to a whole community while the bot is killed and Slack misbehaves: each gets their own language, once.

`make newsletter` sends one to 2,000 members and 30 channels, with three kills; the tests send a smaller one. Before
that an edit ends the approval of another state of it, and its time passes over a kill: of that one nothing may arrive.
"""

import argparse
import asyncio
import signal
import sys
import time
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from sqlalchemy import delete, update

from alliance.addresses import AddressState
from alliance.edition import Edition, Section
from alliance.languages import Language
from alliance.newsletters import Content, Plan, Timing
from bot.demo import free_port
from storage import addresses, channels, contentfiles, contentload, migrate, newsletters
from storage.eventedits import Editor
from storage.models import Delivery
from storage.newslettermodels import MailAddress
from storage.store import Store, open_store
from storage.values import ChannelSettings
from tests.bot.office import APRIL
from tests.bot.postoffice import Served, address
from tests.scenarios import crowd
from tests.scenarios.process import Bot, clock_file, until, until_so
from tests.storage import small
from workspace.clock import Clock
from workspace.server import Workspace

WRITER: Final = Editor("U0P00000", crowd.DUE)
APPROVER: Final = "U0P00001"
"""Of the secretariat; wrote none of it."""

TITLES: Final[dict[Language, str]] = {"en": "News of May", "fr": "Nouvelles de mai", "es": "Noticias de mayo"}
LOCALES: Final[dict[str, Language]] = {"en-US": "en", "fr-FR": "fr", "es-LA": "es"}
SLOW: Final = 0.05
"""Seconds that Slack takes to answer after it has stored a post: a kill in between leaves an end that nobody saw."""

DRAIN: Final = 150.0
MORNING: Final = date(2019, 5, 22)
AFTERWARDS: Final = datetime(2019, 5, 22, 16, tzinfo=UTC)
"""It has been nine in the morning for every reader, and is not night for any."""


@dataclass(frozen=True)
class Size:
    """To how many members and channels, and how often the bot is killed meanwhile."""

    members: int = 2_000
    rooms: int = 30
    kills: int = 3
    mails: int = 300

    @property
    def all(self) -> int:
        """Everybody who is to get it."""
        return self.members + self.rooms + self.mails


@dataclass(frozen=True)
class Report:
    """What was seen. `letters` lie in mailboxes; of the `copies` that the server took, some are one letter twice.

    `voided`: copies that arrived of what was approved first, and then edited.
    """

    size: Size
    voided: int
    posts: int
    letters: int
    copies: int
    seconds: float
    found: int
    violations: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.size.members} members, {self.size.rooms} channels, {self.size.mails} e-mail addresses, "
            f"{self.size.kills} kills: {self.voided} copies of what an edit ended, "
            f"{self.posts} posts, {self.letters} letters ({self.copies} copies), {self.found} "
            f"found in history, {len(self.violations)} violations, {self.seconds:.0f} s"
        )


def content(size: Size) -> Content:
    """In three languages, for every member and every channel."""
    rooms = tuple(room.id for room in crowd.rooms(size.rooms))
    editions = {
        language: Edition(language, title, (Section(title, f"**{title}** for all."),))
        for language, title in TITLES.items()
    }
    return Content(editions=editions, plan=Plan(rooms, "all", mail=True))


def mistaken(right: Content) -> Content:
    """Another state of it, for each reader's morning."""
    editions = {one: Edition(one, "With a mistake", edition.sections) for one, edition in right.editions.items()}
    return replace(right, editions=editions, plan=replace(right.plan, timing=Timing.MORNING, day=MORNING))


class Sending:
    """The workspace in this process, the bot in another that is killed."""

    def __init__(self, size: Size, folder: Path) -> None:
        self.size, self.folder = size, folder
        clock = Clock(start=crowd.DUE, clock_file=clock_file(folder))
        self.workspace: Workspace = crowd.crowded(
            crowd.Size(size.rooms, 0, size.members), clock=clock, ack_seconds=30.0, trigger_seconds=30.0
        )
        self.content = small.write(folder / "content")
        self.store: Store = open_store(f"sqlite:///{folder / 'alliance.db'}")
        self._bot: Bot | None = None
        self._served = Served()

    @property
    def bot(self) -> Bot:
        """The process that is killed."""
        assert self._bot is not None
        return self._bot

    async def open(self) -> None:
        """A newsletter waits for approval, in a database that knows the channels; the bot runs and knows the people."""
        await asyncio.to_thread(migrate.upgrade, f"sqlite:///{self.folder / 'alliance.db'}")
        await contentload.load(self.store, contentfiles.read(self.content), APRIL.date())
        for number, room in enumerate(crowd.rooms(self.size.rooms)):
            language = list(TITLES)[number % 3]
            await channels.save(self.store, ChannelSettings(room.id, room.name, language, "Europe/Zurich"))
        await self._readers_by_mail()
        made = await newsletters.add(self.store, WRITER, mistaken(content(self.size)))
        await newsletters.submit(self.store, WRITER, made.id, 1)
        await self.workspace.start()
        self._served.__enter__()
        self._bot = Bot(
            self.folder,
            self.workspace,
            ALLIANCE_CONTENT=str(self.content),
            ALLIANCE_SECRETARIAT=f"{WRITER.user_id},{APPROVER}",
            ALLIANCE_POSTS_PER_MINUTE="60000",
            ALLIANCE_SMTP_URL=self._served.url,
            ALLIANCE_MAIL_FROM=address("news"),
            ALLIANCE_MAILS_PER_MINUTE="6000",
            ALLIANCE_HEALTH_PORT=str(free_port()),
            ALLIANCE_PUBLIC_URL="https://bot.example.org",
        )
        await self.bot.start()
        await until(lambda: '"roster_read"' in self.bot.log(), 60)

    async def void(self) -> int:
        """Approve it, edit it, kill the bot, let its time pass; how many copies of it arrive nevertheless.

        The notice that it waits for approval again falls due after all of them, and so is posted last.
        """
        said = await self.approve(seen=2)
        assert "Approved" in said or "Approuvée" in said, said
        await newsletters.change(self.store, WRITER, 1, 3, content(self.size))
        await self.bot.end(signal.SIGKILL)
        self.workspace.clock.move_to(AFTERWARDS)
        await self.bot.start()
        asked = len(self._notices())
        await newsletters.submit(self.store, replace(WRITER, now=AFTERWARDS), 1, 4)
        await until(lambda: len(self._notices()) > asked, 60)
        return self.posts() + len(self._served.office.got)

    async def approve(self, seen: int, user: str = APPROVER) -> str:
        """Press the button; what the answer says."""
        room = crowd.rooms(1)[0].id
        self.workspace.channels[room].members.update({user})
        answer = (await self.workspace.command(user, room, "/alliance newsletter 1")).message
        assert answer is not None
        before = str(answer["blocks"])
        await self.workspace.click(user, room, answer["ts"], "newsletter.approve", f"1:{seen}")
        await until(lambda: str(self._last(room, user)["blocks"]) != before)
        return str(self._last(room, user)["blocks"][0])

    async def send(self, voided: int) -> Report:
        """Approve it, kill the bot again and again, let it end, and look at what arrived."""
        began = time.monotonic()
        self.workspace.faults.slow("chat.postMessage", SLOW, times=10**9)
        said = await self.approve(seen=5)
        assert "Approved" in said or "Approuvée" in said, said
        for kill in range(self.size.kills):
            enough = self.posts() + self.size.all // (2 * self.size.kills)
            await until(partial(self._has, enough), 60)
            if kill == 0:
                self.workspace.faults.server_error(503, times=5, method="chat.postMessage")
                self.workspace.faults.accept_and_drop(times=5)
                self._served.office.breaks_off |= {f"reader-{number}": 1 for number in range(0, self.size.mails, 10)}
            await self.bot.end(signal.SIGKILL)
            await self.bot.start()
        await until_so(self._all_sent, DRAIN)
        log = self.bot.log()
        return Report(
            self.size,
            voided,
            self.posts(),
            sum(map(len, self._served.office.mailboxes().values())),
            len(self._served.office.got),
            time.monotonic() - began,
            log.count('"delivery_found"'),
            tuple(self._violations()),
        )

    async def close(self) -> None:
        """End everything."""
        if self._bot and self._bot.launched:
            await self._bot.end(signal.SIGKILL)
        self._served.__exit__()
        await self.workspace.close()
        await self.store.close()

    def posts(self) -> int:
        """How many copies are there."""
        return sum(len(self._copies(name)) for name in self.workspace.channels)

    def _last(self, room: str, user: str) -> dict[str, Any]:
        return self.workspace.ephemerals(room, user)[-1]

    def _copies(self, name: str) -> list[str]:
        found = self.workspace.messages(name)
        return [one["text"] for one in found if _key(one).startswith("newsletter:")]

    def _notices(self) -> list[str]:
        return [key for one in self.workspace.messages(APPROVER) if (key := _key(one)).startswith("notice:")]

    def _has(self, posts: int) -> bool:
        return self.posts() >= posts

    async def _all_sent(self) -> bool:
        way = await newsletters.way(self.store, "newsletter/1")
        return way.sent == way.total == self.size.all

    def _violations(self) -> list[str]:
        """Who got something else than one copy in their own language."""
        wanted = {room.id: TITLES[list(TITLES)[number % 3]] for number, room in enumerate(crowd.rooms(self.size.rooms))}
        wrong = [f"{name}: {self._copies(name)}" for name, title in wanted.items() if self._copies(name) != [title]]
        for person in crowd.people(self.size.members):
            copies = self._copies(person.id)
            if copies != [TITLES[LOCALES[person.locale]]]:
                wrong.append(f"{person.id}: {copies}")
        boxes = self._served.office.mailboxes()
        for number in range(self.size.mails):
            subjects = [str(one["Subject"]) for one in boxes.get(address(f"reader-{number}"), [])]
            if subjects != [list(TITLES.values())[number % 3]]:
                wrong.append(f"reader {number}: {subjects}")
        return wrong

    async def _readers_by_mail(self) -> None:
        """They were asked and have confirmed."""
        languages = list(TITLES)
        wanted = [(address(f"reader-{number}"), languages[number % 3]) for number in range(self.size.mails)]
        await addresses.add(self.store, WRITER, wanted)
        async with self.store.write() as session:
            await session.execute(update(MailAddress).values(state=AddressState.CONFIRMED.value))
            await session.execute(delete(Delivery))


def _key(message: dict[str, Any]) -> str:
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return str(payload.get("key") or "")


async def sent(size: Size, folder: Path) -> Report:
    """One run."""
    sending = Sending(size, folder)
    try:
        await sending.open()
        return await sending.send(await sending.void())
    finally:
        await sending.close()


def main() -> int:
    """Print the report; 1 if anybody got it twice, not at all, or in another language."""
    arguments = argparse.ArgumentParser(prog="make newsletter", description=__doc__)
    for name, number in (("members", 2_000), ("rooms", 30), ("kills", 3), ("mails", 300)):
        arguments.add_argument(f"--{name}", type=int, default=number)
    given = arguments.parse_args()
    with TemporaryDirectory(prefix="alliance-newsletter-") as folder:
        report = asyncio.run(sent(Size(given.members, given.rooms, given.kills, given.mails), Path(folder)))
    print(report)
    for violation in report.violations[:20]:
        print(violation)
    return int(bool(report.voided or report.violations))


if __name__ == "__main__":
    sys.exit(main())
