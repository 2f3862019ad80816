"""A line that somebody typed, cut into words, numbers, clock times and dates that know their place in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from alliance.names import plain
from alliance.words import fixed_words

Kind = Literal["link", "tag", "iso", "day", "clock", "length", "number", "word", "dash", "break", "mark"]

_PATTERNS: Final[tuple[tuple[Kind, str], ...]] = (
    ("link", r"<?(?:https?|ftp)://[^\s<>|]+(?:\|[^<>]*)?>?"),
    ("tag", r"<#[A-Z0-9]+(?:\|[^>]*)?>|#[\w-]+"),
    ("iso", r"\d{4}-\d{2}-\d{2}(?![\d-])"),
    ("day", r"\d{1,2}[./]\d{1,2}[./]\d{4}(?!\d)"),
    ("clock", r"\d{1,2}:\d{2}(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?"),
    ("length", r"\d{1,3}\s?(?:h|heures?|horas?|hours?|hrs?)\s?\d{1,2}\s?min(?:ute|uto)?s?(?!\w)"),
    ("length", r"\d{1,3}h\d{2}(?!\w)|\d{1,3}\sh\s\d{2}(?!\w)"),
    ("length", r"\d{1,3}(?:[.,]\d)?\s?(?:hours?|hrs?|heures?|horas?|h)(?!\w)"),
    ("length", r"\d{1,3}\s?min(?:ute|uto)?s?(?!\w)"),
    ("number", r"\d+(?:\.?[ºª°]|(?:st|nd|rd|th|ers?|[eè]res?|[eè]mes?|es?|os?|as?)(?!\w))?"),
    ("dash", r"\.\.+|[-–—→]"),
    ("break", r"[,;\n]"),
    ("word", r"[^\W\d_][^\W_]*(?:/[^\W\d_][\w/-]*)?"),
    ("mark", r"[^\s\w]"),
)
_ENDING = re.compile(r"\D+")
_TOKEN = re.compile(
    "|".join(f"(?P<{kind}{number}>{pattern})" for number, (kind, pattern) in enumerate(_PATTERNS)), re.I
)

MARK: Final = f"mark{len(_PATTERNS) - 1}"
FIRST_SYMBOL: Final = 0x2190
"""Brackets, quotes and apostrophes come before it and are left out; an emoji is a word that nobody knows."""


@dataclass(frozen=True, slots=True)
class Token:
    """One piece. `plain` is for comparing (alliance.names.plain), `raw` as it was typed; `start`, `end`: its place."""

    kind: Kind
    plain: str
    raw: str
    start: int
    end: int

    def means(self, kind: str) -> str | None:
        """What the word stands for among the fixed words of that kind ("month" gives "5" for "mayo")."""
        return MEANINGS.get(self.plain, {}).get(kind) if self.kind == "word" else None

    @property
    def number(self) -> int | None:
        """The number that it begins with ("2nd", "1er", "14"); None for anything else."""
        return int(_ENDING.sub("", self.raw)) if self.kind == "number" else None

    @property
    def bare_number(self) -> bool:
        """Whether it is digits alone, without the ending of an ordinal."""
        return self.kind == "number" and self.raw.isdecimal()


def _meanings() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for word, (kind, slug) in fixed_words():
        found.setdefault(word, {})[kind] = slug
    return found


MEANINGS: Final = _meanings()


def tokens(text: str) -> list[Token]:
    """The pieces of the text in order. A hyphen within a word parts it, as do apostrophes ("d’avril": "d", "avril")."""
    found = []
    for match in _TOKEN.finditer(text):
        if match.lastgroup == MARK and ord(match[0]) < FIRST_SYMBOL:
            continue
        kind = _PATTERNS[int(re.sub(r"\D", "", match.lastgroup or "0"))][0]
        found.append(Token(kind, plain(match[0]) or match[0], match[0], match.start(), match.end()))
    return found


def words(listed: str) -> frozenset[str]:
    """Words that are written one after another."""
    return frozenset(listed.split())


def skip(items: Sequence[Token], at: int, ignored: frozenset[str]) -> int:
    """The place of the first piece from `at` on that is none of these plain words."""
    while at < len(items) and items[at].plain in ignored:
        at += 1
    return at
