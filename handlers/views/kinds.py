"""The kinds of events, in words."""

from handlers.tongue import Tongue


def kind_name(kind: str, t: Tongue) -> str:
    """What one of them is called; the kind itself where it is a new one."""
    return {
        "workshop": t._("Workshop"),
        "meeting": t._("Meeting"),
        "forum": t._("Forum"),
        "launch": t._("Launch"),
        "conference": t._("Conference"),
        "training": t._("Training"),
        "survey": t._("Survey"),
        "observance": t._("International day"),
    }.get(kind, kind)


def kind_names(kind: str, t: Tongue) -> str:
    """What several of them are called."""
    return {
        "workshop": t._("Workshops"),
        "meeting": t._("Meetings"),
        "forum": t._("Forums"),
        "launch": t._("Launches"),
        "conference": t._("Conferences"),
        "training": t._("Trainings"),
        "survey": t._("Surveys"),
        "observance": t._("International days"),
    }.get(kind, kind)
