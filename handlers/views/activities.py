"""Activities of the communications calendar: a month's list with its conflicts, and the form of one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final

from alliance.activities import ActivityKind, ActivityState, Conflict
from alliance.activitywords import Asked
from handlers.answers import Answer, Block, Modal
from handlers.asking import Ask
from handlers.tongue import Tongue
from handlers.views import fields, kit, parts
from handlers.views.asking import open_button
from handlers.views.dates import month_heading
from storage.activities import Activity
from storage.values import EventRow

PLAN, EDIT, NEXT, REMOVE, SAVE = (
    "activities.plan", "activities.edit", "activities.next", "activities.remove", "activities.save",
)  # fmt: skip
TITLE, KIND, FOR, OWNER, ORGANISATION, DUE, STATE = (
    "title", "kind", "observance", "owner", "organisation", "due", "state",
)  # fmt: skip
LONGEST_TITLE, LONGEST_NAME = 200, 120
NONE: Final = "none"
MOST: Final = 15
"""Each takes two of a message's fifty blocks."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed: `filter` in words, `ask` the words that ask for it again, `names` observances by reference.

    `period`: the words of the period alone. `changeable`: the ids of those that the reader may change. `mine`: whether
    only the reader's own are listed.
    """

    filter: str
    ask: str
    period: str
    activities: Sequence[Activity]
    conflicts: Sequence[Conflict]
    names: Mapping[str, str]
    changeable: Collection[int]
    may_plan: bool
    mine: bool = False
    notice: str = ""


def kinds(t: Tongue) -> dict[ActivityKind, str]:
    """Each kind in words."""
    return {
        ActivityKind.POST: t._("Post"),
        ActivityKind.PRESS_RELEASE: t._("Press release"),
        ActivityKind.PHOTO_CALL: t._("Photo call"),
        ActivityKind.TRANSLATION: t._("Translation"),
        ActivityKind.CAMPAIGN: t._("Campaign"),
    }


def states(t: Tongue) -> dict[ActivityState, str]:
    """Each state in words."""
    return {
        ActivityState.IDEA: t._("idea"),
        ActivityState.PLANNED: t._("planned"),
        ActivityState.DRAFTED: t._("drafted"),
        ActivityState.READY: t._("ready"),
        ActivityState.PUBLISHED: t._("published"),
    }


def asked_in_words(wanted: Asked, period: str, t: Tongue) -> str:
    """What a list is limited to: "mine, drafted or ready, ILO, June 2019"; "" for everything."""
    said = [t._("mine")] if wanted.mine else []
    said += [t.listed((states(t)[state] for state in ActivityState if state in wanted.states), "or")]
    said += [t.listed((kit.clip(name, 60) for name in sorted(wanted.organisations)), "or"), period]
    return ", ".join(filter(None, said))


def asked_again(wanted: Asked, period: str) -> str:
    """The words that ask for the same list, on whatever day."""
    words = ["mine"] if wanted.mine else []
    words += [state.value for state in ActivityState if state in wanted.states]
    return " ".join(filter(None, [*words, *sorted(wanted.organisations), period]))


def not_understood(t: Tongue) -> str:
    """What can be asked for."""
    return t._(
        "After “activities” you can write a period, a state, an organisation or “mine”, for example: "
        "activities june 2019, or activities mine drafted."
    )


def reminder(activity: Activity, names: Mapping[str, str], t: Tongue, today: date) -> Answer:
    """To its owner: what is due when, with the next step one click away."""
    words = t._("Your activity is due today.")
    if activity.work.due_on > today:
        words = t._("Your activity is due on {day}.", day=t.day(activity.work.due_on))
    elif activity.work.due_on < today:
        words = t._("Your activity was due on {day}.", day=t.day(activity.work.due_on))
    text = t._("{sentence} {title}", sentence=words, title=kit.clip(activity.work.title, 100))
    facts = kit.rich(kit.paragraph(*elements(activity, names, t)))
    more = open_button(t._("My activities"), Ask("activities", "mine"), "mine")
    return Answer(text, [kit.say(words), facts, kit.actions(*_steps(activity, "mine", t), more)])


def page(listing: Listing, t: Tongue, today: date) -> Answer:
    """The list by month, the conflicts first."""
    heading = t._("Communications activities")
    if listing.filter:
        heading = t._("Communications activities: {filter}", filter=kit.clip(listing.filter, 100))
    blocks = [kit.context(listing.notice)] if listing.notice else []
    blocks.append(kit.header(heading))
    if listing.conflicts:
        blocks.append(kit.rich(kit.bullets([kit.text(conflict_words(one, t), bold=True)] for one in listing.conflicts)))
    if not listing.activities:
        blocks.append(kit.say(t._("No activity is planned for this time yet.")))
    shown = listing.activities[:MOST]
    for month, of_month in groupby(shown, key=lambda activity: activity.work.due_on.replace(day=1)):
        blocks.append(kit.rich(kit.paragraph(kit.text(month_heading((month.year, month.month), t), bold=True))))
        for activity in of_month:
            blocks += _one(activity, listing, t, today)
    if more := len(listing.activities) - len(shown):
        words = t.n("and {count} more: ask for a shorter time", "and {count} more: ask for a shorter time", more)
        blocks.append(kit.context(words))
    ways = [kit.button(t._("Plan an activity…"), PLAN, listing.ask, primary=True)] if listing.may_plan else []
    if listing.mine:
        ways.append(open_button(t._("All activities"), Ask("activities", listing.period), "all"))
    else:
        ways.append(open_button(t._("My activities"), Ask("activities", f"mine {listing.period}".strip()), "mine"))
    blocks.append(kit.actions(*ways, open_button(t._("Calendar"), Ask("calendar", listing.period), "calendar")))
    return Answer(heading, blocks, title=t._("Activities"))


def conflict_words(conflict: Conflict, t: Tongue) -> str:
    """Who goes public on one day."""
    names = t.listed(kit.clip(name, 60) for name in conflict.organisations)
    return t._("{day}: {organisations} go public on the same day", day=t.day(conflict.day), organisations=names)


def _one(activity: Activity, listing: Listing, t: Tongue, today: date) -> list[Block]:
    said = elements(activity, listing.names, t)
    if activity.work.due_on < today and activity.work.state is not ActivityState.PUBLISHED:
        said.append(kit.text("\n" + t._("Not published yet"), italic=True))
    lines = kit.rich(kit.paragraph(*said))
    if activity.id not in listing.changeable:
        return [lines]
    remove = kit.confirmed(
        kit.button(t._("Remove…"), REMOVE, _value(activity, listing.ask)),
        t._("Remove it?"),
        t._("It leaves the calendar of everybody."),
        t._("Remove it"),
        t._("Keep it"),
    )
    return [lines, kit.actions(*_steps(activity, listing.ask, t), remove)]


def _steps(activity: Activity, ask: str, t: Tongue) -> list[kit.Element]:
    """The buttons of an activity that lead on: the next state, and its form."""
    value, step = _value(activity, ask), activity.work.state.next
    buttons = [kit.button(t._("It is {state}", state=states(t)[step]), NEXT, value, primary=True)] if step else []
    return [*buttons, kit.button(t._("Edit…"), EDIT, value)]


def _value(activity: Activity, ask: str) -> str:
    return f"{activity.id}:{activity.revision}:{ask}"


def elements(activity: Activity, names: Mapping[str, str], t: Tongue) -> list[kit.Element]:
    """One activity: title; day, kind, state, language; organisation, owner, and what it is for."""
    work = activity.work
    facts = [t.day(work.due_on), kinds(t)[work.kind], states(t)[work.state], fields.LANGUAGE_NAMES[work.language]]
    said = [kit.text(work.title, bold=True), kit.text("\n" + " · ".join(facts) + "\n")]
    if work.organisation:
        said.append(kit.text(f"{work.organisation} · "))
    said.append(parts.user_mention(work.owner))
    if work.occurrence in names:
        said.append(kit.text(f" · {names[work.occurrence]}"))
    return said


def form(values: Mapping[str, Any], observances: Sequence[EventRow], memory: str, t: Tongue, *, new: bool) -> Modal:
    """The form of an activity, filled in with these values."""
    offered = [kit.option(t._("None"), NONE), *(kit.option(parts.menu_words(row, t), row.ref) for row in observances)]
    chosen = values[FOR] if any(row.ref == values[FOR] for row in observances) else NONE
    who: kit.Element = {"type": "users_select", "action_id": OWNER, "initial_user": values[OWNER]}
    day: kit.Element = {"type": "datepicker", "action_id": DUE}
    if values.get(DUE):
        day["initial_date"] = values[DUE]
    kind_options = [kit.option(words, kind.value) for kind, words in kinds(t).items()]
    state_options = [kit.option(words, state.value) for state, words in states(t).items()]
    choose = t._("Choose…")
    return Modal(
        title=t._("New activity") if new else t._("Activity"),
        blocks=[
            kit.field(t._("What is it?"), TITLE, kit.line_input(TITLE, values[TITLE], limit=LONGEST_TITLE)),
            kit.field(t._("Kind"), KIND, kit.menu(choose, KIND, kind_options, values[KIND])),
            kit.field(t._("For which day?"), FOR, kit.menu(choose, FOR, offered, chosen)),
            kit.field(t._("Due on"), DUE, day),
            kit.field(t._("Who does it?"), OWNER, who),
            kit.field(
                t._("Partner organisation"),
                ORGANISATION,
                kit.line_input(ORGANISATION, values[ORGANISATION], limit=LONGEST_NAME),
                hint=t._("Who publishes it, for example ILO. Several on one day are shown to everybody."),
            ),
            fields.language(t._("Language"), values[fields.LANGUAGE_FIELD], t),
            kit.field(t._("How far is it?"), STATE, kit.menu(choose, STATE, state_options, values[STATE])),
        ],
        callback=SAVE,
        submit=t._("Save"),
        memory=memory,
    )


def overtaken(activity: Activity, t: Tongue) -> Answer:
    """Somebody else was faster: how it stands now."""
    sentence = t._("Somebody changed this activity in the meantime. It stands like this now:")
    blocks = [kit.say(sentence), kit.rich(kit.paragraph(*elements(activity, {}, t)))]
    return Answer(sentence, blocks, title=t._("Activities"), replace=False)


def gone(t: Tongue) -> str:
    """It was removed."""
    return t._("This activity is no longer in the calendar.")


def not_in_time(first: date, last: date, t: Tongue) -> str:
    """The day is too far away."""
    return t._("Please choose a day between {first} and {last}.", first=t.day(first), last=t.day(last))
