"""A whole workspace: its state, the Web API, Socket Mode or HTTP delivery, and the browser page, on one port."""

import mimetypes
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from aiohttp import web

from workspace import (
    methods_chat,
    methods_conversations,
    methods_files,
    methods_invite,
    methods_people,
    methods_views,
    sample,
    sockets,
)
from workspace.acting import Acting
from workspace.app import from_manifest
from workspace.clock import Clock
from workspace.delivery import Delivery
from workspace.errors import Json
from workspace.events import Events
from workspace.faults import Faults
from workspace.forms import Forms
from workspace.http_delivery import HttpDelivery
from workspace.limits import MESSAGES_A_MINUTE, Limits
from workspace.page_api import PAGE, PageApi
from workspace.page_clock import NextReminder, PageClock, StartsOver
from workspace.page_shows import PageShows
from workspace.people import Channel, Person
from workspace.reacting import Reacting
from workspace.redelivery import Redelivering
from workspace.seen import Seen
from workspace.team import ApiCall, Team, new_team
from workspace.web_api import WebApi

LARGEST_REQUEST = 64 * 1024 * 1024


@dataclass
class Options:
    """How a workspace is set up.

    `manifest`: the app's, parsed. `request_url`: HTTP mode, to that address; None: Socket Mode. `ack_seconds`,
    `trigger_seconds` and `redelivery_pauses` are Slack's; tests shorten them. `next_reminder` tells when the app's next
    reminder is due, for the page's button. `starts_over` is called when the page has switched the clock to another
    time, or set it back: what the app remembers, and what was said here, would be of the future. It may call `forget`.
    """

    manifest: Mapping[str, Any]
    clock: Clock = field(default_factory=Clock)
    people: Sequence[Person] = field(default_factory=sample.people)
    channels: Sequence[Channel] = field(default_factory=sample.channels)
    request_url: str | None = None
    signing_secret: str = "local-signing-secret"
    bot_token: str = "xoxb-local"
    app_token: str = "xapp-local"
    rate_limits: bool = True
    messages_a_minute: float = MESSAGES_A_MINUTE
    ack_seconds: float = 3.0
    trigger_seconds: float = 3.0
    redelivery_pauses: Sequence[float] = (0.0, 60.0, 300.0)
    next_reminder: NextReminder | None = None
    starts_over: StartsOver | None = None


