"""One correlation id from request to post: what structlog adds to every line that is logged on the way.

A request carries `request` (8 characters, the reference that a member is shown for a defect), and what it turned out to
be: `kind`, `subject`, `outcome`. A delivery carries `delivery`, its id in the ledger, which is also in the metadata of
the post. Tasks that a request starts carry the same, since they copy its context.
"""

import secrets
import string
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final, Generic, Literal

from structlog.contextvars import bind_contextvars, bound_contextvars, get_contextvars

from bot.posting import Postpone, Skip
from bot.sender import M, Renderer
from storage.values import DeliveryRow

Kind = Literal["command", "action", "submission", "shortcut", "event"]

LENGTH: Final = 8


def reference(envelope: str = "") -> str:
    """The first characters of the id that Slack gave the request (a UUID), else random ones."""
    known = "".join(letter for letter in envelope.lower() if letter in string.hexdigits)[:LENGTH]
    return known if len(known) == LENGTH else secrets.token_hex(LENGTH // 2)


@contextmanager
def request(envelope: str = "") -> Iterator[None]:
    """What is logged in the block, and by tasks that start in it, belongs to this request."""
    with bound_contextvars(request=reference(envelope)):
        yield


@contextmanager
def answering(kind: Kind) -> Iterator[None]:
    """An answer is made in the block; the router says of which subject and with which outcome."""
    with bound_contextvars(kind=kind, subject="none", outcome="answered"):
        yield


def answered() -> tuple[str, str]:
    """Of which subject the answer was ("none" where nothing was understood), and its outcome."""
    known = get_contextvars()
    return str(known["subject"]), str(known["outcome"])


class TracedRenderer(Generic[M]):
    """A renderer that says which delivery it is about. The sender has a task, so a context, for each."""

    def __init__(self, renderer: Renderer[M]) -> None:
        self._renderer = renderer

    async def render(self, row: DeliveryRow, now: datetime) -> M | Skip | Postpone:
        """The message; from here on every line of this task carries the delivery's id."""
        bind_contextvars(delivery=row.id)
        return await self._renderer.render(row, now)
