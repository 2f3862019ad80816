"""Action items: a member's own or a group's, with buttons to close them; the forms; and what a nudge says."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.answers import Answer, Block, Modal
from handlers.asking import Ask
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.asking import open_button
from handlers.views.items import beyond, item_elements, overdue
from storage.actionitems import Item, ItemState
from storage.entries import Group

DONE, DROP, REDATE, SAVE_DATE = "actions.done", "actions.drop", "actions.redate", "actions.save_date"
ADD, SAVE = "actions.add", "actions.save"
DAY, OWNER, TEXT = "day", "owner", "text"
LONGEST = 300
MOST = 15
"""Each takes two of a message's fifty blocks."""

MINE = "me"
NUDGE = "nudge"
"""Where a button stands that is in no list."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Open action items: of a group, or (None) the reader's own. `closable`: the ids of those that they may close."""

    items: Sequence[Item]
    group: Group | None
    closable: Collection[int]
    may_add: bool
    notice: str = ""


def page(listing: Listing, t: Tongue, today: date) -> Answer:
    """The list, with buttons at each item."""
    title = t._("My action items")
    if listing.group:
        title = t._("Action items: {group}", group=t.text(listing.group.name.model_dump()))
    blocks = [kit.context(listing.notice)] if listing.notice else []
    blocks.append(kit.header(title))
    if not listing.items:
        blocks.append(kit.say(t._("Nothing is open.")))
    place = listing.group.slug if listing.group else MINE
    for item in listing.items[:MOST]:
        blocks.append(kit.rich(kit.paragraph(*item_elements(item, t, today, named=listing.group is not None))))
        if item.id in listing.closable:
            blocks.append(kit.actions(*_buttons(item, place, t)))
    if more := beyond(len(listing.items) - MOST, t):
        blocks.append(kit.rich(*more))
    blocks.append(kit.actions(*_ways(listing, t)))
    count = t.n("{count} is open", "{count} are open", len(listing.items))
    return Answer(f"{title}. {count}.", blocks, title=t._("Action items"))


def nudge(item: Item, group: str, number: int, t: Tongue, today: date) -> Answer:
    """What the owner reads in their direct messages. `group`: its name, "" for none."""
    sentence = t._("Is this done?") if overdue(item, today) else t._("This is due today.")
    small = t._("I will ask once more in a week.") if number == 2 else t._("I will ask again in three days.")
    if number >= 3:
        small = t._("This is the last time that I ask.")
    facts = parts.said(t.n("Action group:", "Action groups:", 1), group)
    blocks = [
        kit.header(sentence),
        kit.rich(kit.paragraph(*item_elements(item, t, today, named=False)), *facts),
        kit.actions(*_buttons(item, NUDGE, t), open_button(t._("My action items"), Ask("actions", MINE), "mine")),
        kit.context(small),
    ]
    return Answer(f"{sentence} {item.text}", blocks, title=t._("Action items"))


def done(item: Item, t: Tongue) -> Answer:
    """What was done about an item, from a nudge."""
    sentence = said(item, t)
    button = open_button(t._("My action items"), Ask("actions", MINE), "mine")
    return Answer(sentence, [kit.say(sentence), kit.actions(button)], title=t._("Action items"), replace=False)


def said(item: Item, t: Tongue) -> str:
    """What was done about an item."""
    match item.state:
        case ItemState.DONE:
            return t._("Done: “{text}”.", text=kit.clip(item.text, 100))
        case ItemState.DROPPED:
            return t._("Dropped: “{text}”.", text=kit.clip(item.text, 100))
        case ItemState.OPEN:
            day = t.day(item.due_on) if item.due_on else ""
            return t._("“{text}” is now due on {day}.", text=kit.clip(item.text, 100), day=day)


def overtaken(item: Item, t: Tongue) -> Answer:
    """Somebody else was faster: how it stands now, and by whom."""
    sentence = t._("Somebody changed this action item in the meantime. It stands like this now:")
    if item.state is ItemState.DONE:
        sentence = t._("Somebody marked this action item as done in the meantime:")
    if item.state is ItemState.DROPPED:
        sentence = t._("Somebody dropped this action item in the meantime:")
    lines = [kit.text(item.text)]
    if item.closed_by:
        lines += [kit.text(" · "), parts.user_mention(item.closed_by)]
    elif item.due_on:
        lines.append(kit.text(" · " + t._("due on {day}", day=t.day(item.due_on))))
    blocks = [kit.say(sentence), kit.rich(kit.paragraph(*lines))]
    return Answer(sentence, blocks, title=t._("Action items"), replace=False)


def date_form(item: Item, memory: str, today: date, t: Tongue) -> Modal:
    """Give an item another day."""
    first = max(item.due_on or today, today)
    return Modal(
        title=t._("New date"),
        blocks=[
            kit.rich(kit.paragraph(*item_elements(item, t, today, named=False))),
            _day_field(t._("Due on"), t, first),
        ],
        callback=SAVE_DATE,
        submit=t._("Save"),
        memory=memory,
    )


def add_form(group: Group, t: Tongue) -> Modal:
    """A new action item of a group."""
    who: kit.Element = {"type": "users_select", "action_id": OWNER, "placeholder": kit.plain(t._("Choose…"), 150)}
    return Modal(
        title=t._("Action item"),
        blocks=[
            kit.say(t._("For the group {group}.", group=t.text(group.name.model_dump()))),
            kit.field(t._("What is to be done?"), TEXT, kit.line_input(TEXT, limit=LONGEST)),
            kit.field(t._("Who does it?"), OWNER, who),
            _day_field(t._("Due on"), t, None),
        ],
        callback=SAVE,
        submit=t._("Save"),
        memory=group.slug,
    )


def not_in_time(t: Tongue) -> str:
    """The day is over, or too far away."""
    return t._("Please choose a day from today on, within the next two years.")


def _day_field(label: str, t: Tongue, initial: date | None) -> Block:
    element: kit.Element = {"type": "datepicker", "action_id": DAY}
    if initial:
        element["initial_date"] = initial.isoformat()
    hint = t._("On that day, and three and ten days later, I ask whether it is done.")
    return kit.field(label, DAY, element, hint=hint, optional=initial is None)


def _buttons(item: Item, place: str, t: Tongue) -> list[kit.Element]:
    value = f"{item.id}:{item.revision}:{place}"
    drop = kit.confirmed(
        kit.button(t._("Drop…"), DROP, value),
        t._("Drop it?"),
        t._("Nobody will be reminded of it any more, and it leaves the agenda."),
        t._("Drop it"),
        t._("Keep it"),
    )
    return [
        kit.button(t._("Done"), DONE, value, primary=True),
        drop,
        kit.button(t._("New date…"), REDATE, value),
    ]


def _ways(listing: Listing, t: Tongue) -> list[kit.Element]:
    made = []
    if listing.group:
        if listing.may_add:
            made.append(kit.button(t._("Add an action item…"), ADD, listing.group.slug))
        made.append(open_button(t._("The group"), Ask("groups", listing.group.slug), "group"))
        made.append(open_button(t._("My action items"), Ask("actions", MINE), "mine"))
    else:
        made.append(open_button(t._("All action groups"), Ask("groups"), "groups"))
    return made
