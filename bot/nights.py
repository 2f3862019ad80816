"""What comes late, after a downtime, does not ring at night: it is put off until the morning of its reader."""

from datetime import datetime
from typing import Final

from alliance.leadtimes import LeadTime, polite
from bot.posting import Postpone
from storage.values import DeliveryRow

IN_DAYS: Final = LeadTime(0)
"""What is planned for a day and not for a minute waits for the morning."""


def put_off(row: DeliveryRow, due_at: datetime, now: datetime, zone: str, lead: LeadTime = IN_DAYS) -> Postpone | None:
    """Until when it waits; None where it may be posted now. What is of no use by then is ended by the late policy."""
    at = polite(lead, due_at, now, zone)
    return Postpone(min(at, row.useful_until or at)) if at > now else None
