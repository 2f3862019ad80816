"""Filling in the form of an event, as a person does: what stands in it stays, but for what they write."""

from typing import Any

from handlers.replies import Json, Reply
from tests.handlers.desk import Desk
from tests.handlers.forms import chosen, several, written


def state_of(view: Json, **entered: Any) -> Json:
    """The fields of a form as Slack sends them: those that the person filled in, and the others as they were."""
    fields = {b["element"]["action_id"]: b["element"] for b in view["blocks"] if b["type"] == "input"}
    assert set(entered) <= set(fields), set(entered) - set(fields)
    return {name: _field(element, entered.get(name)) for name, element in fields.items()}


def _field(element: Json, value: Any) -> Json:
    match element["type"]:
        case "static_select":
            return chosen(value or element["initial_option"]["value"])
        case "multi_static_select":
            before = [option["value"] for option in element.get("initial_options", ())]
            return several(*(before if value is None else value))
        case _:
            return written(element.get("initial_value", "") if value is None else value)


async def submit(desk: Desk, view: Json, user: str = "U0LAN", **entered: Any) -> Reply:
    """Fill in and press the form's button."""
    return await desk.submit(view["callback_id"], state_of(view, **entered), view["private_metadata"], user)


def then(reply: Reply) -> Json:
    """The view that takes the form's place."""
    assert reply.ack is not None, reply
    assert reply.ack["response_action"] == "update", reply.ack
    view: Json = reply.ack["view"]
    return view


def errors(reply: Reply) -> Json:
    """What is said at the fields."""
    assert reply.ack is not None, reply
    assert reply.ack["response_action"] == "errors", reply.ack
    return {block.partition(".")[0]: words for block, words in reply.ack["errors"].items()}
