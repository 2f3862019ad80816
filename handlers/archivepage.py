"""The public archive of newsletters: a list, each as a page in three languages, and an Atom feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from feedgen.feed import FeedGenerator

from alliance.edition import Edition
from alliance.languages import LANGUAGES, Language
from alliance.newsletters import Content
from handlers import mailpage
from handlers.tongue import Tongue
from handlers.views.fields import LANGUAGE_NAMES


@dataclass(frozen=True, slots=True)
class Issue:
    """One newsletter that everybody may read, with its number and when it was approved (UTC)."""

    number: int
    content: Content
    at: datetime


def page(issue: Issue, base: str, t: Tongue) -> str:
    """The newsletter in the reader's language, with ways to the other languages and to the list."""
    ways = [(f"{base}{issue.number}?lang={one}", LANGUAGE_NAMES[one]) for one in LANGUAGES if one != t.language]
    ways.append((f"{base}?lang={t.language}", t._("All newsletters")))
    return mailpage.web_page(issue.content.edition(t.language), ways, t)


def listing(issues: Sequence[Issue], base: str, t: Tongue) -> str:
    """All of them, the last first."""
    lines = "".join(
        f'<li>{escape(t.day(one.at.date()))}: <a href="{escape(f"{base}{one.number}?lang={t.language}")}">'
        f"{escape(one.content.edition(t.language).title)}</a></li>"
        for one in issues
    )
    body = f"<ul>{lines}</ul>" if lines else f"<p>{escape(t._('There is no newsletter yet.'))}</p>"
    ways = [(f"{base}?lang={one}", LANGUAGE_NAMES[one]) for one in LANGUAGES if one != t.language]
    ways.append((f"{base}feed.atom?lang={t.language}", "Atom"))
    return mailpage.web_page(Edition(t.language, t._("Newsletters")), ways, t, body)


def feed(issues: Sequence[Issue], base: str, t: Tongue, now: datetime) -> bytes:
    """The same as an Atom feed (RFC 4287)."""
    made = FeedGenerator()
    made.id(f"{base}?lang={t.language}")
    made.title(f"Alliance 8.7: {t._('Newsletters')}")
    made.language(t.language)
    made.author({"name": "Alliance 8.7"})
    made.link(href=f"{base}feed.atom?lang={t.language}", rel="self")
    made.link(href=f"{base}?lang={t.language}", rel="alternate")
    made.updated(max((one.at for one in issues), default=now))
    for one in issues:
        edition = one.content.edition(t.language)
        entry = made.add_entry(order="append")
        entry.id(f"{base}{one.number}?lang={t.language}")
        entry.title(edition.title)
        entry.link(href=f"{base}{one.number}?lang={t.language}")
        entry.published(one.at)
        entry.updated(one.at)
        entry.content(mailpage.sections_html(edition), type="html")
    return bytes(made.atom_str(pretty=True))


def language_of(asked: str, accepted: str) -> Language:
    """What the address asks for, else the first of ours that the browser prefers (Accept-Language), else English."""
    wanted = [asked, *(one.partition(";")[0].strip()[:2].lower() for one in accepted.split(","))]
    return next((one for name in wanted for one in LANGUAGES if one == name), "en")
