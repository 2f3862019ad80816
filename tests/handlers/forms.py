"""The elements of a form as Slack sends them when it is submitted."""

from handlers.replies import Json


def chosen(value: str) -> Json:
    """One entry of a menu."""
    return {"type": "static_select", "selected_option": {"value": value}}


def several(*values: str) -> Json:
    """Several entries of a menu."""
    return {"type": "multi_static_select", "selected_options": [{"value": value} for value in values]}


def members(*user_ids: str) -> Json:
    """Several members."""
    return {"type": "multi_users_select", "selected_users": list(user_ids)}


def written(text: str = "") -> Json:
    """A line of text; None where nothing was written, as Slack has it."""
    return {"type": "plain_text_input", "value": text or None}


def initial(view: Json) -> dict[str, object]:
    """What stands in the fields of a form when it opens, by action id."""
    elements = [block["element"] for block in view["blocks"] if block["type"] == "input"]
    return {element["action_id"]: _initial(element) for element in elements}


def _initial(element: Json) -> object:
    if "initial_option" in element:
        return element["initial_option"]["value"]
    if element["type"] == "multi_static_select":
        return [option["value"] for option in element.get("initial_options", ())]
    return element.get("initial_users") or element.get("initial_value", "")
