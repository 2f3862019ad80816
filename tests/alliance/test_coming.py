"""Who has a place, who waits, and who moves up."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from alliance.coming import Answer, Attendance, Given, attendance, moved_down, moved_up

NOON = datetime(2019, 4, 3, 12, tzinfo=UTC)
YES, MAYBE, NO = Answer.YES, Answer.MAYBE, Answer.NO


def said(*answers: tuple[str, Answer], remind: str = "") -> list[Given]:
    """Answers a minute apart; who is named in `remind` wants reminders."""
    return [
        Given(user, answer, NOON + timedelta(minutes=at), user in remind.split())
        for at, (user, answer) in enumerate(answers)
    ]


def test_who_says_yes_first_has_a_place_and_the_others_wait_in_order() -> None:
    given_answers = said(("ANA", YES), ("BEN", MAYBE), ("CLEO", YES), ("DAN", NO), ("EVA", YES), ("FAY", YES))
    there = attendance(reversed(given_answers), 2)
    assert there == Attendance(2, ("ANA", "CLEO"), ("EVA", "FAY"), ("BEN",), ("DAN",))
    assert [there.turn_of(user) for user in ("ANA", "EVA", "FAY", "BEN", "GUY")] == [0, 1, 2, 0, 0]
    assert [there.answer_of(user) for user in ("EVA", "BEN", "DAN", "GUY")] == [YES, MAYBE, NO, None]


def test_without_a_bound_everybody_who_says_yes_comes() -> None:
    assert attendance(said(("ANA", YES), ("BEN", YES)), None) == Attendance(None, ("ANA", "BEN"))
    assert attendance([], None).nobody


def test_a_place_that_becomes_free_goes_to_the_first_who_waits() -> None:
    full = said(("ANA", YES), ("BEN", YES), ("CLEO", YES), ("DAN", YES))
    left = [*full[1:], Given("ANA", MAYBE, NOON + timedelta(hours=1))]
    before, after = attendance(full, 2), attendance(left, 2)
    assert after == Attendance(2, ("BEN", "CLEO"), ("DAN",), ("ANA",))
    assert (moved_up(before, after), moved_down(before, after)) == (("CLEO",), ())


def test_fewer_places_send_the_last_back_to_the_waiting_list() -> None:
    full = said(("ANA", YES), ("BEN", YES), ("CLEO", YES))
    assert moved_down(attendance(full, 3), attendance(full, 1)) == ("BEN", "CLEO")
    assert moved_up(attendance(full, 1), attendance(full, None)) == ("BEN", "CLEO")


def test_only_who_said_yes_or_maybe_can_wish_for_reminders() -> None:
    answers = said(("ANA", YES), ("BEN", MAYBE), ("CLEO", NO), ("DAN", YES), remind="ANA BEN CLEO")
    assert attendance(answers, None).wishes == {"ANA", "BEN"}


@given(st.lists(st.tuples(st.sampled_from("ABCDEFGH"), st.sampled_from(list(Answer)))), st.integers(1, 5))
def test_nobody_who_has_a_place_loses_it_to_another_answer(answers: list[tuple[str, Answer]], capacity: int) -> None:
    standing: dict[str, Given] = {}
    there = attendance([], capacity)
    for one in said(*answers):
        if one.user_id in standing and standing[one.user_id].answer is one.answer:
            continue
        standing[one.user_id] = one
        before, there = there, attendance(standing.values(), capacity)
        assert set(before.coming) - {one.user_id} <= set(there.coming)
        assert len(there.coming) <= capacity
        assert len(moved_up(before, there)) <= 1
        assert not there.waiting or len(there.coming) == capacity
