"""Arbitrary rhythms that can be said in words."""

from datetime import date, timedelta
from typing import Final

from hypothesis import strategies as st

from alliance.rhythm import QUARTER_BEGINS, QUARTER_ENDS, Rhythm, in_order

TODAY: Final = date(2019, 4, 3)

_NTH = st.lists(st.sampled_from((1, 2, 3, 4, 5, -1)), min_size=1, max_size=3).map(in_order)
_WEEKDAYS = st.lists(st.integers(0, 6), min_size=1, max_size=4).map(in_order)
_DAYS = st.lists(st.sampled_from((*range(1, 32), -1)), min_size=1, max_size=3).map(in_order)
_MONTHS = st.lists(st.integers(1, 12), min_size=1, max_size=3).map(in_order)
_PLACE = st.sampled_from((1, 2, 3, 4, 5, -1))

_DAILY = st.builds(Rhythm, st.just("day"), st.integers(1, 366))
_WEEKLY = st.builds(Rhythm, st.just("week"), st.integers(1, 104), weekdays=st.just(()) | _WEEKDAYS)
_MONTHLY = (
    st.builds(Rhythm, st.just("month"), st.integers(1, 60))
    | st.builds(Rhythm, st.just("month"), st.integers(1, 60), weekdays=_WEEKDAYS, nth=_NTH)
    | st.builds(Rhythm, st.just("month"), st.integers(1, 60), days=_DAYS)
)
_QUARTERLY = st.tuples(_PLACE, _WEEKDAYS).map(
    lambda drawn: Rhythm(
        "year", weekdays=drawn[1], nth=(drawn[0],), months=QUARTER_ENDS if drawn[0] < 0 else QUARTER_BEGINS
    )
)
_YEARLY = (
    st.builds(Rhythm, st.just("year"), st.integers(1, 50))
    | st.builds(Rhythm, st.just("year"), st.integers(1, 50), weekdays=_WEEKDAYS, nth=_NTH, months=_MONTHS)
    | st.builds(
        Rhythm,
        st.just("year"),
        st.integers(1, 50),
        days=st.lists(st.integers(1, 28), min_size=1, max_size=2).map(in_order),
        months=_MONTHS,
    )
)


def _ending(drawn: tuple[Rhythm, int, int]) -> Rhythm:
    rhythm, days, count = drawn
    parts = {name: getattr(rhythm, name) for name in ("every", "weekdays", "nth", "days", "months")}
    until = TODAY + timedelta(days=days) if days and not count else None
    return Rhythm(rhythm.unit, **parts, until=until, count=count or None)


RHYTHMS: Final = st.tuples(
    _DAILY | _WEEKLY | _MONTHLY | _QUARTERLY | _YEARLY, st.integers(0, 8000), st.just(0) | st.integers(1, 2000)
).map(_ending)
