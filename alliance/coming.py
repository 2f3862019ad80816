"""Who comes to an event, who waits for a place, and who may: from the answers in the order they were given."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

NOT_INVITED_TO: Final = frozenset({"observance", "survey"})
"""Kinds of events to which nobody goes: an international day is marked everywhere, a survey is filled in."""


class Answer(StrEnum):
    """What somebody says to an invitation."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it stands. `asked_at` (UTC): since when; `remind`: whether they wish to be reminded."""

    user_id: str
    answer: Answer
    asked_at: datetime
    remind: bool = False


@dataclass(frozen=True, slots=True)
class Attendance:
    """User ids by answer, each in the order of the answers. `waiting`: who said yes when all places were taken.

    `capacity`: how many can come, None for no bound. `wishes`: who said yes or maybe and wants reminders.
    """

    capacity: int | None
    coming: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    wishes: frozenset[str] = frozenset()

    @property
    def nobody(self) -> bool:
        """Whether there is no answer yet."""
        return not (self.coming or self.waiting or self.maybe or self.declined)

    def answer_of(self, user_id: str) -> Answer | None:
        """What this member said; None where nothing yet."""
        said = ((Answer.YES, self.coming + self.waiting), (Answer.MAYBE, self.maybe), (Answer.NO, self.declined))
        return next((answer for answer, users in said if user_id in users), None)

    def turn_of(self, user_id: str) -> int:
        """Their number on the waiting list, from 1; 0 for who does not wait."""
        return self.waiting.index(user_id) + 1 if user_id in self.waiting else 0


def attendance(given: Iterable[Given], capacity: int | None) -> Attendance:
    """Who said yes first has a place; the others wait, and the first of them gets the place that becomes free."""
    ordered = sorted(given, key=lambda one: (one.asked_at, one.user_id))
    by_answer = {answer: tuple(one.user_id for one in ordered if one.answer is answer) for answer in Answer}
    yes = by_answer[Answer.YES]
    places = len(yes) if capacity is None else capacity
    wishes = frozenset(one.user_id for one in ordered if one.remind and one.answer is not Answer.NO)
    return Attendance(capacity, yes[:places], yes[places:], by_answer[Answer.MAYBE], by_answer[Answer.NO], wishes)


def moved_up(before: Attendance, after: Attendance) -> tuple[str, ...]:
    """Who waited and now has a place."""
    return _both(before.waiting, after.coming)


def moved_down(before: Attendance, after: Attendance) -> tuple[str, ...]:
    """Who had a place and now waits: there are fewer places than there were."""
    return _both(before.coming, after.waiting)


def _both(first: Collection[str], second: Iterable[str]) -> tuple[str, ...]:
    known = frozenset(first)
    return tuple(user for user in second if user in known)
