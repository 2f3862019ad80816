"""Arguments of a Web API call: from the query, a form or a JSON body, read in one way."""

import base64
import binascii
import json
import re
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
        """A string argument. Raises invalid_arguments where it was not passed; an empty one is passed."""
        self.need(name)
        return self.text(name)

    def need(self, *names: str) -> None:
        """Raise invalid_arguments that names each of the arguments that was not passed."""
        missing = [name for name in names if not self.given(name)]
        if missing:
            raise invalid_arguments(*[f"missing required field: {name}" for name in missing])

    def given(self, name: str) -> bool:
        """Whether the argument was passed at all."""
        return self.values.get(name) is not None

    def flag(self, name: str, default: bool = False) -> bool:
        """A boolean argument."""
        value = self.values.get(name)
        return default if value is None else value is True or str(value) in TRUE

    def whole(self, name: str, default: int, most: int) -> int:
        """A number up to `most`; 0 and less count as not passed. Raises invalid_arguments."""
        given = self.text(name)
        if given and not re.fullmatch(r"-?\d+(\.\d+)?", given):
            raise invalid_arguments(f"must provide a number [json-pointer:/{name}]")
        value = int(float(given or default))
        return min(value, most) if value > 0 else default

    def json(self, name: str) -> Any:
        """An argument that is JSON, as text or as it stands. Raises invalid_arguments."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError as error:
            raise invalid_arguments(f"must provide valid JSON [json-pointer:/{name}]") from error


async def read(request: web.Request, *, takes_json: bool = True) -> Arguments:
    """The arguments of a request; a JSON body is ignored by methods that do not take one, as Slack does.

    Raises invalid_json, json_not_object, missing_post_type or invalid_post_type.
    """
    values: Json = dict(request.query)
    if request.method == "POST" and request.can_read_body:
        if "Content-Type" not in request.headers:
            raise SlackError("missing_post_type")
        if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
            values.update(await request.post())
        elif request.content_type == "application/json":
            body = _json_object(await request.text())
            values.update(body if takes_json else {})
        elif request.content_type != "text/plain":
            raise SlackError("invalid_post_type")
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
    if start < 0:
        raise SlackError("invalid_cursor")
    end = start + args.whole("limit", default, most)
    following = base64.urlsafe_b64encode(f"next:{end}".encode()).decode() if end < len(entries) else ""
    return entries[start:end], following
