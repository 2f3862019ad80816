"""Who is to come to the meetings of an action group, and where they are: for finding a fair time."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import select

from alliance.filters import Filter
from alliance.when import Precision
from storage import events, models
from storage.membermodels import GroupMember
from storage.store import Store
from storage.values import Member

PAST_MEETINGS: Final = 12
"""So many meetings of a group count for whose turn it is."""


async def zones_of(store: Store, group: str) -> tuple[tuple[str, str], ...]:
    """User id and IANA zone of everybody in the group, by user id; where nobody is, of who leads or follows it."""
    person, belongs = models.Member, GroupMember
    joined = (
        select(person)
        .join(belongs, belongs.user_id == person.user_id)
        .where(belongs.group == group, belongs.state == "member")
    )
    leads = select(models.GroupLead.user_id).where(models.GroupLead.group == group)
    async with store.read() as session:
        people = (await session.scalars(joined)).all()
        if not people:
            leading = {*await session.scalars(leads)}
            known = (await session.scalars(select(person))).all()
            people = [member for member in known if group in member.groups or member.user_id in leading]
    return tuple(
        sorted((row.user_id, Member(row.user_id, None, row.slack_zone, None, row.zone).zone) for row in people)
    )


async def past_meetings(store: Store, group: str, today: date) -> tuple[tuple[datetime, datetime], ...]:
    """Begin and end (UTC) of the last meetings of the group that had a time, the latest first; not the cancelled."""
    wanted = Filter(past=True, topics=(frozenset({f"group:{group}"}),))
    found = await events.page(store, wanted, today, 0, size=PAST_MEETINGS, listed_only=False)
    return tuple(
        (row.when.begins_at(), row.when.ends_at())
        for row in found.rows
        if row.when.starts
        and row.when.precision is Precision.DAY
        and row.when.start == row.when.end
        and not row.cancelled
    )
