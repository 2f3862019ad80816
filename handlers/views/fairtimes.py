"""Times for a meeting of an action group, with everybody's own time and who would be up at night."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from alliance.fairtimes import Slot
from handlers.answers import Answer, Block
from handlers.asking import Ask
from handlers.call import Where
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.asking import open_button, share_button
from handlers.views.dates import capital, period
from handlers.views.localtimes import local_time

MAKE = "find.make"
MOST_ZONES = 10
MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Proposal:
    """A slot; `value` makes a meeting of it (handlers.fairtimes)."""

    slot: Slot
    value: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a group (its name) on these days. `ask` looks for it again.

    `zones`: those of its people from west to east, with how many are there. `known` is False where cities stand for
    people that nobody knows yet. `meetings`: how many past ones count; `hardest`: the zones that carried most in them.
    """

    group: str
    minutes: int
    days: tuple[date, date]
    proposals: Sequence[Proposal]
    zones: Sequence[tuple[str, int]]
    ask: Ask
    known: bool = True
    meetings: int = 0
    hardest: Sequence[str] = ()
    unknown: Sequence[str] = ()


def times(found: Found, t: Tongue, where: Where) -> Answer:
    """The proposals, best first."""
    title = t._("Times for {group}", group=found.group)
    days = period(found.days[0], found.days[1], t)
    blocks: list[Block] = [
        kit.header(title),
        kit.context(t._("{days}, {length}", days=days, length=length(found.minutes, t)), *_who(found, t)),
    ]
    if found.unknown:
        words = t.listed(t._("“{word}”", word=kit.clip(word, 60)) for word in found.unknown[:3])
        blocks.append(kit.say(t._("I did not understand {words}. {example}", words=words, example=example(t))))
    if not found.proposals:
        blocks.append(
            kit.say(t._("There is no time left on these days. Please name later ones. {example}", example=example(t)))
        )
    for number, proposal in enumerate(found.proposals, start=1):
        blocks += _proposal(number, proposal, found, t)
    if found.proposals:
        blocks += [kit.actions(*share)] if (share := share_button(t, found.ask, where)) else []
    return Answer(f"{title} · {days}", blocks, title=t._("Find a time"))


def which_group(groups: Sequence[tuple[str, str]], words: str, t: Tongue) -> Answer:
    """For which group (slug and name) a time is looked for; `words` is the rest of what was asked."""
    sentence = t._("For which group?")
    buttons = [
        open_button(name, Ask("find", f"{slug.replace('-', ' ')} {words}".strip()), slug) for slug, name in groups
    ]
    blocks = [kit.say(sentence), *(kit.actions(*buttons[n : n + 25]) for n in range(0, len(buttons), 25))]
    return Answer(sentence, [*blocks, kit.context(example(t))], title=t._("Find a time"))


def example(t: Tongue) -> str:
    """What one may type."""
    return t._("Type for example: /alliance find a time migration 1h next week")


def length(minutes: int, t: Tongue) -> str:
    """ "1 h", "1 h 30", "45 min"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return t._("{minutes} min", minutes=rest)
    return t._("{hours} h {minutes}", hours=hours, minutes=f"{rest:02}") if rest else t._("{hours} h", hours=hours)


def find_button(slug: str, t: Tongue) -> kit.Element:
    """'Find a time', for the page of a group."""
    return open_button(t._("Find a time"), Ask("find", slug.replace("-", " ")), "find")


def _who(found: Found, t: Tongue) -> list[str]:
    if not found.known:
        return [t._("Nobody of this group is known here yet: cities of every region stand for its members.")]
    people = t.n("{count} member", "{count} members", sum(count for _zone, count in found.zones))
    zones = t.n("{count} time zone", "{count} time zones", len(found.zones))
    said = [f"{people} · {zones}"]
    if found.hardest and found.meetings:
        said.append(
            t.n(
                "{count} past meeting counts here; {cities} carried most.",
                "{count} past meetings count here; {cities} carried most.",
                found.meetings,
                cities=t.listed(t.city(zone) for zone in found.hardest),
            )
        )
    return said


def _proposal(number: int, proposal: Proposal, found: Found, t: Tongue) -> list[Block]:
    """One time: by the clock of who asks, by everybody's, and who would be up at night."""
    slot = proposal.slot
    day = slot.start.astimezone(ZoneInfo(t.zone)).date()
    weekday = capital(t.day(day, "EEEE"))
    heading = f"{number}. {weekday} {t.day(day, 'd MMMM')}, {local_time(slot.start, day, t.zone, t)}"
    made = [
        kit.paragraph(kit.text(heading, bold=True)),
        kit.bullets([kit.text(_there(slot, day, *zone, found, t))] for zone in found.zones[:MOST_ZONES]),
    ]
    more = len(found.zones) - MOST_ZONES
    if more > 0:
        made.append(kit.paragraph(kit.text(t.n("and {count} more time zone", "and {count} more time zones", more))))
    made.append(kit.paragraph(*_verdict(slot, found, t)))
    return [kit.rich(*made), kit.actions(kit.button(t._("Make it a meeting…"), f"{MAKE}:{number}", proposal.value))]


def _there(slot: Slot, day: date, zone: str, count: int, found: Found, t: Tongue) -> str:
    time = local_time(slot.start, day, zone, t)
    return f"{time} · {t.n('{count} member', '{count} members', count)}" if found.known else time


def _verdict(slot: Slot, found: Found, t: Tongue) -> list[kit.Element]:
    """Who would be up at night, or that all is well."""
    if slot.at_night and found.known:
        named = parts.mentions([parts.user_mention(user) for user in slot.at_night[:MOST_NAMED]])
        rest = len(slot.at_night) - MOST_NAMED
        more = [kit.text(" " + t.n("and {count} more", "and {count} more", rest))] if rest > 0 else []
        return [kit.text(t._("Up at night:") + " ", bold=True), *named, *more]
    if slot.at_night:
        return [
            kit.text(t._("Up at night:") + " ", bold=True),
            kit.text(t.listed(t.city(zone) for zone in slot.at_night)),
        ]
    if slot.total == 0:
        return [kit.text(t._("Everybody is in their working hours."), italic=True)]
    outside = sum(1 for burden in slot.burdens.values() if burden)
    return [
        kit.text(
            t._("Nobody at night; {count} outside working hours.", count=outside),
            italic=True,
        )
    ]
