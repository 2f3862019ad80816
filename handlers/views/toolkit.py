"""A day's toolkit: key messages, hashtags, logos and links, in the reader's language; its versions and its form."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from alliance.languages import LANGUAGES, Language
from handlers.answers import Answer, Block, Modal
from handlers.asking import Ask
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.asking import open_button
from handlers.views.audit import moment
from storage.toolkits import Contents, Toolkit

EDIT, BACK, SAVE = "toolkit.edit", "toolkit.back", "toolkit.save"
MESSAGES, HASHTAGS, LOGOS, LINKS = "messages", "hashtags", "logos", "links"
_ADDRESS: Final = re.compile(r"(https?://[^\s<>]+)")
LONGEST: Final = {MESSAGES: 2000, HASHTAGS: 300, LOGOS: 1000, LINKS: 1000}


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown of the toolkit of `slug`, whose day is called `name`.

    `shown`: a version, None where there is none; `newest`: whether it is the newest; `there`: the languages that
    have one; `may_edit`: whether the reader may add a version.
    """

    slug: str
    name: str
    shown: Toolkit | None
    newest: bool
    there: Sequence[Language]
    may_edit: bool
    notice: str = ""


def page(facts: Page, t: Tongue) -> Answer:
    """One version, and the ways to the others."""
    title = t._("Toolkit: {day}", day=kit.clip(facts.name, 120))
    blocks = [kit.context(facts.notice)] if facts.notice else []
    blocks.append(kit.header(title))
    if facts.shown is None:
        blocks.append(kit.say(t._("There is no toolkit for this day yet.")))
        if not facts.may_edit:
            words = t._("The leads of Communications and Engagement and the secretariat can write it.")
            blocks.append(kit.context(words))
    else:
        blocks += _contents(facts.shown, t)
    blocks.append(kit.actions(*_ways(facts, t)))
    return Answer(title, blocks, title=t._("Toolkit"))


def _contents(shown: Toolkit, t: Tongue) -> list[Block]:
    made: list[kit.Element] = []
    if shown.language != t.language:
        only = t._("Only in {language} so far: this is the original.", language=t.language_name(shown.language))
        made.append(kit.paragraph(kit.text(only, italic=True)))
    for words, text in zip(_names(t).values(), _texts(shown.contents), strict=True):
        if text:
            made += [kit.paragraph(kit.text(words, bold=True)), kit.paragraph(*_linked(text))]
    said = t._("Version {number}, by {member}, ", number=shown.version, member="{member}")
    before, after = said.split("{member}")
    by = kit.paragraph(
        kit.text(before, italic=True), parts.user_mention(shown.written_by), kit.text(after, italic=True),
        moment(shown.written_at, t),
    )  # fmt: skip
    return [kit.rich(*made, by)]


def _linked(text: str) -> list[kit.Element]:
    """The text, its addresses as links: Slack makes none of them by itself in a list or a paragraph."""
    pieces = _ADDRESS.split(text)
    return [kit.link(piece, piece) if at % 2 else kit.text(piece) for at, piece in enumerate(pieces) if piece]


def _ways(facts: Page, t: Tongue) -> list[kit.Element]:
    made = []
    others = [language for language in facts.there if not (facts.shown and language == facts.shown.language)]
    for language in others:
        name = t.language_name(language)
        made.append(open_button(name, Ask("toolkit", facts.slug, f"{language}:0"), f"in-{language}"))
    shown = facts.shown
    if shown is not None and shown.version > 1:
        ask = Ask("toolkit", facts.slug, f"{shown.language}:{shown.version - 1}")
        made.append(open_button(t._("Version before"), ask, "before"))
    if shown is not None and not facts.newest:
        made.append(open_button(t._("Newest version"), Ask("toolkit", facts.slug, f"{shown.language}:0"), "newest"))
        if facts.may_edit:
            value = f"{facts.slug}:{shown.language}:{shown.version}"
            made.append(kit.button(t._("Bring this version back"), BACK, value))
    if facts.may_edit:
        for language in LANGUAGES:
            words = t._("Write in {language}…", language=t.language_name(language))
            made.append(kit.button(words, f"{EDIT}:{language}", f"{facts.slug}:{language}"))
    made.append(open_button(t._("About this day"), Ask("event", facts.slug), "day"))
    return made


def choices(names: Mapping[str, str], t: Tongue) -> Answer:
    """Which days have a toolkit (by slug), and how to ask for one."""
    before, after = t._("Write the name of an international day after it: {command}.").split("{command}")
    example = kit.code("/alliance " + t._("toolkit child labour"))
    blocks = [
        kit.header(t._("Toolkits")),
        kit.rich(kit.paragraph(kit.text(before), example, kit.text(after))),
    ]
    if names:
        blocks.append(kit.actions(*(open_button(name, Ask("toolkit", slug), slug) for slug, name in names.items())))
    return Answer(t._("Toolkits"), blocks, title=t._("Toolkit"))


def which(words: str, names: Mapping[str, str], t: Tongue) -> Answer:
    """No one international day has this name: the nearest, by slug."""
    shown = t._("“{word}”", word=kit.clip(words, 100))
    sentence = (
        t._("Which international day do you mean by {words}?", words=shown)
        if names
        else t._("I know no international day that is called {words}.", words=shown)
    )
    buttons = [open_button(name, Ask("toolkit", slug), slug) for slug, name in names.items()]
    calendar = open_button(t._("Calendar"), Ask("calendar"), "calendar")
    return Answer(sentence, [kit.say(sentence), kit.actions(*buttons, calendar)], title=t._("Toolkit"))


def form(name: str, language: Language, contents: Contents, memory: str, t: Tongue) -> Modal:
    """The form of one language."""
    hints = {
        MESSAGES: t._("One message a line, as partners may copy it."),
        HASHTAGS: t._("For example #NoChildLabour"),
        LOGOS: t._("Where they can be downloaded, one address a line."),
        LINKS: t._("What helps to write about it, one address a line."),
    }
    values = dict(zip(LONGEST, _texts(contents), strict=True))
    field_of = {
        field: kit.line_input(field, values[field][:limit], limit=limit) | {"multiline": field != HASHTAGS}
        for field, limit in LONGEST.items()
    }
    labels = _names(t)
    return Modal(
        title=t._("Toolkit"),
        blocks=[
            kit.say(t._("{day}, in {language}.", day=kit.clip(name, 200), language=t.language_name(language))),
            *(kit.field(labels[f], f, field_of[f], hint=hints[f], optional=True) for f in LONGEST),
        ],
        callback=SAVE,
        submit=t._("Save"),
        memory=memory,
    )


def overtaken(newest: Toolkit, t: Tongue) -> Answer:
    """Somebody else was faster."""
    sentence = t._("Somebody saved another version in the meantime. It says this now:")
    return Answer(sentence, [kit.say(sentence), *_contents(newest, t)], title=t._("Toolkit"), replace=False)


def _names(t: Tongue) -> dict[str, str]:
    return {
        MESSAGES: t._("Key messages"), HASHTAGS: t._("Hashtags"), LOGOS: t._("Logos"), LINKS: t._("Links"),
    }  # fmt: skip


def _texts(contents: Contents) -> tuple[str, str, str, str]:
    return contents.messages, contents.hashtags, contents.logos, contents.links
