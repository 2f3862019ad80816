"""What is done once only, although Slack delivers the request again.

Slack delivers a request again when it saw no acknowledgement: at once, after a minute and after five, on whichever
connection is free, so that it may reach another process. Hence the database remembers, where it is one statement with
a unique key. Most of what the bot does needs none of this, because doing it twice changes nothing.
"""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy import delete

from storage.models import Setting
from storage.store import Store
from storage.upsert import insert_into

REMEMBERED: Final = timedelta(hours=1)
"""Twelve times as long as Slack takes for its last attempt."""

PREFIX: Final = "once:"


async def first(store: Store, request: str, now: datetime) -> bool:
    """Whether this request was not seen before; of two who ask at the same time only one is told so.

    `request` is whatever tells it from all others. What is older than REMEMBERED is forgotten on the way.
    """
    name = PREFIX + sha256(request.encode("utf-8", "backslashreplace")).hexdigest()[:40]
    known = insert_into(store, Setting).values(name=name, value=now.isoformat())
    new = known.on_conflict_do_nothing(index_elements=["name"]).returning(Setting.name)
    old = Setting.name.startswith(PREFIX), Setting.value < (now - REMEMBERED).isoformat()
    async with store.write() as session:
        await session.execute(delete(Setting).where(*old))
        return (await session.execute(new)).first() is not None
