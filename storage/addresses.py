"""The e-mail addresses of readers: added, confirmed by their owner, left, refused. No log and no audit line has one."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from alliance.addresses import AddressState
from alliance.delivery import MAIL, Kind, Planned, State
from alliance.languages import Language, first_known
from alliance.roles import Permission
from storage import audit, deliveries
from storage.eventedits import Editor
from storage.models import Delivery
from storage.newslettermodels import MailAddress as Table
from storage.store import Store
from storage.upsert import insert_into

SUBJECT: Final = "addresses"
MOST: Final = 500


@dataclass(frozen=True, slots=True)
class MailReader:
    """An address with its language; `token` is what its links carry."""

    id: int
    address: str
    language: Language
    state: AddressState
    token: str
    reason: str | None

    @property
    def target(self) -> str:
        """How the ledger names it."""
        return f"{MAIL}{self.id}"


async def add(store: Store, editor: Editor, wanted: Sequence[tuple[str, Language]]) -> int:
    """Keep these addresses and ask their owners; how many are new. Who left, or was refused, is not asked again."""
    async with store.write() as session:
        kept = [await _new(store, session, editor, address, language) for address, language in wanted]
        new = [number for number in kept if number is not None]
        await _ask(store, session, new, editor.now)
        if new:
            detail = {"added": len(new)}
            await audit.write(session, editor.now, editor.user_id, Permission.WRITE_NEWSLETTER, SUBJECT, detail)
    return len(new)


async def give(store: Store, editor: Editor, address: str, language: Language) -> bool:
    """Make this the address of the member who says so, in place of the one before; its owner is asked.

    False where it is somebody else's, or a partner's: only who reads what arrives there can say whose it is. Who left
    is not asked again, lest anybody's mailbox be filled with questions; what a mail server refused is tried once more.
    A member keeps the number of their address, by which the ledger knows what they have.
    """
    async with store.write() as session:
        there = await session.scalar(select(Table).where(Table.address == address))
        if there is not None and (there.user_id != editor.user_id or there.state != AddressState.REFUSED.value):
            return there.user_id == editor.user_id
        await _let_go(session, editor.user_id)
        values = _values(editor, address, language)
        mine = update(Table).where(Table.user_id == editor.user_id).values(values).returning(Table.id)
        number = await session.scalar(mine)
        if number is None:
            number = await _new(store, session, editor, address, language, editor.user_id)
        if number is not None:
            await _ask(store, session, [number], editor.now)
        return number is not None


async def forget_of(session: AsyncSession, user_id: str) -> None:
    """Forget the address of a member, in a transaction; of one that left, whose it was, and not that it left."""
    await _let_go(session, user_id)
    await session.execute(delete(Table).where(Table.user_id == user_id))


async def take_out(store: Store, editor: Editor, wanted: Sequence[str]) -> int:
    """Forget these addresses; how many. Of who left it is kept that they did, so that nobody asks them again."""
    where = (Table.address.in_(wanted), Table.state != AddressState.LEFT.value)
    async with store.write() as session:
        count = len((await session.execute(delete(Table).where(*where).returning(Table.id))).all())
        if count:
            detail = {"removed": count}
            await audit.write(session, editor.now, editor.user_id, Permission.WRITE_NEWSLETTER, SUBJECT, detail)
    return count


async def of_member(store: Store, user_id: str) -> MailReader | None:
    """The address that a member gave."""
    return await _one(store, Table.user_id == user_id)


async def get(store: Store, target: str) -> MailReader | None:
    """The reader whom the ledger names "mail:12"."""
    number = target.removeprefix(MAIL)
    return await _one(store, Table.id == int(number)) if number.isdecimal() else None


async def by_token(store: Store, token: str) -> MailReader | None:
    """Whose links carry this token."""
    return await _one(store, Table.token == token)


async def confirm(store: Store, token: str, now: datetime) -> bool:
    """Its owner wants newsletters; False for a token that nobody has."""
    return await _move(store, token, AddressState.CONFIRMED, now)


async def leave(store: Store, token: str, now: datetime) -> bool:
    """Its owner wants none any more; what is planned for it is not sent. False for a token that nobody has."""
    return await _move(store, token, AddressState.LEFT, now)


async def refused(store: Store, target: str, code: str, now: datetime) -> None:
    """A mail server says that there is no such address: nothing more goes there."""
    values = {"state": AddressState.REFUSED.value, "reason": code[:120], "changed_at": now}
    async with store.write() as session:
        await session.execute(update(Table).where(Table.id == int(target.removeprefix(MAIL))).values(values))


async def counted(store: Store) -> dict[AddressState, int]:
    """How many addresses are in each state."""
    query = select(Table.state, func.count()).group_by(Table.state)
    async with store.read() as session:
        found = {AddressState(state): count for state, count in await session.execute(query)}
    return {state: found.get(state, 0) for state in AddressState}


async def refusals(store: Store) -> tuple[MailReader, ...]:
    """The addresses that were refused for good, by address."""
    query = select(Table).where(Table.state == AddressState.REFUSED.value).order_by(Table.address).limit(MOST)
    async with store.read() as session:
        return tuple(_of(row) for row in await session.scalars(query))


async def _move(store: Store, token: str, state: AddressState, now: datetime) -> bool:
    statement = update(Table).where(Table.token == token).values(state=state.value, changed_at=now, reason=None)
    async with store.write() as session:
        return (await session.execute(statement.returning(Table.id))).first() is not None


async def _one(store: Store, where: ColumnElement[bool]) -> MailReader | None:
    async with store.read() as session:
        row = await session.scalar(select(Table).where(where))
        return _of(row) if row else None


async def _new(
    store: Store, session: AsyncSession, editor: Editor, address: str, language: Language, user_id: str | None = None
) -> int | None:
    """Keep an address that is to be asked; its number, None where it is there already."""
    values = _values(editor, address, language) | {"user_id": user_id}
    statement = insert_into(store, Table).values(values).on_conflict_do_nothing()
    number: int | None = await session.scalar(statement.returning(Table.id))
    return number


def _values(editor: Editor, address: str, language: Language) -> dict[str, Any]:
    """An address that is to be asked, with links that nobody has yet."""
    return {
        "address": address, "language": language, "state": AddressState.ASKED.value, "reason": None,
        "token": secrets.token_urlsafe(32), "added_by": editor.user_id,
        "added_at": editor.now, "changed_at": editor.now,
    }  # fmt: skip


async def _let_go(session: AsyncSession, user_id: str) -> None:
    """An address that left stays as one that is not to be asked, and is nobody's."""
    left = (Table.user_id == user_id, Table.state == AddressState.LEFT.value)
    await session.execute(update(Table).where(*left).values(user_id=None))


async def _ask(store: Store, session: AsyncSession, numbers: Sequence[int], now: datetime) -> None:
    """Plan the question to the owners of these, in place of one that is not asked yet."""
    targets = [f"{MAIL}{number}" for number in numbers]
    for target in targets:
        waiting = (Delivery.target == target, Delivery.subject == SUBJECT, Delivery.state == State.PLANNED.value)
        await session.execute(delete(Delivery).where(*waiting))
    asked = [Planned(Kind.CONFIRM, target, SUBJECT, f"{now:%Y%m%dT%H%M%S}", now, None) for target in targets]
    await deliveries.plan_in(store, session, asked)


def _of(row: Table) -> MailReader:
    return MailReader(row.id, row.address, first_known(row.language), AddressState(row.state), row.token, row.reason)
