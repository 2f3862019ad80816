"""What the words of a rhythm add up to: the pieces that were heard, and the one rule that they mean."""

from dataclasses import dataclass, field
from datetime import date
from typing import Final

from alliance.rhythm import QUARTER_BEGINS, QUARTER_ENDS, Reason, Rhythm, RhythmError, Unit, in_order

Numbers = tuple[int, ...]

LENGTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""The most days that each month can have."""


@dataclass(slots=True)
class Parts:
    """What was heard so far. `each`: whether something said that it recurs at all."""

    unit: Unit | None = None
    every: int = 1
    each: bool = False
    quarter: bool = False
    pending: list[int] = field(default_factory=list)
    """Numbers and ordinals whose noun is still to come: 'the first and third …'."""
    weekdays: list[tuple[int, int]] = field(default_factory=list)
    """Which ones of which weekday; 0 for each of them."""
    nth: list[int] = field(default_factory=list)
    """The ordinals of the last weekday, which go for the next one too: 'the second Monday and Thursday'."""
    days: list[int] = field(default_factory=list)
    months: list[int] = field(default_factory=list)
    dates: list[tuple[int, int]] = field(default_factory=list)
    until: date | None = None
    count: int | None = None

    def rhythm(self, said: str) -> Rhythm | None:
        """What all of it together says; None where nothing recurs. Raises RhythmError where it is not clear."""
        self.days += self.pending
        recurs = self.each or (self.unit and (self.nth or self.days)) or (self.quarter and (self.nth or self.days))
        if not recurs or not (self.unit or self.weekdays or self.dates or self.quarter or self.days):
            return None
        if self.until and self.count:
            raise RhythmError(Reason.AMBIGUOUS, said)
        end: dict[str, object] = {"until": self.until, "count": self.count}
        return self._on_dates(said, end) if self.dates else self._on_days(said, end)

    def _on_dates(self, said: str, end: dict[str, object]) -> Rhythm:
        """'12 June and 12 December': each day in each month."""
        days = in_order([day for day, _month in self.dates])
        months = tuple(sorted({month for _day, month in self.dates}))
        crossed = len({*self.dates}) == len(days) * len(months)
        return _made(said, crossed and not self.weekdays, "year", self.every, days=days, months=months, **end)

    def _on_days(self, said: str, end: dict[str, object]) -> Rhythm:
        weekdays = tuple(sorted({day for _nth, day in self.weekdays}))
        nth, days = in_order([nth for nth, _day in self.weekdays if nth]), in_order(self.days)
        if len({*self.weekdays}) != len(weekdays) * max(len(nth), 1):
            raise RhythmError(Reason.AMBIGUOUS, said)
        months = tuple(sorted({*self.months}))
        if self.quarter:
            return self._quarterly(said, weekdays, nth, days, end)
        if nth or days:
            if any(not (1 <= day <= 31 or day == -1) for day in days):
                raise RhythmError(Reason.NO_SUCH_DAY, said)
            unit: Unit | None = "year" if months else self.unit
            if unit is None and self.each and len(days) == 1 and days[0] > 0 and not self.pending:
                return _made(said, not weekdays, "day", days[0], **end)
            clear = unit == "month" or (unit == "year" and bool(months) and self.unit in ("year", None))
            both = bool(nth and days) or bool(days and weekdays)
            return _made(
                said, clear and not both, unit or "month", self.every,
                weekdays=weekdays, nth=nth, days=days, months=months, **end,
            )  # fmt: skip
        unit = self.unit or "week"
        return _made(said, not months and (not weekdays or unit == "week"), unit, self.every, weekdays=weekdays, **end)

    def _quarterly(self, said: str, weekdays: Numbers, nth: Numbers, days: Numbers, end: dict[str, object]) -> Rhythm:
        """'The last Friday of each quarter': of its last month; the first or second one of its first."""
        places = nth or days
        if not places:
            return _made(said, not (weekdays or self.months or self.unit), "month", 3 * self.every, **end)
        clear = len(places) == 1 and not self.months and self.unit is None and self.every == 1
        months = QUARTER_ENDS if places[0] < 0 else QUARTER_BEGINS
        return _made(said, clear, "year", 1, weekdays=weekdays, nth=nth, days=days, months=months, **end)


def _made(said: str, clear: bool, unit: Unit, every: int, **picks: object) -> Rhythm:
    """The rhythm. Raises RhythmError where it is not clear what was meant."""
    if not clear:
        raise RhythmError(Reason.AMBIGUOUS, said)
    return Rhythm(unit, every, **picks)  # type: ignore[arg-type]  # the names are those of Rhythm's own fields
