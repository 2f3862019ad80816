"""Changing newsletters: drafts, approval, and what the ledger is told. Whoever changes one names the revision they saw.

An approval holds for what was approved: any change ends it, in the transaction that makes the change, and takes back
what is planned. Planning is part of the approval's transaction, so that there is never one without the other.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from alliance.delivery import State
from alliance.newsletters import Content, Stage, as_json, may_approve
from alliance.roles import Permission
from storage import audit, clicks, newsletterledger
from storage.actionitems import one_at_a_time
from storage.eventedits import Editor
from storage.newslettermodels import Newsletter as Table
from storage.newsletterstate import (
    APPROVAL,
    DECIDED,
    PRINT,
    REF,
    TRIAL,
    Changed,
    Gone,
    Newsletter,
    OnItsWay,
    OwnWork,
    Way,
    get,
    latest,
    of_row,
    of_subject,
    published,
    required,
    way,
    way_in,
    ways,
)
from storage.readers import Reader
from storage.store import Store

__all__ = [
    "APPROVAL", "DECIDED", "PRINT", "REF", "TRIAL", "Changed", "Gone", "Newsletter", "OnItsWay", "OwnWork", "Way",
    "get", "latest", "of_subject", "published", "way", "ways",
]  # fmt: skip


AGAIN: Final = timedelta(hours=1)
"""So long the same newsletter by the same member is taken for a request that was repeated."""


async def add(store: Store, editor: Editor, content: Content) -> Newsletter:
    """A new draft. The same one again by the same member (a repeated request) is one, however far that is by now."""
    async with store.write() as session:
        await one_at_a_time(store, session, f"newsletter/{editor.user_id}")
        lately = select(Table).where(Table.written_at > editor.now - AGAIN).order_by(Table.id.desc())
        for there in map(of_row, await session.scalars(lately)):
            over = there.stage in (Stage.STOPPED, Stage.TAKEN_BACK)
            if editor.user_id in there.writers and there.content == content and not over:
                return there
        values = {
            "document": as_json(content), "stage": Stage.DRAFT.value, "revision": 1, "writers": [editor.user_id],
            "written_at": editor.now, "changed_by": editor.user_id, "changed_at": editor.now,
        }  # fmt: skip
        made = of_row((await session.execute(insert(Table).values(values).returning(Table))).scalar_one())
        await _log(session, editor, Permission.WRITE_NEWSLETTER, made, "written")
        return made


async def change(store: Store, editor: Editor, number: int, seen: int, content: Content) -> Newsletter:
    """Keep it as it is given: a draft again, whatever it was. Raises Changed, Gone, or OnItsWay.

    One that everybody has, or that was stopped, can be corrected: once it is approved again, it is changed where it
    stands, and who does not have it gets it.
    """
    async with store.write() as session:
        before = await required(session, number)
        if before.content == content and before.revision in (seen, seen + 1):
            return before
        values = {
            "document": as_json(content), "stage": Stage.DRAFT.value,
            "writers": sorted({*before.writers, editor.user_id}), **NOT_APPROVED,
        }  # fmt: skip
        after = await _move(session, editor, before, seen, values)
        left = await newsletterledger.forget(session, before.ref, State.PLANNED)
        now = await way_in(session, before.ref)
        going = left and now.begun and before.stage is not Stage.STOPPED
        if now.under_way or going or before.stage is Stage.TAKEN_BACK:
            raise OnItsWay(before.ref)
        await _log(session, editor, Permission.WRITE_NEWSLETTER, after, "changed")
        return after


async def submit(store: Store, editor: Editor, number: int, seen: int) -> Newsletter:
    """Ask for approval; of one that was stopped, for going on. Raises Changed or Gone."""
    async with store.write() as session:
        before = await required(session, number)
        if before.stage is Stage.REVIEW and before.revision in (seen, seen + 1):
            return before
        if before.stage not in (Stage.DRAFT, Stage.STOPPED):
            raise Changed(before)
        after = await _move(session, editor, before, seen, {"stage": Stage.REVIEW.value, **NOT_APPROVED})
        await newsletterledger.tell_approvers(store, session, after, editor.now)
        await _log(session, editor, Permission.WRITE_NEWSLETTER, after, "submitted")
        return after


async def approve(
    store: Store,
    editor: Editor,
    number: int,
    seen: int,
    readers: Sequence[Reader],
    *,
    alone: bool = False,
    count_clicks: bool = False,
) -> Newsletter:
    """Approve exactly what was seen, and plan a delivery for each reader. Twice is once.

    `alone`: the secretariat allowed this person to send without a second one. `count_clicks`: its links are remembered,
    so that they can be counted. Raises Changed, Gone or OwnWork.
    """
    async with store.write() as session:
        before = await required(session, number)
        if before.approved and before.approved_by == editor.user_id and before.revision == seen + 1:
            return before
        if before.stage is not Stage.REVIEW:
            raise Changed(before)
        if not may_approve(editor.user_id, before.writers, alone=alone):
            raise OwnWork(before.ref)
        values = {
            "stage": Stage.APPROVED.value, "approved_by": editor.user_id, "approved_at": editor.now,
            "approved_print": before.content.fingerprint, "correcting": (await way_in(session, before.ref)).sent > 0,
        }  # fmt: skip
        after = await _move(session, editor, before, seen, values)
        await newsletterledger.plan(store, session, after, readers, editor.now)
        await newsletterledger.tell_writers(store, session, after, editor.user_id, editor.now)
        if count_clicks:
            await clicks.keep_in(store, session, after.id, after.content)
        permission = Permission.SEND_ALONE if editor.user_id in before.writers else Permission.APPROVE_NEWSLETTER
        await _log(session, editor, permission, after, "approved", readers=len(readers))
        return after


async def send_back(store: Store, editor: Editor, number: int, seen: int) -> Newsletter:
    """Do not approve it: it is a draft again. Raises Changed or Gone."""
    async with store.write() as session:
        before = await required(session, number)
        if before.stage is not Stage.REVIEW:
            raise Changed(before)
        after = await _move(session, editor, before, seen, {"stage": Stage.DRAFT.value})
        await newsletterledger.tell_writers(store, session, after, editor.user_id, editor.now)
        await _log(session, editor, Permission.APPROVE_NEWSLETTER, after, "sent back")
        return after


async def discard(store: Store, editor: Editor, number: int, seen: int) -> None:
    """Throw a draft away. Twice is once. Raises Changed, or OnItsWay where anybody has it or is to get it."""
    async with store.write() as session:
        try:
            before = await required(session, number)
        except Gone:
            return
        if before.revision != seen:
            raise Changed(before)
        if before.stage not in (Stage.DRAFT, Stage.REVIEW) or (await way_in(session, before.ref)).total:
            raise OnItsWay(before.ref)
        await session.execute(delete(Table).where(Table.id == number))
        await _log(session, editor, Permission.WRITE_NEWSLETTER, before, "thrown away")


async def stop(store: Store, editor: Editor, number: int) -> tuple[Newsletter, int]:
    """Whoever does not have it yet does not get it; how many those are. Twice is once. Raises Gone."""
    async with store.write() as session:
        before = await required(session, number)
        if before.stage is not Stage.APPROVED:
            return before, 0
        left = await newsletterledger.leave_out(session, before.ref, editor.now)
        values = {"stage": Stage.STOPPED.value}
        after = await _move(session, editor, before, before.revision, values)
        await _log(session, editor, Permission.WRITE_NEWSLETTER, after, "stopped", left=left)
        return after, left


async def take_back(store: Store, editor: Editor, number: int) -> Newsletter:
    """Delete it where it was delivered, and send it to nobody more. Twice is once. Raises Gone."""
    async with store.write() as session:
        before = await required(session, number)
        if before.stage is Stage.TAKEN_BACK:
            return before
        await newsletterledger.forget(session, before.ref, State.PLANNED)
        values = {"stage": Stage.TAKEN_BACK.value, "correcting": True}
        after = await _move(session, editor, before, before.revision, values)
        await _log(session, editor, Permission.APPROVE_NEWSLETTER, after, "taken back")
        return after


NOT_APPROVED: Final[dict[str, Any]] = {"approved_by": None, "approved_at": None, "approved_print": None}


async def _move(
    session: AsyncSession, editor: Editor, before: Newsletter, seen: int, values: dict[str, Any]
) -> Newsletter:
    where = (Table.id == before.id, Table.revision == seen)
    changed = {**values, "revision": seen + 1, "changed_by": editor.user_id, "changed_at": editor.now}
    row = (await session.execute(update(Table).where(*where).values(changed).returning(Table))).scalar_one_or_none()
    if row is None:
        raise Changed(await required(session, before.id))
    return of_row(row)


async def _log(
    session: AsyncSession, editor: Editor, permission: Permission, made: Newsletter, what: str, **numbers: int
) -> None:
    """What was done to which text: its fingerprint, never the text."""
    detail = {"change": what, "revision": made.revision, "print": made.content.fingerprint[:PRINT], **numbers}
    waived = sorted(made.content.waived)
    if waived:
        detail["waived"] = waived
    await audit.write(session, editor.now, editor.user_id, permission, made.ref, detail)
