"""What Slack and mail servers honestly tell of a newsletter: delivered, failed, left out; as a table and a picture.

Nobody tells who opened it: that would need a hidden picture in each copy, and this bot puts in none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw

from handlers.answers import Answer
from handlers.asking import Ask
from handlers.tongue import Tongue
from handlers.views import kit
from handlers.views.asking import open_button
from handlers.views.drawing import FAINT, INK, PAPER, font, png
from handlers.views.newsletters import SUBJECT
from handlers.views.newsletterwords import title_of
from handlers.views.reasons import omission, refusal
from storage.newsletterposts import CHANNELS, MAILS, MEMBERS, Count
from storage.newsletters import Newsletter

PICTURE: Final = "newsletter.numbers_picture"
WIDTH, ROW, LABEL, MARGIN = 900, 70, 190, 24
MOST_REACTIONS: Final = 20
MOST_LINKS: Final = 20
COLOURS: Final = ("#1f5fa8", "#b3541e", "#9aa5b1", "#dde3e9")


@dataclass(frozen=True, slots=True)
class Numbers:
    """By way (CHANNELS, MEMBERS, MAILS), how many copies became what, and why some did not arrive, with counts.

    `reactions`: the emoji's name and how many, the most frequent first. `clicks`: the same by the address of a link;
    empty where they are not counted.
    """

    newsletter: Newsletter
    counts: Mapping[str, Count]
    refused: Mapping[str, int]
    omitted: Mapping[str, int]
    reactions: Sequence[tuple[str, int]] = ()
    clicks: Sequence[tuple[str, int]] = ()


def page(numbers: Numbers, t: Tongue) -> Answer:
    """The table, the reasons, and the way to the picture."""
    title = t._("Numbers: {title}", title=title_of(numbers.newsletter.content, t))
    heads, rows = _table(numbers, t)
    widths = [max(len(row[at]) for row in (heads, *rows)) for at in range(len(heads))]
    lines = [_line(row, widths) for row in (heads, *rows)]
    table: kit.Element = {"type": "rich_text_preformatted", "elements": [kit.text("\n".join(lines))]}
    blocks = [kit.header(title), kit.rich(table)]
    reasons = [(refusal(code, t), count) for code, count in sorted(numbers.refused.items())]
    reasons += [(omission(code, t), count) for code, count in sorted(numbers.omitted.items())]
    if reasons:
        heading = kit.paragraph(kit.text(t._("Why not"), bold=True))
        lines_of = [[kit.text(f"{count}: {words}")] for words, count in reasons[:20]]
        blocks.append(kit.rich(heading, kit.bullets(lines_of)))
    if numbers.reactions:
        heading = kit.paragraph(kit.text(_reacted(numbers, t), bold=True))
        lines_of = [[kit.emoji(name), kit.text(f" {count}")] for name, count in numbers.reactions[:MOST_REACTIONS]]
        blocks.append(kit.rich(heading, kit.bullets(lines_of)))
    if numbers.clicks:
        heading = kit.paragraph(kit.text(_followed(numbers, t), bold=True))
        found = numbers.clicks[:MOST_LINKS]
        lines_of = [[kit.text(f"{count}: "), kit.link(address, address)] for address, count in found]
        blocks.append(kit.rich(heading, kit.bullets(lines_of)))
        words = t._("By link, never by person. Programs that look whether a link is safe count too.")
        blocks.append(kit.context(words))
    blocks.append(kit.context(t._("Neither Slack nor e-mail tells who has read it.")))
    value = str(numbers.newsletter.id)
    picture = kit.button(t._("As a picture"), PICTURE, value)
    blocks.append(kit.actions(picture, open_button(t._("Back"), Ask(SUBJECT, value), "back")))
    return Answer(title, blocks, title=t._("Numbers"))


def described(numbers: Numbers, t: Tongue) -> str:
    """The table in a sentence, for who cannot see the picture."""
    heads, rows = _table(numbers, t)
    said = [", ".join(f"{head} {cell}" for head, cell in zip(heads[1:], row[1:], strict=True)) for row in rows]
    told = [f"{row[0]}: {words}" for row, words in zip(rows, said, strict=True)]
    return "; ".join([*told, *_besides(numbers, t)])


def _reacted(numbers: Numbers, t: Tongue) -> str:
    count = sum(count for _, count in numbers.reactions)
    return t.n("{count} reaction in Slack", "{count} reactions in Slack", count)


def _followed(numbers: Numbers, t: Tongue) -> str:
    count = sum(count for _, count in numbers.clicks)
    return t.n("{count} click on a link", "{count} clicks on links", count)


def _besides(numbers: Numbers, t: Tongue) -> list[str]:
    """How many reactions and clicks, where there are any."""
    said = [_reacted(numbers, t)] if numbers.reactions else []
    return [*said, _followed(numbers, t)] if numbers.clicks else said


def drawn(numbers: Numbers, t: Tongue) -> bytes:
    """A bar for each way, divided into what became of the copies (PNG)."""
    heads, rows = _table(numbers, t)
    lines = len(rows) + bool(numbers.reactions or numbers.clicks)
    image = Image.new("RGB", (WIDTH, 100 + ROW * lines + 60), PAPER)
    pen = ImageDraw.Draw(image)
    pen.text((MARGIN, 24), kit.clip(title_of(numbers.newsletter.content, t), 60), INK, font(28, bold=True))
    most = max((sum(map(int, row[1:])) for row in rows), default=1) or 1
    for number, row in enumerate(rows):
        y, x = 90 + number * ROW, float(LABEL)
        pen.text((MARGIN, y + 8), row[0], INK, font(20))
        for colour, count in zip(COLOURS, map(int, row[1:]), strict=True):
            width = count / most * (WIDTH - LABEL - 2 * MARGIN - 60)
            if count:
                pen.rectangle((x, y, x + width, y + 36), colour)
            x += width
        pen.text((x + 8, y + 8), str(sum(map(int, row[1:]))), INK, font(18))
    if besides := _besides(numbers, t):
        pen.text((MARGIN, 90 + ROW * len(rows)), " · ".join(besides), INK, font(20))
    x = float(MARGIN)
    for colour, head in zip(COLOURS, heads[1:], strict=True):
        pen.rectangle((x, image.height - 42, x + 18, image.height - 24), colour)
        pen.text((x + 26, image.height - 45), head, FAINT, font(18))
        x += 60 + pen.textlength(head, font(18))
    return png(image, 32)


def _table(numbers: Numbers, t: Tongue) -> tuple[list[str], list[list[str]]]:
    names = {CHANNELS: t._("Channels"), MEMBERS: t._("Members"), MAILS: t._("E-mails")}
    heads = ["", t._("delivered"), t._("not delivered"), t._("left out"), t._("to come")]
    rows = [
        [names[way], str(count.sent), str(count.failed), str(count.skipped), str(count.coming)]
        for way in names
        if (count := numbers.counts.get(way))
    ]
    return heads, rows


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
    return "  ".join(cells).rstrip()
