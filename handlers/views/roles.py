"""The names of roles."""

from collections.abc import Iterable

from alliance.roles import Role
from handlers.tongue import Tongue


def role_names(roles: Iterable[Role], t: Tongue) -> list[str]:
    """What several are called: "the secretariat", "leads of the group"."""
    names = {
        Role.SECRETARIAT: t._("the secretariat"),
        Role.CHAIR: t._("chairs of the group"),
        Role.GROUP_LEAD: t._("leads of the group"),
        Role.STEERING_COMMITTEE: t._("members of the Steering Committee"),
        Role.FOCAL_POINT: t._("focal points of organisations"),
        Role.MEMBER: t._("members of the community"),
        Role.GUEST: t._("guests"),
        Role.AUTHOR: t._("who wrote it"),
    }
    return [names[role] for role in roles]
