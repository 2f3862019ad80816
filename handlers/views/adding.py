"""An event that somebody wrote in one line: what was understood, and whether to save it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alliance.linenotes import Problem, Wrong
from alliance.oneline import Assumed, Draft
from alliance.rhythm import RhythmError
from handlers.answers import Answer, Block
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.dates import span, when_elements
from handlers.views.kinds import kind_name
from handlers.views.localtimes import Where, list_of_times
from handlers.views.rhythm import mistake, said

SAVE, EDIT, DISCARD = "add.save", "add.edit", "add.discard"
LONGEST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Echo:
    """A draft as it is shown before it is saved.

    `value` makes it again (handlers.adding). `topics`: what it is for, by label: groups, countries, …; `next_days`:
    the first days of a series; `over`: whether its day has passed.
    """

    draft: Draft
    value: str
    topics: Sequence[tuple[str, Sequence[str]]]
    places: Sequence[Where]
    next_days: Sequence[date] = ()
    over: bool = False


def echo(shown: Echo, zone: str, t: Tongue) -> Answer:
    """What was understood, what was not, what was taken for granted, and everybody's time. `zone`: who writes."""
    draft = shown.draft
    title = t._("Is this right?") if draft.complete else t._("Not yet: please look at this")
    blocks: list[Block] = [kit.header(title)]
    if draft.problems:
        blocks.append(kit.rich(kit.bullets([kit.text(problem_words(problem, t))] for problem in draft.problems)))
    blocks.append(kit.rich(*_facts(shown, t)))
    if notes := _notes(shown, zone, t):
        blocks.append(kit.rich(kit.bullets([kit.text(note)] for note in notes)))
    if draft.when and draft.when.starts and shown.places:
        heading = kit.paragraph(kit.text(t._("What time it is there"), bold=True))
        blocks.append(kit.rich(heading, list_of_times(draft.when.begins_at(), draft.when.start, shown.places, t)))
    blocks.append(kit.actions(*_buttons(shown, t)))
    return Answer(f"{title} {kit.clip(draft.title, LONGEST_WORDS)}".strip(), blocks, title=t._("New event"))


def discarded(t: Tongue) -> Answer:
    """Nothing was kept."""
    sentence = t._("Nothing was saved.")
    return Answer(sentence, [kit.say(sentence)], title=t._("New event"))


def how_to(value: str, t: Tongue) -> Answer:
    """How to write a line, and the way to the form; `value` is an empty line (handlers.drafting)."""
    title = t._("New event")
    blocks = [
        kit.header(title),
        kit.say(t._("Write it in one line: the title, then date, time and city, length, how often, group, place.")),
        kit.rich(kit.paragraph(kit.code(how(t)))),
        kit.actions(kit.button(t._("Open the form…"), EDIT, value)),
    ]
    return Answer(title, blocks, title=title)


def how(t: Tongue) -> str:
    """An example of a line."""
    return t._("/alliance events add Migration group call, 14 May 2019 15:00 Geneva, 1h")


def problem_words(problem: Problem, t: Tongue) -> str:
    """What is wrong in the line, and what to write instead."""
    part = kit.clip(problem.part, LONGEST_WORDS)
    if problem.wrong is Wrong.RHYTHM and problem.reason:
        return mistake(RhythmError(problem.reason, _rule_in_words(part, t)), t)
    if problem.wrong is Wrong.WEEKDAY and problem.day:
        return t._(
            "“{part}”: {day} is a {weekday}. Please write the day that you mean.",
            part=part,
            day=t.day(problem.day),
            weekday=t.day(problem.day, "EEEE"),
        )
    if problem.wrong in (Wrong.END_BEFORE_START, Wrong.TOO_LONG):
        first, last = (t.day(date.fromisoformat(day)) for day in part.split(".."))
        if problem.wrong is Wrong.TOO_LONG:
            return t._("From {first} to {last} is more than a year. Please shorten it.", first=first, last=last)
        return t._("It would end on {last}, before it begins on {first}.", first=first, last=last)
    return _simple(problem.wrong, part, t)


