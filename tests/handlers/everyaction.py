"""For the walk through every action: a community with one of everything, what the secretariat can press, and forms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy import select

from alliance.activities import ActivityKind, ActivityState
from alliance.delivery import Kind, Planned
from alliance.edition import Edition, Section
from alliance.languages import Language
from alliance.newsletters import Content, Plan
from alliance.roles import Role, Standing
from handlers.replies import Json, Reply
from handlers.router import Router
from storage import (
    actionitems,
    activities,
    channels,
    deliveries,
    feeds,
    groupmembers,
    meetings,
    membermodels,
    members,
    models,
    newslettermodels,
    newsletters,
    roles,
    runs,
    toolkits,
)
from storage.actionitems import Agreed
from storage.activities import Work
from storage.eventedits import Editor
from storage.groupmembers import Joining
from storage.toolkits import Contents
from storage.values import ChannelSettings
from tests.bot.postoffice import address
from tests.handlers.desk import Desk
from tests.handlers.meetingroom import APRIL, MARCH, furnish

CLAIRE: Final = "U0CLAIRE"
AUTHOR: Final = "U0AMINA"
"""Wrote the series, the point of the agenda, the activity, and has the action item; a member without a role."""

ASKING: Final = "U0ASKING"
OWN, OTHER = ("migration", "communications"), "supply-chains"
"""The groups of what is furnished, and one that has nothing to do with it."""

WORLD_DAY: Final = "world-day-against-child-labour@2019-06-12"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who tries everything: `standing` is what the table of roles says of them."""

    name: str
    user_id: str
    standing: Standing
    author: bool = False


PEOPLE: Final = (
    Person("secretariat", "U0SECOND", Standing(secretariat=True)),
    Person("chair", "U0CHAIR", Standing(chairs=frozenset(OWN))),
    Person("group lead", "U0LEAD", Standing(leads=frozenset(OWN))),
    Person("lead of another group", "U0ELSEWHERE", Standing(leads=frozenset({OTHER}))),
    Person("steering committee", "U0STEERING", Standing(steering_committee=True)),
    Person("focal point", "U0FOCAL", Standing(speaks_for=frozenset({"ILO"}))),
    Person("member", "U0MEMBER", Standing()),
    Person("author", AUTHOR, Standing(), author=True),
    Person("guest", "U0GUEST", Standing(guest=True)),
)

PAGES: Final = (
    "event migration group call", "event world day against child labour", "group migration", "agenda migration",
    f"minutes {MARCH}", "actions migration", "activities june 2019", "toolkit world day against child labour",
    "feed migration", "import", "settings", "deliveries", "deliveries failed", "roles", "audit", "calendar june 2019",
    "find a time migration 1h next week", "events add Migration group call, 14 May 2019 15:00 Geneva, 1h", "events",
    "newsletter", "newsletter 1",
)  # fmt: skip
"""What the secretariat types; `reminders` is typed in the channel."""


async def furnished(desk: Desk) -> Desk:
    """One of everything; everybody has their role."""
    await furnish(desk)
    await members.set_leads(desk.store, "migration", [])
    await members.appoint_secretariat(desk.store, [CLAIRE])
    desk.slack.guests = frozenset(person.user_id for person in PEOPLE if person.standing.guest)
    for person in PEOPLE:
        await members.save_slack_facts(
            desk.store, person.user_id, "en-GB", "Europe/Zurich", desk.now, guest=person.standing.guest
        )
        for role, scope in given(person.standing):
            await roles.change(desk.store, CLAIRE, desk.now, role, scope, give=[person.user_id])
    channel = ChannelSettings("C0COMMUNITY", "ag-migration", "en", "Europe/Zurich", group="migration")
    await channels.save(desk.store, channel)
    editor = Editor(AUTHOR, desk.now)
    await groupmembers.set_joining(desk.store, CLAIRE, "migration", Joining.REQUEST, desk.now)
    await groupmembers.join(desk.store, ASKING, "migration", desk.now, Joining.REQUEST, decides=False)
    await meetings.propose(desk.store, editor, APRIL, "Recruitment fees")
    await actionitems.add(desk.store, editor, "migration", MARCH, Agreed(AUTHOR, "Send the survey", date(2019, 5, 14)))
    work = Work("A film", ActivityKind.POST, "", AUTHOR, "ILO", date(2019, 6, 12), ActivityState.PLANNED, "en")
    await activities.add(desk.store, editor, work)
    row = Planned(Kind.REMINDER, "C0COMMUNITY", WORLD_DAY, "30d", desk.now, desk.now + timedelta(days=7))
    await deliveries.plan(desk.store, [row])
    [due] = [one for one in await deliveries.due(desk.store, desk.now, 100) if one.kind == Kind.REMINDER]
    await deliveries.claim(desk.store, [due.id], "sender", desk.now, desk.now)
    await deliveries.failed(desk.store, due.id, "sender", "is_archived", desk.now)
    await toolkits.save(desk.store, editor, "world-day-against-child-labour", "en", 0, Contents(messages="No fields"))
    await toolkits.save(desk.store, editor, "world-day-against-child-labour", "en", 1, Contents(messages="Schools"))
    await runs.begin(desk.store, desk.now)
    edition = Edition("en", "April news", (Section("Migration", "A call on 9 April."),))
    waived: frozenset[Language] = frozenset(("fr", "es"))
    content = Content(editions={"en": edition}, waived=waived, plan=Plan(members="all"))
    made = await newsletters.add(desk.store, editor, content)
    await newsletters.submit(desk.store, editor, made.id, 1)
    await feeds.address(desk.store, "group:migration", desk.now)
    desk.deps = replace(desk.deps, feeds_at="https://bot.example/feeds/", mail=True)
    desk.router = Router(desk.deps)
    return desk


