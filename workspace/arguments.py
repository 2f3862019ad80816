"""Arguments of a Web API call: from the query, a form or a JSON body, read in one way."""

import base64
import binascii
import json
from typing import Any

from aiohttp import web

from workspace.errors import Json, SlackError, invalid_arguments

TRUE = {"true", "1", "True"}


class Arguments:
    """The arguments of one call; values are strings, or whatever JSON held."""

    def __init__(self, values: Json) -> None:
        self.values = values

    def text(self, name: str, default: str = "") -> str:
        """A string argument."""
        value = self.values.get(name)
        return default if value is None else str(value)

    def required(self, name: str) -> str:
        """A string argument. Raises invalid_arguments where it is missing or empty."""
        value = self.text(name)
        if not value:
            raise invalid_arguments(f"missing required field: {name}")
        return value

    def given(self, name: str) -> bool:
        """Whether the argument was passed at all."""
        return self.values.get(name) is not None

    def flag(self, name: str, default: bool = False) -> bool:
        """A boolean argument."""
        value = self.values.get(name)
        return default if value is None else value is True or str(value) in TRUE

    def whole(self, name: str, default: int, most: int) -> int:
        """A whole number from 1 to `most`. Raises invalid_arguments."""
        try:
            value = int(self.text(name) or default)
        except ValueError as error:
            raise invalid_arguments(f"must provide an integer [json-pointer:/{name}]") from error
        if value < 1:
            raise invalid_arguments(f"must be greater than 0 [json-pointer:/{name}]")
        return min(value, most)

    def json(self, name: str) -> Any:
        """An argument that is JSON, as text or as it stands. Raises invalid_arguments."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError as error:
            raise invalid_arguments(f"must provide valid JSON [json-pointer:/{name}]") from error


async def read(request: web.Request) -> Arguments:
    """The arguments of a request. Raises invalid_json, json_not_object or invalid_form_data."""
    values: Json = dict(request.query)
    if request.method == "POST":
        if request.content_type == "application/json":
            values.update(_json_object(await request.text()))
        elif request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
            values.update(await request.post())
    return Arguments(values)


def _json_object(text: str) -> Json:
    if not text:
        return {}
    try:
        body = json.loads(text)
    except ValueError as error:
        raise SlackError("invalid_json") from error
    if not isinstance(body, dict):
        raise SlackError("json_not_object")
    return body


def page(entries: list[Json], args: Arguments, default: int, most: int) -> tuple[list[Json], str]:
    """One page of a list by `limit` and `cursor`, and the cursor of the next. Raises invalid_cursor."""
    start = 0
    if cursor := args.text("cursor"):
        try:
            start = int(base64.urlsafe_b64decode(cursor).decode().removeprefix("next:"))
        except (ValueError, binascii.Error) as error:
            raise SlackError("invalid_cursor") from error
    end = start + args.whole("limit", default, most)
    following = base64.urlsafe_b64encode(f"next:{end}".encode()).decode() if end < len(entries) else ""
    return entries[start:end], following
