"""Before a newsletter goes out: how it looks, and who would get it when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from alliance.edition import LONGEST
from alliance.languages import LANGUAGES, Language
from handlers.answers import Answer, Block
from handlers.asking import Ask
from handlers.tongue import Tongue
from handlers.views import kit, parts
from handlers.views.asking import open_button
from handlers.views.fields import LANGUAGE_NAMES
from handlers.views.newsletters import SUBJECT
from handlers.views.newsletterwords import timing, title_of
from storage.newsletters import Newsletter

Moment = tuple[datetime, str]
"""An instant (UTC) and the IANA zone of the reader."""


@dataclass(frozen=True, slots=True)
class DryRun:
    """Who would get it. `languages` and `regions` count people, `by_mail` those by e-mail; `minutes`: its length."""

    newsletter: Newsletter
    channels: int
    by_mail: int
    languages: Mapping[Language, int]
    regions: Mapping[str, int]
    first: Moment | None
    last: Moment | None
    minutes: float
    declined: int
    absent: tuple[str, ...]


def preview(answer: Answer, number: int, language: Language, t: Tongue) -> Answer:
    """The post, below a line that says what it is."""
    note = t._("This is how it looks in Slack. {language}.", language=LANGUAGE_NAMES[language])
    back = kit.actions(open_button(t._("Back"), Ask(SUBJECT, str(number)), "back"))
    return Answer(answer.text, [kit.context(note), *answer.blocks, back], title=t._("Preview"))


def trial(answer: Answer, t: Tongue) -> Answer:
    """The post, as it is sent to who wants to see it first."""
    note = t._("This is a trial: only you got it.")
    return Answer(answer.text, [kit.context(note), *answer.blocks])


def waits(newsletter: Newsletter, t: Tongue) -> Answer:
    """To who may approve it: it waits for them."""
    words = t._("A newsletter waits for your approval: “{title}”.", title=title_of(newsletter.content, t))
    look = open_button(t._("Look at it"), Ask(SUBJECT, str(newsletter.id)), "look", primary=True)
    return Answer(words, [kit.say(words), kit.actions(look)])


def decided(newsletter: Newsletter, t: Tongue) -> Answer:
    """To who wrote it: what somebody else decided."""
    title = title_of(newsletter.content, t)
    words = t._("Your newsletter “{title}” was sent back: it is a draft again.", title=title)
    if newsletter.approved:
        when = timing(newsletter.content, t)
        words = t._("Your newsletter “{title}” is approved. It goes out: {when}.", title=title, when=when)
    look = open_button(t._("Look at it"), Ask(SUBJECT, str(newsletter.id)), "look")
    return Answer(words, [kit.say(words), kit.actions(look)])


def dry_run(facts: DryRun, t: Tongue) -> Answer:
    """The figures."""
    title = t._("Who would get it: {title}", title=title_of(facts.newsletter.content, t))
    members = sum(facts.languages.values()) - facts.by_mail
    lines = [t.n("{count} channel", "{count} channels", facts.channels)] if facts.channels else []
    if members:
        lines.append(t.n("{count} member", "{count} members", members))
    if facts.by_mail:
        lines.append(t.n("{count} e-mail address", "{count} e-mail addresses", facts.by_mail))
    if facts.languages:
        lines += [
            t._("{language}: {count}", language=LANGUAGE_NAMES[one], count=facts.languages[one])
            for one in LANGUAGES
            if facts.languages.get(one)
        ]
    blocks = [kit.header(title)]
    if not lines:
        blocks.append(kit.say(t._("Nobody.")))
    else:
        blocks.append(kit.rich(kit.bullets([[kit.text(line)] for line in lines])))
        blocks.append(kit.rich(*_times(facts, t)))
    blocks += _left_out(facts, t)
    sizes = [
        t._(
            "{language}: {count} of {most} characters", language=LANGUAGE_NAMES[one], count=edition.length, most=LONGEST
        )
        for one, edition in facts.newsletter.content.editions.items()
    ]
    if sizes:
        blocks.append(kit.context(" · ".join(sizes)))
    blocks.append(kit.actions(open_button(t._("Back"), Ask(SUBJECT, str(facts.newsletter.id)), "back")))
    return Answer(title, blocks, title=t._("Who would get it"))


def _times(facts: DryRun, t: Tongue) -> list[kit.Element]:
    regions = t.listed(
        f"{_region(name, t)} {count}"
        for name, count in sorted(facts.regions.items(), key=lambda one: (-one[1], one[0]))
    )
    minutes = max(1, round(facts.minutes))
    said = parts.said(t._("By region:"), regions) if facts.regions else []
    if facts.first and facts.last:
        said += parts.said(t._("First:"), _moment(facts.first, t))
        said += parts.said(t._("Last:"), _moment(facts.last, t))
    return [*said, *parts.said(t._("Takes:"), t.n("about {count} minute", "about {count} minutes", minutes))]


def _moment(moment: Moment, t: Tongue) -> str:
    at, zone = moment
    here = at.astimezone(ZoneInfo(zone))
    return f"{t.day(here.date())}, {t.clock_time(at, zone)} {t.city(zone)}"


def _left_out(facts: DryRun, t: Tongue) -> list[Block]:
    lines = []
    if facts.declined:
        words = t.n("{count} member does not want this kind", "{count} members do not want this kind", facts.declined)
        lines.append([kit.text(words)])
    for channel in facts.absent:
        lines.append([parts.channel_mention(channel), kit.text(" " + t._("(the bot is not in this channel)"))])
    if not lines:
        return []
    return [kit.rich(kit.paragraph(kit.text(t._("Without it"), bold=True)), kit.bullets(lines))]


def _region(name: str, t: Tongue) -> str:
    return {
        "Africa": t._("Africa"),
        "America": t._("Americas"),
        "Asia": t._("Asia"),
        "Atlantic": t._("Atlantic"),
        "Australia": t._("Australia"),
        "Europe": t._("Europe"),
        "Indian": t._("Indian Ocean"),
        "Pacific": t._("Pacific"),
    }.get(name, t._("elsewhere"))
