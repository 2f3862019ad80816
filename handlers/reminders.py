"""`/alliance reminders`: what a channel, or a member, is reminded of; and the form with which it is changed."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

import structlog

from alliance.languages import Text, first_known
from alliance.leadtimes import DEFAULTS, LeadTime, parse_lead, parse_leads, split_leads, written
from alliance.roles import Permission
from handlers import zones
from handlers.answers import Answer, FieldErrors, View
from handlers.call import SLACK_PATIENCE, Call, Deps, SlackRefused, StaleValue, UserMistake
from handlers.coming import next_reminders
from handlers.fresh import fresh
from handlers.subject import Subject
from handlers.tongue import Tongue
from handlers.views import fields
from handlers.views import reminders as views
from handlers.views.mistakes import with_unused
from handlers.views.settings import EDIT as EDIT_SETTINGS
from storage import channels
from storage.library import Library
from storage.subjects import is_known, leads_of
from storage.values import ChannelSettings, EventDetail, Member

MINE = "me"

log = structlog.get_logger(__name__)


async def show(call: Call, deps: Deps) -> View:
    """The channel's reminders where the command was typed in one, else the member's own."""
    if call.words == MINE:
        return await of_member(await fresh(call, deps), call, deps)
    return with_unused(call.words, await _here(call, deps), call.t)


async def _here(call: Call, deps: Deps) -> Answer:
    if call.where != "message" or call.channel_id[:1] not in ("C", "G"):
        return await of_member(await fresh(call, deps), call, deps)
    channel = await _channel(call.channel_id, deps)
    return await _of_channel(channel, call, deps) if channel else views.not_there(call.t)


async def of_member(member: Member, call: Call, deps: Deps, notice: str = "") -> Answer:
    """What a member is reminded of, in the language and zone of the call."""
    subjects = await channels.subjects_of(deps.store, member.user_id)
    coming = await next_reminders(deps.store, subjects, {}, member.zone, call.now)
    reminded = views.Reminded(subjects, coming, notice)
    return views.of_member(reminded, deps.library.groups, call.t, EDIT_SETTINGS, call.where)


async def edit(call: Call, deps: Deps) -> View:
    """The form for a channel, for those who may change it."""
    channel = await _channel_to_change(call.value, call, deps)
    subjects = await channels.subjects_of(deps.store, channel.channel_id)
    leads = leads_of(channel.lead_times)
    return views.form(channel, leads, subjects, deps.library.groups, call.t, call.now)


async def save(call: Call, deps: Deps) -> View:
    """Keep what the form says, or name the fields that cannot be kept; nothing is saved by halves."""
    channel = await _channel_to_change(call.memory, call, deps)
    leads, errors = _read_leads(call)
    zone = chosen_zone(call.state, errors, call.t)
    if errors:
        return FieldErrors(errors)
    channel = replace(
        channel,
        language=first_known(call.state.get(fields.LANGUAGE_FIELD), channel.language),
        zone=zone or channel.zone,
        lead_times={family: written(own) for family, own in leads.items() if own != DEFAULTS[family]},
    )
    await channels.change(deps.store, channel, chosen_subjects(call, deps), call.member.user_id, call.now)
    return await _of_channel(channel, call, deps, call.t._("Saved."))


def chosen_subjects(call: Call, deps: Deps) -> frozenset[str]:
    """The subjects that the form names."""
    return frozenset(s for s in call.state.get(fields.SUBJECTS_FIELD) or [] if is_known(s, deps.library.groups))


def chosen_zone(state: Mapping[str, object], errors: dict[str, str], t: Tongue) -> str | None:
    """The zone of the city that was typed, else of the menu; None where the menu says "as Slack".

    A city that is not found is put among the errors.
    """
    city, chosen = str(state.get(fields.CITY_FIELD) or "").strip(), str(state.get(fields.ZONE_FIELD) or "")
    if not city:
        return chosen if zones.known(chosen) else None
    found = zones.find(city)
    if found is None:
        errors[fields.CITY_FIELD] = t._(
            "I do not know a time zone of this name. Write a larger city, or an IANA name such as Africa/Douala."
        )
    return found


def organisers(detail: EventDetail, library: Library) -> tuple[Text, ...]:
    """The names of the action groups that hold an event (for views.reminder); nobody organises an international day."""
    if detail.row.kind == "observance":
        return ()
    slugs = detail.document.get("groups", ())
    return tuple(library.groups[slug].name.model_dump() for slug in slugs if slug in library.groups)


async def _of_channel(channel: ChannelSettings, call: Call, deps: Deps, notice: str = "") -> Answer:
    subjects = await channels.subjects_of(deps.store, channel.channel_id)
    leads = leads_of(channel.lead_times)
    coming = await next_reminders(deps.store, subjects, leads, channel.zone, call.now)
    may_change = (await fresh(call, deps)).standing.may(Permission.CHANGE_CHANNEL_REMINDERS, channel.group)
    reminded = views.Reminded(subjects, coming, notice)
    return views.of_channel(channel, leads, reminded, deps.library.groups, call.t, may_change=may_change)


async def _channel(channel_id: str, deps: Deps) -> ChannelSettings | None:
    """The channel if the bot is in it. One that the bot does not know yet is asked of Slack."""
    known = await channels.get(deps.store, channel_id)
    if known and known.present:
        return known
    try:
        async with asyncio.timeout(SLACK_PATIENCE):
            name = await deps.slack.channel_name(channel_id)
    except (TimeoutError, SlackRefused) as error:
        log.warning("channel_name_missing", reason=str(error) or "timeout")
        return None
    if name is None:
        return None
    community = deps.library.community
    group = next((slug for slug, group in deps.library.groups.items() if group.channel == name), None)
    found = (
        replace(known, name=name, present=True)
        if known
        else ChannelSettings(channel_id, name, community.language, community.zone, group=group)
    )
    await channels.save(deps.store, found)
    return found


async def _channel_to_change(channel_id: str, call: Call, deps: Deps) -> ChannelSettings:
    channel = await channels.get(deps.store, channel_id)
    if channel is None:
        raise StaleValue(channel_id)
    if not (await fresh(call, deps)).standing.may(Permission.CHANGE_CHANNEL_REMINDERS, channel.group):
        raise UserMistake(
            call.t._("Only the secretariat and the leads of the channel’s group can change its reminders.")
        )
    return channel


def _read_leads(call: Call) -> tuple[dict[str, tuple[LeadTime, ...]], dict[str, str]]:
    """The lead times of the form by kind, and what is wrong with them by field."""
    leads: dict[str, tuple[LeadTime, ...]] = {}
    errors: dict[str, str] = {}
    for family in views.FAMILIES:
        typed = str(call.state.get(family) or "")
        try:
            leads[family] = parse_leads(typed)
        except ValueError:
            errors[family] = _lead_mistake(typed, call.t)
            continue
        if family == "observance" and any(lead.days is None for lead in leads[family]):
            errors[family] = call.t._("International days have no time of day. Write days, such as 30d.")
    return leads, errors


def _lead_mistake(text: str, t: Tongue) -> str:
    """What is wrong with a list of lead times, in the reader's language (see alliance.leadtimes.parse_lead)."""
    return t._(
        "“{text}” is not a lead time between 1 minute and 366 days. Write 30d, 2h or 15m, with commas between them.",
        text=next((part for part in split_leads(text) if part and not _readable(part)), text),
    )


def _readable(part: str) -> bool:
    try:
        parse_lead(part)
    except ValueError:
        return False
    return True


SUBJECT = Subject(
    words=("reminders", "reminder", "rappels", "rappel", "recordatorios", "recordatorio"),
    help_line=lambda t: t._("What this channel, or you, are reminded of, and what comes next"),
    examples=lambda t: (t._("reminders"),),
    command=show,
    actions={views.EDIT: edit},
    submissions={views.SAVE: save},
    reads_only=True,
)