def given(standing: Standing) -> Iterator[tuple[Role, str]]:
    """The roles that the secretariat gave for that standing, with their scope."""
    if standing.secretariat:
        yield Role.SECRETARIAT, ""
    if standing.steering_committee:
        yield Role.STEERING_COMMITTEE, ""
    for role, scopes in (
        (Role.CHAIR, standing.chairs), (Role.GROUP_LEAD, standing.leads), (Role.FOCAL_POINT, standing.speaks_for),
    ):  # fmt: skip
        yield from ((role, scope) for scope in sorted(scopes))


BESIDE: Final = {
    "agenda.withdraw": "1", "deliveries.resume": "", "deliveries.run_pause": "1", "deliveries.run_resume": "1",
    "event.add": "", "groups.by_request": "migration", "groups.invite": "migration", "groups.leave": "migration",
    "groups.unfollow": "migration", "minutes.file": MARCH, "rsvp.remind": f"on|{APRIL}|page",
    "toolkit.back": "world-day-against-child-labour:en:1", "newsletter.approve": "1:2", "newsletter.submit": "1:2",
    "newsletter.stop": "1", "newsletter.retry": "1", "newsletter.send_back": "1:2", "newsletter.take_back": "1",
    "data.erase": "", "newsletter.numbers": "1",
    "newsletter.numbers_picture": "1", "newsletter.discard": "1",
}  # fmt: skip
"""What the pages above do not offer to the secretariat at that moment, and what its button carries."""


async def offered(desk: Desk) -> dict[str, tuple[str, str, bool]]:
    """What the secretariat can press, by the action's id in the table: id, value, and whether it is a menu."""
    found = {action: (action, value, False) for action, value in BESIDE.items()}
    pages = [await desk.type(words, CLAIRE) for words in PAGES]
    pages.append(await desk.type("reminders", CLAIRE))
    requests = await desk.click("groups.requests", "migration", CLAIRE)
    assert requests.respond is not None
    for page in (*pages, requests.respond):
        for element in elements(page):
            if "options" in element:
                found.setdefault(_id(element), (element["action_id"], element["options"][0]["value"], True))
            else:
                found.setdefault(_id(element), (element["action_id"], element.get("value", ""), False))
    return found


def elements(message: Json) -> Iterator[Json]:
    """Its buttons and menus."""
    for block in message["blocks"]:
        if block["type"] == "actions":
            yield from block["elements"]
        elif "accessory" in block:
            yield block["accessory"]


def _id(element: Json) -> str:
    return str(element["action_id"]).partition(":")[0]


def as_opened(view: Json) -> dict[str, Json]:
    """The fields of a form as Slack sends them when nothing is changed; what stands empty is filled in plausibly."""
    fields = [block for block in view["blocks"] if block["type"] == "input"]
    return {
        block["element"]["action_id"]: _entered(block["element"], "" if block.get("optional") else "Words")
        for block in fields
    }


