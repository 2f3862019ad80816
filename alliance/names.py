"""Names as people type them: without accents, case or exact spelling."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

CLOSE_ENOUGH = 84
"""From this likeness on (0 to 100, RapidFuzz's ratio) a misspelt word is taken for the name."""

EVERY_WORD = 75
"""At least so much of each word (RapidFuzz's partial ratio) must be in the name: "workshop in Abuja" is not Abidjan."""

WORTH_SUGGESTING = 65
"""From this likeness on (RapidFuzz's WRatio) a name is a 'did you mean'; at 60 any long name is like a word."""


def plain(text: str) -> str:
    """The text for comparing: no accents, no case, letters and digits only, single spaces.

    "Côte d’Ivoire" gives "cote d ivoire". Control characters and emoji vanish; other scripts stay.
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c)).replace("œ", "oe").replace("æ", "ae")
    return " ".join(re.findall(r"[^\W_]+", letters))


@dataclass(frozen=True, slots=True)
class Named:
    """Something that people call by name: its slug and all its names and aliases, in every language."""

    slug: str
    names: tuple[str, ...]


class NameIndex:
    """Finds things by name. Built once for a list of names; asked for every command."""

    def __init__(self, things: Iterable[Named]) -> None:
        self._slugs: dict[str, list[str]] = {}
        for thing in things:
            for name in (thing.slug.replace("-", " "), *thing.names):
                slugs = self._slugs.setdefault(plain(name), [])
                if thing.slug not in slugs:
                    slugs.append(thing.slug)
        self._slugs.pop("", None)

    def exact(self, words: str) -> str | None:
        """The slug of the one thing that has this name; None for none or several."""
        slugs = self._slugs.get(plain(words), [])
        return slugs[0] if len(slugs) == 1 else None

    def find(self, words: str) -> str | None:
        """The slug that is meant: an exact name, the only name that contains the words, or the closest spelling."""
        wanted = plain(words)
        if not wanted:
            return None
        if slug := self.exact(wanted):
            return slug
        containing = {slug for name, slugs in self._slugs.items() if f" {wanted}" in f" {name}" for slug in slugs}
        if len(containing) == 1:
            return containing.pop()
        return self.close(wanted)

    def close(self, words: str) -> str | None:
        """The slug of the closest spelling, if it is close enough; short words must match exactly."""
        wanted = plain(words)
        if len(wanted) < 4:
            return None
        best = process.extractOne(wanted, self._slugs.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
        return self._slugs[best[0]][0] if best and _every_word_is_in(wanted, best[0]) else None

    def suggest(self, words: str, limit: int = 3) -> list[str]:
        """The slugs of the nearest names, best first, for 'did you mean'."""
        ranked = process.extract(
            plain(words), self._slugs.keys(), scorer=fuzz.WRatio, limit=limit * 4, score_cutoff=WORTH_SUGGESTING
        )
        found: list[str] = []
        for name, _score, _index in ranked:
            found.extend(slug for slug in self._slugs[name] if slug not in found)
        return found[:limit]


def _every_word_is_in(wanted: str, name: str) -> bool:
    """Whether each longer word is spelt somewhere in the name; spaces do not count ("Vietnam", "Viet Nam")."""
    joined = name.replace(" ", "")
    return all(fuzz.partial_ratio(word, joined) >= EVERY_WORD for word in wanted.split() if len(word) > 3)
