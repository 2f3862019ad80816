"""Newsletters: what an approval is bound to, what is missing, and when each reader gets theirs."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from alliance.edition import Edition, Fault, Problem, Section
from alliance.languages import LANGUAGES
from alliance.newsletters import Content, Hindrance, Plan, Timing, as_json, due, from_json, hindrances, may_approve

APPROVED = datetime(2019, 4, 3, 12, tzinfo=UTC)
EN = Edition("en", "News", (Section("Migration", "A call."),))
FR = Edition("fr", "Nouvelles", (Section("Migration", "Un appel.", "https://x.org/p.png", "Une école"),))
CONTENT = Content(editions={"en": EN, "fr": FR}, waived=frozenset({"es"}), plan=Plan(("C1",), "group:migration"))


def test_what_is_stored_comes_back_the_same() -> None:
    timed = replace(CONTENT, plan=replace(CONTENT.plan, timing=Timing.AT, at=APPROVED, day=date(2019, 4, 3)))
    assert from_json(as_json(timed)) == timed
    assert from_json(as_json(timed)).fingerprint == timed.fingerprint != CONTENT.fingerprint


def test_readers_get_their_language_or_the_one_in_which_it_is_written_first() -> None:
    assert [CONTENT.edition(one) for one in LANGUAGES] == [EN, FR, EN]


def test_a_language_is_written_or_waived_before_it_can_be_approved() -> None:
    assert hindrances(CONTENT) == ()
    assert hindrances(replace(CONTENT, waived=frozenset())) == (Hindrance("es"),)
    broken = replace(CONTENT, editions={"en": EN, "fr": replace(FR, sections=(Section("A", "Hi", "https://x.org/p"),))})
    assert hindrances(broken) == (Hindrance("fr", Problem(Fault.NO_ALT, 1, "A")),)
    assert Hindrance("en") in hindrances(Content(waived=frozenset({"fr", "es"})))


@pytest.mark.parametrize(
    ("plan", "zone", "private", "expected"),
    [
        (Plan(), "Africa/Nairobi", True, "2019-04-03T12:00:00+00:00"),
        (Plan(), "America/Lima", True, "2019-04-03T14:00:00+00:00"),
        (Plan(), "America/Lima", False, "2019-04-03T12:00:00+00:00"),
        (Plan(), "Pacific/Auckland", True, "2019-04-03T20:00:00+00:00"),
        (Plan(timing=Timing.AT, at=datetime(2019, 4, 4, 15, tzinfo=UTC)), "UTC", True, "2019-04-04T15:00:00+00:00"),
        (Plan(timing=Timing.AT, at=datetime(2019, 4, 4, 22, tzinfo=UTC)), "UTC", True, "2019-04-05T09:00:00+00:00"),
        (Plan(timing=Timing.AT, at=datetime(2019, 4, 1, tzinfo=UTC)), "UTC", False, "2019-04-03T12:00:00+00:00"),
        (Plan(timing=Timing.MORNING, day=date(2019, 4, 10)), "America/Lima", True, "2019-04-10T14:00:00+00:00"),
        (Plan(timing=Timing.MORNING, day=date(2019, 4, 3)), "Africa/Nairobi", True, "2019-04-03T12:00:00+00:00"),
        (Plan(timing=Timing.MORNING, day=date(2019, 4, 3)), "Pacific/Auckland", True, "2019-04-03T20:00:00+00:00"),
        (Plan(timing=Timing.MORNING, day=date(2019, 4, 10)), "Asia/Kathmandu", True, "2019-04-10T03:15:00+00:00"),
    ],
)
def test_when_each_reader_gets_it(plan: Plan, zone: str, private: bool, expected: str) -> None:
    assert due(plan, APPROVED, zone, private=private).isoformat() == expected


def test_who_wrote_any_of_it_may_not_approve_unless_allowed_to_send_alone() -> None:
    assert [may_approve("U1", {"U1", "U2"}), may_approve("U3", {"U1"}), may_approve("U1", {"U1"}, alone=True)] == [
        False,
        True,
        True,
    ]
