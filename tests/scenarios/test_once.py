"""Every reminder once: through crashes, restarts and a whole year."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage import deliveries
from storage.store import Store
from tests.bot.conftest import furnished
from tests.bot.office import APRIL, GENERAL, local_workspace
from tests.scenarios.crash import Plan, tried
from tests.scenarios.crowd import Size


async def test_killed_again_and_again_every_reminder_is_posted_once_and_in_order(tmp_path: Path) -> None:
    """The short form of `make crash`."""
    report = await tried(Plan(seed=8, kills=5, size=Size(rooms=12, events=3, people=60)), tmp_path)
    assert (report.violations, report.posts, report.kills) == ((), 96, 5)


async def test_a_year_of_world_day_reminders(sqlite_store: Store) -> None:
    """30 days before, 7 days before and on the day, at 09:00 of the channel's zone (Geneva: 07:00 UTC in summer).

    Slack asks to wait once.
    """
    workspace = local_workspace()
    await workspace.start()
    office = await furnished(sqlite_store, workspace)
    await office.only(GENERAL, "observances")
    workspace.faults.rate_limit("chat.postMessage", retry_after=5)
    end = APRIL + timedelta(days=365)
    while office.workspace.clock.now() < end:
        await office.plan()
        due = await deliveries.next_due(office.store)
        if due is None or due > office.workspace.clock.now() + timedelta(days=20):
            office.later(days=20)
        else:
            office.at(max(due, office.workspace.clock.now()).isoformat())
            await office.post(seconds=3)
    posted = [
        (datetime.fromtimestamp(float(post["ts"]), UTC).strftime("%Y-%m-%d %H:%M"), post["text"])
        for post in office.posts(GENERAL)
    ]
    assert posted == [
        ("2019-05-13 07:00", "In 30 days: World Day against Child Labour. 12 June 2019"),
        ("2019-06-05 07:00", "In 7 days: World Day against Child Labour. 12 June 2019"),
        ("2019-06-12 07:00", "Today: World Day against Child Labour. 12 June 2019"),
        ("2019-11-18 08:00", "In 30 days: Migrants Day. 18 December 2019"),
        ("2019-12-11 08:00", "In 7 days: Migrants Day. 18 December 2019"),
        ("2019-12-18 08:00", "Today: Migrants Day. 18 December 2019"),
    ]
    await workspace.close()
