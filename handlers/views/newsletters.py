"""The list of newsletters, and the page of one: how far it is, what is still missing, and what can be done next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from alliance import marked
from alliance.edition import MOST_SECTIONS
from alliance.languages import LANGUAGES
from alliance.newsletters import Stage, hindrances
from handlers.answers import Answer, Block
from handlers.asking import Ask
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.asking import open_button
from handlers.views.fields import LANGUAGE_NAMES
from handlers.views.newsletterwords import audience, hindrance, in_language, issues, standing, timing, title_of, went
from storage.entries import Group
from storage.newsletters import Newsletter, Way

NEW, FROM_FILE, SETTINGS, SECTION, ADD_SECTION = (
    "newsletter.new", "newsletter.file", "newsletter.settings", "newsletter.section", "newsletter.add_section",
)  # fmt: skip
PREVIEW, TRIAL, DRY_RUN, SUBMIT, APPROVE, SEND_BACK, STOP, RETRY, TAKE_BACK = (
    "newsletter.preview", "newsletter.trial", "newsletter.dry_run", "newsletter.submit", "newsletter.approve",
    "newsletter.send_back", "newsletter.stop", "newsletter.retry", "newsletter.take_back",
)  # fmt: skip
CHOOSE: Final = "newsletter.choose"
ADDRESSES: Final = "newsletter.addresses"
DIGEST: Final = "newsletter.digest"
NUMBERS: Final = "newsletter.numbers"
BREAKING: Final = "newsletter.breaking"
AS_MAIL: Final = "newsletter.as_mail"
DISCARD: Final = "newsletter.discard"
MOST: Final = 12
"""Each takes two of a message's fifty blocks."""

SUBJECT: Final = "newsletter"


@dataclass(frozen=True, slots=True)
class Rights:
    """What the reader may do with newsletters; `own`: they wrote some of this one, so they cannot approve it."""

    write: bool = False
    approve: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """A newsletter with what the page says of it. `channels`: their ids and whether the bot is in them."""

    newsletter: Newsletter
    way: Way
    groups: Mapping[str, Group]
    rights: Rights
    notice: str = ""


def listing(found: Sequence[Newsletter], ways: Mapping[str, Way], rights: Rights, t: Tongue) -> Answer:
    """All newsletters, the one that was changed last first."""
    title = t._("Newsletters")
    blocks = [kit.header(title)]
    if not found:
        blocks.append(kit.say(t._("There is no newsletter yet.")))
    for one in found[:MOST]:
        facts = [issues(t)[one.content.issue], standing(one, ways[one.ref], t), went(ways[one.ref], t)]
        said = [kit.text(title_of(one.content, t), bold=True), kit.text("\n" + " · ".join(filter(None, facts)))]
        blocks.append(kit.rich(kit.paragraph(*said)))
        blocks.append(kit.actions(open_button(t._("Open"), Ask(SUBJECT, str(one.id)), str(one.id))))
    ways_on = []
    if rights.write:
        ways_on.append(kit.button(t._("New newsletter…"), NEW, primary=True))
        ways_on.append(kit.button(t._("Breaking news…"), BREAKING))
        ways_on.append(kit.button(t._("From a Markdown file…"), FROM_FILE))
        ways_on.append(kit.button(t._("Draft a digest…"), DIGEST))
        ways_on.append(kit.button(t._("E-mail readers…"), ADDRESSES))
    ways_on.append(kit.button(t._("What I want to get…"), CHOOSE))
    blocks.append(kit.actions(*ways_on))
    return Answer(title, blocks, title=title)


def thrown_away(t: Tongue) -> Answer:
    """In place of a draft that is no more."""
    said = t._("It is thrown away.")
    back = kit.actions(open_button(t._("All newsletters"), Ask(SUBJECT), "all"))
    return Answer(said, [kit.say(said), back], title=t._("Newsletters"))


def for_readers(latest: Answer | None, t: Tongue, notice: str = "") -> Answer:
    """For who does not write any: the latest one, and what they want to get."""
    title = t._("Newsletters")
    if notice:
        return Answer(notice, [kit.say(notice)], title=title)
    button = kit.actions(kit.button(t._("What I want to get…"), CHOOSE, primary=latest is None))
    if latest is None:
        return Answer(title, [kit.header(title), kit.say(t._("There is no newsletter yet.")), button], title=title)
    return Answer(latest.text, [*latest.blocks, button], title=title)


def page(facts: Facts, t: Tongue) -> Answer:
    """One newsletter: what it is, what is still missing, and what can be done next."""
    newsletter, content = facts.newsletter, facts.newsletter.content
    title, writers = title_of(content, t), sorted(newsletter.writers)
    blocks: list[Block] = [kit.context(facts.notice)] if facts.notice else []
    blocks.append(kit.header(title))
    lines = [
        *parts.said(t._("It is:"), f"{issues(t)[content.issue]}, {standing(newsletter, facts.way, t)}"),
        *parts.said(t._("Languages:"), " · ".join(in_language(content, one, t) for one in LANGUAGES)),
        parts.fact(t._("Goes to:"), *audience(content, facts.groups, t)),
        *parts.said(t._("When:"), timing(content, t)),
        parts.fact(t._("Written by:"), *parts.mentions([parts.user_mention(one) for one in writers])),
    ]
    if newsletter.approved_by:
        lines.append(parts.fact(t._("Approved by:"), parts.user_mention(newsletter.approved_by)))
    lines += parts.said(t._("Delivered:"), went(facts.way, t))
    blocks.append(kit.rich(*lines))
    if facts.way.sent and newsletter.stage in (Stage.DRAFT, Stage.REVIEW, Stage.STOPPED):
        blocks.append(kit.context(_correction(facts.way.sent, t)))
    found = hindrances(content)
    if found and newsletter.stage in (Stage.DRAFT, Stage.REVIEW):
        heading = kit.paragraph(kit.text(t._("Before it can be approved"), bold=True))
        blocks.append(kit.rich(heading, kit.bullets([[kit.text(hindrance(one, t))] for one in found[:20]])))
    blocks += _sections(facts, t)
    blocks.append(kit.actions(*_looks(newsletter, t)))
    blocks.append(kit.actions(*_steps(facts, bool(found), t)))
    return Answer(title, blocks, title=t._("Newsletter"))


