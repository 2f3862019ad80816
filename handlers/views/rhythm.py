"""How often something recurs, in the reader's language: "every month on the second Tuesday, until 31 December 2019".

Whatever is said here, alliance.rhythmreading.parse reads back as the same rule; a test holds both together.
"""

from collections.abc import Sequence
from datetime import date

from babel.dates import get_day_names

from alliance.rhythm import Reason, Rhythm, RhythmError, of_rule
from handlers.tongue import LOCALES, Tongue

EXAMPLE_RULE = "FREQ=MONTHLY;BYDAY=2TU"
"""What forms show as an example."""


def said(rule: str, t: Tongue) -> str:
    """The RRULE in words; one that has no short form in words is shown as it is written."""
    try:
        return in_words(of_rule(rule), t)
    except RhythmError:
        return t._("by a rule of its own ({rule})", rule=rule)


def in_words(rhythm: Rhythm, t: Tongue) -> str:
    """The rhythm in words."""
    cadence, on = _cadence(rhythm, t), _on(rhythm, t)
    words = t._("{cadence} on {days}", cadence=cadence, days=t.listed(on)) if on else cadence
    if rhythm.until:
        return t._("{rhythm}, until {day}", rhythm=words, day=t.day(rhythm.until))
    if rhythm.count:
        return t.n("{rhythm}, {count} times", "{rhythm}, {count} times", rhythm.count, rhythm=words)
    return words


def mistake(error: RhythmError, t: Tongue) -> str:
    """What is wrong with words that were to say how often something recurs, and what to write instead."""
    example = said(EXAMPLE_RULE, t)
    match error.reason:
        case Reason.UNKNOWN:
            return t._("I do not understand “{part}”. Write for example: {example}.", part=error.part, example=example)
        case Reason.AMBIGUOUS:
            return t._(
                "“{part}” can mean several things. Write for example “{monthly}” or “{weekly}”.",
                part=error.part,
                monthly=example,
                weekly=said("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", t),
            )
        case Reason.NO_SUCH_DAY:
            return t._("“{part}” names a day that never comes. Please write another one.", part=error.part)
        case Reason.TOO_LONG:
            return t._(
                "“{part}” goes on for too long: at most 50 years and 2,000 times. Without an end it is fine.",
                part=error.part,
            )
        case Reason.BACKWARDS:
            return t._("“{part}” ends before it begins. Please write a later end.", part=error.part)
        case _:
            return t._("This does not say how often. Write for example: {example}.", example=example)


def _cadence(rhythm: Rhythm, t: Tongue) -> str:
    if rhythm.quarterly:
        return t._("every quarter")
    if rhythm.every == 1:
        return {
            "day": t._("every day"),
            "week": t._("every week"),
            "month": t._("every month"),
            "year": t._("every year"),
        }[rhythm.unit]
    return {
        "day": t._("every {count} days", count=rhythm.every),
        "week": t._("every {count} weeks", count=rhythm.every),
        "month": t._("every {count} months", count=rhythm.every),
        "year": t._("every {count} years", count=rhythm.every),
    }[rhythm.unit]


def _on(rhythm: Rhythm, t: Tongue) -> list[str]:
    """On which days, each with its article where the language has one."""
    if rhythm.nth:
        places = [_place(nth, _weekday(day, t), t) for day in rhythm.weekdays for nth in rhythm.nth]
        return [*places[:-1], _of_months(places[-1], rhythm, t)]
    if rhythm.weekdays:
        return [t._("{weekday}", weekday=_weekday(day, t)) for day in rhythm.weekdays]
    if rhythm.months and not rhythm.quarterly:
        return [
            t._("{day_and_month}", day_and_month=t.day(date(2000, month, day), "d MMMM"))
            for month in rhythm.months
            for day in rhythm.days
        ]
    return [_day_of_month(day, t) for day in rhythm.days]


def _weekday(day: int, t: Tongue) -> str:
    return str(get_day_names("wide", "stand-alone", LOCALES[t.language])[day])


def _place(nth: int, weekday: str, t: Tongue) -> str:
    return {
        1: t._("the first {weekday}", weekday=weekday),
        2: t._("the second {weekday}", weekday=weekday),
        3: t._("the third {weekday}", weekday=weekday),
        4: t._("the fourth {weekday}", weekday=weekday),
        5: t._("the fifth {weekday}", weekday=weekday),
        -1: t._("the last {weekday}", weekday=weekday),
    }[nth]


def _day_of_month(day: int, t: Tongue) -> str:
    if day < 0:
        return t._("the last day")
    number = "1er" if day == 1 and t.language == "fr" else str(day)
    return t._("day {number}", number=number)


def _of_months(place: str, rhythm: Rhythm, t: Tongue) -> str:
    """ "the first Monday of May"; French writes "d’avril" before a vowel."""
    if not rhythm.months or rhythm.quarterly:
        return place
    months = t.listed(_months(rhythm.months, t))
    words = t._("{weekday} of {months}", weekday=place, months=months)
    if t.language == "fr" and months[0] in "ao":
        return words.replace(f"de {months}", f"d’{months}")
    return words


def _months(months: Sequence[int], t: Tongue) -> list[str]:
    return [t.day(date(2000, month, 1), "MMMM") for month in months]
