"""Submitting and closing modals."""

from workspace import elements, payloads
from workspace.composing import composed
from workspace.delivery import Ack, Attempt, Delivery
from workspace.elements import NotThere
from workspace.errors import Json, SlackError
from workspace.seen import TROUBLE, Seen
from workspace.team import Team

REQUIRED = "Please complete this required field."


class Forms:
    """Modals as a person fills them in."""

    def __init__(self, team: Team, delivery: Delivery) -> None:
        self._team = team
        self._delivery = delivery

    def _top(self, user: str, view_id: str) -> Json:
        stack = self._team.views.stacks[user]
        if not stack or stack[-1]["id"] != view_id:
            raise NotThere(f"{view_id} is not the modal on top")
        return stack[-1]

    async def submit(self, user: str, view_id: str, values: Json) -> Seen:
        """Fill in `{block id: {action id: value}}` and press the submit button."""
        person, view = self._team.person(user), self._top(user, view_id)
        if view["submit"] is None:
            raise NotThere("this modal has no submit button")
        entered = composed(self._team, user, view["blocks"], values)
        view["state"]["values"] = elements.merged(view["blocks"], view["state"]["values"], entered)
        missing = incomplete(view)
        if missing:
            return Seen(errors=missing, view=view)
        ack = await self._delivery.send("interactive", payloads.submission(self._team, person, view), Attempt())
        if ack.outcome != "acked":
            return Seen(error=TROUBLE, view=view, ack=ack)
        try:
            errors = self._apply(user, view, ack.body)
        except SlackError as error:
            details = (error.code, *error.more.get("response_metadata", {}).get("messages", ()))
            return Seen(error=TROUBLE, view=view, ack=ack, details=details)
        self._team.changes.publish("modals", user)
        return self._seen(user, ack, errors)

    def _seen(self, user: str, ack: Ack, errors: dict[str, str]) -> Seen:
        stack = self._team.views.stacks[user]
        return Seen(errors=errors, view=stack[-1] if stack else None, ack=ack)

    def _apply(self, user: str, view: Json, body: Json | None) -> dict[str, str]:
        """Do what the acknowledgement says. Raises SlackError where Slack would refuse it."""
        views, said = self._team.views, body or {}
        match said.get("response_action"):
            case None if not said:
                views.close(user, view["id"])
            case "clear":
                views.stacks[user].clear()
            case "update":
                views.update(view, _view(said))
            case "push":
                views.push(user, _view(said))
            case "errors":
                return _errors(view, said.get("errors"))
            case other:
                raise SlackError("invalid_response_action", more={"response_action": other})
        return {}

    async def close(self, user: str, view_id: str) -> Seen:
        """Close a modal (with clear_on_close: all of them)."""
        person, view = self._team.person(user), self._top(user, view_id)
        whole = bool(view["clear_on_close"])
        stack = self._team.views.stacks[user]
        gone = list(stack) if whole else [view]
        for closed in gone:
            stack.remove(closed)
        self._team.changes.publish("modals", user)
        for closed in gone:
            if closed["notify_on_close"]:
                payload = payloads.closed(self._team, person, closed, is_cleared=whole)
                await self._delivery.send("interactive", payload, Attempt())
        return Seen(view=stack[-1] if stack else None)


def incomplete(view: Json) -> dict[str, str]:
    """What Slack itself says of a form before it sends it to the app: required fields, lengths."""
    errors: dict[str, str] = {}
    for block in view["blocks"]:
        if block["type"] != "input":
            continue
        element = block["element"]
        value = view["state"]["values"][block["block_id"]][element["action_id"]][elements.FIELD[element["type"]]]
        if value in (None, "", []):
            if not block.get("optional"):
                errors[block["block_id"]] = REQUIRED
        elif isinstance(value, str) and len(value) > element.get("max_length", 3000):
            errors[block["block_id"]] = f"Must be less than {element.get('max_length', 3000) + 1} characters."
        elif isinstance(value, str) and len(value) < element.get("min_length", 0):
            errors[block["block_id"]] = f"Must be more than {element['min_length'] - 1} characters."
    return errors


def _view(said: Json) -> Json:
    view = said.get("view")
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments")
    return view


def _errors(view: Json, given: object) -> dict[str, str]:
    fields = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not isinstance(given, dict) or not given or not set(given) <= fields:
        raise SlackError(
            "invalid_errors", more={"response_metadata": {"messages": [f"input blocks: {sorted(fields)}"]}}
        )
    return {str(block): str(words) for block, words in given.items()}
