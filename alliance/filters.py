"""What somebody asks for when they list events: a period and topics."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Filter:
    """Which occurrences to list.

    `first` and `last` bound the days (inclusive; None: open); without `first`, a list of coming events starts today.
    `past` lists what is over, latest first. `topics` must all hold; each is a set of alternatives such as
    {"group:migration", "theme:migration"} or {"country:nepal"}; `kinds` are event kinds, any of which will do.
    """

    first: date | None = None
    last: date | None = None
    past: bool = False
    topics: tuple[frozenset[str], ...] = ()
    kinds: frozenset[str] = frozenset()

    @property
    def open_ended(self) -> bool:
        """True where no period was asked for: what is coming, without end."""
        return not (self.past or self.first or self.last)
