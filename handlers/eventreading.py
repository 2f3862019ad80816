"""What was entered in the form of an event, read into an event; what is wrong comes back field by field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Final

from alliance.languages import LANGUAGES, Language
from alliance.linenotes import Problem, Wrong
from alliance.oneline import LONGEST_DAYS
from alliance.recurrence import check_rule
from alliance.rhythm import RhythmError, check_bounds, first_day, tidy
from alliance.rhythmreading import Heard, parse
from alliance.saiddates import NoSuchDay, SaidDate, read_date
from alliance.saidtimes import NoSuchTime, SaidTime, read_time
from alliance.tokens import tokens
from alliance.when import Precision, When
from handlers import zones
from handlers.drafting import dates_text
from handlers.eventvalues import LISTS, in_own_words
from handlers.payloads import tidied
from handlers.tongue import Tongue
from handlers.views import eventform as form
from handlers.views.adding import problem_words
from handlers.views.rhythm import mistake
from storage.entries import EVENT_KINDS, Event
from storage.eventedits import SECTION

MOST_PLACES: Final = 100_000


class Unfit(Exception):
    """What was entered cannot be kept; `errors` says why, by field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = dict(errors)


def entered(
    state: Mapping[str, Any],
    choices: form.Choices,
    language: Language,
    today: date,
    t: Tongue,
    base: Event | None = None,
    *,
    dated: bool = True,
) -> Event:
    """The event that the fields say; what has no field stays as `base` has it. Raises Unfit."""
    reading = _Reading(state, today, t)
    values: dict[str, Any] = base.model_dump(mode="json") if base else {"slug": "new", "section": SECTION}
    values |= reading.words(language, values)
    values |= {name: reading.slugs(name, [slug for slug, _name in choices.of[name]]) for name in LISTS}
    if dated:
        values |= reading.when()
    if reading.errors:
        raise Unfit(reading.errors)
    return Event.model_validate(values | {"written_in": language})


def entered_when(state: Mapping[str, Any], today: date, t: Tongue, base: Event) -> Event:
    """The same where only the fields of the date were shown. Raises Unfit."""
    reading = _Reading(state, today, t)
    values = base.model_dump(mode="json") | reading.when()
    if reading.errors:
        raise Unfit(reading.errors)
    return Event.model_validate(values)


