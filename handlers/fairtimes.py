"""`/alliance find a time [group] [1h] [next week]`: fair times for the meetings of an action group."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from alliance.fairtimes import LENGTHS, LONGEST_RANGE, Person, carried, propose
from alliance.filtering import parse
from alliance.oneline import Draft
from alliance.periods import whole
from alliance.roles import Permission
from alliance.saidtimes import NoSuchTime, read_minutes
from alliance.tokens import tokens, words
from alliance.when import When
from handlers import permit
from handlers.answers import View
from handlers.asking import Ask
from handlers.call import Call, Deps, StaleValue, UserMistake
from handlers.eventform import open_form
from handlers.eventrights import may_add
from handlers.invited import CITIES
from handlers.subject import Subject
from handlers.topics import name_of
from handlers.views import fairtimes as views
from storage import channels, grouppeople

USUAL: Final = 60
"""Minutes of a meeting whose length nobody names."""

FORTNIGHT: Final = timedelta(days=13)
_EMPTY: Final = words(
    "time times slot meeting fair group action creneau horaire heure moment groupe reunion hora horario grupo "
    "reunion momento juste justo"
)


@dataclass(frozen=True, slots=True)
class _Wanted:
    group: str | None
    minutes: int
    days: tuple[date, date]
    unknown: tuple[str, ...]


async def find(call: Call, deps: Deps) -> View:
    """Three to five times that cost the group least, and whose turn it is."""
    wanted = _read(call, deps)
    group = wanted.group or await _own_group(call, deps)
    if group is None:
        groups = [(slug, name_of(("group", slug), deps.library, call.t)) for slug in deps.library.groups]
        return views.which_group(groups, call.words, call.t)
    await permit.require(call, deps, Permission.FIND_TIME, group=group)
    known = [Person(user_id, zone) for user_id, zone in await grouppeople.zones_of(deps.store, group)]
    people = known or [Person(zone, zone) for zones in CITIES.values() for zone in zones]
    past = await grouppeople.past_meetings(deps.store, group, call.today)
    borne = await asyncio.to_thread(carried, people, past)
    slots = await asyncio.to_thread(
        propose, people, wanted.minutes, wanted.days, call.t.zone, borne, call.now + timedelta(hours=1)
    )
    found = views.Found(
        group=name_of(("group", group), deps.library, call.t),
        minutes=wanted.minutes,
        days=wanted.days,
        proposals=[views.Proposal(slot, _value(group, slot.start, wanted.minutes)) for slot in slots],
        zones=_zones(people, call.now),
        ask=Ask("find", f"{group.replace('-', ' ')} {call.words}" if wanted.group is None else call.words),
        known=bool(known),
        meetings=len(past),
        hardest=_hardest(people, borne),
        unknown=wanted.unknown,
    )
    return views.times(found, call.t, call.where)


async def make(call: Call, deps: Deps) -> View:
    """The form of an event, filled in with this time."""
    group, start, minutes = _parse_value(call.value)
    if group not in deps.library.groups:
        raise StaleValue(call.value)
    await may_add(call, deps, (group,))
    local, over = (at.astimezone(ZoneInfo(call.t.zone)) for at in (start, start + timedelta(minutes=minutes)))
    when = When(local.date(), over.date(), starts=local.time(), ends=over.time(), zone=call.t.zone)
    title = call.t._("Meeting of the group {group}", group=name_of(("group", group), deps.library, call.t))
    return await open_form(call, deps, Draft(title, when=when, topics=(("group", group),)))


def _read(call: Call, deps: Deps) -> _Wanted:
    """Group, length and days, in any order."""
    minutes, line = USUAL, call.words
    items = tokens(call.words)
    for at in range(len(items)):
        try:
            length = read_minutes(items, at)
        except NoSuchTime as error:
            raise UserMistake(_bad_length(error.part, call)) from error
        if length:
            minutes = length[0]
            line = f"{line[: items[at].start]} {line[items[length[1] - 1].end :]}"
            break
    if minutes not in LENGTHS:
        raise UserMistake(_bad_length(views.length(minutes, call.t), call))
    kept = " ".join(token.raw for token in tokens(line) if token.plain not in _EMPTY)
    understood = parse(kept, deps.library.vocabulary, call.today)
    group = next((slug for kind, slug in understood.topics if kind == "group"), None)
    return _Wanted(group, minutes, _days(understood.filter.first, understood.filter.last, call), understood.unknown)


def _bad_length(part: str, call: Call) -> str:
    return call.t._("A meeting lasts from 15 minutes to 8 hours; I read “{part}”. Write 1h, 1h30 or 45 min.", part=part)


def _days(first: date | None, last: date | None, call: Call) -> tuple[date, date]:
    """The days that were named, as far as they are still to come; else next week."""
    if first is None and last is None:
        week = whole("week", call.today, 1)
        first, last = week.first, week.last
    first = max(first or call.today, call.today)
    last = min(last or first + FORTNIGHT, first + timedelta(days=LONGEST_RANGE - 1))
    if last < first:
        raise UserMistake(
            call.t._("These days are over. Please name later ones. {example}", example=views.example(call.t))
        )
    return first, last


async def _own_group(call: Call, deps: Deps) -> str | None:
    """The group whose channel this is, else the only one that the member follows."""
    channel = await channels.get(deps.store, call.channel_id) if call.channel_id else None
    if channel and channel.group in deps.library.groups:
        return channel.group
    own = [slug for slug in call.member.groups if slug in deps.library.groups]
    return own[0] if len(own) == 1 else None


def _zones(people: Sequence[Person], now: datetime) -> list[tuple[str, int]]:
    """The zones of these people from west to east, each with how many are there."""
    count = Counter(person.zone for person in people)
    return sorted(count.items(), key=lambda item: (now.astimezone(ZoneInfo(item[0])).utcoffset(), item[0]))


def _hardest(people: Sequence[Person], borne: dict[str, int]) -> list[str]:
    """The zones whose people have carried most in past meetings; none where nobody carried more than another."""
    most = max(borne.values(), default=0)
    if most == min(borne.values(), default=0):
        return []
    return list(dict.fromkeys(person.zone for person in people if borne[person.id] == most))


def _value(group: str, start: datetime, minutes: int) -> str:
    return f"{group}|{start:%Y-%m-%dT%H:%M}|{minutes}"


def _parse_value(value: str) -> tuple[str, datetime, int]:
    try:
        group, start, minutes = value.split("|")
        at, length = datetime.strptime(start, "%Y-%m-%dT%H:%M").replace(tzinfo=UTC), int(minutes)
    except ValueError as error:
        raise StaleValue(value) from error
    if length not in LENGTHS:
        raise StaleValue(value)
    return group, at, length


SUBJECT = Subject(
    words=("find", "trouver", "encontrar", "buscar"),
    help_line=lambda t: t._("Find a time: fair to all members of an action group, wherever they are"),
    examples=lambda t: (t._("find a time migration 1h next week"),),
    command=find,
    reads_only=True,
    actions={views.MAKE: make},
)
