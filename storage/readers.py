"""Who reads newsletters: which members and channels one goes to, in which language and zone; and their choices."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select, update

from alliance.addresses import AddressState
from alliance.delivery import MAIL
from alliance.languages import Language, first_known
from alliance.newsletters import EVERYBODY, GROUP, NOBODY, Choice, Issue, Plan
from storage import models
from storage.membermodels import GroupMember
from storage.newslettermodels import MailAddress, NewsletterChoice
from storage.store import Store
from storage.upsert import insert_into
from storage.values import SlackMember


@dataclass(frozen=True, slots=True)
class Reader:
    """A channel or a member (Slack id), or an e-mail address ("mail:12"), with its language and IANA zone.

    `member`: whose address it is (Slack id); "" for everything else.
    """

    target: str
    language: Language
    zone: str
    private: bool
    member: str = ""


@dataclass(frozen=True, slots=True)
class Readership:
    """Who gets a newsletter; `declined`: members who do not want this kind; `absent`: channels that the bot left."""

    readers: tuple[Reader, ...]
    declined: int = 0
    absent: tuple[str, ...] = ()


async def of(store: Store, plan: Plan, issue: Issue, community_zone: str, *, mail: bool = True) -> Readership:
    """Who gets what is planned, as of now: channels in which the bot is, and members of the audience who want it.

    `mail`: whether e-mail is on; without it, who wants e-mail gets a direct message.
    """
    channels, absent = await _channels(store, plan.channels)
    members, declined = await _members(store, plan.members, issue, community_zone, mail=mail)
    by_mail = await _by_mail(store, community_zone) if plan.mail and mail else []
    return Readership((*channels, *members, *by_mail), declined, absent)


async def choices(store: Store, user_id: str) -> dict[Issue, Choice]:
    """How a member wants each kind; as a direct message, where they have not said otherwise."""
    query = select(NewsletterChoice.issue, NewsletterChoice.way).where(NewsletterChoice.user_id == user_id)
    async with store.read() as session:
        said = {row.issue: Choice(row.way) for row in await session.execute(query)}
    return {issue: said.get(issue.value, Choice.SLACK) for issue in Issue}


async def choose(store: Store, user_id: str, wanted: Mapping[Issue, Choice]) -> None:
    """Keep how a member wants each kind."""
    async with store.write() as session:
        for issue, way in wanted.items():
            values = {"user_id": user_id, "issue": issue.value, "way": way.value}
            statement = insert_into(store, NewsletterChoice).values(values)
            await session.execute(
                statement.on_conflict_do_update(index_elements=["user_id", "issue"], set_={"way": way.value})
            )


async def keep_roster(store: Store, people: Collection[SlackMember], now: datetime) -> int:
    """Keep everybody who is in the workspace, and mark who is not any more; how many rows that changed."""
    table = models.Member
    async with store.write() as session:
        known = {row.user_id: row for row in await session.scalars(select(table))}
        changed = [one for one in people if _differs(known.get(one.user_id), one)]
        for one in changed:
            facts: dict[str, Any] = {"slack_locale": one.locale, "slack_zone": one.zone, "guest": one.guest}
            facts |= {"active": True, "refreshed_at": now}
            statement = insert_into(store, table).values(
                {"user_id": one.user_id, "groups": [], "secretariat": False, **facts}
            )
            await session.execute(statement.on_conflict_do_update(index_elements=["user_id"], set_=facts))
        left = sorted(known.keys() - {one.user_id for one in people})
        left = [user_id for user_id in left if known[user_id].active]
        for user_id in left:
            await session.execute(update(table).where(table.user_id == user_id).values(active=False))
    return len(changed) + len(left)


def _differs(there: models.Member | None, says: SlackMember) -> bool:
    if there is None:
        return True
    known = (there.slack_locale, there.slack_zone, there.guest, there.active)
    return known != (says.locale, says.zone, says.guest, True)


async def _channels(store: Store, wanted: Collection[str]) -> tuple[list[Reader], tuple[str, ...]]:
    table = models.Channel
    query = select(table).where(table.channel_id.in_(sorted(wanted)), table.present.is_(True))
    async with store.read() as session:
        rows = {row.channel_id: row for row in await session.scalars(query.order_by(table.channel_id))}
    readers = [Reader(key, first_known(row.language), row.zone, private=False) for key, row in rows.items()]
    return readers, tuple(one for one in wanted if one not in rows)


async def _members(
    store: Store, audience: str, issue: Issue, community_zone: str, *, mail: bool
) -> tuple[list[Reader], int]:
    """Members by the ways that they chose. E-mail goes to an address that they confirmed; until then, Slack."""
    if audience == NOBODY:
        return [], 0
    member, choice, address = models.Member, NewsletterChoice, MailAddress
    said = and_(choice.user_id == member.user_id, choice.issue == issue.value)
    theirs = and_(address.user_id == member.user_id, address.state == AddressState.CONFIRMED.value)
    language, zone = func.coalesce(member.language, member.slack_locale), func.coalesce(member.zone, member.slack_zone)
    columns = (member.user_id, language.label("language"), zone.label("zone"), choice.way, address.id.label("address"))
    query = select(*columns).join(choice, said, isouter=True).join(address, theirs, isouter=True)
    query = query.where(member.active.is_(True))
    if audience != EVERYBODY:
        mine = (GroupMember.user_id == member.user_id, GroupMember.state == "member")
        query = query.join(GroupMember, and_(*mine, GroupMember.group == audience.removeprefix(GROUP)))
    rows = await store.rows(query.order_by(member.user_id))
    readers = []
    for row in rows:
        for target in _targets(row, mail=mail):
            owner = row.user_id if target.startswith(MAIL) else ""
            place = row.zone or community_zone
            readers.append(Reader(target, first_known(row.language or ""), place, private=True, member=owner))
    return readers, sum(row.way == Choice.NONE.value for row in rows)


def _targets(row: Any, *, mail: bool) -> list[str]:
    """Where a member gets it."""
    way = Choice(row.way or Choice.SLACK.value)
    by_mail = mail and row.address is not None and way in (Choice.MAIL, Choice.BOTH)
    in_slack = way in (Choice.SLACK, Choice.BOTH) or (way is Choice.MAIL and not by_mail)
    return [row.user_id] * in_slack + [f"{MAIL}{row.address}"] * by_mail


async def _by_mail(store: Store, community_zone: str) -> list[Reader]:
    """Partners without Slack; a member's own address follows the member's choice."""
    rows = await store.rows(
        select(MailAddress.id, MailAddress.language)
        .where(MailAddress.state == AddressState.CONFIRMED.value, MailAddress.user_id.is_(None))
        .order_by(MailAddress.id)
    )
    return [Reader(f"{MAIL}{row.id}", first_known(row.language), community_zone, private=True) for row in rows]
