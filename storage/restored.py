"""What a backup that was brought back does not know: what was posted after it was made.

Whatever fell due up to that moment may be in Slack already, also where the ledger learns of it only now: an event that
is loaded or moved again, a failed post that somebody tries again. So it is `unknown`, and history is asked first.
"""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Setting

RESTORED: Final = "restored_at"
"""Setting: when a backup was brought back last (UTC)."""

MARKS: Final = (
    "UPDATE delivery SET state = 'unknown', check_at = '{now}' WHERE state = 'planned' AND due_at <= '{now}'",
    f"INSERT INTO setting (name, value) VALUES ('{RESTORED}', '{{now}}') "
    "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
)
"""What is written into a restored database before anybody uses it, in words that both databases understand."""


def marks(now: str) -> tuple[str, ...]:
    """The statements, for a backup that is brought back now: a moment in UTC, as the database itself writes it."""
    return tuple(mark.format(now=now) for mark in MARKS)


async def doubtful_until(session: AsyncSession) -> datetime | None:
    """Up to here a delivery may have been posted without this database knowing; None where it never was restored."""
    text = await session.scalar(select(Setting.value).where(Setting.name == RESTORED))
    return datetime.fromisoformat(text).replace(tzinfo=UTC) if text else None
