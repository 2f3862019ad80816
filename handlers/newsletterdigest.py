"""A digest: a draft in three languages of what happened and what comes, each part to keep or drop."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from alliance.activities import ActivityState
from alliance.edition import LONGEST_BODY, LONGEST_HEADING, Edition, Section
from alliance.filters import Filter
from alliance.languages import LANGUAGES, Language
from alliance.marked import literal
from alliance.newsletters import EVERYBODY, Content, Issue, Plan
from handlers.answers import FieldErrors, View
from handlers.call import Call, Deps
from handlers.newsletterpage import may_write, page
from handlers.tongue import Tongue
from handlers.views import newsletterforms as forms
from handlers.views.dates import written
from storage import actionitems, activities, events, groupmembers, meetings, newsletters
from storage.actionitems import Item
from storage.activities import Activity, Work
from storage.eventedits import Editor
from storage.values import EventRow

AHEAD, BACK = timedelta(days=60), timedelta(days=31)
MOST: Final = 12
PARTS: Final = ("events", "days", "highlights", "updates", "minutes", "joined")


@dataclass(frozen=True, slots=True)
class Happened:
    """What a digest is made of: what comes, international days, what groups got done, what was published, decisions by
    meeting, and how many joined a group.
    """

    events: Sequence[EventRow]
    days: Sequence[EventRow]
    done: Sequence[Item]
    published: Sequence[Activity]
    minutes: Sequence[tuple[EventRow, tuple[str, ...]]]
    joined: Sequence[tuple[str, int]]


async def choose(call: Call, deps: Deps) -> View:
    """The parts that there is something to say in."""
    await may_write(call, deps)
    happened = await _happened(call, deps)
    sections = _sections(happened, call.t, deps)
    return forms.digest([(name, section.heading) for name, section in sections.items()], call.t)


async def save(call: Call, deps: Deps) -> View:
    """A draft with the parts that were kept, in all languages; what people wrote stands in their own language."""
    await may_write(call, deps)
    kept = [name for name in PARTS if name in (call.state.get(forms.PARTS) or [])]
    happened = await _happened(call, deps)
    editions: dict[Language, Edition] = {}
    for one in LANGUAGES:
        t = Tongue(one, call.t.zone)
        sections = _sections(happened, t, deps)
        title = t._("What happened, and what comes: {month}", month=t.day(call.today, "MMMM y"))
        editions[one] = Edition(one, title, tuple(sections[name] for name in kept if name in sections))
    if not editions[call.t.language].sections:
        return FieldErrors({forms.PARTS: call.t._("Please keep at least one part.")})
    content = Content(Issue.NEWSLETTER, call.t.language, editions, plan=Plan(members=EVERYBODY))
    made = await newsletters.add(deps.store, Editor(call.member.user_id, call.now), content)
    return await page(made, call, deps, call.t._("This is a draft. Nobody gets it before somebody else approves it."))


async def _happened(call: Call, deps: Deps) -> Happened:
    today = call.today
    coming = await events.page(deps.store, Filter(today, today + AHEAD), today, 0, MOST)
    days = await events.between(deps.store, today, today + AHEAD, frozenset({"observance"}), MOST)
    held = await events.between(deps.store, today - BACK, today, frozenset({"meeting"}), 100)
    written_down = {one.occurrence: one for one in await meetings.of_meetings(deps.store, [row.ref for row in held])}
    decided = [(row, found.decisions) for row in held if (found := written_down.get(row.ref)) and found.decisions]
    joined = await groupmembers.joined_since(deps.store, call.now - BACK)
    done = await actionitems.done_since(deps.store, call.now - BACK)
    works = await activities.between(deps.store, today - BACK, today)
    published = [one for one in works if one.work.state is ActivityState.PUBLISHED]
    return Happened(coming.rows, days, done, published, decided, sorted(joined.items()))


def _sections(happened: Happened, t: Tongue, deps: Deps) -> dict[str, Section]:
    """Each part by name, where there is something to say in it."""
    groups = deps.library.groups
    made = {
        "events": (t._("What comes"), [_line(row, t) for row in happened.events]),
        "days": (t._("International days"), [_line(row, t) for row in happened.days]),
        "highlights": (t._("Highlights"), [_highlight(one.work, t) for one in happened.published]),
        "updates": (
            t._("What action groups got done"),
            [
                f"- {_before(literal(t.text(groups[one.group].name.model_dump())), t)} {literal(one.text)}"
                for one in happened.done
                if one.group in groups
            ],
        ),
        "minutes": (
            t._("What was decided"),
            [
                f"- {_before(literal(t.text(row.title)), t)} {literal(one)}"
                for row, found in happened.minutes
                for one in found
            ],
        ),
        "joined": (
            t._("New members of action groups"),
            [
                f"- {_before(literal(t.text(groups[slug].name.model_dump())), t)} {count}"
                for slug, count in happened.joined
                if slug in groups
            ],
        ),
    }
    return {
        name: Section(heading[:LONGEST_HEADING], _fitting(lines)) for name, (heading, lines) in made.items() if lines
    }


def _line(row: EventRow, t: Tongue) -> str:
    title, place = t.text(row.title), t.text(row.place) if row.place else ""
    where = f", {literal(place)}" if place and place not in title else ""
    return f"- {_before(literal(written(row.when, t)), t)} {literal(title)}{where}"


def _highlight(work: Work, t: Tongue) -> str:
    by = f" ({literal(work.organisation)})" if work.organisation else ""
    return f"- {_before(literal(t.day(work.due_on)), t)} {literal(work.title)}{by}"


def _before(words: str, t: Tongue) -> str:
    """In bold, with the colon as each language writes it."""
    return t._("{place}:", place=f"**{words}**")


def _fitting(lines: Sequence[str]) -> str:
    """As many whole lines as a section takes."""
    kept: list[str] = []
    for line in lines:
        if sum(map(len, kept)) + len(kept) + len(line) > LONGEST_BODY:
            break
        kept.append(line)
    return "\n".join(kept)
