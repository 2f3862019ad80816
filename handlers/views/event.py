"""One event with everything that its entry says, and what one can do about it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from alliance.languages import LANGUAGES
from alliance.leadtimes import DEFAULTS, leads_for
from handlers.answers import Answer, Block
from handlers.asking import LINK, Ask
from handlers.call import Where
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.asking import open_button, share_button
from handlers.views.dates import when_elements
from handlers.views.kinds import kind_name
from handlers.views.reminders import lead_words
from handlers.views.source import source
from storage.eventedits import SECTION
from storage.values import EventDetail, EventRow

ICS, AGAIN = "event.ics", "event.again"
ADD, EDIT, MOVE, CANCEL, COPY = "event.add", "event.edit", "event.move", "event.cancel", "event.copy"
TOPICS: Final = ("country", "group", "theme")
"""What it stands under, in the order in which it is shown."""

LONGEST_NAME = 60


def page(
    detail: EventDetail,
    names: Mapping[str, Sequence[str]],
    now: datetime,
    back: Ask,
    t: Tongue,
    where: Where,
    *,
    may_change: bool = False,
    invitation: Sequence[Block] = (),
) -> Answer:
    """Everything of one event. `names`: for each of TOPICS the names that it stands under; `invitation`: 'Coming?'."""
    row, document = detail.row, detail.document
    title = t.text(row.title)
    when, fallback = when_elements(row.when, t, t.text(document.get("day_part")))
    blocks = [
        kit.header(title),
        kit.rich(*_state(row, t), *_facts(row, document, when, names, t)),
    ]
    if summary := t.text(document.get("summary")):
        blocks.append(kit.rich(kit.paragraph(kit.text(summary))))
    more = [
        *parts.named_list(t._("Who takes part"), _texts(document, "participants", t)),
        *parts.named_list(t._("What came of it"), _texts(document, "outcomes", t)),
        *parts.said(t._("What partners are asked to do:"), t.text(document.get("ask"))),
    ]
    if more:
        blocks.append(kit.rich(*more))
    if notes := [note for note in (untranslated(document, t), reminders_hint(row, now, t), _source(detail, t)) if note]:
        blocks.append(kit.context(*notes))
    if detail.written_by:
        blocks.append(kit.rich(_author(detail.written_by, t)))
    blocks += invitation
    blocks.append(_buttons(detail, now, back, t, where))
    if may_change:
        blocks.append(kit.actions(*_changing(row, t)))
    return Answer(f"{title} · {fallback}", blocks, title=t._("Event"))


def which(words: str, near: Sequence[tuple[str, str]], t: Tongue, *, more: bool = False) -> Answer:
    """No one event has this name: the nearest (slug and title) as buttons, and the way to all. `more` have the name."""
    shown = t._("“{word}”", word=kit.clip(words, LONGEST_NAME))
    sentence = (
        t._("Which event do you mean by {words}?", words=shown)
        if near
        else t._("I know no event that is called {words}.", words=shown)
    )
    buttons = [open_button(name, Ask("event", slug), slug) for slug, name in near]
    everything = open_button(t._("All coming events"), Ask("events"), "all")
    blocks = [kit.say(sentence), kit.actions(*buttons, everything)]
    if more:
        hint = t._("More events than these have that name. Add another word of it, such as the country.")
        blocks.append(kit.context(hint))
    return Answer(sentence, blocks, title=t._("Event"))


def gone(t: Tongue) -> Answer:
    """The occurrence was taken out of the calendar since the button was made."""
    sentence = t._("This event is no longer in the calendar.")
    button = open_button(t._("All coming events"), Ask("events"), "all")
    return Answer(sentence, [kit.say(sentence), kit.actions(button)], title=t._("Event"))


def done(sentence: str, t: Tongue) -> Answer:
    """Something that was asked for is done; it stands beside the event, not in its place."""
    return parts.beside(sentence, t._("Done"))


def untranslated(document: Mapping[str, Any], t: Tongue) -> str:
    """A note where the title, the description or the place is not there in the reader's language; "" where all are."""
    only = next((words for field in ("name", "summary", "place") if (words := t.only_in(document.get(field)))), "")
    return t._("({only})", only=only) if only else ""


