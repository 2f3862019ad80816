"""The draft of an event, read from a line with the names of this content, and carried by buttons as that line."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Final

from alliance.languages import Language
from alliance.linenotes import Names
from alliance.oneline import MOST_CHARACTERS, Draft, read_line
from alliance.recurrence import occurrences
from alliance.when import Precision, When
from handlers import zones
from handlers.call import Call, Deps, StaleValue
from handlers.invited import invited
from handlers.tongue import Tongue
from handlers.topics import name_of
from handlers.views.adding import Echo
from storage import channels
from storage.entries import Event
from storage.eventedits import SECTION
from storage.library import Library

NEXT_DAYS: Final = 3


@dataclass(frozen=True, slots=True)
class Written:
    """A line as it was written: on which day, in whose IANA zone, in the channel of which group ("" for none).

    Read again it gives the same draft.
    """

    on: date
    zone: str
    group: str
    line: str

    def __str__(self) -> str:
        return f"{self.on.isoformat()}|{self.zone}|{self.group}|{self.line[:MOST_CHARACTERS]}"


def parse_written(value: str) -> Written:
    """Read what a button carries. Raises StaleValue for anything else."""
    try:
        on, zone, group, line = value.split("|", 3)
        written = Written(date.fromisoformat(on), zone, group, line)
    except ValueError as error:
        raise StaleValue(value) from error
    if not zones.known(zone):
        raise StaleValue(value)
    return written


async def written_now(call: Call, deps: Deps) -> Written:
    """The words of this call."""
    channel = await channels.get(deps.store, call.channel_id) if call.channel_id else None
    return Written(call.today, call.t.zone, (channel.group if channel else None) or "", call.words)


async def draft_of(written: Written, deps: Deps) -> Draft:
    """What the line says."""
    library = deps.library
    by_channel = {group.channel: slug for slug, group in library.groups.items()}
    by_channel |= {
        channel.channel_id: channel.group for channel in await channels.all_present(deps.store) if channel.group
    }
    names = Names(
        zone=zones.exactly,
        near_zone=zones.find,
        topics=library.vocabulary.exact,
        longest=library.vocabulary.longest,
        channels=by_channel,
    )
    group = written.group if written.group in library.groups else ""
    return read_line(written.line, names, written.on, written.zone, group)


def shown(draft: Draft, value: str, today: date, library: Library, t: Tongue) -> Echo:
    """The draft as it is shown: with names, everybody's cities, and the first days of a series."""
    labels = (
        ("group", t._("Group:")),
        ("country", t._("Countries:")),
        ("region", t._("Regions:")),
        ("theme", t._("Themes:")),
    )
    named = [
        (label, [name_of((kind, slug), library, t) for slug in draft.slugs(kind)])
        for kind, label in labels
        if draft.slugs(kind)
    ]
    next_days: list[date] = []
    if draft.when and draft.rule and draft.complete:
        series = occurrences(draft.when, draft.rule, draft.when.start, date(draft.when.start.year + 50, 1, 1))
        next_days = [when.start for when in islice(series, NEXT_DAYS)]
    over = draft.when is not None and draft.when.end < today and not draft.rule
    return Echo(draft, value, named, invited(draft.topics, library, t), next_days, over)


def entry_of(draft: Draft, language: Language) -> Event:
    """A complete draft as an event that can be saved; `language` is its writer's. Saving makes its slug."""
    if draft.when is None:
        raise ValueError("a draft without a date cannot be saved")
    when = draft.when
    values: dict[str, object] = {
        "slug": "new",
        "section": SECTION,
        "name": {language: draft.title},
        "kind": draft.kind,
        "dates": dates_text(when),
        "confirmed": when.confirmed,
        "starts": when.starts,
        "ends": when.ends,
        "zone": when.zone if when.starts else None,
        "rule": draft.rule,
        "place": {language: draft.place} if draft.place else None,
        "groups": draft.slugs("group"),
        "countries": draft.slugs("country"),
        "regions": draft.slugs("region"),
        "themes": draft.slugs("theme"),
        "link": draft.link or None,
        "written_in": language,
    }
    return Event.model_validate(values)


def dates_text(when: When) -> str:
    """A date as entries keep it (alliance.when.parse_when reads it)."""
    match when.precision:
        case Precision.YEAR:
            return f"{when.start:%Y}"
        case Precision.MONTH:
            return f"{when.start:%Y-%m}"
        case Precision.BEFORE:
            return f"before {when.end + timedelta(days=1):%Y-%m}"
        case Precision.DAY:
            return when.start.isoformat() if when.start == when.end else f"{when.start}..{when.end}"
