"""When reminders fall due, and until when a late one is of use."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alliance.leadtimes import DEFAULTS, Due, LeadTime, due_times, leads_for, parse_lead, parse_leads, polite, written
from alliance.when import Precision, When, parse_when

ZONES = sorted(available_timezones())
WORLD_DAY = parse_when("2019-06-12")
CALL = When(date(2019, 4, 9), date(2019, 4, 9), starts=time(15), ends=time(16), zone="Europe/Zurich")


@pytest.mark.parametrize(
    ("text", "minutes", "again"),
    [
        ("30d", 43200, "30d"),
        ("0d", 0, "0d"),
        ("2h", 120, "2h"),
        ("15m", 15, "15m"),
        (" 1 D ", 1440, "1d"),
        ("48h", 2880, "2d"),
        ("2 weeks", 20160, "14d"),
        ("30j", 43200, "30d"),
        ("3 semaines", 30240, "21d"),
        ("1 día", 1440, "1d"),
        ("2 heures", 120, "2h"),
        ("15 min", 15, "15m"),
    ],
)
def test_a_lead_time_is_read_and_written(text: str, minutes: int, again: str) -> None:
    assert parse_lead(text) == LeadTime(minutes)
    assert str(parse_lead(text)) == again


@pytest.mark.parametrize("text", ["", "d", "5", "5x", "-1d", "1.5h", "367d", "0m", "0h", "9999999m"])
def test_what_is_no_lead_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a lead time"):
        parse_lead(text)


def test_several_are_read_longest_first_without_repeats() -> None:
    assert parse_leads("1h, 7d;0d 7d") == (LeadTime(10080), LeadTime(60), LeadTime(0))
    assert written(parse_leads("1h, 7d;0d 7d")) == "7d, 1h, 0d"
    assert parse_leads("1 week, 1 jour 0 días") == (LeadTime(10080), LeadTime(1440), LeadTime(0))
    assert parse_leads("  ") == ()


def test_a_lone_comma_is_no_wish_for_silence() -> None:
    with pytest.raises(ValueError, match="is not a lead time"):
        parse_leads(",")


@given(st.lists(st.integers(0, 366 * 1440).map(LeadTime)))
def test_what_is_written_is_read_again(leads: list[LeadTime]) -> None:
    assert parse_leads(written(leads)) == tuple(sorted(set(leads), reverse=True))


def test_every_kind_has_its_lead_times_and_a_channel_its_own() -> None:
    assert written(leads_for("observance", {})) == "30d, 7d, 0d"
    assert written(leads_for("workshop", {})) == "14d, 1d"
    assert written(leads_for("meeting", {})) == "7d, 1d, 15m"
    assert leads_for("forum", {}) == DEFAULTS["workshop"]
    assert leads_for("forum", {"workshop": parse_leads("3d")}) == parse_leads("3d")
    assert leads_for("meeting", {"meeting": ()}) == ()


def test_an_observance_is_due_at_nine_in_the_channels_zone() -> None:
    assert due_times(WORLD_DAY, DEFAULTS["observance"], "Asia/Kathmandu") == [
        Due(parse_lead("30d"), datetime(2019, 5, 13, 3, 15, tzinfo=UTC), datetime(2019, 6, 5, 3, 15, tzinfo=UTC)),
        Due(parse_lead("7d"), datetime(2019, 6, 5, 3, 15, tzinfo=UTC), datetime(2019, 6, 12, 3, 15, tzinfo=UTC)),
        Due(parse_lead("0d"), datetime(2019, 6, 12, 3, 15, tzinfo=UTC), datetime(2019, 6, 12, 18, 15, tzinfo=UTC)),
    ]


def test_a_meeting_is_also_due_minutes_before_its_start() -> None:
    assert due_times(CALL, DEFAULTS["meeting"], "America/Santiago") == [
        Due(parse_lead("7d"), datetime(2019, 4, 2, 12, tzinfo=UTC), datetime(2019, 4, 8, 13, tzinfo=UTC)),
        Due(parse_lead("1d"), datetime(2019, 4, 8, 13, tzinfo=UTC), datetime(2019, 4, 9, 12, 45, tzinfo=UTC)),
        Due(parse_lead("15m"), datetime(2019, 4, 9, 12, 45, tzinfo=UTC), datetime(2019, 4, 9, 13, tzinfo=UTC)),
    ]


def test_days_count_from_the_day_that_the_reader_has() -> None:
    late = When(date(2019, 4, 9), date(2019, 4, 9), starts=time(22), zone="Europe/Zurich")
    (due,) = due_times(late, parse_leads("1d"), "Asia/Tokyo")
    assert due.at == datetime(2019, 4, 9, 0, tzinfo=UTC)


def test_a_reminder_that_would_come_after_the_end_is_not_sent() -> None:
    early = When(date(2019, 4, 9), date(2019, 4, 9), starts=time(6), ends=time(7), zone="Europe/Zurich")
    assert due_times(early, parse_leads("0d"), "Europe/Zurich") == []


def test_minutes_mean_nothing_where_no_time_is_known() -> None:
    assert [due.lead for due in due_times(WORLD_DAY, parse_leads("1d 15m"), "UTC")] == [parse_lead("1d")]


@pytest.mark.parametrize(
    "when",
    [
        parse_when("2019-07"),
        parse_when("2018"),
        parse_when("before 2019-07"),
        When(date(2019, 7, 1), date(2019, 7, 1), confirmed=False),
        When(date(2019, 7, 1), date(2019, 7, 31), Precision.MONTH, confirmed=False),
    ],
)
def test_an_uncertain_date_sends_no_reminder(when: When) -> None:
    assert due_times(when, parse_leads("30d 7d 1d 0d 15m"), "UTC") == []


@example(date(2011, 12, 31), "Pacific/Apia", 1)  # 30 December 2011 did not exist there
@given(st.dates(date(2009, 1, 1), date(2030, 12, 31)), st.sampled_from(ZONES), st.integers(0, 60))
def test_nine_in_the_morning_is_nine_there_or_the_first_valid_moment_after(day: date, zone: str, days: int) -> None:
    (due,) = due_times(When(day, day), (LeadTime(days * 1440),), zone)
    local = ZoneInfo(zone)
    wanted = datetime.combine(day - timedelta(days=days), time(9))
    wall = due.at.astimezone(local).replace(tzinfo=None)
    assert wall >= wanted
    if wall != wanted:
        assert (due.at - timedelta(seconds=1)).astimezone(local).replace(tzinfo=None) < wanted
    assert due.at < due.useful_until


def test_in_every_zone_of_the_world_the_day_itself_is_due_at_nine() -> None:
    """On a day of each month of the report's year and of a later one."""
    days = [date(year, month, 12) for year in (2019, 2026) for month in range(1, 13)]
    shown = {
        (zone, due.at.astimezone(ZoneInfo(zone)).replace(tzinfo=None))
        for zone in ZONES
        for day in days
        for due in due_times(When(day, day), parse_leads("0d"), zone)
    }
    assert shown == {(zone, datetime.combine(day, time(9))) for zone in ZONES for day in days}


