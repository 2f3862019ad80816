"""The content that comes with the package says what the meeting report says, in three languages, and can be found."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from alliance.names import Named, NameIndex, plain
from alliance.words import fixed_words
from storage.contentfiles import Content, read
from storage.entries import Entry, Event, Observance, document

NBSP, NARROW = "\u00a0", "\u202f"

HELD = {
    "alliance-launch": "2017",
    "global-conference-child-labour-2017": "2017",
    "gcg-1": "2017",
    "g20-labour-ministers-2017": "2017",
    "global-business-network-launch": "2018",
    "madagascar-workshop": "2018-10-25",
    "migration-workshop-1": "2018-11",
    "freedom-from-slavery-forum-2018": "2018-12",
    "madagascar-consultation": "2019-02",
    "nepal-workshop": "2019-02-07",
    "mauritania-workshop": "2019-03-04",
    "african-union-workshop": "2019-03-20..2019-03-21",
    "chile-workshop": "2019-03-28",
    "tunisia-workshop": "2019-03-28",
    "gcg-4": "2019-04",
}
TO_COME = {
    "albania-workshop": ("2019-04-12", True),
    "uganda-workshop": ("2019-04-17", True),
    "financial-sector-commission-briefing": ("2019-05", False),
    "nigeria-workshop": ("2019-05-09", True),
    "supply-chains-workshop-2": ("2019-05-14..2019-05-15", True),
    "research-advisory-board": ("2019-05-14", True),
    "vietnam-workshop": ("2019-05-24", True),
    "mauritania-workshop-2": ("before 2019-07", True),
    "fiji-workshop": ("2019-07", False),
    "rule-of-law-workshop-1": ("2019-07", True),
    "hlpf-2019": ("2019-07", True),
    "hlpf-alliance-event-2019": ("2019-07-17", True),
    "gcg-5": ("2019-07-17", False),
    "supply-chains-report-launch": ("2019-09", False),
    "conflict-humanitarian-talk": ("2019-09", False),
}
COUNTRIES = {
    "madagascar": ("MG", "africa", True),
    "mauritania": ("MR", "africa", True),
    "tunisia": ("TN", "africa", True),
    "uganda": ("UG", "africa", False),
    "nigeria": ("NG", "africa", False),
    "african-union": (None, "africa", False),
    "chile": ("CL", "americas", True),
    "nepal": ("NP", "asia-pacific", True),
    "vietnam": ("VN", "asia-pacific", True),
    "fiji": ("FJ", "asia-pacific", False),
    "albania": ("AL", "europe-central-asia", False),
}
"""ISO code, region, and whether the report calls it a pathfinder country or tells of the workshop that it held."""

GROUPS = {
    "supply-chains": ("active", "lead", "ag-supply-chains"),
    "rule-of-law": ("starting", "lead", "ag-rule-of-law"),
    "migration": ("active", "co_chairs", "ag-migration"),
    "conflict-humanitarian": ("waiting_for_chair", "none", "ag-conflict-humanitarian"),
    "communications": ("active", "lead", "ag-communications"),
    "ceag-steering-committee": ("active", "none", "ceag-steering-committee"),
}
CALENDAR = {
    "day-of-education": (1, 24, 2019),
    "day-of-social-justice": (2, 20, 2009),
    "womens-day": (3, 8, 1975),
    "remembrance-of-victims-of-slavery": (3, 25, 2008),
    "safety-and-health-at-work-day": (4, 28, 2003),
    "workers-day": (5, 1, 1890),
    "child-victims-of-aggression-day": (6, 4, 1983),
    "illegal-fishing-day": (6, 5, 2018),
    "world-day-against-child-labour": (6, 12, 2002),
    "african-child-day": (6, 16, 1991),
    "domestic-workers-day": (6, 16, 2012),
    "family-remittances-day": (6, 16, 2015),
    "refugee-day": (6, 20, 2001),
    "trafficking-in-persons-day": (7, 30, 2014),
    "humanitarian-day": (8, 19, 2009),
    "remembrance-of-the-slave-trade": (8, 23, 1998),
    "decent-work-day": (10, 7, 2008),
    "girl-child-day": (10, 11, 2012),
    "rural-women-day": (10, 15, 2008),
    "eradication-of-poverty-day": (10, 17, 1993),
    "eu-anti-trafficking-day": (10, 18, 2007),
    "united-nations-day": (10, 24, 1948),
    "childrens-day": (11, 20, 1954),
    "violence-against-women-day": (11, 25, 2000),
    "abolition-of-slavery-day": (12, 2, 1986),
    "human-rights-day": (12, 10, 1950),
    "migrants-day": (12, 18, 2000),
}
"""Month, day, and the first year in which it was marked."""

SAME_WORD_IN_FRENCH = {"Madagascar", "Migration", "Bangkok", "Abidjan", "New York", "UNICEF", "Protection"}
REPORT_LINKS = {"https://freedomfromslaveryforum.org/cso-platform-of-action/", "https://youtu.be/UpbpUb5cKEU"}


@pytest.fixture(scope="module")
def content() -> Content:
    """Reading it checks it against the schema and that every slug that it names exists."""
    return read()


def kinds(content: Content) -> dict[str, tuple[Entry, ...]]:
    """Entries by what people call them; events and observances are found by one and the same command."""
    return {
        "region": content.regions,
        "theme": content.themes,
        "group": content.groups,
        "country": content.countries,
        "event": (*content.events, *content.observances),
    }


def everything(content: Content) -> tuple[Entry, ...]:
    return (*content.community, *(entry for entries in kinds(content).values() for entry in entries))


def names_of(entry: Entry) -> set[str]:
    """Everything under which it is found, as it is compared."""
    aliases = (*entry.aliases.en, *entry.aliases.fr, *entry.aliases.es)
    return {plain(name) for name in (entry.slug.replace("-", " "), *entry.name.model_dump().values(), *aliases)}


def index(entries: tuple[Entry, ...]) -> NameIndex:
    return NameIndex(Named(entry.slug, tuple(sorted(names_of(entry)))) for entry in entries)


def texts(value: Any) -> Iterator[dict[str, str]]:
    """Every text of an entry that is written in three languages."""
    if isinstance(value, dict):
        if value.keys() == {"en", "fr", "es"} and isinstance(value["en"], str):
            yield value
        else:
            for below in value.values():
                yield from texts(below)
    elif isinstance(value, list):
        for below in value:
            yield from texts(below)


def in_french(entry: Entry) -> list[str]:
    return [*(text["fr"] for text in texts(document(entry))), *entry.aliases.fr]


def test_every_dated_matter_of_the_report_has_its_date(content: Content) -> None:
    expected = {slug: (dates, True) for slug, dates in HELD.items()} | TO_COME
    assert [(event.slug, (event.dates, event.confirmed)) for event in content.events] == list(expected.items())


def test_events_stand_in_the_order_of_time(content: Content) -> None:
    keys = [event.when.sort_key for event in content.events]
    assert keys == sorted(keys)


def test_only_the_fifth_coordinating_meeting_has_a_time_of_day_and_it_is_rough(content: Content) -> None:
    assert [(event.slug, event.day_part and event.day_part.en) for event in content.events if event.day_part] == [
        ("gcg-5", "morning session")
    ]
    assert [event.slug for event in content.events if event.starts or event.zone or event.rule] == []


def test_every_country_of_the_report_is_there(content: Content) -> None:
    assert {c.slug: (c.code, c.region, c.pathfinder) for c in content.countries} == COUNTRIES


def test_every_country_has_its_workshop(content: Content) -> None:
    workshops = {slug for event in content.events if event.kind == "workshop" for slug in event.countries}
    assert workshops == COUNTRIES.keys()


def test_the_five_countries_that_held_workshops_are_told_in_full(content: Content) -> None:
    told = {
        c.slug: (len(c.participants), len(c.progress), [len(p.items) for p in c.priorities], len(c.challenges))
        for c in content.countries
        if c.participants
    }
    assert told == {
        "madagascar": (10, 2, [2, 2], 2),
        "mauritania": (2, 0, [5, 2], 1),
        "tunisia": (2, 0, [2], 1),
        "chile": (9, 1, [4], 0),
        "nepal": (15, 4, [3], 1),
    }


def test_every_action_group_is_there_with_who_leads_it(content: Content) -> None:
    assert {g.slug: (g.status, g.leadership, g.channel) for g in content.groups} == GROUPS
    assert {
        g.slug: [name.en.rpartition("(")[2].rstrip(")") for name in g.led_by] for g in content.groups if g.led_by
    } == {
        "supply-chains": ["ILO"],
        "rule-of-law": ["OHCHR"],
        "migration": ["IOM", "UNICEF"],
        "communications": ["CEAG-SC"],
    }
    assert [g.slug for g in content.groups if g.kind == "steering_committee"] == ["ceag-steering-committee"]
    assert len(next(g for g in content.groups if g.slug == "migration").work_plan) == 4


def test_the_calendar_stands_in_the_order_of_the_year(content: Content) -> None:
    days = {o.slug: (o.month, o.day, o.since) for o in content.observances}
    assert days == CALENDAR
    assert list(days) == sorted(days, key=lambda slug: days[slug][:2])


def test_only_the_day_that_the_report_names_is_listed_among_the_events(content: Content) -> None:
    assert [(o.slug, o.first) for o in content.observances if o.listed] == [
        ("world-day-against-child-labour", date(2002, 6, 12))
    ]


def test_every_entry_names_its_section(content: Content) -> None:
    parts = r"(I|II|III|IV|V|VI|VII|VIII)\. |The whole report|UN list of international days|Marked by "
    assert [entry.slug for entry in everything(content) if not re.match(parts, entry.section)] == []


def test_links_are_those_of_the_report_or_of_the_united_nations(content: Content) -> None:
    assert {event.link for event in content.events if event.link} == REPORT_LINKS
    days = {o.link for o in content.observances if o.link}
    assert [link for link in days if not re.match(r"https://www\.(un|unesco)\.org/en/", link)] == []


@pytest.mark.parametrize("kind", ["region", "theme", "group", "country", "event"])
def test_a_name_means_one_thing(content: Content, kind: str) -> None:
    owners: dict[str, set[str]] = {}
    for entry in kinds(content)[kind]:
        for name in names_of(entry):
            owners.setdefault(name, set()).add(entry.slug)
    assert {name: slugs for name, slugs in owners.items() if len(slugs) > 1} == {}


def test_a_name_that_a_group_shares_with_a_theme_means_the_same_matter(content: Content) -> None:
    themes = {name: theme.slug for theme in content.themes for name in names_of(theme)}
    groups = {name: group.slug for group in content.groups for name in names_of(group)}
    assert {n: (groups[n], themes[n]) for n in groups.keys() & themes.keys() if groups[n] != themes[n]} == {}


def test_no_name_is_also_a_word_for_a_date_or_a_kind_of_event(content: Content) -> None:
    taken = {phrase for phrase, (kind, _value) in fixed_words() if kind}
    filters = [entry for kind in ("region", "theme", "group", "country") for entry in kinds(content)[kind]]
    assert {entry.slug: names_of(entry) & taken for entry in filters if names_of(entry) & taken} == {}


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("hlpf", "hlpf-2019"),
        ("fphn", "hlpf-2019"),
        ("forum politique de haut niveau", "hlpf-2019"),
        ("foro politico de alto nivel", "hlpf-2019"),
        ("gcg", "gcg-5"),
        ("4th GCG meeting", "gcg-4"),
        ("Abidjan", "supply-chains-workshop-2"),
        ("taller de Abiyán", "supply-chains-workshop-2"),
        ("albania", "albania-workshop"),
        ("atelier albanie", "albania-workshop"),
        ("túnez", "tunisia-workshop"),
        ("bangkok", "freedom-from-slavery-forum-2018"),
        ("World Day against Child Labor", "world-day-against-child-labour"),
        ("12 juin", "world-day-against-child-labour"),
        ("dia contra el trabajo infantil", "world-day-against-child-labour"),
        ("Journée mondiale contre le travail des enfans", "world-day-against-child-labour"),
    ],
)
def test_people_find_an_event_by_what_they_type(content: Content, typed: str, slug: str) -> None:
    assert index(kinds(content)["event"]).find(typed) == slug


@pytest.mark.parametrize(
    ("kind", "typed", "slug"),
    [
        ("region", "afrique", "africa"),
        ("region", "america latina", "americas"),
        ("region", "asie", "asia-pacific"),
        ("region", "europe", "europe-central-asia"),
        ("country", "viet nam", "vietnam"),
        ("country", "union africaine", "african-union"),
        ("country", "AU", "african-union"),
        ("group", "ceag", "communications"),
        ("group", "ceag-sc", "ceag-steering-committee"),
        ("group", "chaines d'approvisionnement", "supply-chains"),
        ("theme", "traite des êtres humains", "trafficking"),
        ("theme", "trata", "trafficking"),
        ("theme", "human trafficking", "trafficking"),
    ],
)
def test_people_find_what_they_filter_by(content: Content, kind: str, typed: str, slug: str) -> None:
    assert index(kinds(content)[kind]).find(typed) == slug


def test_every_text_is_translated(content: Content) -> None:
    untranslated = {
        (entry.slug, text["en"])
        for entry in everything(content)
        for text in texts(document(entry))
        if text["fr"] == text["en"] and text["en"] not in SAME_WORD_IN_FRENCH
    }
    assert untranslated == set()


def test_long_texts_differ_in_all_languages(content: Content) -> None:
    alike = [
        text["en"]
        for entry in everything(content)
        for text in texts(document(entry))
        if len(text["en"]) > 30 and len(set(text.values())) < 3
    ]
    assert alike == []


def test_french_has_the_spaces_of_french(content: Content) -> None:
    """A narrow no-break space before ; ? ! » and after «, a no-break space before the colon, a curly apostrophe."""
    wrong = re.compile(rf"[^{NARROW}][;?!»]|«[^{NARROW}]|[^{NBSP}]:(?=\s|$)|'|\"|n° ")
    found = [text for entry in everything(content) for text in in_french(entry) if wrong.search(text)]
    assert found == []


def test_no_text_shouts_or_has_typewriter_quotes(content: Content) -> None:
    said = [said for entry in everything(content) for text in texts(document(entry)) for said in text.values()]
    assert [text for text in said if re.search(r"[!'\"]|\bTBC\b(?!\))", text)] == []


def test_targets_are_targets_of_the_sdgs(content: Content) -> None:
    targets = {target for theme in content.themes for target in theme.targets}
    assert [target for target in targets if not re.fullmatch(r"([1-9]|1[0-7])\.([1-9]\d?|[a-d])", target)] == []
    assert "8.7" in targets
    assert [theme.slug for theme in content.themes if not theme.targets] == []


def test_every_dated_matter_has_a_theme(content: Content) -> None:
    dated: tuple[Event | Observance, ...] = (*content.events, *content.observances)
    assert [entry.slug for entry in dated if not entry.themes] == []
