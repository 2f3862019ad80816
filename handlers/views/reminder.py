"""The reminder of one occurrence, as it is posted: rendered when it is sent, from the facts of that moment."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from alliance.languages import Text
from alliance.when import When
from handlers.answers import Answer, Block
from handlers.asking import LINK, Ask
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.asking import open_button
from handlers.views.dates import when_elements
from handlers.views.event import AGAIN, ICS, untranslated
from storage.values import EventDetail

SOON = timedelta(hours=2)
"""Closer than this, a reminder counts the minutes."""

LONGEST_SUMMARY = 600


def reminder(
    detail: EventDetail,
    now: datetime,
    t: Tongue,
    zone: str,
    organisers: Sequence[Text] = (),
    invitation: Sequence[Block] = (),
) -> Answer:
    """What is coming, when, where, what to do and who organises it.

    `zone` (IANA) is the channel's or the member's: its calendar counts the days. `now` is UTC. `organisers` are names
    (see handlers.reminders.organisers): the entry only has their slugs. `invitation`: 'Coming?', where one is asked.
    """
    row, document = detail.row, detail.document
    title = t.text(row.title)
    headline = t._("{when}: {event}", when=distance(row.when, now, t, zone), event=title)
    if row.cancelled:
        headline = t._("Cancelled: {event}", event=title)
    when, fallback = when_elements(row.when, t)
    facts = [
        *([kit.paragraph(kit.text(title, bold=True))] if len(headline) > kit.HEADER else []),
        *_summary(document, t),
        parts.fact(t._("When:"), *when),
        *parts.said(t._("Where:"), t.text(row.place)),
        *parts.said(t._("What you can do:"), t.text(document.get("ask"))),
        *parts.said(
            t.n("Action group:", "Action groups:", len(organisers)), t.listed(t.text(name) for name in organisers)
        ),
    ]
    note = untranslated(document, t)
    blocks = [
        kit.header(headline),
        kit.rich(*facts),
        *([kit.context(note)] if note else []),
        *invitation,
        kit.actions(*_buttons(detail, now, t, zone)),
    ]
    return Answer(f"{headline}. {fallback}", blocks, title=t._("Reminder"), public=True)


def distance(when: When, now: datetime, t: Tongue, zone: str) -> str:
    """How far away it is for a reader in `zone`: "In 30 days", "Tomorrow", "Today", "In 15 minutes", "Now".

    Days are not counted to a date that is not certain.
    """
    begins = when.begins_at(zone)
    if now >= when.ends_at(zone):
        return t._("Over")
    if not when.day_exact:
        return t._("Coming up")
    if when.starts and begins <= now:
        return t._("Now")
    if when.starts and begins - now < SOON:
        return t.n("In {count} minute", "In {count} minutes", ceil((begins - now).total_seconds() / 60))
    first_day = begins.astimezone(ZoneInfo(zone)).date() if when.starts else when.start
    days = (first_day - now.astimezone(ZoneInfo(zone)).date()).days
    if days < 0:
        return t._("Now")
    if days > 1:
        return t.n("In {count} day", "In {count} days", days)
    return t._("Tomorrow") if days else t._("Today")


def _summary(document: dict[str, object], t: Tongue) -> list[kit.Element]:
    summary = document.get("summary")
    words = t.text(summary) if isinstance(summary, dict) else ""
    return [kit.paragraph(kit.text(kit.clip(words, LONGEST_SUMMARY)))] if words else []


def _buttons(detail: EventDetail, now: datetime, t: Tongue, zone: str) -> list[kit.Element]:
    """Details always; the calendar for a certain day that is not over; 'again' while tomorrow is not too late."""
    row = detail.row
    made = [open_button(t._("Details"), Ask("event", row.ref), "details", primary=True)]
    over = row.when.ends_at(zone)
    if row.when.day_exact and not row.cancelled and now < over:
        made.append(kit.button(t._("Add to my calendar"), ICS, row.ref))
        if now + timedelta(days=1) < over:
            made.append(kit.button(t._("Remind me again tomorrow"), AGAIN, row.ref))
    if row.kind == "observance":
        made.append(open_button(t._("Toolkit"), Ask("toolkit", row.slug), "toolkit"))
    if link := detail.document.get("link"):
        made.append(kit.button(t._("Open the website"), LINK, url=str(link)))
    return made
