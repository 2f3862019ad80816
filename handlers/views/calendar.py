"""The communications calendar: each day with what it is about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from alliance.activities import Conflict
from alliance.leadtimes import DEFAULTS
from handlers.answers import Answer, Block
from handlers.asking import Ask
from handlers.call import Where
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.activities import conflict_words, states
from handlers.views.asking import open_button
from handlers.views.dates import heading, month_heading
from handlers.views.events import Listing, NotUnderstood, not_understood, row_elements, ways_on
from handlers.views.reminders import lead_words
from storage.activities import Activity

PAGE = 15
"""Rows of a page: each has three lines here, and Slack limits the text of a message."""

LONGEST_NOTE = 200
MOST_WORK = 8
PICTURE = "calendar.picture"


@dataclass(frozen=True, slots=True)
class Work:
    """The communications activities of the time that is shown, and what meets on one day."""

    activities: Sequence[Activity] = ()
    conflicts: Sequence[Conflict] = ()


def page(
    listing: Listing,
    about: Mapping[str, Sequence[str]],
    work: Work,
    trouble: NotUnderstood | None,
    t: Tongue,
    where: Where,
) -> Answer:
    """A page of the calendar. `about`: the themes of each event, by slug."""
    title = title_of(listing, t)
    blocks = [kit.header(title), *(not_understood(trouble, t) if trouble else ())]
    if not listing.rows:
        return Answer(title, [*blocks, *_work(work, t), *_nothing(t)], title=t._("Calendar"))
    leads = t.listed(lead_words(lead, t) for lead in DEFAULTS["observance"])
    hint = t._("Channels are reminded of international days {leads}. See /alliance reminders.", leads=leads)
    blocks.append(kit.rich(*_by_month(listing, about, t)))
    blocks += [*_work(work, t), kit.context(hint)]
    blocks += ways_on(listing, t, where)
    first = listing.rows[0].when.start
    picture = [kit.button(t._("As a picture"), PICTURE, f"{first:%Y-%m}")] if where == "message" else []
    ask = Ask("activities", listing.ask.words)
    blocks.append(kit.actions(open_button(t._("Activities"), ask, "activities"), *picture))
    return Answer(title, blocks, title=t._("Calendar"))


def on_its_way(t: Tongue) -> Answer:
    """The picture is being drawn."""
    sentence = t._("The picture of the month is on its way to your direct messages.")
    return parts.beside(sentence, t._("Calendar"))


def _work(work: Work, t: Tongue) -> list[Block]:
    """The activities in a line each, after the days on which several go public."""
    if not work.activities:
        return []
    lines = [[kit.text(conflict_words(one, t), bold=True)] for one in work.conflicts]
    for activity in work.activities[:MOST_WORK]:
        about = " · ".join(filter(None, (activity.work.organisation, states(t)[activity.work.state])))
        day = t.day(activity.work.due_on, "d MMMM")
        lines.append([kit.text(f"{day}: {kit.clip(activity.work.title, 100)} · {about}")])
    if more := len(work.activities) - MOST_WORK:
        lines += [[kit.text(t.n("and {count} more", "and {count} more", more))]] if more > 0 else []
    return [kit.rich(kit.paragraph(kit.text(t._("Activities"), bold=True)), kit.bullets(lines))]


def title_of(listing: Listing, t: Tongue) -> str:
    """What is listed: "Calendar: June 2019"."""
    title = t._("Calendar: {filter}", filter=kit.clip(listing.filter, 110)) if listing.filter else t._("Calendar")
    return t._("{title} (page {page})", title=title, page=listing.page) if listing.page > 1 else title


def _by_month(listing: Listing, about: Mapping[str, Sequence[str]], t: Tongue) -> Iterator[kit.Element]:
    for month, rows in groupby(listing.rows, key=lambda row: heading(row.when)):
        yield kit.paragraph(kit.text(month_heading(month, t), bold=True))
        lines = []
        for row in rows:
            note = ", ".join(about.get(row.slug, ()))
            extra = [kit.text(f"\n{kit.clip(note, LONGEST_NOTE)}", italic=True)] if note else []
            lines.append([*row_elements(row, t), *extra])
        yield kit.bullets(lines)


def _nothing(t: Tongue) -> list[Block]:
    before, after = t._("Nothing stands in the calendar for this. Try {command}, or the year ahead:").split("{command}")
    example = "/alliance " + t._("calendar june")
    button = open_button(t._("The year ahead"), Ask("calendar"), "ahead")
    return [kit.rich(kit.paragraph(kit.text(before), kit.code(example), kit.text(after))), kit.actions(button)]
