"""The words of a filter, split into phrases of the vocabulary, numbers, and words that mean nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from alliance import periods
from alliance.names import plain
from alliance.vocabulary import Vocabulary
from alliance.words import Meaning

PLACES: Final = frozenset({"country", "region"})
MATTERS: Final = frozenset({"group", "theme"})
MOST_WORDS = 40
MOST_GUESSES = 6
"""So many words that are not in the vocabulary are looked up by likeness; an answer must not take longer and longer."""

_TOKEN = re.compile(r"\d{4}-\d{2}(?:-\d{2})?(?![\d-])|\d{1,2}[./]\d{1,2}[./]\d{4}(?!\d)|[^\W_]+|[^\x00-\x7f\W_\s]|\S")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|e|o)?")


@dataclass(frozen=True, slots=True)
class Item:
    """One recognised phrase, or an unknown word (without meanings); `start` and `end` are its place in the text."""

    phrase: str
    start: int
    end: int
    meanings: dict[str, str] = field(default_factory=dict)
    topics: tuple[Meaning, ...] = ()


def recognised(words: str, vocabulary: Vocabulary) -> list[Item]:
    """The phrases of the vocabulary, the longest first; words without meaning are left out, unknown ones stay."""
    tokens = [
        Item(part, match.start(), match.end())
        for match in _TOKEN.finditer(words)
        for part in ([match[0]] if match[0][0].isdigit() else plain(match[0]).split() or _symbol(match[0]))
    ]
    items, guesses, at = [], 0, 0
    while at < len(tokens[:MOST_WORDS]):
        item, length = _longest(tokens, at, vocabulary)
        if not item.meanings and not item.topics and guesses < MOST_GUESSES and not item.phrase[0].isdigit():
            guesses += 1
            item, length = _closest(tokens, at, vocabulary)
        at += length
        if "" not in item.meanings:
            items.append(item)
    return items + tokens[MOST_WORDS:]


def _symbol(text: str) -> list[str]:
    """Punctuation means nothing; an emoji is a word that nobody knows."""
    return [text] if ord(text[0]) >= 0x2190 else []


def _longest(tokens: Sequence[Item], at: int, vocabulary: Vocabulary) -> tuple[Item, int]:
    for length in range(min(vocabulary.longest, len(tokens) - at), 0, -1):
        phrase = " ".join(token.phrase for token in tokens[at : at + length])
        if meanings := vocabulary.exact(phrase):
            return _item(tokens, at, length, phrase, meanings), length
    return _number(tokens[at]), 1


def _closest(tokens: Sequence[Item], at: int, vocabulary: Vocabulary) -> tuple[Item, int]:
    """A misspelt or shortened phrase of up to four words."""
    for length in range(min(4, len(tokens) - at), 0, -1):
        if found := vocabulary.close(" ".join(token.phrase for token in tokens[at : at + length])):
            return _item(tokens, at, length, *found), length
    return tokens[at], 1


def _item(tokens: Sequence[Item], at: int, length: int, phrase: str, meanings: frozenset[Meaning]) -> Item:
    topics = tuple(sorted(m for m in meanings if m[0] in PLACES or m[0] in MATTERS or m[0] == "kind"))
    others = {kind: slug for kind, slug in meanings if (kind, slug) not in topics}
    return Item(phrase, tokens[at].start, tokens[at + length - 1].end, others, topics)


def _number(token: Item) -> Item:
    """A number, a year, a day of a month or a whole date; else the token as it is: unknown."""
    meanings: dict[str, str] = {}
    phrase = token.phrase
    if match := re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", phrase):
        meanings["date"] = phrase
    elif match := re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", phrase):
        meanings["date"] = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    elif phrase.isdecimal() and len(phrase) == 4 and int(phrase) in periods.YEARS:
        meanings["year"] = str(int(phrase))
    elif match := _ORDINAL.fullmatch(phrase):
        meanings["day"] = match[1]
    if phrase.isdecimal() and len(phrase) <= 3:
        meanings["number"] = str(int(phrase))
    return Item(phrase, token.start, token.end, meanings)
