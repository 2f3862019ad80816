"""What was entered in a field of a form, read from Slack's payload into text, a list of texts, or files."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from handlers.call import FormFile

_UNSTORED = re.compile("[\x00\ud800-\udfff]")
"""What no database takes as text: the null character, and halves of characters."""


def sound(value: Any) -> Any:
    """The value as a database takes it, with "" for None."""
    return _UNSTORED.sub("", value) if isinstance(value, str) else value or ""


def field_value(element: Mapping[str, Any]) -> Any:
    """Text, the value of one option, the list of several, or files; "" and [] where nothing was entered.

    Rich text comes as lines, in which people are "<@U0LAN>".
    """
    if "selected_options" in element:
        return [sound(option["value"]) for option in element["selected_options"] or []]
    if "selected_option" in element:
        return sound((element["selected_option"] or {}).get("value"))
    for kind in ("user", "channel", "conversation"):
        if f"selected_{kind}s" in element:
            return list(element[f"selected_{kind}s"] or [])
        if f"selected_{kind}" in element:
            return element[f"selected_{kind}"] or ""
    if "files" in element:
        return [FormFile(str(file["id"]), str(sound(file.get("name")))) for file in element["files"] or []]
    if "rich_text_value" in element:
        return sound("\n".join(_lines(element["rich_text_value"] or {})))
    for name in ("selected_date", "selected_time", "value"):
        if name in element:
            return sound(element[name])
    return ""


def _lines(rich_text: Mapping[str, Any]) -> Iterator[str]:
    """A line for each paragraph and each item of a list."""
    for part in rich_text.get("elements") or []:
        if part.get("type") == "rich_text_list":
            yield from ("".join(_words(item)) for item in part["elements"])
        else:
            yield "".join(_words(part))


def _words(paragraph: Mapping[str, Any]) -> Iterator[str]:
    for element in paragraph.get("elements") or []:
        if element.get("type") == "user":
            yield f"<@{element['user_id']}>"
        else:
            yield str(next((element[name] for name in ("text", "unicode", "fallback", "url") if element.get(name)), ""))
