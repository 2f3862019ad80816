"""What a newsletter is, in words: its kind and stage, its readers and time, and what keeps it from being sent."""

from collections.abc import Mapping

from alliance.edition import LONGEST, MOST_SECTIONS, Fault
from alliance.languages import Language
from alliance.newsletters import EVERYBODY, GROUP, NOBODY, Content, Hindrance, Issue, Stage, Timing
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.fields import LANGUAGE_NAMES
from storage.entries import Group
from storage.newsletters import Newsletter, Way


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


def standing(newsletter: Newsletter, way: Way, t: Tongue) -> str:
    """Its stage in words; that it is sent, where everybody has it who was to get it."""
    done = newsletter.stage is Stage.APPROVED and way.sent and not (way.planned or way.under_way)
    return t._("sent") if done else stages(t)[newsletter.stage]


def title_of(content: Content, t: Tongue) -> str:
    """Its title, in the reader's language where it is written in that; or that it has none yet."""
    return kit.clip(content.edition(t.language).title or content.title, 140) or t._("(without a title)")


def went(way: Way, t: Tongue) -> str:
    """How many have it: "sent to 12 of 14, 1 failed"; "" where nothing is planned."""
    if not way.total:
        return ""
    said = [t._("sent to {sent} of {total}", sent=way.sent, total=way.total)]
    if way.planned:
        said.append(t.n("{count} to come", "{count} to come", way.planned))
    if way.failed:
        said.append(t.n("{count} failed", "{count} failed", way.failed))
    return ", ".join(said)


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


def in_language(content: Content, language: Language, t: Tongue) -> str:
    """How far it is in a language: "English: 3 sections"."""
    edition, name = content.editions.get(language), LANGUAGE_NAMES[language]
    if language in content.waived:
        return t._("{language}: done without", language=name)
    if language in content.missing or edition is None:
        return t._("{language}: missing", language=name)
    sections = t.n("{count} section", "{count} sections", len(edition.sections))
    return t._("{language}: {sections}", language=name, sections=sections)
