"""Who may do what. Anything that is not in the table is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What somebody is in the community."""

    SECRETARIAT = "secretariat"
    GROUP_LEAD = "group_lead"
    MEMBER = "member"


class Permission(StrEnum):
    """What somebody wants to do that not everybody may."""

    CHANGE_CHANNEL_REMINDERS = "change_channel_reminders"
    APPOINT_LEADS = "appoint_leads"
    RULE_DELIVERIES = "rule_deliveries"
    """See what is posted unasked, pause it, and have failed posts tried again."""


ALLOWED: Final[Mapping[Permission, frozenset[Role]]] = {
    Permission.CHANGE_CHANNEL_REMINDERS: frozenset({Role.SECRETARIAT, Role.GROUP_LEAD}),
    Permission.APPOINT_LEADS: frozenset({Role.SECRETARIAT}),
    Permission.RULE_DELIVERIES: frozenset({Role.SECRETARIAT}),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """The roles of one member; `leads` names the action groups (slugs) that they lead."""

    secretariat: bool = False
    leads: frozenset[str] = field(default_factory=frozenset)

    def may(self, permission: Permission, group: str | None = None) -> bool:
        """Whether this member may do that; a group lead only in their own group (`group` is its slug)."""
        allowed = ALLOWED.get(permission, frozenset())
        if self.secretariat and Role.SECRETARIAT in allowed:
            return True
        return group is not None and group in self.leads and Role.GROUP_LEAD in allowed
