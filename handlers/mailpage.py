"""A newsletter as an e-mail: HTML that reads without pictures and on a phone, and plain text, from one source."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib.resources import files

import css_inline
from markdown_it.tree import SyntaxTreeNode

from alliance import marked
from alliance.edition import Edition, Section
from alliance.marked import NO_WAYS, parsed, usable
from handlers.tongue import Tongue

WIDTH = 72
"""Characters of a line of plain text: RFC 3676 asks for no more than 78."""


@dataclass(frozen=True, slots=True)
class Links:
    """Where its reader can leave; "" on a page that is for everybody.

    `ways`: by the address of a link, the one that it goes by instead, where clicks are counted. In plain text, where
    readers see addresses, each stays as it is.
    """

    leave: str = ""
    ways: Mapping[str, str] = field(default_factory=dict)


def html(edition: Edition, links: Links, t: Tongue) -> str:
    """The page, its styles in the tags, where mail programs read them. What a writer typed as HTML stays text."""
    words = t._("I do not want these e-mails any more")
    leave = _link(links.leave, words) if links.leave else ""
    why = t._("You get this because you confirmed that you want the newsletters of Alliance 8.7.")
    return _filled(edition, sections_html(edition, links.ways), escape(why), leave, t)


def web_page(edition: Edition, ways: Sequence[tuple[str, str]], t: Tongue, body: str = "") -> str:
    """The same for everybody on the web; `ways`: addresses with their words. `body`: HTML in place of sections."""
    foot = " · ".join(_link(address, words) for address, words in ways)
    return _filled(edition, body or sections_html(edition), "", foot, t)


def sections_html(edition: Edition, ways: Mapping[str, str] = NO_WAYS) -> str:
    """What an edition says, without the page around it."""
    return "".join(_section(section, ways) for section in edition.sections)


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{escape(words)}</a>'


def _filled(edition: Edition, sections: str, why: str, leave: str, t: Tongue) -> str:
    filled = _template().format(
        language=edition.language,
        title=escape(edition.title),
        start=escape(
            textwrap.shorten(" ".join(marked.words(one.body) for one in edition.sections), 120, placeholder="…")
        ),
        name=escape(t._("Alliance 8.7")),
        sections=sections,
        why=why,
        leave=leave,
    )
    return css_inline.inline(filled, keep_style_tags=True)


def plain(edition: Edition, links: Links, t: Tongue) -> str:
    """The same as plain text: links with their address, headings underlined."""
    parts = [f"{edition.title}\n{'=' * min(len(edition.title), WIDTH)}"]
    for section in edition.sections:
        if section.heading:
            parts.append(f"{section.heading}\n{'-' * min(len(section.heading), WIDTH)}")
        parts += list(_blocks(SyntaxTreeNode(parsed(section.body)).children))
        if section.picture:
            parts.append(f"[{section.alt}]\n{section.picture}")
    if links.leave:
        parts.append("-- \n" + t._("I do not want these e-mails any more") + f":\n{links.leave}")
    return "\n\n".join(parts) + "\n"


def question(t: Tongue, address: str) -> Edition:
    """What the owner of an address is asked: the only thing that is sent before they have answered."""
    body = t._(
        "Somebody of Alliance 8.7 added this address to those who get its newsletters. If you want them, "
        "[confirm it here]({address}).\n\nIf you do nothing, you get nothing more."
    )
    title = t._("Do you want the newsletters of Alliance 8.7?")
    return Edition(t.language, title, (Section("", body.replace("{address}", address)),))


def asked(t: Tongue, *, leaving: bool) -> tuple[str, str]:
    """What the page behind a link asks, and what stands on its button."""
    if leaving:
        return t._("Do you want to leave the newsletters of Alliance 8.7?"), t._("Yes, send me no more")
    return t._("Do you want the newsletters of Alliance 8.7?"), t._("Yes, send them to me")


def done(t: Tongue, *, leaving: bool) -> str:
    """What it says then."""
    if leaving:
        return t._("You will get no more newsletters.")
    return t._("Thank you. You will get the next newsletter.")


def again(t: Tongue) -> str:
    """What stands on the button of who left and changed their mind."""
    return t._("Send them to me again")


def _section(section: Section, ways: Mapping[str, str]) -> str:
    heading = f"<h2>{escape(section.heading)}</h2>" if section.heading else ""
    picture = ""
    if section.picture:
        picture = f'<p><img src="{escape(section.picture)}" alt="{escape(section.alt)}" width="560"></p>'
    return f"{heading}{marked.html(section.body, ways)}{picture}"


def _blocks(nodes: Sequence[SyntaxTreeNode], indent: str = "") -> Iterator[str]:
    """Each block wrapped; what stands in a list or quote is indented."""
    for node in nodes:
        match node.type:
            case "bullet_list" | "ordered_list":
                yield "\n".join(_items(node, indent))
            case "blockquote":
                yield "\n\n".join(_blocks(node.children, f"{indent}> "))
            case "fence" | "code_block":
                yield textwrap.indent(node.content.rstrip("\n"), f"{indent}    ")
            case "table":
                rows = [row for part in node.children for row in part.children]
                yield "\n".join(indent + " | ".join(_words(cell) for cell in row.children) for row in rows)
            case "hr":
                yield f"{indent}* * *"
            case _:
                yield _wrapped(_words(node) if node.children else node.content, indent, indent)


def _items(node: SyntaxTreeNode, indent: str) -> Iterator[str]:
    number = int(node.attrs.get("start") or 1)
    for item in node.children:
        mark = f"{number}. " if node.type == "ordered_list" else "- "
        number += 1
        inside = list(_blocks(item.children, indent + " " * len(mark)))
        first = inside[0] if inside else ""
        yield indent + mark + first.lstrip() + "".join(f"\n{more}" for more in inside[1:])


def _words(node: SyntaxTreeNode) -> str:
    match node.type:
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "link":
            return _linked("".join(map(_words, node.children)), str(node.attrs.get("href") or ""))
        case "image":
            return _linked(node.content, str(node.attrs.get("src") or ""))
        case _:
            return "".join(map(_words, node.children)) if node.children else node.content


def _linked(words: str, address: str) -> str:
    if not usable(address) or words == address:
        return words
    return f"{words} ({address})"


def _wrapped(text: str, first: str, later: str) -> str:
    """Lines of at most WIDTH; an address is never broken."""
    lines = [
        textwrap.fill(
            line, WIDTH, initial_indent=first, subsequent_indent=later, break_long_words=False, break_on_hyphens=False
        )
        for line in text.split("\n")
    ]
    return "\n".join(lines)


@cache
def _template() -> str:
    return files("handlers").joinpath("mail.html").read_text(encoding="utf-8")
