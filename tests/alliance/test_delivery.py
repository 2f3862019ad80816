"""What is posted unasked: its key, its late policy, and the name of an occurrence."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance.delivery import Kind, Late, Planned, occurrence_ref, parse_occurrence_ref, when_due

DUE = datetime(2019, 4, 3, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_key_says_what_about_what_and_to_whom() -> None:
    reminder = Planned(Kind.REMINDER, "C1", "albania-workshop@2019-04-12", "7d", DUE, None)
    assert reminder.key == "reminder:albania-workshop@2019-04-12:7d:C1"
    assert Planned(Kind.WELCOME, "U1", "", "", DUE, None).key == "welcome:U1"


@pytest.mark.parametrize(
    ("useful_until", "now", "late"),
    [
        (None, DUE + 10_000 * HOUR, Late.SEND),
        (DUE + HOUR, DUE, Late.SEND),
        (DUE + HOUR, DUE + HOUR - timedelta(seconds=1), Late.SEND),
        (DUE + HOUR, DUE + HOUR, Late.SKIP),
        (DUE - HOUR, DUE - timedelta(seconds=1), Late.SEND),
    ],
)
def test_a_late_delivery_is_sent_while_it_is_of_use(useful_until: datetime | None, now: datetime, late: Late) -> None:
    assert when_due(DUE, useful_until, now) is late


@given(st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True), st.dates())
def test_the_name_of_an_occurrence_is_read_again(slug: str, day: date) -> None:
    assert parse_occurrence_ref(occurrence_ref(slug, day)) == (slug, day)


@pytest.mark.parametrize("ref", ["", "@", "albania-workshop", "@2019-04-12", "albania-workshop@soon", "a@2019-02-30"])
def test_what_names_no_occurrence_is_refused(ref: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (the message is the parser's own; callers only need the refusal)
        parse_occurrence_ref(ref)
