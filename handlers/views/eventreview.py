"""An event before it is saved: what was understood, what time it is for whom, and what happens when it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from handlers.answers import Answer, Block, Modal
from handlers.asking import Ask
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.asking import open_button
from handlers.views.dates import span, when_elements
from handlers.views.eventchanges import Line
from handlers.views.kinds import kind_name
from handlers.views.localtimes import Where, list_of_times
from handlers.views.rhythm import said
from storage.entries import Event

SAVE, BACK, AGAIN = "event.save", "event.back", "event.edit"
LONGEST_SUMMARY: Final = 400


@dataclass(frozen=True, slots=True)
class Review:
    """What is shown. `lines`: what changes, for an event that is there already. `channels`: who will be told where."""

    entry: Event
    topics: Sequence[tuple[str, Sequence[str]]]
    places: Sequence[Where]
    channels: Sequence[str]
    next_days: Sequence[date] = ()
    lines: Sequence[Line] = field(default_factory=tuple)
    new: bool = True
    over: bool = False
    back: bool = True
    """Whether one can go back to the form with what was entered."""


def review(shown: Review, memory: str, t: Tongue) -> Modal:
    """Is this right? Save it, or go back."""
    entry = shown.entry
    blocks: list[Block] = []
    if not shown.new:
        nothing = [kit.paragraph(kit.text(t._("Nothing is different.")))]
        changes = [kit.paragraph(kit.text(t._("What changes"), bold=True)), kit.bullets(shown.lines)]
        blocks.append(kit.rich(*(changes if shown.lines else nothing)))
    blocks.append(kit.rich(*_facts(shown, t)))
    if entry.when.starts and shown.places:
        heading = kit.paragraph(kit.text(t._("What time it is there"), bold=True))
        blocks.append(kit.rich(heading, list_of_times(entry.when.begins_at(), entry.when.start, shown.places, t)))
    blocks.append(kit.rich(told(shown.channels, t, new=shown.new, over=shown.over)))
    if shown.back:
        blocks.append(kit.actions(kit.button(t._("Change something"), BACK)))
    return Modal(t._("Is this right?"), blocks, callback=SAVE, submit=t._("Save"), memory=memory)


def conflict(by: str | None, theirs: Sequence[Line], mine: Sequence[Line], ref: str, t: Tongue) -> Modal:
    """Somebody else changed it first: who, what, and what was not saved. `ref` opens the form as it is now."""
    who = parts.user_mention(by) if by else kit.text(t._("The secretariat’s content"))
    before, after = t._("{member} changed this event while you had it open. Nothing was overwritten.").split("{member}")
    blocks: list[Block] = [kit.rich(kit.paragraph(kit.text(before), who, kit.text(after)))]
    if theirs:
        blocks.append(_list(t._("What is different now"), theirs))
    if mine:
        blocks.append(_list(t._("What you entered, which is not saved"), mine))
    blocks.append(kit.actions(kit.button(t._("Look again"), AGAIN, ref, primary=True)))
    return Modal(t._("Changed meanwhile"), blocks)


def gone(t: Tongue) -> Answer:
    """It was removed while the form was open."""
    sentence = t._("This event is no longer in the calendar, so nothing was saved.")
    button = open_button(t._("All coming events"), Ask("events"), "all")
    return Answer(sentence, [kit.say(sentence), kit.actions(button)], title=t._("Event"))


def saved_note(channels: Sequence[str], t: Tongue, *, new: bool, told: bool) -> Block:
    """Above an event that was just saved: that it is, and where people hear of it."""
    if not told or not channels:
        return kit.say(t._("Saved."))
    where = parts.mentions([parts.channel_mention(channel) for channel in channels])
    sentence = t._("Saved. It is announced in {channels}.") if new else t._("Saved. In {channels} people are told.")
    before, after = sentence.split("{channels}")
    return kit.rich(kit.paragraph(kit.text(before), *where, kit.text(after)))


def _list(title: str, lines: Sequence[Line]) -> Block:
    return kit.rich(kit.paragraph(kit.text(title, bold=True)), kit.bullets(lines))


def _facts(shown: Review, t: Tongue) -> list[kit.Element]:
    entry = shown.entry
    made = parts.said(t._("Title:"), t.text(entry.name.model_dump()))
    made += parts.said(t._("Kind:"), kind_name(entry.kind, t))
    made.append(parts.fact(t._("When:"), *when_elements(entry.when, t)[0]))
    if entry.rule:
        made += parts.said(t._("Repeats:"), said(entry.rule, t))
        made += parts.said(t._("The first days:"), t.listed(span(day, day, t) for day in shown.next_days))
    if shown.over:
        made.append(kit.paragraph(kit.text(t._("This day is over. You can still save it."), italic=True)))
    made += parts.said(t._("Where:"), t.text(entry.place.model_dump()) if entry.place else "")
    if entry.link:
        made.append(parts.fact(t._("Link:"), kit.link(entry.link, entry.link)))
    for label, names in shown.topics:
        made += parts.said(label, t.listed(names))
    made += parts.said(t._("Languages spoken:"), t.listed(t.language_name(code) for code in entry.spoken))
    made += parts.said(t._("Places for participants:"), str(entry.capacity or ""))
    if entry.summary:
        made.append(kit.paragraph(kit.text(kit.clip(t.text(entry.summary.model_dump()), LONGEST_SUMMARY))))
    return made


def told(channels: Sequence[str], t: Tongue, *, new: bool, over: bool) -> kit.Element:
    """Who hears of it."""
    if over and new:
        return kit.paragraph(kit.text(t._("It is over, so nobody is told."), italic=True))
    if not channels:
        words = t._("Nobody is told: I am not in the channel where it would be announced.")
        return kit.paragraph(kit.text(words, italic=True))
    where = parts.mentions([parts.channel_mention(channel) for channel in channels])
    sentence = (
        t._("It will be announced in {channels}.") if new else t._("People are told of the change in {channels}.")
    )
    before, after = sentence.split("{channels}")
    return kit.paragraph(kit.text(before, italic=True), *where, kit.text(after, italic=True))


def removed(t: Tongue) -> Answer:
    """It was taken out of the calendar."""
    sentence = t._("It is no longer in the calendar.")
    button = open_button(t._("All coming events"), Ask("events"), "all")
    return Answer(sentence, [kit.say(sentence), kit.actions(button)], title=t._("Event"))
