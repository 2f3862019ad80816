"""Roles: what they are called, who has them, and the forms with which the secretariat gives and takes them."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from alliance.roles import Role
from handlers.answers import Answer, Modal
from handlers.asking import Ask
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.asking import open_button
from storage.entries import Group
from storage.roles import EVERYWHERE, GIVEN, OF_A_GROUP, Grant

EDIT, CHOOSE, SAVE = "roles.edit", "roles.choose", "roles.save"
HOLDERS, GROUP, KNOWN, NEW = "holders", "group", "known", "new"
"""The fields of both forms."""

MOST_HOLDERS: Final = 150
"""So many stand in the form, which has to remember them in Slack's 3,000 characters. Others stay as they are."""

LONGEST_NAME: Final = 80
"""Of an organisation, as the database keeps it."""


def role_names(roles: Iterable[Role], t: Tongue) -> list[str]:
    """What several are called: "the secretariat", "leads of the group"."""
    names = {
        Role.SECRETARIAT: t._("the secretariat"),
        Role.CHAIR: t._("chairs of the group"),
        Role.GROUP_LEAD: t._("leads of the group"),
        Role.STEERING_COMMITTEE: t._("members of the Steering Committee"),
        Role.FOCAL_POINT: t._("focal points of organisations"),
        Role.SENDS_ALONE: t._("who may send breaking news alone"),
        Role.MEMBER: t._("members of the community"),
        Role.GUEST: t._("guests"),
        Role.AUTHOR: t._("who wrote it"),
    }
    return [names[role] for role in roles]


def role_title(role: Role, t: Tongue) -> str:
    """Over those who have it."""
    return {
        Role.SECRETARIAT: t._("Secretariat"),
        Role.STEERING_COMMITTEE: t._("Steering Committee"),
        Role.CHAIR: t._("Chairs of action groups"),
        Role.GROUP_LEAD: t._("Leads of action groups"),
        Role.FOCAL_POINT: t._("Focal points of organizations"),
        Role.SENDS_ALONE: t._("Send breaking news alone"),
    }[role]


def role_of(role: Role, of: str, t: Tongue) -> str:
    """One role in words, with the group or organisation whose it is."""
    return {
        Role.SECRETARIAT: t._("member of the secretariat"),
        Role.STEERING_COMMITTEE: t._("member of the Steering Committee"),
        Role.CHAIR: t._("chair of the group “{group}”", group=of),
        Role.GROUP_LEAD: t._("lead of the group “{group}”", group=of),
        Role.FOCAL_POINT: t._("focal point of {organization}", organization=of),
        Role.SENDS_ALONE: t._("may send breaking news alone"),
    }[role]


def scope_name(role: Role, scope: str, groups: Mapping[str, Group], t: Tongue) -> str:
    """The group or organisation of a role, by name; a group that is no longer there by its slug."""
    if role in OF_A_GROUP and scope in groups:
        return t.text(groups[scope].name.model_dump())
    return scope


def page(grants: Sequence[Grant], groups: Mapping[str, Group], t: Tongue, notice: str = "") -> Answer:
    """Who has which role, with a button for each to change it."""
    title = t._("Roles")
    blocks = [kit.context(notice)] if notice else []
    blocks.append(kit.header(title))
    for role in GIVEN:
        held = [grant for grant in grants if grant.role is role]
        blocks.append(kit.rich(kit.paragraph(kit.text(role_title(role, t), bold=True)), *_holders(held, groups, t)))
    edits = [kit.button(f"{role_title(role, t)}…", f"{EDIT}:{role.value}", role.value) for role in GIVEN]
    blocks += [
        kit.actions(*edits),
        kit.actions(open_button(t._("What was done"), Ask("audit"), "audit")),
    ]
    return Answer(title, blocks, title=title)


def _holders(grants: Sequence[Grant], groups: Mapping[str, Group], t: Tongue) -> list[kit.Element]:
    """A list of people; by group or organisation where the role has one."""
    if not grants:
        return [kit.paragraph(kit.text(t._("Nobody yet.")))]
    if grants[0].role not in OF_A_GROUP and grants[0].scope == EVERYWHERE:
        return [kit.paragraph(*_people(grants))]
    named = ((grant.scope, grant) for grant in grants)
    by_scope = [(scope, [grant for _scope, grant in held]) for scope, held in groupby(named, key=lambda pair: pair[0])]
    return [
        kit.bullets(
            [
                kit.text(t._("{name}: {people}", name=scope_name(held[0].role, scope, groups, t), people="")),
                *_people(held),
            ]
            for scope, held in by_scope
        )
    ]


def _people(grants: Sequence[Grant]) -> list[kit.Element]:
    return parts.mentions([parts.user_mention(grant.user_id) for grant in grants])


def choose_form(role: Role, groups: Sequence[Group], known: Sequence[str], t: Tongue) -> Modal:
    """Of which group, or of which organisation: one that has focal points already, or a new one."""
    if role in OF_A_GROUP:
        options = [kit.option(t.text(group.name.model_dump()), group.slug) for group in groups]
        fields = [kit.field(t._("Action group"), GROUP, kit.menu(t._("Choose a group…"), GROUP, options))]
    else:
        fields = _organisation_fields(known, t)
    return Modal(role_title(role, t), fields, callback=CHOOSE, submit=t._("Next"), memory=role.value)


def _organisation_fields(known: Sequence[str], t: Tongue) -> list[kit.Element]:
    new = kit.line_input(NEW, limit=LONGEST_NAME)
    if not known:
        return [kit.field(t._("Organization"), NEW, new)]
    menu = kit.menu(t._("Choose an organization…"), KNOWN, [kit.option(name, name) for name in known])
    return [
        kit.field(t._("Organization"), KNOWN, menu, optional=True),
        kit.field(t._("Another organization"), NEW, new, optional=True),
    ]


def holders_form(role: Role, of: str, holders: Sequence[str], memory: str, t: Tongue) -> Modal:
    """Who has it: whoever is added gets it, whoever is taken out loses it."""
    return Modal(
        title=role_title(role, t),
        blocks=[
            kit.say(capitalised(role_of(role, of, t))),
            kit.field(
                t._("Members"),
                HOLDERS,
                parts.users_menu(t._("Choose members…"), HOLDERS, holders, most=MOST_HOLDERS),
                hint=t._("Whoever you take out loses the role at once. Every change stands in the log."),
                optional=True,
            ),
        ],
        callback=SAVE,
        submit=t._("Save"),
        memory=memory,
        replace=True,
    )


def saved(given: int, taken: int, t: Tongue) -> str:
    """What the form has changed."""
    if not given and not taken:
        return t._("Nothing was to change.")
    done = [t.n("given to {count} person", "given to {count} people", given)] if given else []
    done += [t.n("taken from {count} person", "taken from {count} people", taken)] if taken else []
    return t._("Saved: {changes}.", changes=t.listed(done))


def capitalised(words: str) -> str:
    """At the beginning of a sentence."""
    return words[:1].upper() + words[1:]
