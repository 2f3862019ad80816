"""Who and what is in the workspace: people and channels."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from workspace.errors import Json


@dataclass
class Person:
    """A member. `locale` is Slack's (`fr-FR`), `tz` an IANA zone."""

    id: str
    name: str
    real_name: str
    title: str = ""
    locale: str = "en-US"
    tz: str = "UTC"
    avatar_color: str = "#1a4480"
    language_name: str = "English"
    is_bot: bool = False
    deleted: bool = False
    is_restricted: bool = False
    """A guest of the workspace."""

    def as_user(self, team_id: str, now: datetime, *, include_locale: bool = False) -> Json:
        """The `user` object of the Web API. The locale only where it was asked for, as in Slack."""
        offset = now.astimezone(ZoneInfo(self.tz)).utcoffset()
        user: Json = {
            "id": self.id,
            "team_id": team_id,
            "name": self.name,
            "deleted": self.deleted,
            "color": self.avatar_color.lstrip("#"),
            "real_name": self.real_name,
            "tz": self.tz,
            "tz_label": self.tz.rsplit("/", 1)[-1].replace("_", " "),
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "profile": {
                "title": self.title,
                "real_name": self.real_name,
                "real_name_normalized": self.real_name,
                "display_name": self.name,
                "display_name_normalized": self.name,
                "team": team_id,
            },
            "is_admin": False,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": False,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": 1554292800,
        }
        if include_locale:
            user["locale"] = self.locale
        return user


@dataclass
class Channel:
    """A public or private channel, or (with `user`) the direct conversation of that person with the app."""

    id: str
    name: str
    topic: str = ""
    is_private: bool = False
    is_archived: bool = False
    is_general: bool = False
    user: str | None = None
    members: set[str] = field(default_factory=set)

    @property
    def is_im(self) -> bool:
        """Whether this is a direct conversation."""
        return self.user is not None

    @property
    def kind(self) -> str:
        """The conversation type: `im`, `private_channel` or `public_channel`."""
        if self.is_im:
            return "im"
        return "private_channel" if self.is_private else "public_channel"

    def as_conversation(self, team_id: str, viewer: str) -> Json:
        """The `channel` object of the Web API as `viewer` gets it."""
        if self.is_im:
            return {"id": self.id, "created": 1554292800, "is_im": True, "is_archived": False, "user": self.user,
                    "is_org_shared": False, "is_user_deleted": False, "priority": 0}  # fmt: skip
        return {
            "id": self.id,
            "name": self.name,
            "name_normalized": self.name,
            "is_channel": not self.is_private,
            "is_group": self.is_private,
            "is_im": False,
            "is_mpim": False,
            "is_private": self.is_private,
            "created": 1554292800,
            "is_archived": self.is_archived,
            "is_general": self.is_general,
            "is_member": viewer in self.members,
            "is_shared": False,
            "is_org_shared": False,
            "is_ext_shared": False,
            "context_team_id": team_id,
            "creator": "U0CLAIRE",
            "topic": {"value": self.topic, "creator": "", "last_set": 0},
            "purpose": {"value": "", "creator": "", "last_set": 0},
            "previous_names": [],
            "num_members": len(self.members),
        }
