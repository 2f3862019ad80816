"""The next reminders that a member reads of are the ones that the planner will write to the ledger."""

from datetime import timedelta

import pytest

from bot.planner import wanted_reminders
from handlers.coming import next_reminders
from storage.subjects import leads_of
from storage.values import Subscriber
from tests.handlers.desk import Desk


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kathmandu"])
@pytest.mark.parametrize(
    ("subjects", "lead_times"),
    [
        (["observances", "events"], {}),
        (["observances", "group:supply-chains"], {"workshop": "60d, 2h", "observance": "3d"}),
        (["events", "group:supply-chains"], {"meeting": ""}),
        (["common"], {"workshop": "7d"}),
    ],
)
async def test_they_are_the_planners(desk: Desk, subjects: list[str], lead_times: dict[str, str], zone: str) -> None:
    since = desk.now + timedelta(seconds=1)
    subscribers = [Subscriber("C0ANY", subject, since, "en", zone, lead_times) for subject in subjects]
    planned = await wanted_reminders(desk.store, subscribers, since, desk.now + timedelta(days=300))
    coming = await next_reminders(desk.store, subjects, leads_of(lead_times), zone, desk.now)
    assert [(c.at, c.row.ref, str(c.lead)) for c in coming] == sorted(
        (reminder.due_at, reminder.subject, reminder.detail) for reminder in planned.values()
    )[:5]
    assert coming
