"""An action item as people write it in a line: '<@U0AMINA> send the survey by 14 May'.

The mention says who does it; a date at the end, after a word such as 'by', 'pour le' or 'antes del', or after a comma,
says until when. A whole month means its last day.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from alliance.saiddates import SaidDate, read_date
from alliance.tokens import Token, tokens, words
from alliance.when import Precision

_BY: Final = words("by until till before due for on pour avant d ici au le para antes el hasta del")
_MENTION: Final = re.compile(r"<@([UW][A-Z0-9]{2,19})>")
_EDGES: Final = " ,;:.-–—"


@dataclass(frozen=True, slots=True)
class SaidItem:
    """What a line says: who (a Slack user id, "" for nobody), what, and until which day."""

    owner: str
    text: str
    due_on: date | None


def read_item(line: str, today: date) -> SaidItem:
    """Read one line. `today` is the writer's: a day without a year is the next such day.

    Raises alliance.saiddates.NoSuchDay for 30 February.
    """
    found = _MENTION.search(line)
    owner = found[1] if found else ""
    rest = " ".join(_MENTION.sub(" ", line, count=1).split()).strip(_EDGES)
    items = tokens(rest)
    for at in range(len(items)):
        if said := _until(items, at, today):
            return SaidItem(owner, _before(rest, items, at), said.last)
    return SaidItem(owner, rest, None)


def _until(items: Sequence[Token], at: int, today: date) -> SaidDate | None:
    """The date that begins here and ends the line, where a word or a mark before it tells that it is meant as one."""
    after_a_mark = at > 0 and items[at - 1].kind in ("break", "dash")
    if items[at].plain not in _BY and not after_a_mark:
        return None
    start = at
    while start < len(items) - 1 and items[start].plain in _BY:
        start += 1
    for place in range(at, start + 1):
        found = read_date(items, place, today)
        if found and found[1] == len(items) and found[0].precision is not Precision.YEAR:
            return found[0]
    return None


def _before(rest: str, items: Sequence[Token], at: int) -> str:
    return rest[: items[at].start].strip(_EDGES)
