"""Modals and Home tabs: what each person has open, and whether Slack would take a view."""

import copy
import json
import secrets
from collections import defaultdict

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.views import View

from workspace.app import App
from workspace.block_tables import VIEWS
from workspace.blocks import problems_of, with_ids
from workspace.clock import Clock
from workspace.elements import remembered
from workspace.errors import Json, SlackError, invalid_arguments
from workspace.rules import Problems

LARGEST_VIEW = 250_000
"""Bytes of JSON; above it view_too_large."""
DEEPEST_STACK = 3
"""Modals on top of each other; above it push_limit_reached."""


class Views:
    """The published Home tab and the stack of open modals (the last one is what they see) of each person."""

    def __init__(self, app: App, clock: Clock) -> None:
        self._app = app
        self._clock = clock
        self.homes: dict[str, Json] = {}
        self.stacks: dict[str, list[Json]] = defaultdict(list)

    def find(self, view_id: str | None = None, external_id: str | None = None) -> tuple[str, Json] | None:
        """Whose view it is, and the view; None when it is neither open nor a Home tab."""
        everything = [(user, view) for user, stack in self.stacks.items() for view in stack]
        for user, view in [*everything, *self.homes.items()]:
            if (view_id and view["id"] == view_id) or (external_id and view["external_id"] == external_id):
                return user, view
        return None

    def open(self, user: str, given: Json) -> Json:
        """Open a modal; what the person had open before is gone."""
        view = self._fresh(given, "modal")
        view["root_view_id"] = view["id"]
        self.stacks[user] = [view]
        return view

    def push(self, user: str, given: Json) -> Json:
        """Put a modal on top of what is open. Raises push_limit_reached."""
        stack = self.stacks[user]
        if not stack:
            raise SlackError("not_found")
        if len(stack) >= DEEPEST_STACK:
            raise SlackError("push_limit_reached")
        view = self._fresh(given, "modal")
        view["root_view_id"] = stack[0]["id"]
        view["previous_view_id"] = stack[-1]["id"]
        stack.append(view)
        return view

    def update(self, old: Json, given: Json, expected_hash: str | None = None) -> Json:
        """Replace what an open view shows, in place. Raises hash_conflict when it has changed since."""
        if expected_hash and expected_hash != old["hash"]:
            raise SlackError("hash_conflict")
        fresh = self._fresh(given, old["type"], replaces=old)
        kept = {name: old[name] for name in ("id", "root_view_id", "previous_view_id")}
        values = remembered(fresh["blocks"], old["state"]["values"])
        old.clear()
        old.update(fresh, **kept, state={"values": values})
        return old

    def publish(self, user: str, given: Json, expected_hash: str | None = None) -> Json:
        """Set a person's Home tab. Raises hash_conflict when it has changed since."""
        old = self.homes.get(user)
        if old is not None:
            return self.update(old, given, expected_hash)
        view = self._fresh(given, "home")
        view["root_view_id"] = view["id"]
        self.homes[user] = view
        return view

    def close(self, user: str, view_id: str) -> None:
        """Take a modal and all above it away."""
        stack = self.stacks[user]
        position = next((i for i, view in enumerate(stack) if view["id"] == view_id), len(stack))
        del stack[position:]

    def clear(self) -> None:
        """Take everything away from everybody."""
        self.homes.clear()
        self.stacks.clear()

    def _fresh(self, given: Json, kind: str, replaces: Json | None = None) -> Json:
        check(given, kind)
        _check_scopes(given, self._app)
        external = given.get("external_id") or ""
        taken = self.find(external_id=external) if external else None
        if taken is not None and taken[1] is not replaces:
            raise SlackError("duplicate_external_id")
        title = {"title": given.get("title"), "submit": given.get("submit"), "close": given.get("close")}
        return copy.deepcopy(
            {
                "id": "V" + secrets.token_hex(5).upper(),
                "team_id": self._app.team_id,
                "type": kind,
                **(title if kind == "modal" else {}),
                "blocks": with_ids(given["blocks"]),
                "private_metadata": given.get("private_metadata") or "",
                "callback_id": given.get("callback_id") or "",
                "external_id": external,
                "state": {"values": {}},
                "hash": f"{int(self._clock.now().timestamp())}.{secrets.token_hex(4)}",
                "clear_on_close": bool(given.get("clear_on_close")),
                "notify_on_close": bool(given.get("notify_on_close")),
                "root_view_id": None,
                "previous_view_id": None,
                "app_id": self._app.app_id,
                "app_installed_team_id": self._app.team_id,
                "bot_id": self._app.bot_id,
            }
        )


def _check_scopes(given: Json, app: App) -> None:
    """Slack's reference: "In order to use the file_input element within your app, your app must have files:read"."""
    for position, block in enumerate(given["blocks"]):
        if block["type"] == "input" and block["element"]["type"] == "file_input" and "files:read" not in app.scopes:
            raise invalid_arguments(f"file_input needs files:read [json-pointer:/view/blocks/{position}/element]")


def check(given: Json, kind: str) -> None:
    """Refuse what Slack would refuse in a view: invalid_arguments with JSON pointers, or view_too_large."""
    if len(json.dumps(given)) > LARGEST_VIEW:
        raise SlackError("view_too_large")
    problems = Problems()
    VIEWS.check(given, "/view", problems)
    found = problems.found
    if not found and given["type"] != kind:
        found.append(f"must be a view of type {kind} [json-pointer:/view/type]")
    if not found:
        found += problems_of(given["blocks"], kind, "/view/blocks")
    if not found:
        has_input = any(block["type"] == "input" for block in given["blocks"])
        if kind == "modal" and has_input and given.get("submit") is None:
            found.append("missing required field: submit [json-pointer:/view]")
        try:
            View(**copy.deepcopy(given)).validate_json()
        except SlackObjectFormationError as error:
            found.append(f"{error} [json-pointer:/view]")
    if found:
        raise invalid_arguments(*found)
