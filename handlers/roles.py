"""`/alliance roles`, for the secretariat: who has which role; roles are given and taken."""

import json
import re
from collections.abc import Collection
from typing import Final

from alliance.names import plain
from alliance.roles import Permission, Role
from handlers.answers import Answer, FieldErrors, View
from handlers.call import Call, Deps, StaleValue
from handlers.payloads import cleaned
from handlers.permit import require
from handlers.subject import Subject
from handlers.views import roles as views
from handlers.views.mistakes import with_unused
from storage import roles
from storage.roles import EVERYWHERE, GIVEN, OF_A_GROUP

_USER: Final = re.compile("[UW][A-Z0-9]{2,19}")


async def show(call: Call, deps: Deps) -> View:
    """Who has which role."""
    await require(call, deps, Permission.APPOINT)
    return with_unused(call.words, await _page(call, deps), call.t)


async def edit(call: Call, deps: Deps) -> View:
    """The form of one role: who has it, or first of which group or organisation ("chair", or "chair|migration")."""
    await require(call, deps, Permission.APPOINT)
    name, _, scope = call.value.partition("|")
    role = _role(name)
    if scope or role not in OF_A_GROUP | {Role.FOCAL_POINT}:
        return await _holders_form(role, _known_scope(role, scope, deps), call, deps)
    return views.choose_form(role, list(deps.library.groups.values()), await _organisations(deps), call.t)


async def choose(call: Call, deps: Deps) -> View:
    """The group or organisation is chosen: who has the role there."""
    await require(call, deps, Permission.APPOINT)
    role = _role(call.memory)
    if role in OF_A_GROUP:
        return await _holders_form(role, _known_scope(role, str(call.state.get(views.GROUP) or ""), deps), call, deps)
    chosen = str(call.state.get(views.KNOWN) or "")
    new = cleaned(str(call.state.get(views.NEW) or ""))[: views.LONGEST_NAME]
    if bool(chosen) == bool(new):
        sentence = (
            call.t._("Choose an organization, or write the name of another one: not both.")
            if chosen
            else call.t._("Choose an organization above, or write the name of another one here.")
        )
        return FieldErrors({views.NEW: sentence})
    return await _holders_form(role, chosen or await _as_known(new, deps), call, deps)


async def save(call: Call, deps: Deps) -> View:
    """Give the role to whoever was added to the form, and take it from whoever was taken out."""
    member = await require(call, deps, Permission.APPOINT)
    role, scope, seen = _remembered(call.memory, deps)
    wanted = _users(call.state.get(views.HOLDERS) or [])
    try:
        given, taken = await roles.change(
            deps.store, member.user_id, call.now, role, scope, give=wanted - seen, take=seen - wanted
        )
    except roles.NobodyLeft:
        sentence = call.t._("Somebody has to stay in the secretariat: nobody could give roles any more.")
        return FieldErrors({views.HOLDERS: sentence})
    return await _page(call, deps, views.saved(len(given), len(taken), call.t))


async def _page(call: Call, deps: Deps, notice: str = "") -> Answer:
    return views.page(await roles.everyone(deps.store), deps.library.groups, call.t, notice)


async def _holders_form(role: Role, scope: str, call: Call, deps: Deps) -> View:
    holders = sorted(await roles.of(deps.store, role, scope))[: views.MOST_HOLDERS]
    memory = json.dumps([role.value, scope, holders], ensure_ascii=False, separators=(",", ":"))
    return views.holders_form(role, views.scope_name(role, scope, deps.library.groups, call.t), holders, memory, call.t)


async def _organisations(deps: Deps) -> list[str]:
    """Those that have focal points."""
    held = await roles.everyone(deps.store)
    return sorted({grant.scope for grant in held if grant.role is Role.FOCAL_POINT}, key=plain)


async def _as_known(name: str, deps: Deps) -> str:
    """The organisation as it is written already, where only case or accents differ."""
    return next((known for known in await _organisations(deps) if plain(known) == plain(name)), name)


def _role(name: str) -> Role:
    """Raises StaleValue for what cannot be given."""
    found = next((role for role in GIVEN if role.value == name), None)
    if found is None:
        raise StaleValue(name)
    return found


def _known_scope(role: Role, scope: str, deps: Deps) -> str:
    """Raises StaleValue for a group that is not there, and for a scope that the role has not."""
    if role in OF_A_GROUP:
        known = scope in deps.library.groups
    else:
        known = 0 < len(scope) <= views.LONGEST_NAME if role is Role.FOCAL_POINT else scope == EVERYWHERE
    if not known:
        raise StaleValue(scope)
    return scope


def _remembered(memory: str, deps: Deps) -> tuple[Role, str, frozenset[str]]:
    """The role, of what, and whom the form showed. Raises StaleValue for what this version did not write."""
    try:
        name, scope, seen = json.loads(memory)
        role = _role(name)
        return role, _known_scope(role, str(scope), deps), _users(seen)
    except (ValueError, TypeError) as error:
        raise StaleValue(memory) from error


def _users(user_ids: Collection[object]) -> frozenset[str]:
    """Raises StaleValue for what is no member's id."""
    found = [user_id for user_id in user_ids if isinstance(user_id, str) and _USER.fullmatch(user_id)]
    if len(found) != len(user_ids):
        raise StaleValue("members")
    return frozenset(found)


SUBJECT = Subject(
    words=("roles", "role", "rol", "funciones", "función"),
    help_line=lambda t: t._("For the secretariat: who has which role; give roles and take them"),
    examples=lambda t: (t._("roles"),),
    command=show,
    actions={views.EDIT: edit},
    submissions={views.CHOOSE: choose, views.SAVE: save},
    needs=Permission.APPOINT,
)
