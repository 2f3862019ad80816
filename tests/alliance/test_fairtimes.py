"""Fair times: who carries what, within which days, and in turn."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance.fairtimes import EVENING, NEAR, NIGHT, Hours, Person, burden, carried, is_night, propose
from alliance.when import instant

LONG_AGO = datetime(2019, 1, 1, tzinfo=UTC)
WEEK = (date(2019, 4, 8), date(2019, 4, 12))
GENEVA, NEPAL, LIMA = (
    Person("U0GENEVA", "Europe/Zurich"),
    Person("U0NEPAL", "Asia/Kathmandu"),
    Person("U0LIMA", "America/Lima"),
)
HOUR, STEP = timedelta(hours=1), timedelta(minutes=1)

ZONES = st.sampled_from(
    ("Europe/Zurich", "Asia/Kathmandu", "America/Lima", "America/New_York", "Pacific/Fiji", "Africa/Nairobi", "UTC")
)
PEOPLE = st.lists(ZONES, min_size=1, max_size=5).map(lambda zones: [Person(f"U{n}", z) for n, z in enumerate(zones)])


@pytest.mark.parametrize(
    ("at", "cost"),
    [
        (time(9), 0),
        (time(16), 0),
        (time(16, 30), NEAR),
        (time(7), NEAR),
        (time(18), NEAR),
        (time(18, 30), EVENING),
        (time(21), EVENING),
        (time(21, 30), NIGHT),
        (time(6, 30), NIGHT),
        (time(3), NIGHT),
    ],
)
def test_an_hour_costs_what_its_worst_part_costs(at: time, cost: int) -> None:
    start = instant(date(2019, 4, 9), at, "Europe/Zurich")
    assert burden("Europe/Zurich", Hours(), start, start + HOUR) == cost


def test_a_free_day_costs_as_much_as_an_evening_and_own_hours_count() -> None:
    sunday = instant(date(2019, 4, 7), time(10), "Asia/Amman")
    assert burden("Asia/Amman", Hours(), sunday, sunday + HOUR) == EVENING
    assert burden("Asia/Amman", Hours(days=frozenset({6, 0, 1, 2, 3})), sunday, sunday + HOUR) == 0
    assert burden("Asia/Amman", Hours(time(11), time(15)), sunday + 24 * HOUR, sunday + 25 * HOUR) == NEAR


def test_geneva_and_nepal_meet_in_both_mornings_and_afternoons() -> None:
    slots = propose([GENEVA, NEPAL], 60, WEEK, "Europe/Zurich", {}, LONG_AGO)

    assert [slot.start for slot in slots] == [
        instant(date(2019, 4, day), time(9), "Europe/Zurich") for day in (8, 9, 10, 11, 12)
    ]
    assert [slot.total for slot in slots] == [0, 0, 0, 0, 0]


def test_who_would_be_up_at_night_is_named() -> None:
    everywhere = [GENEVA, NEPAL, LIMA, Person("U0FIJI", "Pacific/Fiji")]
    best = propose(everywhere, 60, WEEK, "Europe/Zurich", {}, LONG_AGO)[0]

    asleep = [p.id for p in everywhere if is_night(best.start, p.zone) or is_night(best.end - STEP, p.zone)]
    assert list(best.at_night) == asleep != []


def test_what_somebody_has_carried_goes_to_another_next_time() -> None:
    pair = [Person("U0ONE", "UTC"), Person("U0TWO", "Pacific/Fiji")]
    first = propose(pair, 60, WEEK, "UTC", {}, LONG_AGO)[0]
    second = propose(pair, 60, WEEK, "UTC", carried(pair, [(first.start, first.end)]), LONG_AGO)[0]

    assert {first.burdens["U0ONE"], first.burdens["U0TWO"]} == {0, 2}
    assert second.burdens == {"U0ONE": first.burdens["U0TWO"], "U0TWO": first.burdens["U0ONE"]}


@settings(max_examples=40, deadline=None)
@given(
    PEOPLE,
    st.sampled_from((15, 45, 60, 180)),
    st.dates(date(2019, 3, 20), date(2019, 11, 10)),
    st.integers(0, 3),
    ZONES,
)
def test_no_time_lies_outside_the_days_and_each_is_right_across_daylight_saving(
    people: list[Person], minutes: int, first: date, length: int, zone: str
) -> None:
    last = first + timedelta(days=length)
    slots = propose(people, minutes, (first, last), zone, {}, LONG_AGO)

    assert 1 <= len(slots) <= 5
    for slot in slots:
        local = slot.start.astimezone(ZoneInfo(zone))
        assert instant(first, time(), zone) <= slot.start
        assert slot.end <= instant(last + timedelta(days=1), time(), zone)
        assert slot.end - slot.start == timedelta(minutes=minutes)
        assert instant(local.date(), local.time(), zone) == slot.start
        assert local.minute in (0, 30)
        assert slot.burdens == {p.id: burden(p.zone, p.hours, slot.start, slot.end) for p in people}


@settings(max_examples=15, deadline=None)
@given(st.sampled_from((2, 3, 4, 6)), st.integers(1, 12), st.integers(0, 23))
def test_over_a_series_no_one_carries_a_night_more_than_another(zones: int, meetings: int, shift: int) -> None:
    offsets = [(24 // zones * number + shift) % 24 - 11 for number in range(zones)]
    people = [Person(f"U{hours}", f"Etc/GMT{hours:+}") for hours in offsets]
    past: list[tuple[datetime, datetime]] = []
    for number in range(meetings):
        monday = date(2019, 4, 1) + timedelta(weeks=number)
        midweek = (monday + timedelta(days=1), monday + timedelta(days=3))
        best = propose(people, 60, midweek, people[0].zone, carried(people, past), LONG_AGO, 1)[0]
        past.append((best.start, best.end))

    borne = carried(people, past).values()
    assert max(borne) - min(borne) <= NIGHT


def test_nothing_that_is_over_is_proposed_and_bounds_hold() -> None:
    noon = instant(WEEK[1], time(12), "Europe/Zurich")
    assert all(slot.start >= noon for slot in propose([GENEVA], 60, WEEK, "Europe/Zurich", {}, noon))
    assert propose([GENEVA], 60, WEEK, "Europe/Zurich", {}, noon + timedelta(days=1)) == ()
    for days, minutes in (
        ((WEEK[0], WEEK[0] + timedelta(days=31)), 60),
        ((WEEK[1], WEEK[0]), 60),
        (WEEK, 0),
        (WEEK, 999),
    ):
        with pytest.raises(ValueError, match="beyond bounds"):
            propose([GENEVA], minutes, days, "Europe/Zurich", {}, LONG_AGO)


def test_a_single_day_still_gives_a_choice() -> None:
    slots = propose([GENEVA, LIMA], 60, (WEEK[0], WEEK[0]), "Europe/Zurich", {}, LONG_AGO, 3)
    starts = sorted(slot.start for slot in slots)
    assert len(starts) == 3
    assert all(after - before >= timedelta(hours=2) for before, after in pairwise(starts))
