"""Everything that the workspace remembers, in one place; lost when the process ends, kept when the app restarts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from workspace.app import App
from workspace.changes import Changes
from workspace.clock import Clock
from workspace.errors import Json, SlackError
from workspace.files import Files
from workspace.messages import Messages
from workspace.people import Channel, Person
from workspace.responses import Responses
from workspace.triggers import Triggers
from workspace.views import Views


@dataclass(frozen=True)
class ApiCall:
    """One call of the Web API: the method, its arguments without the token, what was answered (None: the reply was
    dropped on purpose), the HTTP status, and when, by the workspace's clock."""

    method: str
    arguments: Json
    response: Json | None
    status: int
    when: datetime


@dataclass
class Team:
    """The state of the workspace."""

    app: App
    clock: Clock
    people: dict[str, Person]
    channels: dict[str, Channel]
    messages: Messages
    views: Views
    responses: Responses
    triggers: Triggers
    files: Files
    changes: Changes
    base_url: str = ""
    calls: list[ApiCall] = field(default_factory=list)
    read: dict[tuple[str, str], float] = field(default_factory=dict)

    def person(self, user: str) -> Person:
        """A person. Raises user_not_found."""
        person = self.people.get(user)
        if person is None:
            raise SlackError("user_not_found")
        return person

    def channel(self, name: str) -> Channel:
        """A conversation by id. Raises channel_not_found, also for a private one that the app is not in."""
        channel = self.channels.get(name)
        if channel is None or (channel.is_private and self.app.user_id not in channel.members):
            raise SlackError("channel_not_found")
        return channel

    def direct(self, user: str, *, quietly: bool = False) -> Channel:
        """The direct conversation of a person with the app, made at its first use. Raises user_not_found.

        `quietly`: the person's page is being told anyway.
        """
        person = self.person(user)
        name = "D" + user.removeprefix("U")
        if name not in self.channels:
            members = {user, self.app.user_id}
            self.channels[name] = Channel(name, person.name, user=user, members=members)
            if not quietly:
                self.changes.publish("state", user)
        return self.channels[name]

    def post(self, channel: Channel, message: Json) -> Json:
        """Store a message that everybody in the channel sees."""
        stored = self.messages.add(channel.id, message)
        self.changes.publish(f"messages:{channel.id}")
        return stored

    def forget(self) -> None:
        """Empty all channels, modals and Home tabs, and tell the pages."""
        self.messages.clear()
        self.views.clear()
        self.read.clear()
        for topic in (*(f"messages:{channel}" for channel in self.channels), "home", "modals", "state"):
            self.changes.publish(topic)


def new_team(
    app: App, clock: Clock, people: Sequence[Person], channels: Sequence[Channel], trigger_seconds: float
) -> Team:
    """An empty workspace with these people and channels, and the app's bot user."""
    messages = Messages(clock)
    changes = Changes()
    bot = Person(app.user_id, app.name.lower(), app.name, is_bot=True)
    clock.on_move = lambda: changes.publish("state")
    return Team(
        app=app,
        clock=clock,
        people={person.id: person for person in [*people, bot]},
        channels={channel.id: channel for channel in channels},
        messages=messages,
        views=Views(app, clock),
        responses=Responses(app, clock, messages, changes),
        triggers=Triggers(trigger_seconds),
        files=Files(),
        changes=changes,
    )
