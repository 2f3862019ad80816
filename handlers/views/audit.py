"""The audit log, as the secretariat reads it: who did what to what, a page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from alliance.roles import Permission, Role
from handlers.answers import Answer, Modal
from handlers.asking import Ask
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.asking import open_button, page_buttons
from handlers.views.roles import role_of, scope_name
from storage.audit import Entry, Wanted
from storage.entries import Group
from storage.roles import GIVEN, GIVEN_WORD

FILTER, SHOW, EXPORT = "audit.filter", "audit.show", "audit.export"
PERSON, ACTION, SUBJECT_WORDS = "person", "action", "about"
ANY: Final = "any"
DETAIL: Final = 200


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of the log, counted from 1. `ask` is the words with which it is asked for again."""

    entries: Sequence[Entry]
    wanted: Wanted
    ask: str
    page: int
    more: bool


def actions(t: Tongue) -> dict[str, str]:
    """What was done, in words, by action."""
    return {
        Permission.CHANGE_CHANNEL_REMINDERS: t._("Reminders of a channel"),
        Permission.APPOINT: t._("Roles"),
        Permission.RULE_DELIVERIES: t._("Deliveries"),
        Permission.READ_AUDIT: t._("Log"),
        Permission.ADD_EVENT: t._("Event added"),
        Permission.CHANGE_EVENT: t._("Event changed"),
        Permission.IMPORT_EVENTS: t._("Events imported"),
        Permission.ANSWER_INVITATION: t._("Invitation answered"),
        Permission.SEE_WHO_COMES: t._("List of who comes"),
        Permission.PROPOSE_AGENDA: t._("Agenda"),
        Permission.WRITE_MINUTES: t._("Minutes"),
        Permission.MANAGE_ACTION_ITEMS: t._("Action item"),
        Permission.CLOSE_ACTION_ITEM: t._("Action item closed"),
        Permission.FIND_TIME: t._("Time found"),
        Permission.JOIN_GROUP: t._("Joining or leaving a group"),
        Permission.DECIDE_JOINING: t._("Decision on joining"),
        Permission.PLAN_ACTIVITY: t._("Activity planned"),
        Permission.CHANGE_ACTIVITY: t._("Activity changed"),
        Permission.EDIT_TOOLKIT: t._("Toolkit"),
        Permission.RENEW_GROUP_FEED: t._("Calendar address of a group"),
        Permission.WRITE_NEWSLETTER: t._("Newsletter written or changed"),
        Permission.APPROVE_NEWSLETTER: t._("Approval of a newsletter"),
        Permission.SEND_ALONE: t._("Breaking news sent alone"),
    }


def log(page: LogPage, groups: Mapping[str, Group], t: Tongue) -> Answer:
    """The lines, the pages, and what else can be done with them."""
    title = t._("Audit log")
    heading = t._("{title} (page {page})", title=title, page=page.page) if page.page > 1 else title
    blocks = [kit.header(heading)]
    if said := _said(page.wanted, groups, t):
        blocks.append(kit.rich(kit.paragraph(kit.text(t._("Only:") + " ", bold=True), *said)))
    if page.entries:
        blocks.append(kit.rich(kit.bullets(_line(entry, groups, t) for entry in page.entries)))
    else:
        blocks.append(kit.say(t._("Nothing was found.")))
    buttons = [
        *page_buttons(t, Ask("audit", page.ask), page.page, more=page.more),
        kit.button(t._("Filter…"), FILTER, page.ask),
        kit.button(t._("Export"), EXPORT, page.ask),
    ]
    if page.ask:
        buttons.append(open_button(t._("Everything"), Ask("audit"), "all"))
    return Answer(title, [*blocks, kit.actions(*buttons)], title=title)


def on_its_way(t: Tongue) -> list[kit.Element]:
    """What is said once the file is being sent."""
    return [kit.context(t._("The file is on its way to your direct messages."))]


def filter_form(wanted: Wanted, t: Tongue) -> Modal:
    """Which lines to show."""
    who: kit.Element = {"type": "users_select", "action_id": PERSON, "placeholder": kit.plain(t._("Choose…"), 150)}
    if wanted.person:
        who["initial_user"] = wanted.person
    named = sorted(actions(t).items(), key=lambda item: item[1])
    options = [kit.option(t._("Everything"), ANY), *(kit.option(words, action) for action, words in named)]
    return Modal(
        title=t._("Filter the log"),
        blocks=[
            kit.field(t._("Person"), PERSON, who, hint=t._("Who did it, or to whom it was done."), optional=True),
            kit.field(t._("What was done"), ACTION, kit.menu(t._("Choose…"), ACTION, options, wanted.action or ANY)),
            kit.field(
                t._("About"),
                SUBJECT_WORDS,
                kit.line_input(SUBJECT_WORDS, wanted.words, limit=80),
                hint=t._("Part of the short name of an event or a group, for example migration."),
                optional=True,
            ),
        ],
        callback=SHOW,
        submit=t._("Show"),
    )


