"""A small content folder for tests: one of everything, written as the secretariat would write it."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from storage import contentfiles
from storage.contentfiles import Content

COMMUNITY = """
- slug: alliance
  section: Introduction
  name: {en: Alliance 8.7, fr: Alliance 8.7, es: Alianza 8.7}
  channel: general
  zone: Europe/Zurich
  summary: {en: The partnership., fr: Le partenariat., es: La alianza.}
"""

REGIONS = """
- slug: africa
  section: Workshops
  name: {en: Africa, fr: Afrique, es: África}
- slug: asia-pacific
  section: Workshops
  name: {en: Asia and the Pacific, fr: Asie et Pacifique, es: Asia y el Pacífico}
"""

THEMES = """
- slug: child-labour
  section: Introduction
  name: {en: Child labour, fr: Travail des enfants, es: Trabajo infantil}
  targets: [8.7]
- slug: migration
  section: Introduction
  name: {en: Migration, fr: Migration, es: Migración}
  targets: [8.7, 10.7]
"""

GROUPS = """
- slug: migration
  section: Action groups
  name: {en: Migration, fr: Migration, es: Migración}
  status: active
  leadership: lead
  summary: {en: Fair migration., fr: Une migration équitable., es: Migración equitativa.}
  channel: ag-migration
  themes: [migration]
"""

COUNTRIES = """
- slug: nepal
  section: Nepal
  name: {en: Nepal, fr: Népal, es: Nepal}
  code: NP
  region: asia-pacific
  pathfinder: true
  summary: {en: A pathfinder country., fr: Un pays pionnier., es: Un país pionero.}
- slug: cote-d-ivoire
  section: Côte d'Ivoire
  name: {en: Côte d’Ivoire, fr: Côte d’Ivoire, es: Côte d’Ivoire}
  aliases: {en: [Ivory Coast], es: [Costa de Marfil]}
  code: CI
  region: africa
  pathfinder: true
  summary: {en: A pathfinder country., fr: Un pays pionnier., es: Un país pionero.}
"""

EVENTS = """
- slug: nepal-workshop
  section: Nepal
  kind: workshop
  name: {en: Workshop in Nepal, fr: Atelier au Népal, es: Taller en Nepal}
  dates: 2019-02-07..2019-02-08
  place: {en: Kathmandu, fr: Katmandou, es: Katmandú}
  countries: [nepal]
  summary: {en: Priorities., fr: Des priorités., es: Prioridades.}
- slug: abidjan-workshop
  section: Supply chains
  kind: workshop
  name: {en: Workshop in Abidjan, fr: Atelier d’Abidjan, es: Taller de Abiyán}
  aliases: {en: [Second global workshop]}
  dates: 2019-05-14
  countries: [cote-d-ivoire]
  themes: [child-labour]
  summary: {en: Cocoa., fr: Le cacao., es: El cacao.}
- slug: hlpf
  section: Forum
  kind: forum
  name: {en: High-level political forum, fr: Forum politique de haut niveau, es: Foro político de alto nivel}
  dates: 2019-07
  confirmed: false
  regions: [africa]
  summary: {en: In New York., fr: À New York., es: En Nueva York.}
- slug: migration-call
  section: Migration
  kind: meeting
  name: {en: Call of the Migration group, fr: Appel du groupe Migration, es: Llamada del grupo de Migración}
  dates: 2019-04-09
  starts: 10:30
  ends: 11:30
  zone: Europe/Zurich
  rule: FREQ=MONTHLY;BYDAY=2TU;COUNT=4
  changes:
    - {day: 2019-05-14, moved_to: 2019-05-21, starts: 15:00}
    - {day: 2019-06-11, cancelled: true}
  groups: [migration]
  summary: {en: Every month., fr: Chaque mois., es: Cada mes.}
"""

OBSERVANCES = """
- slug: world-day-against-child-labour
  section: Calendar
  name:
    en: World Day against Child Labour
    fr: Journée mondiale contre le travail des enfants
    es: Día Mundial contra el Trabajo Infantil
  month: 6
  day: 12
  since: 2002
  listed: true
  themes: [child-labour]
  summary: {en: A day., fr: Un jour., es: Un día.}
  ask: {en: Speak up., fr: Parlez., es: Hable.}
- slug: migrants-day
  section: Calendar
  name: {en: Migrants Day, fr: Journée des migrants, es: Día del Migrante}
  month: 12
  day: 18
  since: 2018
  themes: [migration]
  summary: {en: A day., fr: Un jour., es: Un día.}
  ask: {en: Speak up., fr: Parlez., es: Hable.}
"""

FILES = {
    "community.yml": COMMUNITY,
    "regions.yml": REGIONS,
    "themes.yml": THEMES,
    "groups.yml": GROUPS,
    "countries.yml": COUNTRIES,
    "events.yml": EVENTS,
    "observances.yml": OBSERVANCES,
}


def write(folder: Path, **texts: str) -> Path:
    """The folder with the small content, some files of it with another text: `events="- slug: …"`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        (folder / name).write_text(texts.get(name.removesuffix(".yml"), text), encoding="utf-8")
    return folder


def content(folder: Path, **texts: str) -> Content:
    """The same, read."""
    return contentfiles.read(write(folder, **texts))


@cache
def usual() -> Content:
    """The small content as it is, read once."""
    with TemporaryDirectory() as folder:
        return content(Path(folder))