def _correction(count: int, t: Tongue) -> str:
    return t.n(
        "{count} reader has it. Once it is approved, it is changed there in Slack, and nobody gets it twice.",
        "{count} readers have it. Once it is approved, it is changed there in Slack, and nobody gets it twice.",
        count,
    )


def _sections(facts: Facts, t: Tongue) -> list[Block]:
    """The sections, in the reader's language where it is written in that, with a way into each."""
    content = facts.newsletter.content
    edition = content.edition(t.language)
    count = max((len(one.sections) for one in content.editions.values()), default=0)
    lines = []
    for number in range(count):
        section = edition.sections[number] if number < len(edition.sections) else None
        words = (section.heading or marked.words(section.body)) if section else ""
        lines.append([kit.text(kit.clip(words, 100) or t._("(nothing in this language yet)"))])
    heading = kit.paragraph(kit.text(t._("Sections"), bold=True))
    blocks: list[Block] = [kit.rich(heading, kit.bullets(lines, ordered=True))] if lines else []
    going = facts.way.under_way or (facts.way.planned and facts.way.begun)
    if not facts.rights.write or facts.newsletter.stage is Stage.TAKEN_BACK:
        return blocks
    if going:
        words = t._("It is going out. To change it, stop the rest first; then it can be corrected and go on.")
        return [*blocks, kit.context(words)]
    value = str(facts.newsletter.id)
    ways = []
    if lines:
        options = [
            kit.option(f"{number}. {kit.clip(line[0]['text'], 60)}", f"{value}:{number}")
            for number, line in enumerate(lines, 1)
        ]
        ways.append(kit.menu(t._("Edit a section…"), SECTION, options))
    if count < MOST_SECTIONS:
        ways.append(kit.button(t._("Add a section…"), ADD_SECTION, f"{value}:{count + 1}"))
    ways.append(kit.button(t._("Title and readers…"), SETTINGS, value))
    return [*blocks, kit.actions(*ways)]


def _looks(newsletter: Newsletter, t: Tongue) -> list[kit.Element]:
    value = str(newsletter.id)
    looks = [
        kit.button(t._("Preview: {language}", language=LANGUAGE_NAMES[one]), f"{PREVIEW}:{one}", f"{value}:{one}")
        for one in LANGUAGES
    ]
    seen = f"{value}:{newsletter.revision}"
    return [
        *looks,
        kit.button(t._("As an e-mail"), AS_MAIL, value),
        kit.button(t._("Send it to me to try"), TRIAL, seen),
        kit.button(t._("Who would get it"), DRY_RUN, value),
    ]


def _steps(facts: Facts, hindered: bool, t: Tongue) -> list[kit.Element]:
    """What can be done next."""
    newsletter, rights = facts.newsletter, facts.rights
    seen, made = f"{newsletter.id}:{newsletter.revision}", []
    if newsletter.stage in (Stage.DRAFT, Stage.STOPPED) and rights.write and not hindered:
        made.append(kit.button(t._("Ask for approval"), SUBMIT, seen, primary=True))
    if newsletter.stage is Stage.REVIEW and rights.approve:
        if not rights.own and not hindered:
            made.append(
                kit.confirmed(
                    kit.button(t._("Approve and send…"), APPROVE, seen, primary=True),
                    t._("Approve it?"),
                    t._(
                        "It goes to everybody under “Who would get it”. When: {when}.",
                        when=timing(newsletter.content, t),
                    ),
                    t._("Approve"),
                    t._("Not yet"),
                )
            )
        made.append(kit.button(t._("Send it back"), SEND_BACK, seen))
    if newsletter.stage in (Stage.DRAFT, Stage.REVIEW) and rights.write and not facts.way.total:
        made.append(
            kit.confirmed(
                kit.button(t._("Throw it away…"), DISCARD, seen),
                t._("Throw it away?"),
                t._("Nobody has it yet. It cannot be brought back."),
                t._("Throw it away"),
                t._("Keep it"),
            )
        )
    if newsletter.stage is Stage.APPROVED and facts.way.planned and (rights.write or rights.approve):
        made.append(
            kit.confirmed(
                kit.button(t._("Stop the rest…"), STOP, str(newsletter.id)),
                t._("Stop it?"),
                t._(
                    "Whoever does not have it yet does not get it. It can be corrected and approved again, and then "
                    "goes on."
                ),
                t._("Stop it"),
                t._("Let it go on"),
            )
        )
    if facts.way.sent and rights.approve and newsletter.stage is not Stage.TAKEN_BACK:
        made.append(
            kit.confirmed(
                kit.button(t._("Take it back…"), TAKE_BACK, str(newsletter.id)),
                t._("Take it back?"),
                t._("It is deleted in Slack wherever it was delivered. E-mails cannot be taken back."),
                t._("Take it back"),
                t._("Leave it"),
            )
        )
    if facts.way.total:
        made.append(kit.button(t._("Numbers"), NUMBERS, str(newsletter.id)))
    if facts.way.failed and rights.approve:
        made.append(kit.button(t._("Retry failed only"), RETRY, str(newsletter.id)))
    return [*made, open_button(t._("All newsletters"), Ask(SUBJECT), "all")]
