"""The fixed words of filters in English, French and Spanish, plain: no accents, no case."""

from collections.abc import Iterator
from typing import Final

Meaning = tuple[str, str]
"""What a word stands for: ("country", "nepal"), ("month", "6"), ("unit", "week"), ("past", "")."""

_MONTHS: Final = (
    "january jan janvier janv enero ene",
    "february feb fevrier fevr febrero",
    "march mar mars marzo",
    "april apr avril avr abril abr",
    "may mai mayo",
    "june jun juin junio",
    "july jul juillet juil julio",
    "august aug aout agosto ago",
    "september sep sept septembre septiembre setiembre",
    "october oct octobre octubre",
    "november nov novembre noviembre",
    "december dec decembre diciembre dic",
)

_NUMBERS: Final = (
    "one",
    "two deux dos",
    "three trois tres",
    "four quatre cuatro",
    "five cinq cinco",
    "six seis",
    "seven sept siete",
    "eight huit ocho",
    "nine neuf nueve",
    "ten dix diez",
    "eleven onze once",
    "twelve douze doce",
)

_UNITS: Final = {
    "day": "day days jour jours dia dias",
    "week": "week weeks semaine semaines semana semanas",
    "month": "month months mois mes meses",
    "year": "year years an ans annee annees ano anos",
}

_DIRECTIONS: Final = {
    "past": "past over last previous passe passes passee passees dernier derniers derniere derniere dernieres "
    "pasado pasados pasada pasadas ultimo ultimos ultima ultimas anterior anteriores precedent precedents",
    "next": "next coming upcoming future prochain prochains prochaine prochaines venir futur futurs proximo proximos "
    "proxima proximas venidero venideros futuro futuros",
    "this": "this current ce cet cette este esta",
    "from": "from since depuis desde",
    "after": "after apres despues",
    "until": "until till jusqu jusque hasta",
    "before": "before avant antes",
    "today": "today hoy",
    "tomorrow": "tomorrow demain manana",
}

_KINDS: Final = {
    "workshop": "workshop workshops atelier ateliers taller talleres",
    "meeting": "meeting meetings reunion reunions reuniones",
    "forum": "forum forums foro foros",
    "launch": "launch launches lancement lancements lanzamiento lanzamientos",
    "conference": "conference conferences conferencia conferencias",
    "training": "training trainings formation formations formacion formaciones capacitacion capacitaciones",
    "survey": "survey surveys enquete enquetes encuesta encuestas sondage sondages",
    "observance": "observance observances journee journees conmemoracion conmemoraciones",
}

_EMPTY: Final = (
    "a about all and any at by during event events for in list me of on or please show the there to what when "
    "where with within au aux avec c ci cours d dans de des du en est et evenement evenements l la le les ou par "
    "pour qu que qui s sur tous tout toutes un une agenda al con cuales de del durante e el evento eventos la las "
    "lo los o para por que sobre todas todos u una unos y"
)
"""Words that add nothing."""

_PHRASES: Final = {"aujourd hui": ("today", ""), "a partir de": ("from", ""), "a partir du": ("from", "")}


def fixed_words() -> Iterator[tuple[str, Meaning]]:
    """Every fixed word with its meaning; "sept" stands twice: for seven and for September."""
    for number, names in enumerate(_MONTHS, start=1):
        yield from ((name, ("month", str(number))) for name in names.split())
    for number, names in enumerate(_NUMBERS, start=1):
        yield from ((name, ("number", str(number))) for name in names.split())
    for kind, table in (("unit", _UNITS), ("kind", _KINDS)):
        for slug, names in table.items():
            yield from ((name, (kind, slug)) for name in names.split())
    for kind, names in _DIRECTIONS.items():
        yield from ((name, (kind, "")) for name in names.split())
    yield from ((name, ("", "")) for name in _EMPTY.split())
    yield from _PHRASES.items()
