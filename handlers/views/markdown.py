"""Markdown as Slack’s rich text: elements, not markup; nothing a writer types becomes a mention or a command."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from markdown_it.tree import SyntaxTreeNode

from alliance.marked import NO_WAYS, parsed, usable
from handlers.views import kit

DEEPEST: Final = 8
"""Slack indents lists up to eight times."""

STYLES: Final = {"strong": "bold", "em": "italic", "s": "strike"}
LINE: Final = "———"


def elements(text: str, ways: Mapping[str, str] = NO_WAYS) -> list[kit.Element]:
    """The parts of a rich text block: paragraphs, lists, quotes, code. A paragraph ends with an empty line.

    `ways`: by the address of a link, the one that it goes by instead.
    """
    made: list[kit.Element] = []
    for node in SyntaxTreeNode(parsed(text, ways)).children:
        made += _block(node)
    return made


def _block(node: SyntaxTreeNode) -> Iterator[kit.Element]:
    match node.type:
        case "paragraph":
            yield _section([*_inline(node), kit.text("\n")])
        case "heading":
            yield _section([*_inline(node, {"bold": True}), kit.text("\n")])
        case "bullet_list" | "ordered_list":
            yield from _list(node, 0)
        case "blockquote":
            yield {"type": "rich_text_quote", "elements": _lines(node.children) or [kit.text(" ")]}
        case "fence" | "code_block":
            yield {"type": "rich_text_preformatted", "elements": [kit.text(node.content.rstrip("\n") or " ")]}
        case "table":
            yield {"type": "rich_text_preformatted", "elements": [kit.text(_table(node))]}
        case "hr":
            yield _section([kit.text(f"{LINE}\n")])
        case _:
            yield _section([kit.text(f"{node.content}\n")])


def _section(inside: Sequence[kit.Element]) -> kit.Element:
    return {"type": "rich_text_section", "elements": [one for one in inside if one.get("text") != ""]}


def _list(node: SyntaxTreeNode, depth: int) -> Iterator[kit.Element]:
    """A list, and those inside of it, one after the other: Slack nests them by their indent."""
    style = "bullet" if node.type == "bullet_list" else "ordered"
    number = int(node.attrs.get("start") or 1)
    for item in node.children:
        lists = [child for child in item.children if child.type in ("bullet_list", "ordered_list")]
        words = _lines([child for child in item.children if child not in lists]) or [kit.text(" ")]
        made: kit.Element = {"type": "rich_text_list", "style": style, "elements": [_section(words)]}
        if depth:
            made["indent"] = min(depth, DEEPEST)
        if style == "ordered" and number > 1:
            made["offset"] = number - 1
        number += 1
        yield made
        for inner in lists:
            yield from _list(inner, depth + 1)


def _lines(nodes: Sequence[SyntaxTreeNode]) -> list[kit.Element]:
    """Blocks as lines, where Slack allows no blocks."""
    made: list[kit.Element] = []
    for node in nodes:
        if made:
            made.append(kit.text("\n"))
        if node.type in ("bullet_list", "ordered_list"):
            for item in node.children:
                made += [kit.text("• "), *_lines(item.children), kit.text("\n")]
        elif node.type == "blockquote":
            made += _lines(node.children)
        elif node.type == "table":
            made.append(kit.text(_table(node)))
        elif node.children:
            made += _inline(node)
        else:
            made.append(kit.text(node.content.rstrip("\n") or LINE))
    return [one for one in made if one.get("text") != ""]


def _inline(node: SyntaxTreeNode, style: dict[str, bool] | None = None) -> list[kit.Element]:
    made: list[kit.Element] = []
    for child in node.children:
        made += _words(child, style or {})
    return made


def _words(node: SyntaxTreeNode, style: dict[str, bool]) -> list[kit.Element]:
    match node.type:
        case "inline":
            return _inline(node, style)
        case "strong" | "em" | "s":
            return _inline(node, {**style, STYLES[node.type]: True})
        case "code_inline":
            return [_text(node.content, {**style, "code": True})]
        case "softbreak":
            return [_text(" ", style)]
        case "hardbreak":
            return [_text("\n", style)]
        case "link":
            return _link(str(node.attrs.get("href") or ""), _plain(node), style)
        case "image":
            return _link(str(node.attrs.get("src") or ""), node.content or _plain(node), style)
        case _:
            return [_text(node.content, style)]


def _link(address: str, words: str, style: dict[str, bool]) -> list[kit.Element]:
    """A link; only its words where nobody could follow it."""
    if not usable(address):
        return [_text(words, style)]
    made = kit.link(address, words or address)
    return [made | {"style": dict(style)} if style else made]


def _text(words: str, style: dict[str, bool]) -> kit.Element:
    made: dict[str, Any] = {"type": "text", "text": words}
    return made | {"style": dict(style)} if style else made


def _plain(node: SyntaxTreeNode) -> str:
    if node.type in ("softbreak", "hardbreak"):
        return " "
    return "".join(_plain(child) for child in node.children) if node.children else node.content


def _table(node: SyntaxTreeNode) -> str:
    """Its rows, in columns as wide as what they hold."""
    rows = [[_plain(cell) for cell in row.children] for part in node.children for row in part.children]
    widths = [max(len(row[at]) for row in rows if at < len(row)) for at in range(max(map(len, rows)))]
    return "\n".join("  ".join(cell.ljust(widths[at]) for at, cell in enumerate(row)).rstrip() for row in rows) or " "
