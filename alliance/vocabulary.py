"""All words that a filter may hold: the fixed ones, and the names of regions, countries, groups and themes."""

from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from alliance.names import CLOSE_ENOUGH, Named, plain
from alliance.words import Meaning, fixed_words

SUGGESTED_KINDS = frozenset({"country", "region", "group", "theme", "kind", "month"})
WORTH_SUGGESTING = 65
"""From this likeness on (RapidFuzz's ratio) a word is offered; below, months come up for anything."""

SHORTEST_MISSPELT = 4
"""Shorter words must be spelt as they are: too many others are one letter away."""


class Vocabulary:
    """Finds the meanings of phrases. Built once for a content; asked for every command.

    `topics`: for each kind ("country", "region", "group", "theme") the things that have names.
    """

    def __init__(self, topics: Mapping[str, Iterable[Named]]) -> None:
        found: dict[str, set[Meaning]] = {}
        for phrase, meaning in fixed_words():
            found.setdefault(phrase, set()).add(meaning)
        for kind, things in topics.items():
            for thing in things:
                for name in (thing.slug.replace("-", " "), *thing.names):
                    found.setdefault(plain(name), set()).add((kind, thing.slug))
        found.pop("", None)
        self._phrases = {phrase: frozenset(meanings) for phrase, meanings in found.items()}
        self._topics = [p for p, meanings in self._phrases.items() if any(k in SUGGESTED_KINDS for k, _ in meanings)]
        self.longest = max(phrase.count(" ") + 1 for phrase in self._phrases)

    def exact(self, phrase: str) -> frozenset[Meaning] | None:
        """What this plain phrase means."""
        return self._phrases.get(phrase)

    def close(self, phrase: str) -> tuple[str, frozenset[Meaning]] | None:
        """The phrase that is meant by a misspelt or shortened one, with its meanings."""
        if len(phrase) < SHORTEST_MISSPELT:
            return None
        containing = [name for name in self._topics if f" {phrase}" in f" {name}"]
        meanings = frozenset(meaning for name in containing for meaning in self._phrases[name])
        if meanings and len({kind for kind, _slug in meanings}) == len(meanings):
            return min(containing, key=len), meanings
        best = process.extractOne(phrase, self._topics, scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
        return (best[0], self._phrases[best[0]]) if best else None

    def suggest(self, phrase: str, limit: int = 3) -> tuple[Meaning, ...]:
        """What the phrase may have meant, the nearest first."""
        found: list[Meaning] = []
        for name, _score, _index in process.extract(
            phrase, self._topics, scorer=fuzz.ratio, limit=limit * 3, score_cutoff=WORTH_SUGGESTING
        ):
            found.extend(meaning for meaning in sorted(self._phrases[name]) if meaning not in found and meaning[0])
        return tuple(found[:limit])
