"""A time of day and a length as people write them: '15:00–16:30', '3 p.m.', '15 h 30', 'à 15 h', '1h30', '90 min'.

'15h' is a time for a French speaker and a length for everybody else. It is a time after 'at', 'à' or 'a las', and
where the line has no other time; what comes after a time is a length.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final

from alliance.tokens import Token, skip, words

AT: Final = words("at a las la los from de desde starting")
_ONLY_AT: Final = words("at a las")
_TO: Final = words("to until till a hasta au")
_NAMED: Final = {"noon": 12, "midi": 12, "mediodia": 12, "midnight": 0, "minuit": 0, "medianoche": 0}

EARLIEST_BARE: Final = 6
"""'5h' by itself is a length: nobody meets at five in the morning without saying so."""

LONGEST: Final = 24 * 60


class NoSuchTime(ValueError):
    """25:00, or a length of 30 hours; the text is what was typed."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


@dataclass(frozen=True, slots=True)
class SaidTime:
    """When it begins, and when it ends where that was said."""

    starts: time
    ends: time | None = None


def read_time(items: Sequence[Token], at: int, *, bare: bool) -> tuple[SaidTime, int] | None:
    """The time that stands there and the place after it; None for none. Raises NoSuchTime for 25:00.

    `bare`: whether '15h' without 'at' is a time here.
    """
    begin = skip(items, at, AT)
    said_at = any(token.plain in _ONLY_AT for token in items[at:begin])
    starts = _clock(items, begin, bare=bare or said_at, after_at=said_at)
    if starts is None:
        return None
    end = begin + 1
    joint = end < len(items) and (items[end].kind == "dash" or items[end].plain in _TO)
    ends_at = skip(items, end + 1, words("las la")) if joint else end
    ends = _clock(items, ends_at, bare=True, after_at=True) if joint else None
    return (SaidTime(starts, ends), ends_at + 1) if ends is not None else (SaidTime(starts), end)


def read_minutes(items: Sequence[Token], at: int) -> tuple[int, int] | None:
    """The length in minutes that stands there and the place after it; None for none. Raises NoSuchTime for 30 hours."""
    begin = skip(items, at, words("for pendant durant durante por"))
    if begin >= len(items) or items[begin].kind != "length":
        return None
    minutes = _minutes(items[begin].raw)
    if not 0 < minutes <= LONGEST:
        raise NoSuchTime(items[begin].raw)
    return minutes, begin + 1


def has_clock(items: Sequence[Token]) -> bool:
    """Whether a time stands somewhere that cannot be a length; 'de 15h à 16h' is not one: there both can."""
    return any(
        token.kind == "clock" or token.plain in _NAMED or (token.kind == "length" and _said_at(items, number))
        for number, token in enumerate(items)
    )


def _said_at(items: Sequence[Token], number: int) -> bool:
    before = [token.plain for token in items[max(0, number - 2) : number]]
    after_another = number > 1 and items[number - 2].kind in ("clock", "length")
    return bool(before) and before[-1] in _ONLY_AT and not after_another


def _clock(items: Sequence[Token], at: int, *, bare: bool, after_at: bool) -> time | None:
    if at >= len(items):
        return None
    token = items[at]
    if token.plain in _NAMED:
        return time(_NAMED[token.plain])
    if token.kind == "clock":
        return _time(token)
    if token.kind == "length" and bare and (match := _HOURS.fullmatch(token.raw)):
        hours, minutes = int(match[1]), int(match[2] or 0)
        return _checked(token, hours, minutes) if after_at or hours >= EARLIEST_BARE else None
    bare_hour = token.bare_number and after_at and len(token.raw) <= 2 and (token.number or 0) < 24
    month_follows = at + 1 < len(items) and items[at + 1].means("month") is not None
    return time(token.number or 0) if bare_hour and not month_follows else None


def _time(token: Token) -> time:
    """15:00, 3pm, 3:30 p.m."""
    hours, minutes = (int(part) for part in [*re.findall(r"\d+", token.raw), "0"][:2])
    if half := re.search(r"[apAP]", token.raw):
        if not 1 <= hours <= 12:
            raise NoSuchTime(token.raw)
        hours = hours % 12 + (12 if half[0] in "pP" else 0)
    return _checked(token, hours, minutes)


def _checked(token: Token, hours: int, minutes: int) -> time:
    if hours > 23 or minutes > 59:
        raise NoSuchTime(token.raw)
    return time(hours, minutes)


def _minutes(raw: str) -> int:
    if match := _HOURS.fullmatch(raw):
        return int(match[1]) * 60 + int(match[2] or 0)
    number = float(re.match(r"[\d.,]+", raw)[0].replace(",", "."))  # type: ignore[index]  # a length begins with a digit
    return round(number * (60 if re.search("h", raw, re.IGNORECASE) else 1))


_HOURS: Final = re.compile(
    r"(\d{1,3})\s?(?:h|heures?|horas?|hours?|hrs?)(?:\s?(\d{1,2})(?:\s?min\w*)?)?", re.IGNORECASE
)
