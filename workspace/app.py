"""The installed app, as its manifest describes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workspace import sample
from workspace.errors import Json, SlackError


@dataclass(frozen=True)
class App:
    """What the workspace knows of the app: its ids, tokens, scopes, commands, shortcuts and event subscriptions."""

    name: str
    bot_token: str
    app_token: str
    scopes: frozenset[str]
    commands: tuple[Json, ...]
    shortcuts: tuple[Json, ...]
    events: frozenset[str]
    home_tab: bool
    messages_tab: bool
    messages_read_only: bool
    interactive: bool
    user_id: str = sample.BOT_USER
    bot_id: str = sample.BOT
    app_id: str = sample.APP
    team_id: str = sample.TEAM
    team_name: str = "Alliance 8.7"
    team_domain: str = "alliance-local"

    def need(self, *scopes: str) -> None:
        """Refuse with missing_scope unless the app was granted one of the scopes."""
        if scopes and not self.scopes.intersection(scopes):
            provided = ",".join(sorted(self.scopes))
            raise SlackError("missing_scope", more={"needed": ",".join(scopes), "provided": provided})

    def command(self, name: str) -> Json | None:
        """The slash command of that name, if the app has it."""
        return next((c for c in self.commands if c["command"] == name), None)

    def shortcut(self, callback_id: str) -> Json | None:
        """The shortcut of that callback id, if the app has it."""
        return next((s for s in self.shortcuts if s["callback_id"] == callback_id), None)


def from_manifest(manifest: Mapping[str, Any], bot_token: str, app_token: str) -> App:
    """The app of a manifest (as parsed from its YAML or JSON)."""
    features = manifest.get("features", {})
    settings = manifest.get("settings", {})
    home = features.get("app_home", {})
    bot = features.get("bot_user", {})
    return App(
        name=bot.get("display_name") or manifest.get("display_information", {}).get("name", "app"),
        bot_token=bot_token,
        app_token=app_token,
        scopes=frozenset(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", ())),
        commands=tuple(features.get("slash_commands", ())),
        shortcuts=tuple(features.get("shortcuts", ())),
        events=frozenset(settings.get("event_subscriptions", {}).get("bot_events", ())),
        home_tab=bool(home.get("home_tab_enabled", False)),
        messages_tab=bool(home.get("messages_tab_enabled", True)),
        messages_read_only=bool(home.get("messages_tab_read_only_enabled", False)),
        interactive=bool(settings.get("interactivity", {}).get("is_enabled", False)),
    )
