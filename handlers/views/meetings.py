"""Answers about meetings that cannot show one: which group is meant, or a group that has none."""

from collections.abc import Sequence

from alliance.languages import Text
from handlers.answers import Answer, Block
from handlers.asking import Ask
from handlers.tongue import Tongue
from handlers.views import kit
from handlers.views.asking import open_button
from storage.entries import Group


def original(title: Text, t: Tongue) -> list[Block]:
    """A note below a title that is not there in the reader's language."""
    only = t.only_in(title)
    return [kit.context(t._("({only})", only=only))] if only else []


def which_group(groups: Sequence[Group], t: Tongue, *, over: bool) -> Answer:
    """No group was named: all of them, each with its next or its last meeting."""
    sentence = t._("Of which action group?")
    subject = "minutes" if over else "agenda"
    buttons = [open_button(t.text(group.name.model_dump()), Ask(subject, group.slug), group.slug) for group in groups]
    rows = [kit.actions(*buttons[first : first + 25]) for first in range(0, len(buttons), 25)]
    return Answer(sentence, [kit.header(t._("Meetings")), kit.say(sentence), *rows], title=t._("Meetings"))


def none_of_group(group: Group, t: Tongue) -> Answer:
    """The group has no such meeting in the calendar."""
    name = t.text(group.name.model_dump())
    sentence = t._("The calendar has no such meeting of the group {group}.", group=name)
    buttons = [
        open_button(name, Ask("groups", group.slug), "group"),
        open_button(t._("All coming events"), Ask("events"), "all"),
    ]
    blocks = [kit.header(t._("Meetings")), kit.say(sentence), kit.actions(*buttons)]
    return Answer(sentence, blocks, title=t._("Meetings"))
