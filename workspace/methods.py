"""The table of the Web API: every method with the scopes, tier and token that Slack's reference gives it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from workspace.arguments import Arguments
from workspace.errors import Json
from workspace.team import Team

Function = Callable[[Team, Arguments], Awaitable[Json]]


@dataclass(frozen=True)
class Method:
    """One method. `scopes`: one of them is enough (where it depends on the conversation, the method asks itself).

    `tier` 0: not limited per method. `token`: `bot`, `app` or `any` (none needed). `json`: it reads a JSON body.
    """

    function: Function
    scopes: tuple[str, ...] = ()
    tier: int = 3
    token: str = "bot"
    message: bool = False
    json: bool = True


Methods = Mapping[str, Method]
