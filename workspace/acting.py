"""What people do in the workspace: type commands, click, open the Home tab, join channels."""

import logging

from workspace import elements, payloads
from workspace.composing import composed
from workspace.delivery import Ack, Attempt, Delivery, Outcome
from workspace.elements import NotThere
from workspace.errors import Json, SlackError
from workspace.events import Events
from workspace.people import Channel, Person
from workspace.responses import Origin
from workspace.seen import TROUBLE, Seen
from workspace.team import Team

log = logging.getLogger(__name__)

COMMAND_ERRORS: dict[Outcome, str] = {
    "timeout": "operation_timeout",
    "unreachable": "dispatch_failed",
    "refused": "dispatch_failed",
}
NOT_INTERACTIVE = "This app is not configured to handle interactive responses."
READ_ONLY = "Sending messages to this app has been turned off."


class Acting:
    """Does things as a person, and tells what the person sees then."""

    def __init__(self, team: Team, delivery: Delivery, events: Events) -> None:
        self._team = team
        self._delivery = delivery
        self._events = events
        self._choices: dict[tuple[str, str], Json] = {}

    def _member(self, user: str, channel: str) -> tuple[Person, Channel]:
        person, place = self._team.person(user), self._team.channels.get(channel)
        if person.deleted or place is None or user not in place.members:
            raise NotThere(f"{user} is not in {channel}")
        return person, place

    def _stamp(self) -> str:
        return f"{self._team.clock.now().timestamp():.6f}"

    async def command(self, user: str, channel: str, line: str) -> Seen:
        """Type a slash command, such as `/alliance events`, into a channel."""
        person, place = self._member(user, channel)
        name, _, rest = line.strip().partition(" ")
        known = self._team.app.command(name)
        if place.is_im and self._team.app.messages_read_only:
            return Seen(error=READ_ONLY)
        if known is None:
            return Seen(error=f"{name} is not a valid command.")
        text = rest.strip()
        written = payloads.with_mentions(self._team, text) if known.get("should_escape") else payloads.escape(text)
        payload = payloads.command(self._team, person, place, name, written)
        ack = await self._delivery.send("slash_commands", payload, Attempt())
        if ack.outcome != "acked":
            return Seen(error=f'{name} failed with the error "{COMMAND_ERRORS[ack.outcome]}"', ack=ack)
        if ack.body is None:
            return Seen(ack=ack)
        try:
            return Seen(message=self._team.responses.answer(Origin(user, channel), ack.body), ack=ack)
        except SlackError as error:
            return self._nonsense(f'{name} failed with the error "invalid_command_response"', error, ack)

    def _nonsense(self, words: str, error: SlackError, ack: Ack) -> Seen:
        details = (error.code, *error.more.get("response_metadata", {}).get("messages", ()))
        log.warning("the app's answer was refused: %s", "; ".join(details))
        return Seen(error=words, ack=ack, details=details)

    async def click(
        self, user: str, channel: str, ts: str, action_id: str, value: object = None, *,
        block_id: str | None = None, state: Json | None = None,
    ) -> Seen:  # fmt: skip
        """Click a button of a message, or choose `value` in one of its menus."""
        person, place = self._member(user, channel)
        messages = self._team.messages
        message = messages.find(channel, ts) or messages.find_ephemeral(channel, user, ts)
        if message is None:
            raise NotThere(f"no message {ts} in {channel}")
        blocks = message.get("blocks", [])
        block, element = elements.find(blocks, action_id, block_id, value)
        if not self._team.app.interactive:
            return Seen(error=NOT_INTERACTIVE)
        choices = self._remember((user, f"{channel}/{ts}"), blocks, block, element, value, state)
        action = elements.action(block, element, value, self._stamp())
        payload = payloads.message_action(self._team, person, place, message, [action], choices)
        return self._after_click(user, await self._delivery.send("interactive", payload, Attempt()))

    async def click_view(
        self, user: str, view_id: str, action_id: str, value: object = None, *,
        block_id: str | None = None, state: Json | None = None,
    ) -> Seen:  # fmt: skip
        """Click a button in an open modal or the Home tab, or choose `value` in one of its menus."""
        person = self._team.person(user)
        found = self._team.views.find(view_id)
        if found is None or found[0] != user:
            raise NotThere(f"no view {view_id}")
        view = found[1]
        block, element = elements.find(view["blocks"], action_id, block_id, value)
        if block["type"] == "input" and not block.get("dispatch_action"):
            raise NotThere(f"{action_id} sends nothing before the form is submitted")
        entered = composed(self._team, user, view["blocks"], state or {})
        view["state"]["values"] = self._remember((user, view_id), view["blocks"], block, element, value, entered)
        action = elements.action(block, element, value, self._stamp())
        payload = payloads.view_action(self._team, person, view, [action])
        return self._after_click(user, await self._delivery.send("interactive", payload, Attempt()))

    def _remember(
        self, key: tuple[str, str], blocks: list[Json], block: Json, element: Json, value: object, state: Json | None
    ) -> Json:
        before = elements.remembered(blocks, self._choices.get(key, {}))
        shown = elements.remembered(blocks, state or {})
        now: Json = {}
        if element["type"] not in elements.STATELESS:
            now = {block["block_id"]: {element["action_id"]: value}}
        self._choices[key] = elements.merged(blocks, before, shown, now)
        return self._choices[key]

    def _after_click(self, user: str, ack: Ack) -> Seen:
        stack = self._team.views.stacks[user]
        error = "" if ack.outcome == "acked" else TROUBLE
        return Seen(error=error, view=stack[-1] if stack else None, ack=ack)

    async def shortcut(self, user: str, callback_id: str, channel: str = "", ts: str = "") -> Seen:
        """Use a shortcut of the app: a global one, or with `channel` and `ts` one of a message's menu."""
        person, known = self._team.person(user), self._team.app.shortcut(callback_id)
        if known is None or (known["type"] == "message") != bool(ts):
            raise NotThere(f"no such shortcut: {callback_id}")
        if ts:
            _, place = self._member(user, channel)
            message = self._team.messages.find(channel, ts)
            if message is None:
                raise NotThere(f"no message {ts} in {channel}")
            payload = payloads.message_shortcut(self._team, person, callback_id, place, message, self._stamp())
        else:
            payload = payloads.shortcut(self._team, person, callback_id, self._stamp())
        return self._after_click(user, await self._delivery.send("interactive", payload, Attempt()))

    async def say(self, user: str, channel: str, text: str) -> Seen:
        """Write a plain message."""
        _, place = self._member(user, channel)
        team = self._team
        if place.is_im and team.app.messages_read_only:
            return Seen(error=READ_ONLY)
        if not text.strip():
            return Seen(error="A message needs some text.")
        message = team.post(place, {"user": user, "team": team.app.team_id, "text": payloads.with_mentions(team, text)})
        kind = {"im": "im", "private_channel": "group"}.get(place.kind, "channel")
        event = {**message, "channel": channel, "channel_type": kind}
        name = {"im": "message.im", "group": "message.groups"}.get(kind, "message.channels")
        await self._events.emit(event, place, name)
        if f"<@{team.app.user_id}" in message["text"]:
            await self._events.emit({**event, "type": "app_mention"}, place)
        return Seen(message=message)

    async def open_home(self, user: str, tab: str = "home") -> Seen:
        """Open the app's Home tab (or its `messages` tab)."""
        person, team = self._team.person(user), self._team
        if not team.app.home_tab:
            raise NotThere("the app has no Home tab")
        event: Json = {"type": "app_home_opened", "user": person.id, "channel": team.direct(user).id, "tab": tab}
        if tab == "home" and user in team.views.homes:
            event["view"] = team.views.homes[user]
        ack = await self._events.emit(event)
        return Seen(view=team.views.homes.get(user), ack=ack)

    async def join(self, channel: str, user: str) -> Seen:
        """Join a public channel (or be added to a private one); also for the app's own user."""
        self._team.person(user)
        place = self._team.channels.get(channel)
        if place is None or place.is_im or place.is_archived:
            raise NotThere(f"no channel {channel}")
        if user in place.members:
            return Seen()
        place.members.add(user)
        self._team.changes.publish("state")
        words = f"<@{user}> has joined the channel"
        message = self._team.post(place, {"subtype": "channel_join", "user": user, "text": words})
        letter = "G" if place.is_private else "C"
        event = {"type": "member_joined_channel", "user": user, "channel": channel, "channel_type": letter,
                 "team": self._team.app.team_id}  # fmt: skip
        return Seen(message=message, ack=await self._events.emit(event, place))

    async def add_member(self, person: Person) -> Seen:
        """A new person joins the workspace, and with it the general channel."""
        self._team.people[person.id] = person
        self._team.changes.publish("state")
        now = self._team.clock.now()
        user = person.as_user(self._team.app.team_id, now, include_locale=True)
        ack = await self._events.emit({"type": "team_join", "user": user, "cache_ts": int(now.timestamp())})
        for channel in self._team.channels.values():
            if channel.is_general:
                await self.join(channel.id, person.id)
        return Seen(ack=ack)
