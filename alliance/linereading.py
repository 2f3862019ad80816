"""Reads the pieces of a line about an event: what each is, what it says, and what nobody understands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from alliance.linenotes import Names, Noted, Problem, Wrong
from alliance.names import plain
from alliance.rhythm import RhythmError
from alliance.rhythmreading import read_rhythm
from alliance.saiddates import NoSuchDay, read_date
from alliance.saidtimes import NoSuchTime, has_clock, read_minutes, read_time
from alliance.tokens import Token, skip, words
from alliance.when import Precision
from alliance.words import Meaning

KINDS: Final = frozenset({"workshop", "meeting", "forum", "launch", "conference", "training", "survey"})
"""Kinds of events that people may add; as in storage.entries."""

_UNCONFIRMED: Final = frozenset(
    {
        "tbc", "tentative", "tentatively", "provisional", "provisoire", "to be confirmed", "a confirmer",
        "date a confirmer", "por confirmar", "a confirmar", "fecha por confirmar", "sujeto a confirmacion",
    }
)  # fmt: skip
_ONLINE: Final = frozenset({"online", "en ligne", "en linea", "virtual", "zoom", "teams", "webex", "by phone"})
_PLACE: Final = words("in at a au en place lieu lugar where chez")
_ROOM: Final = words("room salle sala building batiment edificio")
_ZONE_LEAD: Final = words("time heure hora de d of in a local locale")
_ZONE_SAID: Final = words("heure hora")
_ZONE_TAIL: Final = words("time local")
_NOTHING: Final = words(
    "for pour para the le la les el los las and et y with avec con event evenement evento of de du del"
)
_UNIVERSAL: Final = {"gmt": "UTC", "utc": "UTC", "tu": "UTC", "z": "UTC"}
LONGEST_CITY: Final = 4
LONGEST_LINK: Final = 300


def read_pieces(line: str, items: Sequence[Token], names: Names, today: date) -> Noted:
    """What these pieces of the line say."""
    reading = _Reading(line, items, names, today)
    reading.read()
    return reading.noted


def recognises(line: str, items: Sequence[Token], names: Names, today: date, *, strong: bool = False) -> bool:
    """Whether the first piece is understood; `strong`: as something that no title holds, such as a whole date."""
    reading = _Reading(line, items, names, today)
    if not items or not reading.piece():
        return False
    noted = reading.noted
    if not strong:
        return not noted.unknown
    dated = noted.said is not None and (noted.said.precision is Precision.DAY or noted.said.year_given)
    whole = dated and (noted.said is None or noted.said.precision is not Precision.YEAR)
    return bool(whole or noted.heard or noted.starts or noted.link or items[0].kind == "tag" or noted.problems)


@dataclass(slots=True)
class _Reading:
    line: str
    items: Sequence[Token]
    names: Names
    today: date
    at: int = 0
    after_time: bool = False
    noted: Noted = field(default_factory=Noted)

    def read(self) -> None:
        while self.at < len(self.items):
            self.at += self.piece()

    def piece(self) -> int:
        """Understand the piece that comes next; how many pieces of the line it takes."""
        token = self.items[self.at]
        if token.kind == "break":
            self.after_time = False
            return 1
        try:
            used = self._dated() or self._timed()
        except RhythmError as error:
            self.noted.problems.append(Problem(Wrong.RHYTHM, error.part, error.reason))
            return self._to_break() - self.at
        except NoSuchDay as error:
            wrong = Wrong.WEEKDAY if error.weekday_of else Wrong.DAY
            self.noted.problems.append(Problem(wrong, error.part, day=error.weekday_of))
            return error.end - self.at
        except NoSuchTime as error:
            self.noted.problems.append(Problem(Wrong.TIME, error.part))
            return skip(self.items, self.at, words("at a las from de for")) + 1 - self.at
        used = used or self._addressed(token) or self._marked() or self._zone() or self._topic() or self._place()
        return used or self._unknown(token)

    def _dated(self) -> int:
        if self.noted.heard is None and (found := read_rhythm(self.items, self.at, self.today)):
            self.noted.heard, end = found
            return end - self.at
        if self.noted.said is None and (dated := read_date(self.items, self.at, self.today)):
            self.noted.said, end = dated
            return end - self.at
        return 0

    def _timed(self) -> int:
        bare = self.noted.starts is None and not has_clock(self.items)
        if self.noted.starts is None and (timed := read_time(self.items, self.at, bare=bare)):
            said, end = timed
            self.noted.starts, self.noted.ends, self.after_time = said.starts, said.ends, True
            return end - self.at
        if not self.noted.minutes and (length := read_minutes(self.items, self.at)):
            self.noted.minutes, end = length
            self.noted.minutes_raw = self._raw(self.at, end)
            return end - self.at
        return 0

    def _addressed(self, token: Token) -> int:
        """A link, or the channel of a group."""
        if token.kind == "link":
            link = token.raw.strip("<>").partition("|")[0].rstrip(").,;")
            if link.startswith("https://") and len(link) <= LONGEST_LINK and not self.noted.link:
                self.noted.link = link
            else:
                self.noted.problems.append(Problem(Wrong.LINK, link[:60]))
            return 1
        if token.kind != "tag":
            return 0
        channel_id, _bar, name = token.raw.strip("<>#").partition("|")
        group = self.names.channels.get(channel_id) or self.names.channels.get(name.lower() or channel_id.lower())
        if group is None and ((found := self.names.topics(plain(name or channel_id))) is not None):
            group = next((slug for kind, slug in found if kind == "group"), None)
        if group:
            self.noted.topics.append(("group", group))
        else:
            self.noted.problems.append(Problem(Wrong.CHANNEL, token.raw))
        return 1

    def _marked(self) -> int:
        """'to be confirmed'."""
        for length in (3, 2, 1):
            if self._phrase(length) in _UNCONFIRMED:
                self.noted.unconfirmed = True
                return length
        return 0

    def _zone(self) -> int:
        """The city or zone after a time: '15:00 Geneva', '15 h, heure de Genève'."""
        if self.noted.zone or not (self.after_time or self.items[self.at].plain in _ZONE_SAID):
            return 0
        begin = skip(self.items, self.at, _ZONE_LEAD)
        for length in range(min(LONGEST_CITY, self._to_break() - begin), 0, -1):
            said = self._raw(begin, begin + length)
            zone = _UNIVERSAL.get(plain(said)) or self.names.zone(said)
            if zone:
                self.noted.zone, self.after_time = zone, False
                return skip(self.items, begin + length, _ZONE_TAIL) - self.at
        return self._misspelt_zone(begin)

    def _misspelt_zone(self, begin: int) -> int:
        """The words right after a time name a zone, or one that does not exist."""
        self.after_time = False
        end = begin
        while end < self._to_break() and self.items[end].kind in ("word", "dash"):
            end += 1
        said = self._raw(begin, end)
        if begin >= end:
            return 0
        if self._topic_at(begin) or self.items[begin].plain in _PLACE | _NOTHING or plain(said) in _ONLINE:
            return 0
        if plain(said) in _UNCONFIRMED:
            return 0
        self.noted.zone = self.names.near_zone(said)
        if self.noted.zone is None:
            self.noted.problems.append(Problem(Wrong.ZONE, said))
        return end - self.at

    def _topic_at(self, at: int) -> tuple[int, frozenset[Meaning]] | None:
        for length in range(min(self.names.longest, self._to_break() - at), 0, -1):
            phrase = " ".join(token.plain for token in self.items[at : at + length])
            found = self.names.topics(phrase) or frozenset()
            if found and any(kind in ("group", "country", "region", "theme") for kind, _slug in found):
                return length, found
        return None

    def _topic(self) -> int:
        """A group, country, region or theme; a name that a group shares with a theme means both."""
        found = self._topic_at(self.at)
        if found is None:
            kind = self.items[self.at].means("kind")
            if kind in KINDS and not self.noted.kind:
                self.noted.kind = str(kind)
                return 1
            return 1 if self.items[self.at].plain in (*_GROUPS, *_NOTHING) and self._more() else 0
        length, meanings = found
        self.noted.topics += sorted(m for m in meanings if m[0] in ("group", "country", "region", "theme"))
        return skip(self.items, self.at + length, _GROUPS) - self.at

    def _more(self) -> bool:
        return self.at + 1 < self._to_break()

    def _place(self) -> int:
        """'in Geneva', 'at ILO headquarters', 'en ligne', or a city that stands by itself."""
        end = self._to_break()
        said = self._raw(self.at, end)
        begin = skip(self.items, self.at, _PLACE)
        if self.noted.place or begin >= end:
            return 0
        if plain(said) in _ONLINE or plain(self._raw(begin, end)) in _ONLINE:
            self.noted.place = said if plain(said) in _ONLINE else self._raw(begin, end)
            return end - self.at
        zone = self.names.zone(self._raw(begin, end))
        if begin == self.at and zone is None and self.items[begin].plain not in _ROOM:
            return 0
        stop = next((n for n in range(begin, end) if self.items[n].kind in ("clock", "iso", "day", "link", "tag")), end)
        stop = stop - 1 if stop < end and stop > begin and self.items[stop - 1].plain in _PLACE else stop
        self.noted.place = self._raw(begin, stop)
        self.noted.zone_of_place = self.names.zone(self.noted.place)
        return stop - self.at

    def _unknown(self, token: Token) -> int:
        """What is left of this part of the line, as far as nothing in it is understood."""
        if token.kind in ("mark", "dash"):
            return 1
        end, stop = self.at + 1, self._to_break()
        while end < stop and self.items[end].kind in ("word", "dash", "mark") and not self._topic_at(end):
            end += 1
        self.noted.unknown.append(self._raw(self.at, end))
        return end - self.at

    def _to_break(self) -> int:
        """The place of the next comma, or the end."""
        at = self.at
        while at < len(self.items) and self.items[at].kind != "break":
            at += 1
        return at

    def _phrase(self, length: int) -> str:
        return " ".join(token.plain for token in self.items[self.at : self.at + length])

    def _raw(self, begin: int, end: int) -> str:
        """The words as they were typed, with what stands between them."""
        if begin >= end or begin >= len(self.items):
            return ""
        return self.line[self.items[begin].start : self.items[min(end, len(self.items)) - 1].end]


_GROUPS: Final = words("group groupe grupo action")
