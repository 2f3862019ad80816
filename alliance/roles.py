"""Who may do what. Anything that is not in the table is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What somebody is in the community."""

    SECRETARIAT = "secretariat"
    CHAIR = "chair"
    """Of one action group."""
    GROUP_LEAD = "group_lead"
    """Of one action group, in Slack."""
    STEERING_COMMITTEE = "steering_committee"
    FOCAL_POINT = "focal_point"
    """Of one organisation."""
    SENDS_ALONE = "sends_alone"
    """Whom the secretariat trusts to send breaking news without a second person."""
    MEMBER = "member"
    """Everybody in the workspace but its guests."""
    GUEST = "guest"
    """Whom Slack calls a guest, and whoever Slack has not told us about yet."""
    AUTHOR = "author"
    """Who wrote the very thing that it is about, or whom it was given to."""


class Permission(StrEnum):
    """What somebody wants to do."""

    CHANGE_CHANNEL_REMINDERS = "change_channel_reminders"
    APPOINT = "appoint"
    """Give roles, and take them."""
    RULE_DELIVERIES = "rule_deliveries"
    """See what is posted unasked, pause it, and have failed posts tried again."""
    READ_AUDIT = "read_audit"
    ADD_EVENT = "add_event"
    CHANGE_EVENT = "change_event"
    IMPORT_EVENTS = "import_events"
    ANSWER_INVITATION = "answer_invitation"
    SEE_WHO_COMES = "see_who_comes"
    PROPOSE_AGENDA = "propose_agenda"
    WRITE_MINUTES = "write_minutes"
    MANAGE_ACTION_ITEMS = "manage_action_items"
    CLOSE_ACTION_ITEM = "close_action_item"
    FIND_TIME = "find_time"
    JOIN_GROUP = "join_group"
    DECIDE_JOINING = "decide_joining"
    PLAN_ACTIVITY = "plan_activity"
    CHANGE_ACTIVITY = "change_activity"
    EDIT_TOOLKIT = "edit_toolkit"
    RENEW_GROUP_FEED = "renew_group_feed"
    WRITE_NEWSLETTER = "write_newsletter"
    APPROVE_NEWSLETTER = "approve_newsletter"
    SEND_ALONE = "send_alone"
    """Send breaking news without a second person; only who may write newsletters at all."""


_SECRETARIAT: Final = frozenset({Role.SECRETARIAT})
_GROUP: Final = _SECRETARIAT | {Role.CHAIR, Role.GROUP_LEAD}
_MEMBERS: Final = _GROUP | {Role.STEERING_COMMITTEE, Role.FOCAL_POINT, Role.MEMBER}

ALLOWED: Final[Mapping[Permission, frozenset[Role]]] = {
    Permission.CHANGE_CHANNEL_REMINDERS: _GROUP,
    Permission.APPOINT: _SECRETARIAT,
    Permission.RULE_DELIVERIES: _SECRETARIAT,
    Permission.READ_AUDIT: _SECRETARIAT,
    Permission.ADD_EVENT: _GROUP | {Role.STEERING_COMMITTEE, Role.FOCAL_POINT},
    Permission.CHANGE_EVENT: _GROUP | {Role.STEERING_COMMITTEE, Role.AUTHOR},
    Permission.IMPORT_EVENTS: _GROUP,
    Permission.ANSWER_INVITATION: _MEMBERS | {Role.GUEST},
    Permission.SEE_WHO_COMES: _GROUP | {Role.STEERING_COMMITTEE, Role.AUTHOR},
    Permission.PROPOSE_AGENDA: _MEMBERS,
    Permission.WRITE_MINUTES: _GROUP,
    Permission.MANAGE_ACTION_ITEMS: _GROUP,
    Permission.CLOSE_ACTION_ITEM: _GROUP | {Role.AUTHOR},
    Permission.FIND_TIME: _MEMBERS,
    Permission.JOIN_GROUP: _MEMBERS,
    Permission.DECIDE_JOINING: _GROUP,
    Permission.PLAN_ACTIVITY: _GROUP | {Role.STEERING_COMMITTEE, Role.FOCAL_POINT},
    Permission.CHANGE_ACTIVITY: _GROUP | {Role.AUTHOR},
    Permission.EDIT_TOOLKIT: _GROUP,
    Permission.RENEW_GROUP_FEED: _GROUP,
    Permission.WRITE_NEWSLETTER: _GROUP,
    Permission.APPROVE_NEWSLETTER: _SECRETARIAT,
    Permission.SEND_ALONE: frozenset({Role.SENDS_ALONE}),
}
"""Chairs and leads only in their own group. The toolkit and newsletters belong to the communications group."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The roles of one member; `leads` and `chairs` name action groups (slugs), `speaks_for` organisations."""

    secretariat: bool = False
    leads: frozenset[str] = field(default_factory=frozenset)
    chairs: frozenset[str] = field(default_factory=frozenset)
    steering_committee: bool = False
    speaks_for: frozenset[str] = field(default_factory=frozenset)
    guest: bool = False
    sends_alone: bool = False

    def roles(self, group: str | None = None, *, author: bool = False) -> frozenset[Role]:
        """The roles towards something of an action group (slug) or of none, perhaps written by this member."""
        held = {
            Role.SECRETARIAT: self.secretariat,
            Role.CHAIR: group is not None and group in self.chairs,
            Role.GROUP_LEAD: group is not None and group in self.leads,
            Role.STEERING_COMMITTEE: self.steering_committee,
            Role.FOCAL_POINT: bool(self.speaks_for),
            Role.SENDS_ALONE: self.sends_alone,
            Role.MEMBER: not self.guest,
            Role.GUEST: self.guest,
            Role.AUTHOR: author,
        }
        return frozenset(role for role, holds in held.items() if holds)

    def may(self, permission: Permission, group: str | None = None, *, author: bool = False) -> bool:
        """Whether this member may do that, to something of that action group (slug) or of none."""
        return bool(ALLOWED.get(permission, frozenset()) & self.roles(group, author=author))

    def may_somewhere(self, permission: Permission) -> bool:
        """Whether this member may do that to anything at all: of no group, or of one that they lead or chair."""
        return any(self.may(permission, group) for group in (None, *self.leads, *self.chairs))
