"""The Web API's front door: arguments, tokens, scopes, limits, faults, and the log of calls."""

import asyncio
import logging

from aiohttp import web

from workspace.arguments import Arguments, read
from workspace.errors import Json, SlackError, rate_limited
from workspace.faults import Fault, Faults
from workspace.limits import Limits
from workspace.methods import Method, Methods
from workspace.team import ApiCall, Team

log = logging.getLogger(__name__)


class WebApi:
    """Answers /api/METHOD, /response/… and /upload/…"""

    def __init__(self, team: Team, methods: Methods, limits: Limits, faults: Faults) -> None:
        self._team = team
        self._methods = methods
        self._limits = limits
        self._faults = faults
        self.installed = True

    async def call(self, request: web.Request) -> web.StreamResponse:
        """POST or GET /api/METHOD"""
        name = request.match_info["method"]
        try:
            method = self._methods.get(name)
            args = await read(request, takes_json=method is None or method.json)
        except SlackError as error:
            return web.json_response(error.body)
        header = request.headers.get("Authorization", "")
        token = header.removeprefix("Bearer ").strip() or args.text("token")
        args.values.pop("token", None)
        return await self._with_faults(request, name, args, token)

    async def response_url(self, request: web.Request) -> web.StreamResponse:
        """POST /response/ID"""
        try:
            args = await read(request)
            return await self._with_faults(request, "response_url", args, request.match_info["name"])
        except SlackError as error:
            return web.json_response(error.body, status=400)

    async def upload(self, request: web.Request) -> web.StreamResponse:
        """POST /upload/v1/TICKET: the bytes, as they are or as a form."""
        if request.content_type == "multipart/form-data":
            form = await request.post()
            part = next((p for p in form.values() if isinstance(p, web.FileField)), None)
            content = part.file.read() if part else b""
        else:
            content = await request.read()
        try:
            self._team.files.upload(request.match_info["ticket"], content)
        except SlackError as error:
            return web.Response(text=error.code, status=error.status)
        return web.Response(text=f"OK - {len(content)}")

    async def _with_faults(self, request: web.Request, name: str, args: Arguments, token: str) -> web.StreamResponse:
        fault = self._faults.take(name, args.text("channel") or None)
        if fault is not None and fault.kind == "refuse":
            return self._drop(request, name, args)
        if fault is not None and fault.kind == "server_error":
            self._record(name, args, None, fault.status)
            return web.Response(text="Internal Server Error", status=fault.status, content_type="text/html")
        body, status, headers = await self._outcome(name, args, token, fault)
        if fault is not None and fault.kind == "accept_and_drop":
            return self._drop(request, name, args)
        if fault is not None and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        self._record(name, args, body, status)
        return web.json_response(body, status=status, headers={**headers, **self._scope_headers(name)})

    async def _outcome(
        self, name: str, args: Arguments, token: str, fault: Fault | None
    ) -> tuple[Json, int, dict[str, str]]:
        try:
            if fault is not None and fault.kind == "rate_limit":
                raise rate_limited(int(fault.seconds))
            if fault is not None and fault.kind == "error":
                raise SlackError(fault.code)
            if name == "response_url":
                return self._team.responses.answer_url(token, args.values), 200, {}
            return {"ok": True, **await self._answer(name, args, token)}, 200, {}
        except SlackError as error:
            return error.body, error.status, error.headers

    async def _answer(self, name: str, args: Arguments, token: str) -> Json:
        method = self._methods.get(name)
        if method is None:
            raise SlackError("unknown_method", more={"req_method": name})
        self._authorize(method, token)
        self._team.app.need(*method.scopes)
        self._limits.method(name, method.tier)
        if method.message:
            self._limits.message(args.text("channel"))
        return await method.function(self._team, args)

    def _authorize(self, method: Method, token: str) -> None:
        app = self._team.app
        if method.token == "any":
            return
        if not token:
            raise SlackError("not_authed")
        if token not in (app.bot_token, app.app_token):
            raise SlackError("invalid_auth")
        if not self.installed:
            raise SlackError("account_inactive")
        if token != {"bot": app.bot_token, "app": app.app_token}[method.token]:
            raise SlackError("not_allowed_token_type")

    def _scope_headers(self, name: str) -> dict[str, str]:
        if name == "response_url":
            return {}
        method = self._methods.get(name)
        accepted = ",".join(method.scopes) if method else ""
        return {"x-oauth-scopes": ",".join(sorted(self._team.app.scopes)), "x-accepted-oauth-scopes": accepted}

    def _drop(self, request: web.Request, name: str, args: Arguments) -> web.StreamResponse:
        self._record(name, args, None, 0)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _record(self, name: str, args: Arguments, body: Json | None, status: int) -> None:
        self._team.calls.append(ApiCall(name, args.values, body, status, self._team.clock.now()))
        self._team.changes.publish("calls")
