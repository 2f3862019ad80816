"""What a channel or a member is reminded of, and the form that changes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from alliance.leadtimes import LeadTime, leads_for, written
from handlers import zones
from handlers.answers import Answer, Modal
from handlers.asking import Ask
from handlers.call import Where
from handlers.tongue import Tongue
from handlers.views import fields, kit, parts
from handlers.views.asking import open_button
from storage.entries import Group
from storage.values import ChannelSettings, EventRow

EDIT, SAVE = "reminders.edit", "reminders.save"
FAMILIES = ("observance", "workshop", "meeting")
"""The kinds that have lead times of their own; every other kind goes with the workshops."""

Leads = Mapping[str, Sequence[LeadTime]]


@dataclass(frozen=True, slots=True)
class Coming:
    """A reminder that will come: when (UTC), of what, how long before."""

    at: datetime
    row: EventRow
    lead: LeadTime


@dataclass(frozen=True, slots=True)
class Reminded:
    """What a target is reminded of, and its next reminders."""

    subjects: Sequence[str]
    coming: Sequence[Coming]
    notice: str = ""
    """What has just been done, in words."""


def lead_words(lead: LeadTime, t: Tongue) -> str:
    """A lead time in words: "30 days before", "on the day", "15 minutes before"."""
    if lead.days == 0:
        return t._("on the day")
    if lead.days is not None:
        return t.n("{count} day before", "{count} days before", lead.days)
    if lead.minutes % 60 == 0:
        return t.n("{count} hour before", "{count} hours before", lead.minutes // 60)
    return t.n("{count} minute before", "{count} minutes before", lead.minutes)


def family_name(family: str, t: Tongue) -> str:
    """A kind that has lead times of its own."""
    return {
        "observance": t._("International days"),
        "workshop": t._("Workshops and other events"),
        "meeting": t._("Meetings"),
    }[family]


def of_channel(
    channel: ChannelSettings,
    leads: Leads,
    reminded: Reminded,
    groups: Mapping[str, Group],
    t: Tongue,
    *,
    may_change: bool,
) -> Answer:
    """What this channel is reminded of, when, in which language, and what comes next."""
    title = t._("Reminders in this channel")
    how = [
        *parts.said(t._("Language:"), fields.LANGUAGE_NAMES[channel.language]),
        *parts.said(t._("Time zone:"), zones.place(channel.zone, t)),
        kit.paragraph(kit.text(t._("When they come"), bold=True)),
        kit.bullets([[kit.text(_family_line(family, leads, t))] for family in FAMILIES]),
    ]
    blocks = [
        *_notice(reminded),
        kit.header(title),
        kit.rich(*_subjects(reminded.subjects, groups, t, t._("This channel is reminded of nothing yet.")), *how),
        kit.rich(*_coming(reminded.coming, t)),
    ]
    if not may_change:
        blocks.append(kit.context(_who_may_change(channel, t)))
    buttons = [open_button(t._("My own reminders"), Ask("reminders", "me"), "mine")]
    if may_change:
        buttons.insert(0, kit.button(t._("Change…"), EDIT, channel.channel_id, primary=True))
    return Answer(title, [*blocks, kit.actions(*buttons)], title=t._("Reminders"))


def _who_may_change(channel: ChannelSettings, t: Tongue) -> str:
    if channel.group is None:
        return t._("The secretariat can change this.")
    return t._("The secretariat and the leads of the channel’s group can change this.")


def of_member(reminded: Reminded, groups: Mapping[str, Group], t: Tongue, edit: str, where: Where) -> Answer:
    """What a member is reminded of in direct messages; `edit` is the action that opens their settings."""
    title = t._("My reminders")
    nothing = t._("You are reminded of nothing yet. Choose what you want to be reminded of in your settings.")
    blocks = [
        *_notice(reminded),
        kit.header(title),
        kit.rich(*_subjects(reminded.subjects, groups, t, nothing)),
        kit.rich(*_coming(reminded.coming, t)),
        kit.actions(kit.button(t._("Change my settings…"), edit, primary=True)),
    ]
    if where == "message":
        blocks.append(kit.context(t._("To see the reminders of a channel, type /alliance reminders there.")))
    return Answer(title, blocks, title=title)


def not_there(t: Tongue) -> Answer:
    """The bot is not in the channel, so nothing can be posted there."""
    sentence = t._("I am not in this channel, so I cannot post reminders here.")
    before, after = t._("To invite me, type {command} here. Then type /alliance reminders again.").split("{command}")
    hint = kit.rich(kit.paragraph(kit.text(before), kit.code("/invite @Alliance"), kit.text(after)))
    mine = kit.actions(open_button(t._("My own reminders"), Ask("reminders", "me"), "mine"))
    return Answer(sentence, [kit.say(sentence), hint, mine], title=t._("Reminders"))


def form(
    channel: ChannelSettings,
    leads: Leads,
    subjects: Sequence[str],
    groups: Mapping[str, Group],
    t: Tongue,
    now: datetime,
) -> Modal:
    """The form that changes a channel's reminders."""
    return Modal(
        title=t._("Reminders"),
        blocks=[
            kit.say(t._("What is posted in #{channel}, in which language, and how long before.", channel=channel.name)),
            fields.subjects(
                t._("Remind this channel of"), t._("Leave it empty for no reminders."), subjects, groups, t
            ),
            fields.language(t._("Language"), channel.language, t),
            *fields.zone(zones.choices(t, now, channel.zone), channel.zone, t),
            *(_lead_field(family, leads, t) for family in FAMILIES),
        ],
        callback=SAVE,
        submit=t._("Save"),
        memory=channel.channel_id,
    )


