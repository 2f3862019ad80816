"""When the owner of an action item is reminded: on the day, after three and after ten days, and never a fourth time."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from alliance.nudges import DAYS_AFTER, Nudge, nudges

WRITTEN = datetime(2019, 4, 9, 12, tzinfo=UTC)
MAY = date(2019, 5, 14)


def at(day: int, hour: int = 7) -> datetime:
    """That hour of May in UTC; 9 o'clock in Geneva is 7."""
    return datetime(2019, 5, day, hour, tzinfo=UTC)


def test_three_mornings_in_the_owners_zone() -> None:
    assert nudges(MAY, "Europe/Zurich", WRITTEN, {}) == [
        Nudge(1, at(14), at(17)),
        Nudge(2, at(17), at(24)),
        Nudge(3, at(24), at(31)),
    ]
    assert nudges(MAY, "Asia/Kathmandu", WRITTEN, {})[0].at == datetime(2019, 5, 14, 3, 15, tzinfo=UTC)


def test_what_was_due_before_it_was_written_down_is_not_made_up_for() -> None:
    assert [nudge.at for nudge in nudges(MAY, "Europe/Zurich", at(15), {})] == [at(17), at(24)]


def test_those_that_were_posted_count_also_for_a_new_date() -> None:
    assert [nudge.number for nudge in nudges(MAY, "Europe/Zurich", WRITTEN, {1: at(14)})] == [2, 3]
    june = nudges(date(2019, 6, 3), "Europe/Zurich", WRITTEN, {1: at(14)})
    assert [(nudge.number, nudge.at.date()) for nudge in june] == [(2, date(2019, 6, 3)), (3, date(2019, 6, 6))]
    assert nudges(date(2019, 6, 3), "Europe/Zurich", WRITTEN, {1: at(14), 2: at(17), 3: at(24)}) == []


@given(
    days=st.lists(st.integers(0, 60), min_size=1, max_size=8),
    sent=st.dictionaries(st.integers(1, 4), st.integers(0, 100), max_size=4),
)
def test_whatever_is_moved_there_are_never_more_than_three(days: list[int], sent: dict[int, int]) -> None:
    used = {number: WRITTEN + timedelta(days=day) for number, day in sent.items()}
    for day in days:
        coming = nudges(MAY + timedelta(days=day), "America/Lima", WRITTEN, used)
        numbers = [*used, *(nudge.number for nudge in coming)]
        assert len(set(numbers)) == len(numbers)
        assert all(nudge.number <= len(DAYS_AFTER) for nudge in coming)
        assert [nudge.at for nudge in coming] == sorted({nudge.at for nudge in coming})
