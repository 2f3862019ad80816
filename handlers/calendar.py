"""`/alliance calendar [month or year]`: the international days and the events of a month, a year, or the year ahead."""

from dataclasses import replace
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from alliance.activities import conflicts
from alliance.filtering import Understood, parse
from alliance.filters import Filter
from handlers import topics
from handlers.answers import View
from handlers.asking import Ask
from handlers.call import Call, Deps
from handlers.events import not_understood, page_number
from handlers.monthpicture import picture
from handlers.subject import Subject
from handlers.topics import names_in
from handlers.views import calendar as views
from handlers.views.events import Listing
from storage import activities, events
from storage.values import EventRow

AHEAD = relativedelta(years=1, days=-1)
A_MONTH = timedelta(days=31)


async def show(call: Call, deps: Deps) -> View:
    """A page of the calendar; the words are a filter as of events, mostly a month or a year."""
    page = page_number(call.value)
    understood = parse(call.words, deps.library.vocabulary, call.today)
    wanted = _year_ahead(understood, call)
    found = await events.page(deps.store, wanted.filter, call.today, page - 1, views.PAGE, listed_only=False)
    listing = Listing(
        Ask("calendar", wanted.canonical),
        topics.in_words(wanted, deps.library, call.t),
        found.rows,
        page,
        found.more,
        past=wanted.filter.past,
    )
    about = await _themes(found.rows, call, deps)
    work = await _work(wanted.filter, call, deps)
    trouble = await not_understood(call, deps, understood)
    return views.page(listing, about, work, trouble, call.t, call.where)


async def _work(filter: Filter, call: Call, deps: Deps) -> views.Work:
    """The activities of a month, with what meets on one day; of a longer time, its own page shows them."""
    if filter.first is None or filter.last is None or filter.last - filter.first > A_MONTH or filter.topics:
        return views.Work()
    due = await activities.between(deps.store, filter.first, filter.last)
    return views.Work(due, conflicts(activity.plan for activity in due))


def _year_ahead(understood: Understood, call: Call) -> Understood:
    """Without a period of its own, the calendar shows a year from today."""
    if not understood.filter.open_ended:
        return understood
    period = replace(understood.filter, first=call.today, last=call.today + AHEAD)
    said = f"from {period.first} until {period.last}"
    return replace(understood, filter=period, canonical=" ".join(filter(None, (said, understood.canonical))))


async def _themes(rows: tuple[EventRow, ...], call: Call, deps: Deps) -> dict[str, list[str]]:
    """What each of them is about, by slug."""
    documents = await events.documents(deps.store, {row.slug for row in rows})
    return {slug: names_in(document, "theme", deps.library, call.t) for slug, document in documents.items()}


SUBJECT = Subject(
    words=("calendar", "calendrier", "calendario"),
    help_line=lambda t: t._("The communications calendar: international days and events, with their themes"),
    examples=lambda t: (t._("calendar"), t._("calendar june"), t._("calendar 2019")),
    command=show,
    actions={views.PICTURE: picture},
    reads_only=True,
)
