"""Markdown as newsletters are written in: CommonMark with strikethrough and tables. HTML in it stays text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False}).enable(["strikethrough", "table"])
_TAG: Final = re.compile(r"</?[a-zA-Z!][^<>]*>")
NO_WAYS: Final[Mapping[str, str]] = MappingProxyType({})
"""Every link goes by its own address."""

BREAKS: Final = ("softbreak", "hardbreak")
SCHEMES: Final = ("https", "http", "mailto")


def literal(text: str) -> str:
    """The text as Markdown that reads as just this text: what looks like markup is escaped."""
    return re.sub(r"([\\`*_{}\[\]()#+.!|<>&~-])", r"\\\1", " ".join(text.split()))


def parsed(text: str, ways: Mapping[str, str] = NO_WAYS) -> list[Token]:
    """The text as markdown-it's tokens, block by block; what is inline stands in the children.

    `ways`: by the address of a link, the one that it goes by instead. Pictures keep theirs.
    """
    tokens = _MARKDOWN.parse(text)
    for token in _inline(tokens) if ways else ():
        for link in _links(token):
            address = str(link.attrGet("href") or "")
            link.attrSet("href", ways.get(address, address))
    return tokens


def html(text: str, ways: Mapping[str, str] = NO_WAYS) -> str:
    """The text as HTML; what looks like HTML in it is escaped. `ways`: as in `parsed`."""
    return str(_MARKDOWN.renderer.render(parsed(text, ways), _MARKDOWN.options, {}))


def words(text: str) -> str:
    """What the text says, in one line: no markup, no address."""
    said = []
    for token in _inline(parsed(text)):
        children = token.children or ()
        said.append("".join(" " if child.type in BREAKS else child.content for child in children))
    return " ".join(" ".join(said).split())


def links(text: str) -> list[str]:
    """Every address that the text links to, in order, as it is written."""
    return [address for token in _inline(parsed(text)) for address in _addresses(token)]


def pages(text: str) -> list[str]:
    """Every page of the web that a link of the text leads to, in order: no e-mail address, no picture."""
    found = [str(link.attrGet("href") or "") for token in _inline(parsed(text)) for link in _links(token)]
    return [address for address in found if usable(address) and not address.startswith("mailto:")]


def usable(address: str) -> bool:
    """Whether a reader can follow it: https, http or mailto, with a host or an addressee, and no blank in it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme not in SCHEMES or re.search(r"\s", address):
        return False
    return bool(parts.path) if parts.scheme == "mailto" else "." in (parts.hostname or "")


def tags(text: str) -> list[str]:
    """What looks like HTML outside of code: readers see it as it is written."""
    found = []
    for token in _inline(parsed(text)):
        for child in token.children or ():
            if child.type == "text":
                found += _TAG.findall(child.content)
    return found


def _inline(tokens: Sequence[Token]) -> Iterator[Token]:
    return (token for token in tokens if token.type == "inline")


def _links(token: Token) -> Iterator[Token]:
    return (child for child in token.children or () if child.type == "link_open")


def _addresses(token: Token) -> Iterator[str]:
    for child in token.children or ():
        if child.type == "link_open":
            yield str(child.attrGet("href") or "")
        elif child.type == "image":
            yield str(child.attrGet("src") or "")
