"""Block Kit as a person at a terminal reads it. A block or element of an unknown type shows as its texts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

Json = Mapping[str, Any]


def of_blocks(blocks: Iterable[Json]) -> str:
    """The blocks, one below the other, with an empty line between; buttons and menus in square brackets."""
    written = ("\n".join(line.rstrip() for line in _block(block)) for block in blocks)
    return "\n\n".join(text for text in written if text.strip())


def _block(block: Json) -> Iterator[str]:
    shown = _BLOCKS.get(str(block.get("type")), _anything)
    yield from shown(block)


def _header(block: Json) -> Iterator[str]:
    text = _text(block.get("text"))
    yield text
    yield "=" * len(text)


def _section(block: Json) -> Iterator[str]:
    if block.get("text"):
        yield _text(block["text"])
    for field in block.get("fields", ()):
        yield f"  {_text(field)}"
    if accessory := block.get("accessory"):
        yield _control(accessory)


def _context(block: Json) -> Iterator[str]:
    yield " · ".join(_text(element) or str(element.get("alt_text", "")) for element in block.get("elements", ()))


def _divider(_block: Json) -> Iterator[str]:
    yield "-" * 40


def _actions(block: Json) -> Iterator[str]:
    yield " ".join(_control(element) for element in block.get("elements", ()))


def _input(block: Json) -> Iterator[str]:
    yield f"{_text(block.get('label'))}: {_control(block.get('element', {}))}"
    if block.get("hint"):
        yield f"  ({_text(block['hint'])})"


def _rich(block: Json) -> Iterator[str]:
    for part in block.get("elements", ()):
        yield from _rich_part(part)


def _rich_part(part: Json) -> Iterator[str]:
    match part.get("type"):
        case "rich_text_list":
            yield from _list(part)
        case "rich_text_quote":
            yield from (f"> {line}" for line in _inline(part).split("\n"))
        case "rich_text_preformatted":
            yield from (f"    {line}" for line in _inline(part).split("\n"))
        case _:
            yield from _inline(part).split("\n")


def _list(part: Json) -> Iterator[str]:
    indent = "  " * int(part.get("indent", 0))
    for number, item in enumerate(part.get("elements", ()), int(part.get("offset", 0)) + 1):
        mark = f"{number}." if part.get("style") == "ordered" else "•"
        first, *others = _inline(item).split("\n")
        yield f"{indent}{mark} {first}"
        yield from (f"{indent}  {line}" for line in others)


def _inline(part: Json) -> str:
    return "".join(map(_piece, part.get("elements", ())))


def _piece(element: Json) -> str:
    match element.get("type"):
        case "text":
            return str(element.get("text", ""))
        case "link":
            url, words = str(element.get("url", "")), str(element.get("text", ""))
            return f"{words} ({url})" if words and words != url else url
        case "date":
            return str(element.get("fallback", ""))
        case "user":
            return f"@{element.get('user_id')}"
        case "channel":
            return f"#{element.get('channel_id')}"
        case "emoji":
            return f":{element.get('name')}:"
        case _:
            return str(element.get("text", ""))


def _control(element: Json) -> str:
    """A button, a menu or a field."""
    match element.get("type"):
        case "button":
            url = element.get("url")
            return f"[{_text(element.get('text'))}{f' {url}' if url else ''}]"
        case "plain_text_input":
            return f"[{element.get('initial_value', '')}…]"
        case _:
            chosen = element.get("initial_options") or filter(None, [element.get("initial_option")])
            names = ", ".join(_text(option.get("text")) for option in chosen)
            return f"[{names or _text(element.get('placeholder')) or element.get('type')} ▾]"


def _text(composed: Any) -> str:
    return str(composed.get("text", "")) if isinstance(composed, Mapping) else str(composed or "")


def _anything(block: Json) -> Iterator[str]:
    yield _text(block.get("text")) or f"({block.get('type')})"


_BLOCKS: Final[Mapping[str, Callable[[Json], Iterator[str]]]] = {
    "header": _header,
    "section": _section,
    "context": _context,
    "divider": _divider,
    "actions": _actions,
    "input": _input,
    "rich_text": _rich,
}
