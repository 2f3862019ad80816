"""A new event as a channel is told of it, and the notice of a change: rendered when sent, from the facts of then."""

from collections.abc import Sequence
from datetime import datetime

from alliance.coming import Attendance
from alliance.languages import Text
from handlers.answers import Answer, Block
from handlers.asking import LINK, Ask
from handlers.tongue import Tongue
from handlers.views import invitation, kit, parts
from handlers.views.asking import open_button
from handlers.views.dates import when_elements
from handlers.views.event import ICS, untranslated
from handlers.views.eventchanges import Line
from handlers.views.rhythm import said
from storage.entries import Event
from storage.values import EventDetail

LONGEST_SUMMARY = 600


def announcement(
    detail: EventDetail,
    before: Text | None,
    now: datetime,
    t: Tongue,
    organisers: Sequence[Text],
    there: Attendance,
) -> Answer:
    """What, when, where, for whom and who comes. `before`: the title of the series whose later meetings it is.

    `detail` is the next time that it takes place, and `there` who comes then; `organisers` are the names of its groups.
    """
    row, document = detail.row, detail.document
    title = t.text(row.title)
    headline = t._("Cancelled: {event}", event=title) if row.cancelled else t._("New: {event}", event=title)
    if before and not row.cancelled:
        headline = t._("Moved: {event}", event=title)
    when, fallback = when_elements(row.when, t, t.text(document.get("day_part")))
    rule = document.get("rule")
    facts = [
        *([kit.paragraph(kit.text(title, bold=True))] if len(headline) > kit.HEADER else []),
        parts.fact(t._("Next:") if rule else t._("When:"), *when),
        *parts.said(t._("Repeats:"), said(rule, t) if rule else ""),
        *(parts.said(t._("Instead of:"), t.text(before)) if before else []),
        *parts.said(t._("Where:"), t.text(row.place)),
        *parts.said(
            t.n("Action group:", "Action groups:", len(organisers)), t.listed(t.text(name) for name in organisers)
        ),
        *parts.said(t._("Languages spoken:"), t.listed(t.language_name(code) for code in document.get("spoken") or ())),
    ]
    blocks: list[Block] = [kit.header(headline), kit.rich(*facts)]
    if summary := kit.clip(t.text(document.get("summary")), LONGEST_SUMMARY):
        blocks.append(kit.rich(kit.paragraph(kit.text(summary))))
    if note := untranslated(document, t):
        blocks.append(kit.context(note))
    if invitation.open_to_answers(row, now, t):
        blocks += [kit.rich(invitation.figures(there, t)), kit.actions(*invitation.buttons(row.ref, t))]
    blocks.append(kit.actions(*_buttons(detail, now, t)))
    return Answer(f"{headline}. {fallback}", blocks, title=t._("Event"), public=True)


def change(event: Event, lines: Sequence[Line], ref: str, by: str | None, t: Tongue) -> Answer:
    """What is different about it, who changed it, and the way to the whole."""
    title = t.text(event.name.model_dump())
    headline = t._("Cancelled: {event}", event=title) if event.cancelled else t._("Changed: {event}", event=title)
    blocks: list[Block] = [kit.header(headline), kit.rich(kit.bullets(lines))]
    if len(headline) > kit.HEADER:
        blocks.insert(1, kit.rich(kit.paragraph(kit.text(title, bold=True))))
    if by:
        before, after = t._("Changed by {member}.").split("{member}")
        signed = kit.paragraph(kit.text(before, italic=True), parts.user_mention(by), kit.text(after, italic=True))
        blocks.append(kit.rich(signed))
    blocks.append(kit.actions(open_button(t._("Details"), Ask("event", ref), "details", primary=True)))
    words = "; ".join("".join(str(e.get("text") or e.get("fallback") or "") for e in line) for line in lines)
    return Answer(kit.clip(f"{headline}. {words}", 3000), blocks, title=t._("Event"), public=True)


def removed(event: Event, t: Tongue) -> Answer:
    """It was taken out of the calendar."""
    sentence = t._("No longer in the calendar: {event}", event=t.text(event.name.model_dump()))
    return Answer(sentence, [kit.say(sentence)], title=t._("Event"), public=True)


def _buttons(detail: EventDetail, now: datetime, t: Tongue) -> list[kit.Element]:
    row = detail.row
    made = [open_button(t._("Details"), Ask("event", row.ref), "details", primary=True)]
    if row.when.day_exact and not row.cancelled and now < row.when.ends_at(t.zone):
        made.append(kit.button(t._("Add to my calendar"), ICS, row.ref))
    if link := detail.document.get("link"):
        made.append(kit.button(t._("Open the website"), LINK, url=str(link)))
    return made