def _simple(wrong: Wrong, part: str, t: Tongue) -> str:
    return {
        Wrong.NO_TITLE: t._("The title is missing. Begin with it: {example}", example=how(t)),
        Wrong.LONG_TITLE: t._("The title is too long: at most 150 characters."),
        Wrong.LONG_LINE: t._("This is too long for one line: at most 80 words and numbers. The form takes more."),
        Wrong.NO_DATE: t._("I see no date. Write it after the title: {example}", example=how(t)),
        Wrong.DAY: t._("“{part}” is not a day of the calendar.", part=part),
        Wrong.TIME: t._("“{part}” is not a time of day or a length. Write 15:00 or 1h30.", part=part),
        Wrong.ZONE: t._("I know no city or time zone “{part}”. Write Geneva, Nairobi or Asia/Kathmandu.", part=part),
        Wrong.LINK: t._(
            "“{part}” cannot be the link: it needs to begin with https://, and there can be one.", part=part
        ),
        Wrong.CHANNEL: t._("“{part}” is no channel of an action group.", part=part),
        Wrong.TIME_WITHOUT_DAY: t._("A time of day ({part}) needs a certain day.", part=part),
        Wrong.LENGTH_WITHOUT_TIME: t._("A length ({part}) needs a time at which it begins.", part=part),
    }.get(wrong, part)


def _rule_in_words(part: str, t: Tongue) -> str:
    """A rule that came out of the words is named by words, too."""
    return said(part, t) if part.startswith("FREQ=") else part


def _facts(shown: Echo, t: Tongue) -> list[kit.Element]:
    draft = shown.draft
    made = parts.said(t._("Title:"), draft.title)
    made += parts.said(t._("Kind:"), kind_name(draft.kind, t))
    if draft.when:
        made.append(parts.fact(t._("When:"), *when_elements(draft.when, t)[0]))
    if draft.rule:
        made += parts.said(t._("Repeats:"), said(draft.rule, t))
        made += parts.said(t._("The first days:"), t.listed(span(day, day, t) for day in shown.next_days))
    made += parts.said(t._("Where:"), draft.place)
    if draft.link:
        made.append(parts.fact(t._("Link:"), kit.link(draft.link, draft.link)))
    for label, names in shown.topics:
        made += parts.said(label, t.listed(names))
    return made


def _notes(shown: Echo, zone: str, t: Tongue) -> list[str]:
    """What was taken for granted, what was not understood, and a day that is over."""
    draft = shown.draft
    made = []
    if shown.over:
        made.append(t._("This day is over. You can still save it."))
    if Assumed.YEAR in draft.assumed:
        made.append(t._("You gave no year: I took the next such day."))
    if Assumed.ZONE in draft.assumed:
        made.append(t._("You named no city for the time: I took your own time zone, {zone}.", zone=t.city(zone)))
    if Assumed.ZONE_OF_PLACE in draft.assumed:
        made.append(t._("You named no time zone: I took that of the place."))
    if Assumed.FIRST in draft.assumed:
        made.append(t._("The series begins on the first day that fits."))
    if Assumed.GROUP in draft.assumed:
        made.append(t._("I took the group from the title."))
    if Assumed.CHANNEL in draft.assumed:
        made.append(t._("You named no group: I took that of this channel."))
    if Assumed.COUNTRIES in draft.assumed:
        made.append(t._("I took the countries from the title."))
    if draft.unknown:
        words = t.listed(t._("“{word}”", word=kit.clip(word, LONGEST_WORDS)) for word in draft.unknown[:5])
        made.append(
            t._("I did not understand {words}, so it is left out. For a place, write “at” before it.", words=words)
        )
    return made


def _buttons(shown: Echo, t: Tongue) -> list[kit.Element]:
    save = [kit.button(t._("Save"), SAVE, shown.value, primary=True)] if shown.draft.complete else []
    return [
        *save,
        kit.button(t._("Edit in a form…"), EDIT, shown.value),
        kit.button(t._("Discard"), DISCARD, "discard"),
    ]