@dataclass
class _Reading:
    """Reads fields one by one and notes what is wrong, so that a person hears of everything at once."""

    state: Mapping[str, Any]
    today: date
    t: Tongue
    errors: dict[str, str] = field(default_factory=dict)

    def words(self, language: Language, base: Mapping[str, Any]) -> dict[str, Any]:
        """Everything but the date."""
        place = self._line(form.PLACE)
        kept = base.get("place") or {}
        made: dict[str, Any] = {
            "name": self._texts(form.TITLE, language),
            "kind": self.state.get(form.KIND) if self.state.get(form.KIND) in EVENT_KINDS else "meeting",
            "summary": self._texts(form.SUMMARY, language) or None,
            "place": kept if place and in_own_words(kept, language) == place else {language: place} if place else None,
            "link": self._link(),
            "capacity": self._capacity(),
            form.SPOKEN: self.slugs(form.SPOKEN, LANGUAGES),
        }
        if not made["name"].get(language):
            self.errors[form.TITLE] = self.t._("Please write a title.")
        return made

    def slugs(self, name: str, offered: Sequence[str]) -> list[str]:
        """What was chosen in a menu, as far as the menu offers it."""
        given = self.state.get(name) or ()
        return [slug for slug in offered if slug in given]

    def when(self) -> dict[str, Any]:
        """The date, its times, and how often."""
        heard, rule = self._rhythm()
        day, last = self._day(form.FIRST), self._day(form.LAST)
        starts, ends = self._times()
        zone = self._zone(heard)
        starts = starts or (heard.starts if heard else None)
        confirmed = self.state.get(form.CERTAIN) != form.NO
        if day is None or self.errors:
            return {}
        first, end = day.first, last.last if last else day.last
        rule_text = rule or (str(heard.rhythm) if heard else None)
        self._check(day, first, end, starts, ends, zone)
        if rule_text and not self.errors:
            first, end = self._series(rule_text, first, end, day, confirmed=confirmed)
        if self.errors:
            return {}
        precision = day.precision if last is None else Precision.DAY
        return {
            "dates": dates_text(When(first, end, precision)),
            "confirmed": confirmed,
            "starts": starts,
            "ends": ends,
            "zone": zone if starts else None,
            "rule": rule_text,
        }

    def _check(
        self, day: SaidDate, first: date, end: date, starts: time | None, ends: time | None, zone: str | None
    ) -> None:
        span = f"{first.isoformat()}..{end.isoformat()}"
        if end < first:
            self._wrong(form.LAST if self._line(form.LAST) else form.FIRST, Problem(Wrong.END_BEFORE_START, span))
        elif (end - first).days >= LONGEST_DAYS:
            self._wrong(form.LAST if self._line(form.LAST) else form.FIRST, Problem(Wrong.TOO_LONG, span))
        if starts and day.precision is not Precision.DAY:
            self._wrong(form.STARTS, Problem(Wrong.TIME_WITHOUT_DAY, f"{starts:%H:%M}"))
        if ends and not starts:
            self.errors[form.ENDS] = self.t._("Please write when it begins as well.")
        if starts and ends and first == end and ends <= starts:
            self.errors[form.ENDS] = self.t._("It would end before it begins, at {time}.", time=f"{starts:%H:%M}")
        if starts and zone is None and form.ZONE not in self.errors:
            self.errors[form.ZONE] = self.t._("Please write the city whose time this is.")

    def _series(self, rule: str, first: date, end: date, day: SaidDate, *, confirmed: bool) -> tuple[date, date]:
        """The first days of the series: those that its rule gives from the day that was entered."""
        if day.precision is not Precision.DAY or not confirmed:
            name = form.FIRST if confirmed else form.CERTAIN
            self.errors[name] = self.t._("A series needs a first day that is certain.")
            return first, end
        try:
            begins = first_day(rule, first)
            check_bounds(rule, begins or first)
        except RhythmError as error:
            self.errors[form.RHYTHM] = mistake(RhythmError(error.reason, self._line(form.RHYTHM)), self.t)
            return first, end
        begins = begins or first
        return begins, begins + (end - first)

    def _day(self, name: str) -> SaidDate | None:
        """The date of a field; None where it is empty, or wrong."""
        words = self._line(name)
        if not words:
            if name == form.FIRST:
                self.errors[name] = self.t._("Please write a day, for example 14 May 2019.")
            return None
        try:
            items = tokens(words)
            found = read_date(items, 0, self.today)
        except NoSuchDay as error:
            weekday = Wrong.WEEKDAY if error.weekday_of else Wrong.DAY
            self._wrong(name, Problem(weekday, error.part, day=error.weekday_of))
            return None
        if found is None or found[1] < len(items):
            self.errors[name] = self.t._("I do not understand this date. Write for example 14 May 2019 or July 2019.")
            return None
        return found[0]

    def _times(self) -> tuple[time | None, time | None]:
        first, last = self._time(form.STARTS), self._time(form.ENDS)
        if last and last.ends:
            self.errors[form.ENDS] = self._not_a_time()
        return first.starts if first else None, last.starts if last else first.ends if first else None

    def _time(self, name: str) -> SaidTime | None:
        words = self._line(name)
        if not words:
            return None
        try:
            items = tokens(words)
            found = read_time(items, 0, bare=True)
        except NoSuchTime:
            found = None
        if found is None or found[1] < len(items):
            self.errors[name] = self._not_a_time()
            return None
        return found[0]

    def _not_a_time(self) -> str:
        return self.t._("This is not a time of day. Write for example 15:00.")

    def _zone(self, heard: Heard | None) -> str | None:
        words = (heard.where if heard else "") or self._line(form.ZONE)
        if not words:
            return None
        zone = zones.exactly(words) or zones.find(words)
        if zone is None:
            name = form.RHYTHM if heard and heard.where else form.ZONE
            self._wrong(name, Problem(Wrong.ZONE, words))
        return zone

    def _rhythm(self) -> tuple[Heard | None, str | None]:
        """How often, in words or as an RRULE."""
        words = self._line(form.RHYTHM)
        if not words:
            return None, None
        try:
            if words.upper().startswith(("FREQ=", "RRULE:")):
                rule = tidy(words)
                check_rule(rule)
                return None, rule
            return parse(words, self.today), None
        except RhythmError as error:
            self.errors[form.RHYTHM] = mistake(error, self.t)
        except ValueError:
            self.errors[form.RHYTHM] = self.t._("This is not a rule (RRULE) of days, weeks, months or years.")
        return None, None

    def _link(self) -> str | None:
        link = self._line(form.LINK)
        if link and (not link.startswith("https://") or " " in link or len(link) > form.LONGEST_LINK):
            self._wrong(form.LINK, Problem(Wrong.LINK, link))
        return link or None

    def _capacity(self) -> int | None:
        words = self._line(form.CAPACITY)
        if not words:
            return None
        if not (words.isascii() and words.isdigit() and 1 <= int(words) <= MOST_PLACES):
            self.errors[form.CAPACITY] = self.t._("Please write a whole number, such as 25.")
            return None
        return int(words)

    def _texts(self, name: str, language: Language) -> dict[str, str]:
        """The words of a field and of its translations."""
        fields = {language: name} | {other: form.translated(name, other) for other in LANGUAGES if other != language}
        read: Callable[[str], str] = self._line if name == form.TITLE else self._text
        return {code: words for code, field_name in fields.items() if (words := read(field_name))}

    def _line(self, name: str) -> str:
        return tidied(str(self.state.get(name) or ""))

    def _text(self, name: str) -> str:
        lines = str(self.state.get(name) or "")[: form.LONGEST_SUMMARY].splitlines()
        return "\n".join(tidied(line) for line in lines).strip()

    def _wrong(self, name: str, problem: Problem) -> None:
        self.errors.setdefault(name, problem_words(problem, self.t))
