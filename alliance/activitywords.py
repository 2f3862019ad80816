"""Which activities somebody asks for: "mine drafted june 2019", "prêtes OIT", "mías"; the rest is a period."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from alliance.activities import ActivityState
from alliance.names import plain

MINE: Final = frozenset({"mine", "my", "me", "mes", "moi", "miens", "miennes", "mias", "mios", "mis"})

STATES: Final = {
    ActivityState.IDEA: {"idea", "ideas", "idee", "idees"},
    ActivityState.PLANNED: {"planned", "prevue", "prevues", "prevu", "prevus", "prevista", "previstas"},
    ActivityState.DRAFTED: {"drafted", "redigee", "redigees", "redige", "rediges", "redactada", "redactadas"},
    ActivityState.READY: {"ready", "prete", "pretes", "pret", "prets", "lista", "listas"},
    ActivityState.PUBLISHED: {"published", "publiee", "publiees", "publie", "publies", "publicada", "publicadas"},
}
"""The words for each state in the three languages, as `alliance.names.plain` writes them."""

_STATE_OF: Final = {word: state for state, words in STATES.items() for word in words}


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose (`mine`), how far, of whom; an empty set is any. `rest`: the words that say something else, a period."""

    mine: bool
    states: frozenset[ActivityState]
    organisations: frozenset[str]
    rest: str


def asked(words: str, organisations: Iterable[str]) -> Asked:
    """Read the words. `organisations`: those that have activities, as they are written."""
    said, found = words.split(), set()
    for name in sorted(organisations, key=len, reverse=True):
        while (place := _place(said, plain(name))) is not None:
            del said[place]
            found.add(name)
    return Asked(
        any(plain(word) in MINE for word in said),
        frozenset(_STATE_OF[plain(word)] for word in said if plain(word) in _STATE_OF),
        frozenset(found),
        " ".join(word for word in said if plain(word) not in MINE and plain(word) not in _STATE_OF),
    )


def _place(said: Sequence[str], name: str) -> slice | None:
    """Where the words say the name."""
    length = len(name.split())
    for first in range(len(said) - length + 1 if name else 0):
        if plain(" ".join(said[first : first + length])) == name:
            return slice(first, first + length)
    return None
