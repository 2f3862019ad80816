"""The people and channels that a workspace starts with. All names are invented."""

from workspace.people import Channel, Person

BOT_USER, BOT, APP, TEAM = "U0ALLIANCE", "B0ALLIANCE", "A0ALLIANCE", "T0ALLIANCE"


def people() -> list[Person]:
    """Seven members from six time zones, who read English, French or Spanish."""
    return [
        Person("U0AMINA", "amina", "Amina Wanjiru", "Child rights officer, Nairobi", "fr-FR", "Africa/Nairobi",
               "#b0413e", "Français"),
        Person("U0PRAKASH", "prakash", "Prakash Shrestha", "Lead of the Migration group, Kathmandu", "en-US",
               "Asia/Kathmandu", "#2f6f4f", "English"),
        Person("U0CLAIRE", "claire", "Claire Rochat", "Secretariat, Geneva", "fr-FR", "Europe/Zurich", "#1a4480",
               "Français"),
        Person("U0MARIA", "maria", "María González", "Labour inspector, Santiago", "es-LA", "America/Santiago",
               "#8a4b9b", "Español"),
        Person("U0LAN", "lan", "Lan Nguyen", "Labour statistician, Hanoi", "en-US", "Asia/Ho_Chi_Minh", "#b86b00",
               "English"),
        Person("U0JAMES", "james", "James Carter", "Employers, Washington", "en-US", "America/New_York", "#46607a",
               "English"),
        Person("U0FATOU", "fatou", "Fatou Ndiaye", "Trade unionist, Dakar", "fr-FR", "Africa/Dakar", "#00766c",
               "Français"),
    ]  # fmt: skip


def channels() -> list[Channel]:
    """The community's channel, one for each action group, and the private one of the steering committee."""
    everyone = {person.id for person in people()} | {BOT_USER}
    groups = [
        Channel("C0SUPPLY", "ag-supply-chains", "Action group on supply chains"),
        Channel("C0RULEOFLAW", "ag-rule-of-law", "Action group on rule of law and governance"),
        Channel("C0MIGRATION", "ag-migration", "Action group on migration"),
        Channel("C0CONFLICT", "ag-conflict-humanitarian", "Action group on conflict and humanitarian settings"),
        Channel("C0CEAG", "ag-communications", "Communications and engagement"),
    ]
    members = {
        "C0SUPPLY": {"U0JAMES", "U0LAN", "U0AMINA"},
        "C0RULEOFLAW": {"U0MARIA", "U0FATOU"},
        "C0MIGRATION": {"U0PRAKASH", "U0AMINA", "U0LAN"},
        "C0CONFLICT": {"U0AMINA", "U0FATOU"},
        "C0CEAG": {"U0MARIA", "U0JAMES", "U0FATOU"},
    }
    for group in groups:
        group.members = members[group.id] | {"U0CLAIRE", BOT_USER}
    return [
        Channel("C0COMMUNITY", "community", "News and questions of the whole community", is_general=True,
                members=everyone),
        *groups,
        Channel("C0CEAGSC", "ceag-steering-committee", "Steering committee of the communications group",
                is_private=True, members={"U0CLAIRE", "U0MARIA", BOT_USER}),
    ]  # fmt: skip
