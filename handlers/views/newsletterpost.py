"""A newsletter as its readers see it in Slack."""

from collections.abc import Mapping

from alliance.edition import Section
from alliance.marked import NO_WAYS
from alliance.newsletters import Content
from handlers.answers import Answer, Block
from handlers.tongue import Tongue
from handlers.views import kit
from handlers.views.markdown import elements


def post(content: Content, t: Tongue, ways: Mapping[str, str] = NO_WAYS) -> Answer:
    """The edition in the reader's language; the original, with a note, where it does without that one.

    `ways`: by the address of a link, the one that it goes by instead, where clicks are counted.
    """
    edition = content.edition(t.language)
    blocks: list[Block] = [kit.header(edition.title)]
    if edition.language != t.language:
        words = t._("only in {language}", language=t.language_name(edition.language))
        blocks.append(kit.context(f"{words[:1].upper()}{words[1:]}"))
    for section in edition.sections:
        blocks += _section(section, ways)
    return Answer(edition.title, blocks, title=t._("Newsletter"), public=True)


def _section(section: Section, ways: Mapping[str, str]) -> list[Block]:
    parts = [kit.paragraph(kit.text(f"{section.heading}\n", bold=True))] if section.heading else []
    parts += elements(section.body, ways)
    made = [kit.rich(*parts)] if parts else []
    if section.picture:
        made.append({"type": "image", "image_url": section.picture, "alt_text": kit.clip(section.alt, 2000)})
    return made
