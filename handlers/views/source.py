"""Where an entry comes from, in the reader's language. The content names its sources in English only."""

import re
from typing import Final

from handlers.tongue import Tongue

PART: Final = re.compile(r"([IVX]+)\. ")
"""How a section of the meeting report begins: "II. Update on Pathfinder countries"."""


def source(section: str, t: Tongue) -> str:
    """The section as the content names it; in French and Spanish, the report's parts by number, or the known list."""
    if t.language == "en":
        return section
    parts = [begins[1] for name in section.split("; ") if (begins := PART.match(name))]
    if parts:
        report = t._("report of the 4th meeting of the Global Coordinating Group (in English)")
        numbers = t.n("part {parts}", "parts {parts}", len(parts), parts=t.listed(parts))
        return f"{report}, {numbers}"
    return {
        "The whole report, I. to VIII.": t._("report of the 4th meeting of the Global Coordinating Group (in English)"),
        "UN list of international days": t._("UN list of international days"),
        "Marked by workers’ organizations": t._("Marked by workers’ organizations"),
        "Marked by the African Union": t._("Marked by the African Union"),
        "Marked by the European Union": t._("Marked by the European Union"),
        "Marked by the ILO and domestic workers’ organizations": t._(
            "Marked by the ILO and domestic workers’ organizations"
        ),
    }.get(section, section)