def _lead_field(family: str, leads: Leads, t: Tongue) -> kit.Element:
    return kit.field(
        t._("How long before: {kind}", kind=family_name(family, t)),
        family,
        kit.line_input(family, _typed(leads_for(family, leads), t), limit=80),
        hint=t._("Write 30d for 30 days, 2h for 2 hours, 15m for 15 minutes, 0d for the day itself, with commas."),
        optional=True,
    )


def _typed(leads: Sequence[LeadTime], t: Tongue) -> str:
    """The lead times as one types them: a day is "d", in French "j"."""
    return written(leads).replace("d", "j") if t.language == "fr" else written(leads)


def _family_line(family: str, leads: Leads, t: Tongue) -> str:
    chosen = leads_for(family, leads)
    when = t.listed(lead_words(lead, t) for lead in chosen) if chosen else t._("never")
    return t._("{kind}: {when}", kind=family_name(family, t), when=when)


def _notice(reminded: Reminded) -> list[kit.Element]:
    return [kit.context(reminded.notice)] if reminded.notice else []


def _subjects(subjects: Sequence[str], groups: Mapping[str, Group], t: Tongue, nothing: str) -> list[kit.Element]:
    if not subjects:
        return [kit.paragraph(kit.text(nothing))]
    return parts.named_list(t._("What it is about"), [fields.subject_name(subject, groups, t) for subject in subjects])


def _coming(coming: Sequence[Coming], t: Tongue) -> list[kit.Element]:
    heading = kit.paragraph(kit.text(t._("The next reminders"), bold=True))
    if not coming:
        return [heading, kit.paragraph(kit.text(t._("None is due at present.")))]
    return [heading, kit.bullets([_coming_line(item, t) for item in coming])]


def _coming_line(item: Coming, t: Tongue) -> list[kit.Element]:
    here = item.at.astimezone(ZoneInfo(t.zone))
    return [
        kit.moment(item.at, "{date}, {time}", f"{t.day(here.date())}, {t.clock_time(here, t.zone)}"),
        kit.text(f"  {t.text(item.row.title)} ({lead_words(item.lead, t)})"),
    ]