class Workspace:
    """A running workspace. `await start()`, then `url`; the Web API is at `api_url`; `await close()` in the end."""

    def __init__(self, options: Options) -> None:
        app = from_manifest(options.manifest, options.bot_token, options.app_token)
        self.options = options
        self.clock = options.clock
        self.team: Team = new_team(app, options.clock, options.people, options.channels, options.trigger_seconds)
        self.faults = Faults()
        self.sockets = sockets.Sockets(app, self.team.changes, options.ack_seconds)
        self.http: HttpDelivery | None = None
        if options.request_url is not None:
            self.http = HttpDelivery(options.request_url, options.signing_secret, options.ack_seconds)
        delivery: Delivery = Redelivering(self.http or self.sockets, self.faults)
        self.events = Events(self.team, delivery, options.redelivery_pauses)
        self.acting = Acting(self.team, delivery, self.events)
        self.forms = Forms(self.team, delivery)
        self.reacting = Reacting(self.team, self.events)
        methods = {
            **methods_people.METHODS,
            **methods_chat.METHODS,
            **methods_conversations.METHODS,
            **methods_invite.methods(self.acting),
            **methods_views.METHODS,
            **methods_files.METHODS,
            **sockets.methods(self.sockets),
        }
        self.limits = Limits(options.rate_limits, options.messages_a_minute)
        self.web_api = WebApi(self.team, methods, self.limits, self.faults)
        page_clock = PageClock(options.clock, options.next_reminder, options.starts_over)
        self._page = PageApi(
            self.team, self.acting, self.forms, self.faults, self.cut_sockets, page_clock, self.reacting
        )
        self._shows = PageShows(self.team, delivery, knows_reminders=options.next_reminder is not None)
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """Where the page is: `http://127.0.0.1:PORT`."""
        return self.team.base_url

    @property
    def api_url(self) -> str:
        """What takes the place of Slack's API address; ends with a slash."""
        return f"{self.team.base_url}/api/"

    @property
    def connected(self) -> bool:
        """Whether the app is connected (in HTTP mode: always)."""
        return self.http is not None or self.sockets.connected

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen. Port 0: any free one."""
        application = web.Application(client_max_size=LARGEST_REQUEST)
        application.add_routes(self._routes())
        self._runner = web.AppRunner(application, shutdown_timeout=1.0, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        taken = self._runner.addresses[0][1]
        self.team.base_url = f"http://{host}:{taken}"

    def _routes(self) -> list[web.AbstractRouteDef]:
        routes: list[web.AbstractRouteDef] = [
            web.route("*", "/api/{method}", self.web_api.call),
            web.post("/response/{name:.+}", self.web_api.response_url),
            web.post("/upload/v1/{ticket}", self.web_api.upload),
            web.get("/link", self.sockets.connect),
            web.get("/files/{id}/{name}", self._file),
            *self._page.routes(self._shows),
        ]
        if PAGE.is_dir():
            routes += [web.get("/", self._index), web.static("/static", PAGE)]
        return routes

    async def _index(self, request: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE / "index.html")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """A file that was shared; one that was only put into a form is for the app alone, with its token."""
        file = self.team.files.shared(request.match_info["id"])
        if file is None and request.headers.get("Authorization") == f"Bearer {self.options.bot_token}":
            file = self.team.files.known(request.match_info["id"])
        if file is None:
            raise web.HTTPNotFound
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        name = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
        headers = {"Content-Type": kind, "Content-Disposition": name, "X-Content-Type-Options": "nosniff"}
        return web.Response(body=file.content, headers=headers)

    async def close(self) -> None:
        """Stop: the app's connections end, nothing is delivered any more."""
        self.team.changes.close()
        await self.events.close()
        await self.sockets.cut()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def people(self) -> dict[str, Person]:
        """All people by id, the app's own user too."""
        return self.team.people

    @property
    def channels(self) -> dict[str, Channel]:
        """All conversations by id."""
        return self.team.channels

    @property
    def calls(self) -> list[ApiCall]:
        """Every call of the Web API and of response_urls so far."""
        return self.team.calls

    def messages(self, channel: str) -> list[Json]:
        """The lasting messages of a conversation, oldest first. For a person's id: of their direct conversation."""
        found = "D" + channel.removeprefix("U") if channel in self.team.people else channel
        return self.team.messages.lasting(found)

    def ephemerals(self, channel: str, user: str) -> list[Json]:
        """What only `user` sees in a conversation, oldest first."""
        return self.team.messages.ephemeral(channel, user)

    def home(self, user: str) -> Json | None:
        """The Home tab as it was last published for a person."""
        return self.team.views.homes.get(user)

    def open_modals(self, user: str) -> list[Json]:
        """The modals a person has open; the last is on top."""
        return self.team.views.stacks[user]

    def forget(self) -> None:
        """Empty all channels, close all modals and Home tabs. Who is here, and in which channels, stays."""
        self.team.forget()

    async def until(self, happened: Callable[[], bool], seconds: float = 5.0) -> None:
        """Wait until something is so, looking again after each change. Raises TimeoutError."""
        await self.team.changes.until(happened, seconds)

    async def verify_request_url(self) -> bool:
        """HTTP mode: the url_verification handshake; whether the app gave the challenge back."""
        return self.http is not None and await self.http.verify()

    async def cut_sockets(self, *, abruptly: bool = False) -> None:
        """End all of the app's connections; `abruptly`: without a closing frame, as when a cable is pulled."""
        await self.sockets.cut(abruptly=abruptly)

    async def command(self, user: str, channel: str, line: str) -> Seen:
        """See Acting.command."""
        return await self.acting.command(user, channel, line)

    async def click(
        self, user: str, channel: str, ts: str, action_id: str, value: object = None, *, block_id: str | None = None
    ) -> Seen:
        """See Acting.click."""
        return await self.acting.click(user, channel, ts, action_id, value, block_id=block_id)

    async def click_view(
        self, user: str, view_id: str, action_id: str, value: object = None, *, block_id: str | None = None
    ) -> Seen:
        """See Acting.click_view."""
        return await self.acting.click_view(user, view_id, action_id, value, block_id=block_id)

    async def shortcut(self, user: str, callback_id: str, channel: str = "", ts: str = "") -> Seen:
        """See Acting.shortcut."""
        return await self.acting.shortcut(user, callback_id, channel, ts)

    async def say(self, user: str, channel: str, text: str) -> Seen:
        """See Acting.say."""
        return await self.acting.say(user, channel, text)

    async def submit(self, user: str, view_id: str, values: Json) -> Seen:
        """See Forms.submit."""
        return await self.forms.submit(user, view_id, values)

    async def close_modal(self, user: str, view_id: str) -> Seen:
        """See Forms.close."""
        return await self.forms.close(user, view_id)

    async def open_home(self, user: str) -> Seen:
        """See Acting.open_home."""
        return await self.acting.open_home(user)

    async def react(self, user: str, channel: str, ts: str, name: str) -> Seen:
        """See Reacting.toggle."""
        return await self.reacting.toggle(user, channel, ts, name)

    async def join(self, channel: str, user: str) -> Seen:
        """See Acting.join."""
        return await self.acting.join(channel, user)

    async def add_member(self, person: Person) -> Seen:
        """See Acting.add_member."""
        return await self.acting.add_member(person)
