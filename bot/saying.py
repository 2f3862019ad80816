"""Answering a command without Slack: the same router, a private copy of the database, all pages one after another."""

import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from alliance.languages import Language
from bot.database import load_content
from bot.tasks import Tasks
from handlers.asking import OPEN
from handlers.call import Deps, MemberFacts, SlackRefused
from handlers.replies import Reply
from handlers.router import Router
from storage import members, migrate
from storage.announcements import Posted
from storage.library import Library
from storage.store import open_store

SOMEBODY: Final = "U0SOMEBODY"
"""Who asks, where nobody is named."""

CHANNEL: Final = "C0TERMINAL"
MOST_PAGES: Final = 200
NEXT: Final = f"{OPEN}:next"

Json = dict[str, Any]


class NoSlack:
    """Slack for a command that is answered at the terminal: there is none, and every request says so."""

    async def member_facts(self, user_id: str) -> MemberFacts:
        """Nothing is known of a member besides what the database says."""
        raise SlackRefused("no_slack")

    async def channel_name(self, channel_id: str) -> str | None:
        """There are no channels."""
        return None

    async def send_file(self, user_id: str, name: str, content: bytes, comment: str, alt: str = "") -> None:
        """Nothing can be sent."""
        raise SlackRefused("no_slack")

    async def invite(self, channel_id: str, user_id: str) -> None:
        """Nobody can be brought anywhere."""
        raise SlackRefused("no_slack")

    async def revise(self, posted: Posted, text: str, blocks: list[Json]) -> None:
        """No message stands anywhere."""
        raise SlackRefused("no_slack")

    async def forward_file(self, file_id: str, user_id: str, comment: str) -> None:
        """Nothing can be handed on."""
        raise SlackRefused("no_slack")

    async def read_file(self, file_id: str, most: int) -> bytes:
        """There are no files."""
        raise SlackRefused("no_slack")

    async def publish_home(self, user_id: str, view: dict[str, Any]) -> None:
        """There is no App Home."""
        raise SlackRefused("no_slack")


@contextmanager
def private_copy(file: Path | None, address: str) -> Iterator[str]:
    """The address of a database that may be written to without anybody noticing.

    A copy of the bot's SQLite file; without one a new database; a PostgreSQL address as it is. Raises
    migrate.DatabaseUnusable.
    """
    if file is None and not address.startswith("sqlite"):
        yield address
        return
    folder = Path(tempfile.mkdtemp(prefix="alliance-say-"))
    try:
        copied = folder / "alliance.db"
        if file is not None and file.is_file():
            _copy(file, copied)
        migrate.upgrade(f"sqlite:///{copied}")
        yield f"sqlite:///{copied}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy(file: Path, to: Path) -> None:
    """Also what a running bot has only written to the journal so far."""
    try:
        with (
            closing(sqlite3.connect(f"file:{file.absolute()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(to)) as target,
        ):
            source.backup(target)
    except sqlite3.Error as error:
        raise migrate.DatabaseUnusable(f"{file} cannot be read ({error})") from error


@dataclass(frozen=True, slots=True)
class Question:
    """What is typed, by whom, when; `language` None: the language of who asks."""

    command: str
    user: str
    now: datetime
    language: Language | None


async def answers(address: str, content: Path, question: Question) -> list[Json]:
    """The payloads of the answer: the first as the acknowledgement carries it, then each further page."""
    store, tasks = open_store(address), Tasks()
    try:
        await load_content(store, question.now.date(), content)
        library = await Library.load(store)
        if question.language:
            await members.choose_language(store, question.user, question.language)
        deps = Deps(store, library, NoSlack(), tasks.later, lambda: question.now, library.community.language)
        pages = [page async for page in _pages(Router(deps), question)]
        await tasks.finish(5)
        return pages
    finally:
        await store.close()


async def _pages(router: Router, question: Question) -> AsyncIterator[Json]:
    reply: Reply = await router.command(_command(question))
    for _number in range(MOST_PAGES):
        payload = reply.ack or reply.respond or reply.open_view
        if payload is None:
            return
        yield payload
        following = next_button(payload)
        if following is None:
            return
        reply = await router.action(_click(following, question.user))


def next_button(payload: Json) -> Json | None:
    """The button that leads to the next page, if there is one."""
    elements = (element for block in payload.get("blocks", ()) for element in block.get("elements", ()))
    return next((element for element in elements if element.get("action_id") == NEXT), None)


def _command(question: Question) -> Json:
    """As Slack would send it: the command, the words, and &, < and > escaped."""
    name, _, words = question.command.strip().partition(" ")
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return {"command": name, "text": escaped, "user_id": question.user, "channel_id": CHANNEL, "trigger_id": ""}


def _click(button: Json, user: str) -> Json:
    return {
        "type": "block_actions",
        "user": {"id": user},
        "channel": {"id": CHANNEL},
        "container": {"type": "message", "is_ephemeral": True, "channel_id": CHANNEL},
        "actions": [{"type": "button", "action_id": button["action_id"], "value": button.get("value", "")}],
    }
