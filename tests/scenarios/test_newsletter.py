"""A newsletter to a community in three languages, with the real process: approved, edited, approved again, sent once.

The same with 2,000 members, 30 channels and three kills: `make newsletter`.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from alliance.edition import Edition
from alliance.newsletters import Timing
from storage import newsletters
from tests.scenarios.newsletterrun import WRITER, Sending, Size, content

SIZE = Size(members=60, rooms=6, kills=1, mails=12)


async def test_an_edit_ends_the_approval_and_what_is_approved_then_reaches_each_once_in_their_language(
    tmp_path: Path,
) -> None:
    sending = Sending(SIZE, tmp_path)
    right = content(SIZE)
    wrong = replace(
        right,
        editions={one: Edition(one, "With a mistake", edition.sections) for one, edition in right.editions.items()},
        plan=replace(right.plan, timing=Timing.MORNING, day=date(2019, 5, 22)),
    )
    try:
        await sending.open(wrong)
        assert "Approuvée. Elle va à 78 canaux et membres." in await sending.approve()
        await newsletters.change(sending.store, WRITER, 1, 3, right)
        sending.workspace.clock.move_to(datetime(2019, 5, 22, 16, tzinfo=UTC))
        await newsletters.submit(sending.store, WRITER, 1, 4)
        report = await sending.send(seen=5)
    finally:
        await sending.close()
    assert (report.posts, report.letters, report.violations) == (66, 12, ())
