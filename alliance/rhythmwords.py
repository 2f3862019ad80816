"""The words with which English, French and Spanish say how often something recurs, plain: no accents, no case."""

from typing import Final

from alliance.rhythm import Unit
from alliance.tokens import words


def _table(rows: dict[int, str]) -> dict[str, int]:
    return {word: number for number, listed in rows.items() for word in listed.split()}


WEEKDAYS: Final = _table(
    {
        0: "monday mondays mon lundi lundis lunes",
        1: "tuesday tuesdays tue tues mardi mardis martes",
        2: "wednesday wednesdays wed mercredi mercredis miercoles",
        3: "thursday thursdays thu thur thurs jeudi jeudis jueves",
        4: "friday fridays fri vendredi vendredis viernes",
        5: "saturday saturdays sat samedi samedis sabado sabados",
        6: "sunday sundays sun dimanche dimanches domingo domingos",
    }
)

MANY: Final = frozenset(word for word in WEEKDAYS if word.endswith(("days", "dis")))
"""Weekdays that recur by their number alone: 'Mondays', 'les lundis'."""

ORDINALS: Final = _table(
    {
        1: "first premier premiers premiere premieres primer primero primeros primera primeras",
        2: "second deuxieme deuxiemes seconde secondes seconds segundo segundos segunda segundas",
        3: "third troisieme troisiemes tercer tercero terceros tercera terceras",
        4: "fourth quatrieme quatriemes cuarto cuartos cuarta cuartas",
        5: "fifth cinquieme cinquiemes quinto quintos quinta quintas",
        -1: "last dernier derniers derniere dernieres ultimo ultimos ultima ultimas",
    }
)

EACH: Final = words(
    "every each chaque cada tous toutes todos todas once par recurring quarterly trimestriel trimestrielle trimestral"
)

_UNITS: Final[tuple[tuple[Unit, int, str], ...]] = (
    ("day", 1, "day days jour jours dia dias"),
    ("week", 1, "week weeks semaine semaines semana semanas"),
    ("week", 2, "fortnight fortnights"),
    ("month", 1, "month months mois mes meses"),
    ("year", 1, "year years an ans annee annees ano anos"),
)

_ADVERBS: Final[tuple[tuple[Unit, int, str], ...]] = (
    ("day", 1, "daily quotidien quotidienne diario diaria diariamente"),
    ("week", 1, "weekly hebdomadaire hebdomadaires semanal semanalmente"),
    ("week", 2, "fortnightly"),
    ("month", 1, "monthly mensuel mensuelle mensuellement mensual mensualmente"),
    ("month", 6, "semestriel semestrielle semestral"),
    ("year", 1, "yearly annually annual annuel annuelle anual anualmente"),
)

UNITS: Final[dict[str, tuple[Unit, int]]] = {
    word: (unit, every) for unit, every, listed in _UNITS for word in listed.split()
}

ADVERBS: Final[dict[str, tuple[Unit, int]]] = {
    word: (unit, every) for unit, every, listed in _ADVERBS for word in listed.split()
}

QUARTER: Final = words("quarter quarters quarterly trimestre trimestres trimestriel trimestrielle trimestral")
WORKDAYS: Final = words("weekday weekdays workday workdays ouvrable ouvrables ouvre ouvres laborable laborables")
WORKING: Final = words("working business")
ALTERNATE: Final = words("other alternate alternating")
OUT_OF: Final = "sur"
"""'une semaine sur deux'."""
TIMES: Final = words("time times fois vez veces occurrences")
UNTIL: Final = words("until till til jusqu jusque hasta")
OF: Final = words("of de d del du des")
THE_MANY: Final = words("los les")
"""'los lunes': Spanish weekdays look the same in the plural."""
FROM: Final = words("from starting since depuis desde partir beginning")

UNSURE: Final = words("biweekly bimonthly bimensuel bimensuelle bimestriel bimestral quincenal quincena")
"""Half of their readers think of twice, the other half of every second one."""

EMPTY: Final = words(
    "on the of in for a an and le la les l du de des d au aux un une a et el los las del al en y e una con "
    "fois vez dans pour"
)