@given(
    st.lists(st.integers(0, 60 * 1440).map(LeadTime), unique=True, max_size=6),
    st.sampled_from(ZONES),
    st.booleans(),
)
def test_each_reminder_is_of_use_until_the_next(leads: list[LeadTime], zone: str, timed: bool) -> None:
    when = CALL if timed else WORLD_DAY
    due = due_times(when, leads, zone)
    assert [item.at for item in due] == sorted(item.at for item in due)
    assert [item.useful_until for item in due[:-1]] == [item.at for item in due[1:]]
    assert all(item.at < when.ends_at(zone) for item in due)
    assert all(item.useful_until <= when.ends_at(zone) for item in due)


DAY, QUARTER = parse_lead("7d"), parse_lead("15m")


@pytest.mark.parametrize(
    ("lead", "late", "now", "posted"),
    [
        (DAY, timedelta(days=7), "2019-05-20 02:17", "2019-05-20 09:00"),
        (DAY, timedelta(days=7), "2019-05-20 07:59", "2019-05-20 09:00"),
        (DAY, timedelta(days=7), "2019-05-20 08:00", "2019-05-20 08:00"),
        (DAY, timedelta(days=7), "2019-05-20 19:59", "2019-05-20 19:59"),
        (DAY, timedelta(days=7), "2019-05-20 20:00", "2019-05-21 09:00"),
        (DAY, timedelta(minutes=60), "2019-05-20 02:17", "2019-05-20 02:17"),
        (DAY, timedelta(minutes=61), "2019-05-20 02:17", "2019-05-20 09:00"),
        (QUARTER, timedelta(days=7), "2019-05-20 02:17", "2019-05-20 02:17"),
    ],
)
def test_a_late_reminder_that_counts_in_days_waits_for_the_morning(
    lead: LeadTime, late: timedelta, now: str, posted: str
) -> None:
    zone = ZoneInfo("Europe/Zurich")
    moment, expected = (datetime.fromisoformat(text).replace(tzinfo=zone) for text in (now, posted))
    assert polite(lead, moment - late, moment, "Europe/Zurich") == expected


@pytest.mark.parametrize(
    ("night", "morning"),
    [("2019-03-30T23:30Z", "2019-03-31T07:00Z"), ("2019-10-26T22:30Z", "2019-10-27T08:00Z")],
    ids=["summer time begins", "summer time ends"],
)
def test_the_morning_is_nine_on_the_wall_after_a_change_of_the_clocks(night: str, morning: str) -> None:
    now = datetime.fromisoformat(night)
    assert polite(DAY, now - timedelta(days=1), now, "Europe/Zurich") == datetime.fromisoformat(morning)


@given(
    st.integers(946684800, 2208988800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
    st.timedeltas(timedelta(), timedelta(days=30)),
    st.sampled_from(ZONES),
)
def test_a_late_reminder_never_comes_at_night_nor_waits_for_more_than_a_night(
    now: datetime, late: timedelta, zone: str
) -> None:
    posted = polite(DAY, now - late, now, zone)
    assert now <= posted <= now + timedelta(hours=15)
    if posted != now or late > timedelta(hours=1):
        assert time(8) <= posted.astimezone(ZoneInfo(zone)).time() < time(20)
