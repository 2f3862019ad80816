"""Newsletters: how far one is, who gets it, when, and what an approval is bound to."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any, Final
from zoneinfo import ZoneInfo

from alliance.edition import Edition, Problem, Section, problems
from alliance.languages import LANGUAGES, Language, first_known
from alliance.leadtimes import MORNING, POLITE
from alliance.when import instant

USEFUL: Final = timedelta(days=7)
"""So long after its time a newsletter is still delivered, should the bot have been down."""


class Stage(StrEnum):
    """How far a newsletter is."""

    DRAFT = "draft"
    REVIEW = "review"
    """Somebody else is asked to approve it."""
    APPROVED = "approved"
    """It goes out at its time."""
    STOPPED = "stopped"
    """Who did not have it yet does not get it any more."""
    TAKEN_BACK = "taken_back"
    """It was deleted where it had been delivered."""


class Issue(StrEnum):
    """What kind it is: members choose by kind whether they want it."""

    NEWSLETTER = "newsletter"
    UPDATE = "update"
    BREAKING = "breaking"


class Choice(StrEnum):
    """How a member wants a kind of newsletter; SLACK is a direct message."""

    SLACK = "slack"
    MAIL = "mail"
    BOTH = "both"
    NONE = "none"


class Timing(StrEnum):
    """When it goes out."""

    NOW = "now"
    """As soon as it is approved."""
    AT = "at"
    """At an instant."""
    MORNING = "morning"
    """On a day, at nine in the morning of each reader."""


NOBODY, EVERYBODY, GROUP = "", "all", "group:"
"""Which members get it directly: none, all, or those of an action group ("group:migration")."""


@dataclass(frozen=True, slots=True)
class Plan:
    """To whom and when. `at` (UTC) belongs to Timing.AT, `day` to Timing.MORNING."""

    channels: tuple[str, ...] = ()
    members: str = NOBODY
    mail: bool = False
    """Also to everybody who confirmed an e-mail address."""
    timing: Timing = Timing.NOW
    at: datetime | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """All that readers get and that an approval is for.

    `original`: the language in which it is written first. `waived`: the languages that it does without, on purpose;
    their readers get the original.
    """

    issue: Issue = Issue.NEWSLETTER
    original: Language = "en"
    editions: Mapping[Language, Edition] = field(default_factory=dict)
    waived: frozenset[Language] = frozenset()
    plan: Plan = field(default_factory=Plan)

    @property
    def title(self) -> str:
        """In the language in which it is written first."""
        edition = self.editions.get(self.original)
        return edition.title if edition else ""

    @property
    def missing(self) -> tuple[Language, ...]:
        """The languages in which it is neither written nor waived."""
        return tuple(one for one in LANGUAGES if one not in self.waived and not whole(self.editions.get(one)))

    def edition(self, language: Language) -> Edition:
        """What a reader of that language gets."""
        mine = self.editions.get(language)
        return mine if mine and whole(mine) else self.editions.get(self.original, Edition(self.original, ""))

    @property
    def fingerprint(self) -> str:
        """Different for whatever differs to a reader: texts, audience, time, what is waived."""
        written = json.dumps(as_json(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return sha256(written.encode()).hexdigest()


def whole(edition: Edition | None) -> bool:
    """Whether it has a title and a text, so that its readers get it."""
    return edition is not None and bool(edition.title.strip()) and any(one.body.strip() for one in edition.sections)


@dataclass(frozen=True, slots=True)
class Hindrance:
    """What keeps it from being sent: a problem of an edition, or a missing language (`problem` None)."""

    language: Language
    problem: Problem | None = None


def hindrances(content: Content) -> tuple[Hindrance, ...]:
    """Everything that has to be mended or waived first; nothing where it can be approved.

    The same pictures and the same number of sections stand in all languages, so that no reader gets less.
    """
    found = [Hindrance(language) for language in content.missing]
    for language in LANGUAGES:
        edition = content.editions.get(language)
        if edition is not None and language not in content.missing and language not in content.waived:
            found += [Hindrance(language, problem) for problem in problems(edition) if problem.blocks]
    return tuple(found)


def due(plan: Plan, approved_at: datetime, zone: str, *, private: bool) -> datetime:
    """When it is due to a channel or (`private`) a member in that zone (IANA), in UTC.

    Nobody's phone rings at night: what would come to a member before eight or after twenty waits for nine o'clock.
    """
    at = approved_at
    if plan.timing is Timing.MORNING and plan.day:
        at = max(instant(plan.day, MORNING, zone), approved_at)
    elif plan.timing is Timing.AT and plan.at:
        at = max(plan.at, approved_at)
    return awake(at, zone) if private else at


def awake(at: datetime, zone: str) -> datetime:
    """That instant, or the next morning's nine o'clock in the zone where it is night there."""
    local = at.astimezone(ZoneInfo(zone))
    first, last = POLITE
    if first <= local.time() < last:
        return at
    return instant(local.date() + timedelta(days=local.time() >= last), MORNING, zone)


def may_approve(editor: str, writers: Collection[str], *, alone: bool = False) -> bool:
    """Whether somebody may approve: who wrote any of it may not, unless they were allowed to send alone."""
    return alone or editor not in writers


def as_json(content: Content) -> dict[str, Any]:
    """As it is stored, and what an approval is bound to."""
    plan = content.plan
    return {
        "issue": content.issue.value,
        "original": content.original,
        "waived": sorted(content.waived),
        "editions": {
            language: {
                "title": edition.title,
                "sections": [[one.heading, one.body, one.picture, one.alt] for one in edition.sections],
            }
            for language, edition in sorted(content.editions.items())
        },
        "channels": list(plan.channels),
        "members": plan.members,
        "mail": plan.mail,
        "timing": plan.timing.value,
        "at": plan.at.isoformat() if plan.at else None,
        "day": plan.day.isoformat() if plan.day else None,
    }


def from_json(values: Mapping[str, Any]) -> Content:
    """What `as_json` wrote."""
    plan = Plan(
        tuple(values["channels"]),
        values["members"],
        values["mail"],
        Timing(values["timing"]),
        datetime.fromisoformat(values["at"]) if values["at"] else None,
        date.fromisoformat(values["day"]) if values["day"] else None,
    )
    editions: dict[Language, Edition] = {}
    for name, edition in values["editions"].items():
        language = first_known(name)
        editions[language] = Edition(language, edition["title"], tuple(Section(*one) for one in edition["sections"]))
    return Content(
        Issue(values["issue"]),
        first_known(values["original"]),
        editions,
        frozenset(first_known(one) for one in values["waived"]),
        plan,
    )
