"""A backup is made while the bot runs, the bot goes on posting, and then the backup is brought back."""

from collections.abc import Callable
from datetime import datetime

from alliance.delivery import State
from storage import deliveries
from storage.store import open_store
from tests.bot.office import GENERAL, MIGRATION
from tests.scenarios.process import Bot, until, until_so
from workspace.people import Person
from workspace.server import Workspace

POSTED_AT = ("2019-05-13T07:00Z", "2019-05-14T07:00Z", "2019-05-20T07:00Z", "2019-05-21T12:45Z", "2019-06-05T07:00Z")
"""At each of these moments something falls due."""


def texts(workspace: Workspace) -> list[str]:
    """What the bot posted to channels, and to the member who joined."""
    places = (GENERAL, MIGRATION, "U0SOFIA")
    return [message["text"] for place in places for message in workspace.messages(place) if message.get("bot_id")]


def is_posted(workspace: Workspace) -> Callable[[], bool]:
    """Whether there is more than now."""
    before = len(texts(workspace))
    return lambda: len(texts(workspace)) > before


async def test_nothing_that_was_posted_since_the_backup_is_posted_again(
    workspace: Workspace, bots: Callable[..., Bot]
) -> None:
    bot = bots(workspace)
    await bot.start()
    assert await bot.command("backup", "kept") == 0
    await workspace.add_member(Person("U0SOFIA", "sofia", "Sofía Rojas", locale="es-LA", tz="America/Lima"))
    await until(lambda: len(texts(workspace)) == 1)
    for moment in POSTED_AT:
        more = is_posted(workspace)
        workspace.clock.move_to(datetime.fromisoformat(moment))
        await until(more)
    assert await bot.end() == 0
    posted = texts(workspace)
    assert len(posted) > len(POSTED_AT)

    assert await bot.command("restore", "kept", "--force") == 0
    await bot.start()
    store = open_store(bot.database)

    async def settled() -> bool:
        due, counts = await deliveries.next_due(store), await deliveries.counts(store)
        return not counts[State.UNKNOWN] + counts[State.CLAIMED] and (due is None or due > workspace.clock.now())

    await until_so(settled)
    counts = await deliveries.counts(store)
    await store.close()
    assert await bot.end() == 0
    assert texts(workspace) == posted
    assert counts[State.SENT] == len(posted) - 1
