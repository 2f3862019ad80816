"""A series that goes on as another one takes along what people said to its meetings: answers, and points of agendas."""

from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from alliance.delivery import occurrence_ref
from storage.entries import Event
from storage.membermodels import AgendaItem, Coming
from storage.occurrences import takings
from storage.schedule import horizon


async def take_along(session: AsyncSession, before: Event, day: date, after: Event, now: datetime) -> None:
    """From `day` on the first meeting of the old series is the first of the new one, and so on.

    Meetings that the new series does not have any more keep what was said to them.
    """
    until = horizon(now.date())
    old = [taking.original_day for taking in takings(before, until) if taking.original_day >= day]
    new = [taking.original_day for taking in takings(after, until)]
    for was, becomes in zip(old, new, strict=False):
        for table in (Coming, AgendaItem):
            here = table.occurrence == occurrence_ref(before.slug, was)
            await session.execute(update(table).where(here).values(occurrence=occurrence_ref(after.slug, becomes)))
