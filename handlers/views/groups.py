"""Action groups: the list, and one group with its work plan, next steps, channel and meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alliance.roles import Role
from handlers.answers import Answer
from handlers.asking import Ask
from handlers.call import Where
from handlers.tongue import Tongue
from handlers.views import joining, kit, parts
from handlers.views.asking import open_button, share_button
from handlers.views.events import row_elements
from handlers.views.fairtimes import find_button
from handlers.views.groupwork import Work, blocks_of
from handlers.views.joining import Place
from handlers.views.roles import EDIT
from storage.entries import Group
from storage.values import EventRow

FOLLOW, UNFOLLOW = "groups.follow", "groups.unfollow"


@dataclass(frozen=True, slots=True)
class GroupPage:
    """What the page of one group shows beside its entry. `leads` are Slack user ids, `channel_id` None if unknown."""

    meetings: Sequence[EventRow]
    work: Work
    channel_id: str | None
    leads: Sequence[str]
    followed: bool
    may_appoint: bool
    place: Place
    notice: str = ""
    """What has just been done, in words."""


def status(group: Group, t: Tongue) -> str:
    """Where its work stands."""
    return {
        "active": t._("Active"),
        "starting": t._("Starting its work"),
        "waiting_for_chair": t._("Waiting for a chair"),
    }[group.status]


def leadership(group: Group, t: Tongue) -> str:
    """Who leads it, in words, where somebody does."""
    names = t.listed(t.text(name.model_dump()) for name in group.led_by)
    match group.leadership:
        case "lead" if names:
            return t._("Lead: {names}", names=names)
        case "co_chairs" if names:
            return t._("Co-chairs: {names}", names=names)
        case _:
            return t._("Led by its members together")


def standing(group: Group, t: Tongue) -> str:
    """Its status and who leads it: "Active. Lead: the ILO."; one that nobody leads says just its status."""
    if group.leadership == "none":
        return f"{status(group, t)}."
    return f"{status(group, t)}. {leadership(group, t)}."


def listing(groups: Sequence[Group], followed: Sequence[str], t: Tongue) -> Answer:
    """All groups, each with its status and who leads it."""
    title = t._("Action groups")
    lines = []
    for group in groups:
        line = [
            kit.text(t.text(group.name.model_dump()), bold=True),
            kit.text(f"\n{standing(group, t)}"),
        ]
        if group.slug in followed:
            line.append(kit.text(" " + t._("You follow it."), italic=True))
        lines.append(line)
    names = [(group.slug, t.text(group.name.model_dump())) for group in groups]
    buttons = [open_button(name, Ask("groups", slug), slug) for slug, name in names]
    return Answer(
        t._("Action groups: {names}", names=t.listed(name for _slug, name in names)),
        [
            kit.header(title),
            kit.rich(kit.bullets(lines)),
            kit.context(t._("Choose a group to see its work plan, its next steps and its next meetings.")),
            *(kit.actions(*buttons[first : first + 25]) for first in range(0, len(buttons), 25)),
        ],
        title=title,
    )


def one(group: Group, page: GroupPage, t: Tongue, today: date, where: Where) -> Answer:
    """Everything of one group."""
    name = t.text(group.name.model_dump())
    blocks = [kit.context(page.notice)] if page.notice else []
    blocks += [kit.header(name), kit.rich(*_about(group, page, t)), *blocks_of(group, page.work, t, today)]
    blocks.append(kit.rich(*_meetings(page.meetings, t)))
    if menu := parts.event_menu(page.meetings, t):
        blocks.append(kit.actions(*menu))
    if buttons := joining.buttons(group.slug, page.place, t):
        blocks.append(kit.actions(*buttons))
    blocks.append(kit.actions(*_buttons(group, page, t, where)))
    return Answer(f"{name}. {standing(group, t)}", blocks, title=t._("Action group"))


def _about(group: Group, page: GroupPage, t: Tongue) -> list[kit.Element]:
    made = [
        kit.paragraph(kit.text(standing(group, t), italic=True)),
        kit.paragraph(kit.text(t.text(group.summary.model_dump()))),
    ]
    if group.status == "waiting_for_chair":
        made.append(kit.paragraph(kit.text(t._("Could your organization chair it? Please tell the secretariat."))))
    if group.open_to:
        made += parts.said(t._("Open to:"), t.text(group.open_to.model_dump()))
    channel = parts.channel_mention(page.channel_id) if page.channel_id else kit.text(f"#{group.channel}")
    made.append(parts.fact(t._("Channel:"), channel))
    if page.leads:
        made.append(parts.fact(t._("Leads in Slack:"), *parts.mentions([parts.user_mention(u) for u in page.leads])))
    return [*made, *joining.facts(page.place, t)]


def _meetings(rows: Sequence[EventRow], t: Tongue) -> list[kit.Element]:
    made = [kit.paragraph(kit.text(t._("Next meetings and events"), bold=True))]
    if not rows:
        return [*made, kit.paragraph(kit.text(t._("None is planned yet.")))]
    return [*made, kit.bullets(row_elements(row, t) for row in rows)]


def _buttons(group: Group, page: GroupPage, t: Tongue, where: Where) -> list[kit.Element]:
    follow = (
        kit.button(t._("Stop following"), UNFOLLOW, group.slug)
        if page.followed
        else kit.button(t._("Follow this group"), FOLLOW, group.slug, primary=True)
    )
    made = [
        follow,
        open_button(t._("All its events"), Ask("events", group.slug.replace("-", " ")), "events"),
        find_button(group.slug, t),
        open_button(t._("All action groups"), Ask("groups"), "back"),
        *share_button(t, Ask("groups", group.slug), where),
    ]
    if page.may_appoint:
        made.append(kit.button(t._("Leads in Slack…"), f"{EDIT}:leads", f"{Role.GROUP_LEAD.value}|{group.slug}"))
    return made
