"""The address of a calendar feed, how to subscribe to it, and the way to another one. Only ever shown privately."""

from collections.abc import Sequence

from handlers.answers import Answer
from handlers.asking import Ask
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.asking import open_button
from storage.entries import Group
from storage.feeds import Address

RENEW = "feed.renew"


def page(
    address: Address, url: str, group: Group | None, leads: Sequence[Group], t: Tongue, notice: str = ""
) -> Answer:
    """A member's feed, or a group's; `leads`: the groups whose feeds the member may see."""
    if group:
        title = t._("Calendar feed: {group}", group=t.text(group.name.model_dump()))
        holds = t._("The meetings and events of this group, for everybody to whom you give the address.")
    else:
        title = t._("My calendar feed")
        holds = t._("The events of my groups and of the whole community, and the international days.")
    blocks = [kit.context(notice)] if notice else []
    blocks += [
        kit.header(title),
        kit.rich(
            kit.paragraph(kit.text(holds)),
            parts.fact(t._("Address:"), kit.code(url)),
            *parts.named_list(t._("How to subscribe"), _ways(t)),
            kit.paragraph(kit.text(_secret(group, t), italic=True)),
        ),
        kit.actions(_renew(address, t), *(_group_button(one, t) for one in leads[:20])),
    ]
    return Answer(title, blocks, title=t._("Calendar feed"))


def nowhere(t: Tongue) -> Answer:
    """The bot has no address that a calendar program could reach."""
    title = t._("My calendar feed")
    sentence = t._(
        "Calendar feeds need a web address of the bot, and it has none yet. Please ask the secretariat to have "
        "ALLIANCE_PUBLIC_URL set. Until then, “Add to my calendar” on each event sends it as a file."
    )
    return Answer(title, [kit.header(title), kit.say(sentence)], title=t._("Calendar feed"))


def _ways(t: Tongue) -> tuple[str, ...]:
    return (
        t._("Google Calendar: on a computer, “Other calendars”, “+”, “From URL”, and paste the address."),
        t._("Outlook: “Add calendar”, “Subscribe from web”, and paste the address."),
        t._("Apple Calendar: “File”, “New Calendar Subscription”, and paste the address."),
    )


def _secret(group: Group | None, t: Tongue) -> str:
    if group:
        return t._("Whoever has the address can read this calendar. A new address makes this one useless.")
    return t._(
        "Whoever has the address can read this calendar: keep it to yourself. A new address makes this one useless."
    )


def _renew(address: Address, t: Tongue) -> kit.Element:
    return kit.confirmed(
        kit.button(t._("New address"), RENEW, f"{address.owner}|{address.made_at.isoformat()}"),
        t._("Make a new address?"),
        t._("Calendar programs that read the old address get nothing any more, until they are given the new one."),
        t._("New address"),
        t._("Keep this one"),
    )


def _group_button(group: Group, t: Tongue) -> kit.Element:
    words = t._("Feed of {group}", group=t.text(group.name.model_dump()))
    return open_button(words, Ask("feed", group.slug), group.slug)