def official_names(row: EventRow, t: Tongue) -> str:
    """The names of an international day in the other languages: "Journée … (French) · Día … (Spanish)"."""
    others = (language for language in LANGUAGES if language != t.language)
    return " · ".join(f"{row.title[language]} ({t.language_name(language)})" for language in others)


def reminders_hint(row: EventRow, now: datetime, t: Tongue) -> str:
    """When channels that want to be reminded of it are; "" where it is over or cancelled."""
    if row.cancelled or row.when.ends_at(t.zone) <= now:
        return ""
    if not row.when.day_exact:
        return t._("Nobody is reminded of it before its day is certain.")
    leads = [lead for lead in leads_for(row.kind, DEFAULTS) if lead.days is not None or row.when.starts]
    return t._("Reminders: {leads}. See /alliance reminders.", leads=t.listed(lead_words(lead, t) for lead in leads))


def _source(detail: EventDetail, t: Tongue) -> str:
    section = detail.document["section"]
    return "" if section == SECTION else t._("Source: {section}", section=source(section, t))


def _author(user_id: str, t: Tongue) -> kit.Element:
    before, after = t._("Added by {member}.").split("{member}")
    return kit.paragraph(kit.text(before, italic=True), parts.user_mention(user_id), kit.text(after, italic=True))


def _changing(row: EventRow, t: Tongue) -> list[kit.Element]:
    """What who may change it can do."""
    return [
        kit.button(t._("Edit…"), EDIT, row.ref),
        kit.button(t._("Move…"), MOVE, row.ref),
        kit.button(t._("Cancel it…"), CANCEL, row.ref),
        kit.button(t._("Duplicate…"), COPY, row.ref),
    ]


def _state(row: EventRow, t: Tongue) -> list[kit.Element]:
    return [kit.paragraph(kit.text(t._("This event is cancelled."), bold=True))] if row.cancelled else []


def _facts(
    row: EventRow,
    document: Mapping[str, Any],
    when: Sequence[kit.Element],
    names: Mapping[str, Sequence[str]],
    t: Tongue,
) -> list[kit.Element]:
    labels = {
        "country": t.n("Country:", "Countries:", len(names["country"])),
        "group": t.n("Action group:", "Action groups:", len(names["group"])),
        "theme": t._("About:"),
    }
    facts = [
        parts.fact(t._("When:"), *when),
        *parts.said(t._("Where:"), t.text(row.place)),
        *parts.said(t._("Kind:"), kind_name(row.kind, t)),
    ]
    if row.kind == "observance":
        facts += parts.said(t._("Official names:"), official_names(row, t))
    if document.get("rule"):
        facts.append(kit.paragraph(kit.text(t._("One of a series of meetings."), italic=True)))
    for topic in TOPICS:
        facts += parts.said(labels[topic], t.listed(names[topic]))
    return facts


def _texts(document: Mapping[str, Any], field: str, t: Tongue) -> list[str]:
    return [t.text(words) for words in document.get(field) or ()]


def _buttons(detail: EventDetail, now: datetime, back: Ask, t: Tongue, where: Where) -> Block:
    """What one can do: only what makes sense for this date."""
    row = detail.row
    over = row.when.ends_at(t.zone)
    made = []
    if row.when.day_exact and not row.cancelled and now < over:
        made.append(kit.button(t._("Add to my calendar"), ICS, row.ref))
    if not row.cancelled and now + timedelta(days=1) < over:
        made.append(kit.button(t._("Remind me tomorrow"), AGAIN, row.ref))
    made += share_button(t, Ask("event", row.ref), where)
    if row.kind == "observance":
        made.append(open_button(t._("Toolkit"), Ask("toolkit", row.slug), "toolkit"))
    if link := detail.document.get("link"):
        made.append(kit.button(t._("Open the website"), LINK, url=link))
    made.append(open_button(t._("Back to the list"), back, "back"))
    return kit.actions(*made)