def _entered(element: Json, words: str) -> Json:
    kind = element["type"]
    made: Json = {"type": kind}
    match kind:
        case "static_select" | "radio_buttons":
            made["selected_option"] = element.get("initial_option") or element["options"][0]
        case "multi_static_select" | "checkboxes":
            made["selected_options"] = element.get("initial_options", [])
        case "users_select":
            made["selected_user"] = element.get("initial_user", AUTHOR)
        case "multi_users_select":
            made["selected_users"] = element.get("initial_users", [CLAIRE])
        case "datepicker":
            made["selected_date"] = element.get("initial_date", "2019-06-20")
        case "rich_text_input":
            made["rich_text_value"] = element.get("initial_value")
        case "file_input":
            made["files"] = []
        case _:
            made["value"] = element.get("initial_value") or words or None
    return made


async def forms(desk: Desk, actions: Mapping[str, tuple[str, str, bool]]) -> dict[str, tuple[dict[str, Json], str]]:
    """The forms that the secretariat can get at, filled in, by their callback id: the fields, and what they carry.

    `event.save` and others stand on the form that follows another; the first submission changes nothing yet.
    """
    found: dict[str, tuple[dict[str, Json], str]] = {}
    opened: list[Json | None] = []
    for action in OPENING:
        pressed, value, menu = actions[action]
        opened.append((await desk.click(pressed, value, CLAIRE, chosen=menu)).open_view)
    opened.append((await desk.click("roles.edit:focal", "focal_point|", CLAIRE)).open_view)
    for view in opened:
        assert view is not None
        entered = as_opened(view) | FILLED.get(view["callback_id"], {})
        found[view["callback_id"]] = (entered, view["private_metadata"])
        if view["callback_id"] in FIRST_STEPS:
            reply = await desk.submit(view["callback_id"], entered, view["private_metadata"], CLAIRE)
            assert reply.ack is not None
            assert "view" in reply.ack, reply.ack
            following = reply.ack["view"]
            assert following.get("callback_id") in FIRST_STEPS[view["callback_id"]], following
            for callback in FIRST_STEPS[view["callback_id"]]:
                found[callback] = (as_opened(following), following["private_metadata"])
    return found


OPENING: Final = (
    "actions.add", "actions.redate", "activities.edit", "agenda.propose", "audit.filter", "event.edit",
    "event.cancel", "event.move", "import.edit", "newsletter.addresses", "newsletter.breaking", "newsletter.choose",
    "newsletter.digest", "newsletter.file", "newsletter.section", "newsletter.settings", "minutes.edit",
    "reminders.edit", "roles.edit", "settings.edit", "toolkit.edit",
)  # fmt: skip
FIRST_STEPS: Final = {
    "event.check": ("event.save",),
    "event.move_check": ("event.move_one", "event.move_following"),
    "import.preview": ("import.save",),
}
FILLED: Final[Mapping[str, dict[str, Json]]] = {
    "import.preview": {
        "text": {"type": "plain_text_input", "value": "title,date\nForum,2019-06-12\n"},
        "group": {"type": "static_select", "selected_option": {"value": "migration"}},
    },
    "newsletter.save_addresses": {"lines": {"type": "plain_text_input", "value": address("reader")}},
    "event.move_check": {"dates": {"type": "plain_text_input", "value": "2019-04-10"}},
}


KEPT: Final = (
    membermodels.ActionItem, membermodels.Activity, membermodels.AgendaItem, membermodels.Audit, membermodels.Coming,
    membermodels.Decision, membermodels.Feed, membermodels.GroupMember, membermodels.GroupRule, membermodels.Minutes,
    membermodels.RoleGrant, membermodels.Toolkit, models.Channel, models.Delivery, models.GroupLead,
    models.Subscription, newslettermodels.MailAddress, newslettermodels.Newsletter,
)  # fmt: skip
"""All that people change, besides events."""


async def everything(desk: Desk) -> str:
    """A fingerprint of it."""
    made = sha256()
    async with desk.store.read() as session:
        for table in (model.__table__ for model in KEPT):
            made.update(repr((await session.execute(select(table).order_by(*table.primary_key))).all()).encode())
        columns = (models.Event.slug, models.Event.revision, models.Event.removed_at)
        made.update(repr((await session.execute(select(*columns).order_by(models.Event.slug))).all()).encode())
    return made.hexdigest()


def said(reply: Reply) -> str:
    """All that the reply shows, fields' errors included."""
    return repr((reply.ack, reply.respond, reply.open_view, reply.update_view))
