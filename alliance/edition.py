"""One newsletter in one language, and what keeps it from being sent."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from alliance import marked
from alliance.languages import Language

LONGEST: Final = 10_000
"""Characters of an edition: what Slack takes in one message is about 13,200, formatting included."""

MOST_SECTIONS: Final = 15
LONGEST_TITLE, LONGEST_HEADING, LONGEST_BODY, LONGEST_ALT = 140, 140, 3_000, 400


@dataclass(frozen=True, slots=True)
class Section:
    """A part with its own heading. `body` is Markdown, `picture` an https address, `alt` describes the picture."""

    heading: str
    body: str
    picture: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """What readers of one language get."""

    language: Language
    title: str
    sections: tuple[Section, ...] = ()

    @property
    def length(self) -> int:
        """Characters, formatting included."""
        return len(self.title) + sum(len(one.heading) + len(one.body) for one in self.sections)


class Fault(StrEnum):
    """What may be wrong with an edition."""

    NO_TITLE = "no_title"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_MANY_SECTIONS = "too_many_sections"
    EMPTY_SECTION = "empty_section"
    PICTURE = "picture"
    """Its address does not begin with https://."""
    NO_ALT = "no_alt"
    LINK = "link"
    """An address that nobody can follow."""
    TAG = "tag"
    """HTML, which readers see as it is written: a hint, nothing more."""


HINTS: Final = frozenset({Fault.TAG})
"""What does not keep an edition from being sent."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault, in which section (from 1; 0 for the whole), and what is meant."""

    fault: Fault
    section: int = 0
    value: str = ""

    @property
    def blocks(self) -> bool:
        """Whether the edition cannot be sent like this."""
        return self.fault not in HINTS


def problems(edition: Edition) -> tuple[Problem, ...]:
    """Everything that is wrong with it, the whole first, then section by section."""
    found = []
    if not edition.title.strip():
        found.append(Problem(Fault.NO_TITLE))
    if not edition.sections:
        found.append(Problem(Fault.EMPTY))
    if edition.length > LONGEST:
        found.append(Problem(Fault.TOO_LONG, 0, str(edition.length)))
    if len(edition.sections) > MOST_SECTIONS:
        found.append(Problem(Fault.TOO_MANY_SECTIONS, 0, str(len(edition.sections))))
    for number, section in enumerate(edition.sections, 1):
        found += _of_section(number, section)
    return tuple(found)


def _of_section(number: int, section: Section) -> list[Problem]:
    found = []
    if not section.body.strip():
        found.append(Problem(Fault.EMPTY_SECTION, number, section.heading))
    if section.picture and not (section.picture.startswith("https://") and marked.usable(section.picture)):
        found.append(Problem(Fault.PICTURE, number, section.picture))
    if section.picture and not section.alt.strip():
        found.append(Problem(Fault.NO_ALT, number, section.heading))
    found += [Problem(Fault.LINK, number, link) for link in marked.links(section.body) if not marked.usable(link)]
    found += [Problem(Fault.TAG, number, tag) for tag in dict.fromkeys(marked.tags(section.body))]
    return found


def from_markdown(text: str, language: Language) -> Edition:
    """A Markdown file as an edition: its first '#' is the title, each '##' begins a section.

    What stands before the first section is one without a heading. Nothing is lost, whatever the file looks like.
    """
    title, heading = "", ""
    sections: list[Section] = []
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("# ") and not title:
            title = line[2:].strip()
        elif line.startswith("## "):
            sections.append(Section(heading, "\n".join(lines).strip()))
            heading, lines = line[3:].strip(), []
        else:
            lines.append(line)
    sections.append(Section(heading, "\n".join(lines).strip()))
    return Edition(language, title, tuple(one for one in sections if one.heading or one.body))
