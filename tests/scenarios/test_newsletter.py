"""A newsletter to a community in three languages, with the real process: approved, edited, approved again, sent once.

The same with 2,000 members, 30 channels and three kills: `make newsletter`.
"""

from pathlib import Path

from tests.scenarios.newsletterrun import Size, sent

SIZE = Size(members=60, rooms=6, kills=1, mails=12)


async def test_an_edit_ends_the_approval_and_what_is_approved_then_reaches_each_once_in_their_language(
    tmp_path: Path,
) -> None:
    report = await sent(SIZE, tmp_path)
    assert (report.voided, report.posts, report.letters, report.violations) == (0, 66, 12, ())
