"""The reminders of members who said that they come, or may, and asked to be reminded of that one event."""

from datetime import datetime
from itertools import groupby

from alliance.leadtimes import Due
from storage import coming, events, subjects
from storage.store import Store
from storage.values import EventRow


async def wished(store: Store, first: datetime, last: datetime) -> list[tuple[str, EventRow, Due]]:
    """Whom to remind of what, due from `first` to `last`, at the default lead times; who waits for a place is not."""
    found: list[tuple[str, EventRow, Due]] = []
    for ref, group in groupby(await coming.wishes(store), lambda wish: wish.ref):
        detail = await events.detail(store, ref)
        if detail is None or detail.row.cancelled:
            continue
        waiting = (await coming.of(store, ref, detail.document.get("capacity"))).waiting
        for wish in group:
            if wish.user_id not in waiting:
                dues = subjects.due_of([detail.row], {}, wish.zone)
                found += [(wish.user_id, row, due) for row, due in dues if first <= due.at <= last]
    return found
