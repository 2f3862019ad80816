"""A month of the calendar as a picture (PNG): a grid from Monday to Sunday, readable in black and white."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from PIL import Image, ImageDraw

from handlers.tongue import Tongue
from handlers.views.dates import capital
from handlers.views.drawing import FAINT, INK, PAPER, font, png

WIDTH, MARGIN, TITLE, WEEKDAYS, LEGEND, DAY, LINE, SIZE = 1400, 20, 84, 36, 60, 30, 20, 16
COLUMN: Final = (WIDTH - 2 * MARGIN) // 7
SHOWN: Final = 6
"""Lines of a day; where there is more, the last says how many."""

LONGEST: Final = (3, 2, 1)
"""Lines of an entry, as far as the day has room for all of them."""

ALT: Final = 1000
"""Characters of the description for who cannot see it."""

LINES, QUIET = "#c9d0d8", "#f3f5f7"


class Look(StrEnum):
    """What an entry is, by which it is coloured and marked."""

    OBSERVANCE = "observance"
    EVENT = "event"
    ACTIVITY = "activity"


COLOURS: Final = {Look.OBSERVANCE: "#b3541e", Look.EVENT: "#1f5fa8", Look.ACTIVITY: "#2d7a46"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line on each day from `first` to `last` (inclusive)."""

    first: date
    last: date
    look: Look
    words: str


def described(month: date, entries: Sequence[Entry], t: Tongue) -> str:
    """The same in words, as far as the description of a picture may go."""
    lines = [title(month, t)] + [f"{t.day(entry.first, 'd MMMM')}: {entry.words}" for entry in entries]
    text = "; ".join(lines)
    return text if len(text) <= ALT else text[: ALT - 1] + "…"


def title(month: date, t: Tongue) -> str:
    """What the picture is of: "Communications calendar: June 2019"."""
    return t._("Communications calendar: {month}", month=t.day(month, "MMMM y"))


def drawn(month: date, entries: Sequence[Entry], t: Tongue) -> bytes:
    """The picture of the month that begins on `month`. Takes some hundredths of a second of the processor."""
    monday = month - timedelta(days=month.weekday())
    end = (month + timedelta(days=31)).replace(day=1)
    weeks = -(-(end - monday).days // 7)
    cell = DAY + LINE * SHOWN + 8
    image = Image.new("RGB", (WIDTH, TITLE + WEEKDAYS + weeks * cell + LEGEND), PAPER)
    pen = ImageDraw.Draw(image)
    pen.text((MARGIN, 22), title(month, t), INK, font(36, bold=True))
    for column in range(7):
        name = capital(t.day(monday + timedelta(days=column), "EEEE"))
        pen.text((MARGIN + column * COLUMN + 8, TITLE + 4), name, FAINT, font(20))
    for number in range(weeks * 7):
        day = monday + timedelta(days=number)
        corner = (MARGIN + number % 7 * COLUMN, TITLE + WEEKDAYS + number // 7 * cell)
        of_day = [entry for entry in entries if entry.first <= day <= entry.last]
        _day(pen, corner, cell, day, of_day, inside=month <= day < end)
    _legend(pen, image.height - LEGEND + 18, t)
    return png(image, 48)


def _day(
    pen: ImageDraw.ImageDraw, corner: tuple[int, int], cell: int, day: date, entries: Sequence[Entry], *, inside: bool
) -> None:
    left, top = corner
    pen.rectangle((left, top, left + COLUMN, top + cell), PAPER if inside else QUIET, LINES)
    pen.text((left + 8, top + 4), str(day.day), INK if inside else FAINT, font(20, bold=inside))
    y = top + DAY
    lines = _fitting(pen, entries)
    for entry, words in zip(entries, lines, strict=False):
        _mark(pen, (left + 8, y + 3), entry.look)
        pen.text((left + 28, y), "\n".join(words), INK if inside else FAINT, font(SIZE), spacing=LINE - SIZE)
        y += LINE * len(words)
    if len(lines) < len(entries):
        pen.text((left + 28, y), f"+ {len(entries) - len(lines)}", FAINT, font(SIZE))


def _fitting(pen: ImageDraw.ImageDraw, entries: Sequence[Entry]) -> list[list[str]]:
    """The lines of each entry; of fewer entries where the day has no room for all, even in a line each."""
    for most in LONGEST:
        lines = [_wrapped(pen, entry.words, most) for entry in entries]
        if sum(map(len, lines)) <= SHOWN:
            return lines
    return lines[: SHOWN - 1]


def _wrapped(pen: ImageDraw.ImageDraw, words: str, most: int) -> list[str]:
    """At most so many lines, broken between words; what is longer ends with an ellipsis."""
    width, lines, left = COLUMN - 36, [""], words.split()
    while left:
        longer = f"{lines[-1]} {left[0]}".strip()
        if pen.textlength(longer, font(SIZE)) <= width or not lines[-1]:
            lines[-1] = longer
            del left[0]
        elif len(lines) == most:
            return [*lines[:-1], _clipped(pen, f"{lines[-1]} {left[0]}", width)]
        else:
            lines.append("")
    return [_clipped(pen, line, width) for line in lines]


def _mark(pen: ImageDraw.ImageDraw, corner: tuple[int, int], look: Look) -> None:
    """A square, a disc or a bar: the shape says what it is where colours cannot be told apart."""
    x, y = corner
    if look is Look.OBSERVANCE:
        pen.rectangle((x, y, x + 14, y + 14), COLOURS[look])
    elif look is Look.EVENT:
        pen.ellipse((x, y, x + 14, y + 14), COLOURS[look])
    else:
        pen.rectangle((x + 5, y, x + 9, y + 14), COLOURS[look])


def _legend(pen: ImageDraw.ImageDraw, y: int, t: Tongue) -> None:
    names = {
        Look.OBSERVANCE: t._("International day"),
        Look.EVENT: t._("Event"),
        Look.ACTIVITY: t._("Activity: what is published, and by whom"),
    }
    x = MARGIN + 8.0
    for look, name in names.items():
        _mark(pen, (int(x), y + 3), look)
        pen.text((x + 24, y), name, FAINT, font(18))
        x += 60 + pen.textlength(name, font(18))


def _clipped(pen: ImageDraw.ImageDraw, words: str, width: int) -> str:
    """As much of the words as fits into so many pixels."""
    if pen.textlength(words, font(SIZE)) <= width:
        return words
    while words and pen.textlength(words + "…", font(SIZE)) > width:
        words = words[:-1]
    return words.rstrip() + "…"