def _said(wanted: Wanted, groups: Mapping[str, Group], t: Tongue) -> list[kit.Element]:
    """The filter in words."""
    said = [parts.user_mention(wanted.person)] if wanted.person else []
    if wanted.action:
        said.append(kit.text(actions(t).get(wanted.action, wanted.action)))
    if wanted.words:
        said.append(kit.text(_thing(wanted.words, groups, t)))
    return parts.mentions(said)


def _line(entry: Entry, groups: Mapping[str, Group], t: Tongue) -> list[kit.Element]:
    """When, who, what, to what; and the particulars below."""
    actor = parts.user_mention(entry.actor) if entry.actor else kit.text(t._("who runs the bot"))
    subject = _mention(entry.subject) or kit.text(_thing(entry.subject, groups, t))
    said = [
        moment(entry.at, t),
        kit.text(" · "),
        actor,
        kit.text(" · "),
        kit.text(actions(t).get(entry.action, entry.action), bold=True),
        kit.text(" · "),
        subject,
    ]
    if particulars := _particulars(entry, groups, t):
        said.append(kit.text("\n" + kit.clip(particulars, DETAIL)))
    return said


def _particulars(entry: Entry, groups: Mapping[str, Group], t: Tongue) -> str:
    if entry.action == Permission.APPOINT:
        role = next((role for role in GIVEN if role.value == entry.detail.get("role")), Role.MEMBER)
        if role in GIVEN:
            named = role_of(role, scope_name(role, str(entry.detail.get("of") or ""), groups, t), t)
            given = entry.detail.get("change") == GIVEN_WORD
            return t._("given: {role}", role=named) if given else t._("taken: {role}", role=named)
    names = _names(t)
    return " · ".join(f"{names.get(name, name)}: {_value(value, t)}" for name, value in entry.detail.items())


def _names(t: Tongue) -> dict[str, str]:
    """What particulars are called."""
    return {
        "added": t._("added"),
        "change": t._("change"),
        "channel": t._("channel"),
        "due_on": t._("due on"),
        "fields": t._("changed"),
        "group": t._("group"),
        "joining": t._("joining"),
        "left": t._("not sent any more"),
        "member": t._("member"),
        "owner": t._("owner"),
        "print": t._("fingerprint"),
        "readers": t._("readers"),
        "waived": t._("done without"),
        "removed": t._("removed"),
        "revision": t._("version"),
        "state": t._("state"),
        "subjects": t._("reminded of"),
        "tried_again": t._("tried again"),
    }


def _value(value: Any, t: Tongue) -> str:
    match value:
        case bool():
            return t._("yes") if value else t._("no")
        case list():
            return ", ".join(_value(one, t) for one in value)
        case dict():
            return ", ".join(f"{name} {_value(one, t)}" for name, one in value.items())
        case None:
            return "–"
        case _:
            return _words(t).get(value, str(value))


def _words(t: Tongue) -> dict[str, str]:
    """Values that stand in the log, in words."""
    return {
        "accepted": t._("accepted"),
        "asked": t._("asked to join"),
        "declined": t._("declined"),
        "done": t._("done"),
        "dropped": t._("dropped"),
        "joined": t._("joined"),
        "left": t._("left"),
        "open": t._("open to everybody"),
        "paused": t._("sending paused"),
        "request": t._("by request"),
        "resumed": t._("sending resumed"),
        "approved": t._("approved"),
        "changed": t._("changed"),
        "sent back": t._("sent back"),
        "stopped": t._("stopped"),
        "taken back": t._("taken back"),
        "thrown away": t._("thrown away"),
        "submitted": t._("approval asked for"),
        "written": t._("written"),
        "withdrawn": t._("request withdrawn"),
    }


def _thing(subject: str, groups: Mapping[str, Group], t: Tongue) -> str:
    return t.text(groups[subject].name.model_dump()) if subject in groups else subject


def _mention(subject: str) -> kit.Element | None:
    """A person or a channel as a link; None for anything else."""
    if not (subject.isalnum() and subject.isupper()):
        return None
    if subject[0] in ("U", "W"):
        return parts.user_mention(subject)
    return parts.channel_mention(subject) if subject[0] in ("C", "G") else None


def moment(at: datetime, t: Tongue) -> kit.Element:
    """An instant, in each reader's zone."""
    here = at.astimezone(ZoneInfo(t.zone))
    return kit.moment(at, "{date}, {time}", f"{t.day(here.date())}, {t.clock_time(here, t.zone)}")
