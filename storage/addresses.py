"""The e-mail addresses of readers: added, confirmed by their owner, left, refused. No log and no audit line has one."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select, update

from alliance.addresses import AddressState
from alliance.delivery import MAIL, Kind, Planned
from alliance.languages import Language, first_known
from alliance.roles import Permission
from storage import audit, deliveries
from storage.eventedits import Editor
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
    new: list[int] = []
    async with store.write() as session:
        for address, language in wanted:
            values = {
                "address": address, "language": language, "state": AddressState.ASKED.value,
                "token": secrets.token_urlsafe(32), "added_by": editor.user_id, "added_at": editor.now,
                "changed_at": editor.now,
            }  # fmt: skip
            statement = insert_into(store, Table).values(values).on_conflict_do_nothing().returning(Table.id)
            if (number := await session.scalar(statement)) is not None:
                new.append(number)
        asked = [Planned(Kind.CONFIRM, f"{MAIL}{one}", SUBJECT, "", editor.now, None) for one in new]
        await deliveries.plan_in(store, session, asked)
        if new:
            detail = {"added": len(new)}
            await audit.write(session, editor.now, editor.user_id, Permission.WRITE_NEWSLETTER, SUBJECT, detail)
    return len(new)


async def give(store: Store, editor: Editor, address: str, language: Language) -> bool:
    """Make this the address of the member who says so, in place of the one before; its owner is asked.

    False where it is somebody else's, or a partner's: only who reads what arrives there can say whose it is.
    """
    values = {"state": AddressState.ASKED.value, "token": secrets.token_urlsafe(32), "changed_at": editor.now}
    async with store.write() as session:
        there = await session.scalar(select(Table).where(Table.address == address))
        if there is not None:
            return there.user_id == editor.user_id
        await session.execute(delete(Table).where(Table.user_id == editor.user_id))
        made = insert_into(store, Table).values(
            address=address, language=language, user_id=editor.user_id, added_by=editor.user_id, added_at=editor.now,
            **values,
        )  # fmt: skip
        number = await session.scalar(made.on_conflict_do_nothing().returning(Table.id))
        if number is None:
            return False
        await deliveries.plan_in(
            store, session, [Planned(Kind.CONFIRM, f"{MAIL}{number}", SUBJECT, "", editor.now, None)]
        )
        return True


async def of_member(store: Store, user_id: str) -> MailReader | None:
    """The address that a member gave."""
    async with store.read() as session:
        row = await session.scalar(select(Table).where(Table.user_id == user_id))
        return _of(row) if row else None


async def get(store: Store, target: str) -> MailReader | None:
    """The reader whom the ledger names "mail:12"."""
    number = target.removeprefix(MAIL)
    if not number.isdecimal():
        return None
    async with store.read() as session:
        row = await session.scalar(select(Table).where(Table.id == int(number)))
        return _of(row) if row else None


async def by_token(store: Store, token: str) -> MailReader | None:
    """Whose links carry this token."""
    async with store.read() as session:
        row = await session.scalar(select(Table).where(Table.token == token))
        return _of(row) if row else None


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


def _of(row: Table) -> MailReader:
    return MailReader(row.id, row.address, first_known(row.language), AddressState(row.state), row.token, row.reason)
