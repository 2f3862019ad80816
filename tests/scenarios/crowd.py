"""A community in which many reminders are due at once: of several events in each channel, and members' own."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot import planner
from storage import channels, contentfiles, contentload, members
from storage.store import Store
from storage.values import ChannelSettings
from tests.bot.office import APRIL, local_workspace
from tests.storage import small
from workspace.people import Channel, Person
from workspace.sample import BOT_USER
from workspace.server import Workspace


@dataclass(frozen=True)
class Size:
    """How many channels with how many events each, and how many members with one reminder each."""

    rooms: int = 50
    events: int = 10
    people: int = 500

    @property
    def all(self) -> int:
        return self.rooms * self.events + self.people


DUE = datetime(2019, 5, 21, 15, tzinfo=UTC)
"""Everything is due by then, since ten days, all of it still of use, and it is day for everybody."""

LAUNCH = """
- slug: launch-{day}
  section: Test
  kind: launch
  name: {{en: Launch {day}, fr: Lancement {day}, es: Lanzamiento {day}}}
  dates: 2019-06-{day}
  summary: {{en: Soon., fr: Bientôt., es: Pronto.}}
"""


def rooms(count: int) -> list[Channel]:
    return [Channel(f"C0ROOM{number:03}", f"room-{number:03}", members={BOT_USER}) for number in range(count)]


def people(count: int) -> list[Person]:
    zones, locales = ("Europe/Zurich", "Africa/Nairobi", "America/Lima"), ("en-US", "fr-FR", "es-LA")
    return [
        Person(f"U0P{n:05}", f"person-{n}", f"Person {n}", locale=locales[n % 3], tz=zones[n % 3]) for n in range(count)
    ]


def crowded(size: Size, **options: Any) -> Workspace:
    """Their workspace, not started."""
    return local_workspace(channels=rooms(size.rooms), people=people(size.people), **options)


def write_content(size: Size, folder: Path) -> Path:
    """The content files, with a launch a day from 10 June on (ten at most, so that all are of use at DUE)."""
    return small.write(folder, events="".join(LAUNCH.format(day=day) for day in range(10, 10 + size.events)))


async def plan_all(store: Store, size: Size, content: Path) -> None:
    """Plan their reminders: of the launches and of World Day, 30 days before each."""
    await contentload.load(store, contentfiles.read(content), APRIL.date())
    for room in rooms(size.rooms):
        leads = {"workshop": "30d"}
        await channels.save(store, ChannelSettings(room.id, room.name, "en", "Europe/Zurich", lead_times=leads))
        await channels.subscribe(store, room.id, "events", APRIL)
    for person in people(size.people):
        await members.save_slack_facts(store, person.id, person.locale, person.tz, APRIL)
        await channels.subscribe(store, person.id, "observances", APRIL)
    await planner.plan(store, APRIL)


def posts_in(workspace: Workspace) -> Counter[str]:
    """How many messages the bot posted in each conversation."""
    return Counter({name: len(workspace.messages(name)) for name in workspace.channels if workspace.messages(name)})
