"""The list of newsletters, and the page of one: how far it is, what is still missing, and what can be done next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from alliance.edition import LONGEST, MOST_SECTIONS, Fault
from alliance.languages import LANGUAGES, Language
from alliance.newsletters import EVERYBODY, GROUP, NOBODY, Content, Hindrance, Issue, Stage, Timing, hindrances
from handlers.answers import Answer, Block
from handlers.asking import Ask
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.asking import open_button
from handlers.views.fields import LANGUAGE_NAMES
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


def issues(t: Tongue) -> dict[Issue, str]:
    """Each kind in words."""
    return {
        Issue.NEWSLETTER: t._("Newsletter"),
        Issue.UPDATE: t._("Update"),
        Issue.BREAKING: t._("Breaking news"),
    }


def stages(t: Tongue) -> dict[Stage, str]:
    """Each stage in words."""
    return {
        Stage.DRAFT: t._("draft"),
        Stage.REVIEW: t._("waits for approval"),
        Stage.APPROVED: t._("approved"),
        Stage.STOPPED: t._("stopped"),
        Stage.TAKEN_BACK: t._("taken back"),
    }


def title_of(content: Content, t: Tongue) -> str:
    """Its title, or that it has none yet."""
    return kit.clip(content.title, 140) or t._("(without a title)")


def listing(found: Sequence[Newsletter], ways: Mapping[str, Way], rights: Rights, t: Tongue) -> Answer:
    """All newsletters, the one that was changed last first."""
    title = t._("Newsletters")
    blocks = [kit.header(title)]
    if not found:
        blocks.append(kit.say(t._("There is no newsletter yet.")))
    for one in found[:MOST]:
        facts = [issues(t)[one.content.issue], stages(t)[one.stage], went(ways[one.ref], t)]
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


def for_readers(latest: Answer | None, t: Tongue, notice: str = "") -> Answer:
    """For who does not write any: the latest one, and what they want to get."""
    title = t._("Newsletters")
    if notice:
        return Answer(notice, [kit.say(notice)], title=title)
    button = kit.actions(kit.button(t._("What I want to get…"), CHOOSE, primary=latest is None))
    if latest is None:
        return Answer(title, [kit.header(title), kit.say(t._("There is no newsletter yet.")), button], title=title)
    return Answer(latest.text, [*latest.blocks, button], title=title)


def went(way: Way, t: Tongue) -> str:
    """How many have it: "sent to 12 of 14, 1 failed"; "" where nothing is planned."""
    if not way.total:
        return ""
    said = [t._("sent to {sent} of {total}", sent=way.sent, total=way.total)]
    if way.failed:
        said.append(t.n("{count} failed", "{count} failed", way.failed))
    return ", ".join(said)


def page(facts: Facts, t: Tongue) -> Answer:
    """One newsletter: what it is, what is still missing, and what can be done next."""
    newsletter, content = facts.newsletter, facts.newsletter.content
    title, writers = title_of(content, t), sorted(newsletter.writers)
    blocks: list[Block] = [kit.context(facts.notice)] if facts.notice else []
    blocks.append(kit.header(title))
    lines = [
        *parts.said(t._("It is:"), f"{issues(t)[content.issue]}, {stages(t)[newsletter.stage]}"),
        *parts.said(t._("Languages:"), " · ".join(_language(content, one, t) for one in LANGUAGES)),
        parts.fact(t._("Goes to:"), *audience(content, facts.groups, t)),
        *parts.said(t._("When:"), timing(content, t)),
        parts.fact(t._("Written by:"), *parts.mentions([parts.user_mention(one) for one in writers])),
    ]
    if newsletter.approved_by:
        lines.append(parts.fact(t._("Approved by:"), parts.user_mention(newsletter.approved_by)))
    lines += parts.said(t._("Delivered:"), went(facts.way, t))
    blocks.append(kit.rich(*lines))
    found = hindrances(content)
    if found and newsletter.stage in (Stage.DRAFT, Stage.REVIEW):
        heading = kit.paragraph(kit.text(t._("Before it can be approved"), bold=True))
        blocks.append(kit.rich(heading, kit.bullets([[kit.text(hindrance(one, t))] for one in found[:20]])))
    blocks += _sections(facts, t)
    blocks.append(kit.actions(*_looks(newsletter, t)))
    blocks.append(kit.actions(*_steps(facts, bool(found), t)))
    return Answer(title, blocks, title=t._("Newsletter"))


def audience(content: Content, groups: Mapping[str, Group], t: Tongue) -> list[kit.Element]:
    """Channels and members, in words."""
    said = parts.mentions([parts.channel_mention(one) for one in content.plan.channels])
    words = members_words(content.plan.members, groups, t)
    if words:
        said += [kit.text(", " if said else ""), kit.text(words)]
    if content.plan.mail:
        said += [kit.text(", " if said else ""), kit.text(t._("everybody who confirmed an e-mail address"))]
    return said or [kit.text(t._("nobody yet"))]


def members_words(members: str, groups: Mapping[str, Group], t: Tongue) -> str:
    """Which members get it directly."""
    if members == NOBODY:
        return ""
    if members == EVERYBODY:
        return t._("every member, directly")
    group = groups.get(members.removeprefix(GROUP))
    name = t.text(group.name.model_dump()) if group else members
    return t._("the members of the group {group}, directly", group=name)


def timing(content: Content, t: Tongue) -> str:
    """When it goes out, in words."""
    plan = content.plan
    if plan.timing is Timing.AT and plan.at:
        here = plan.at
        return t._("at {time}", time=f"{t.day(here.date())}, {t.clock_time(here, t.zone)} {t.city(t.zone)}")
    if plan.timing is Timing.MORNING and plan.day:
        return t._("{day}, at nine in the morning of each reader", day=t.day(plan.day))
    return t._("as soon as it is approved")


def hindrance(one: Hindrance, t: Tongue) -> str:
    """What has to be mended, in a sentence."""
    language = LANGUAGE_NAMES[one.language]
    if one.problem is None:
        words = t._("not written yet. Write it, or do without it under “Title and readers…”.")
        return t._("{language}: {problem}", language=language, problem=words)
    words, number = fault(one.problem.fault, one.problem.value, t), one.problem.section
    if number:
        return t._("{language}, section {number}: {problem}", language=language, number=number, problem=words)
    return t._("{language}: {problem}", language=language, problem=words)


def fault(what: Fault, value: str, t: Tongue) -> str:
    """A problem of an edition, with what to do."""
    shown = kit.clip(value, 80)
    return {
        Fault.NO_TITLE: t._("It has no title."),
        Fault.EMPTY: t._("It has no section."),
        Fault.TOO_LONG: t._(
            "It has {count} characters; one message of Slack takes {most}. Shorten it, or make two of it.",
            count=shown,
            most=LONGEST,
        ),
        Fault.TOO_MANY_SECTIONS: t._("It has {count} sections; {most} is the most.", count=shown, most=MOST_SECTIONS),
        Fault.EMPTY_SECTION: t._("It has no text."),
        Fault.PICTURE: t._("The address of a picture begins with https://, and “{address}” does not.", address=shown),
        Fault.NO_ALT: t._("The picture has no description for those who cannot see it."),
        Fault.LINK: t._("Nobody can follow the link “{address}”.", address=shown),
        Fault.TAG: t._("“{tag}” is shown as it is written: HTML is not used here.", tag=shown),
    }[what]


def _language(content: Content, language: Language, t: Tongue) -> str:
    edition, name = content.editions.get(language), LANGUAGE_NAMES[language]
    if language in content.waived:
        return t._("{language}: done without", language=name)
    if language in content.missing or edition is None:
        return t._("{language}: missing", language=name)
    sections = t.n("{count} section", "{count} sections", len(edition.sections))
    return t._("{language}: {sections}", language=name, sections=sections)


def _sections(facts: Facts, t: Tongue) -> list[Block]:
    """The sections in the language in which it is written first, with a way into each."""
    content = facts.newsletter.content
    edition = content.editions.get(content.original)
    count = max((len(one.sections) for one in content.editions.values()), default=0)
    lines = []
    for number in range(count):
        section = edition.sections[number] if edition and number < len(edition.sections) else None
        words = (section.heading or section.body.strip()) if section else ""
        lines.append([kit.text(kit.clip(words, 100) or t._("(nothing in this language yet)"))])
    blocks: list[Block] = [kit.rich(kit.bullets(lines, ordered=True))] if lines else []
    going = facts.way.under_way or (facts.way.planned and facts.way.begun)
    if not facts.rights.write or going or facts.newsletter.stage in (Stage.STOPPED, Stage.TAKEN_BACK):
        return blocks
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
    if newsletter.stage is Stage.DRAFT and rights.write and not hindered:
        made.append(kit.button(t._("Ask for approval"), SUBMIT, seen, primary=True))
    if newsletter.stage is Stage.REVIEW and rights.approve:
        if not rights.own and not hindered:
            made.append(
                kit.confirmed(
                    kit.button(t._("Approve and send…"), APPROVE, seen, primary=True),
                    t._("Approve it?"),
                    t._("It goes out to everybody under “Who would get it”, at the time that is set."),
                    t._("Approve"),
                    t._("Not yet"),
                )
            )
        made.append(kit.button(t._("Send it back"), SEND_BACK, seen))
    if newsletter.stage is Stage.APPROVED and facts.way.planned and (rights.write or rights.approve):
        made.append(
            kit.confirmed(
                kit.button(t._("Stop the rest…"), STOP, str(newsletter.id)),
                t._("Stop it?"),
                t._("Whoever does not have it yet does not get it. This cannot be taken back."),
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
