"""Slack as the rest of the bot sees it: what handlers ask for (handlers.call.Slack), and what doctor and sync read."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final, cast

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import AsyncConnectionErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.posting import EVENT_TYPE, HTTP_TIMEOUT
from handlers.call import MemberFacts, SlackRefused
from storage.announcements import Posted
from storage.entryfields import ZONES
from storage.values import SlackMember

PAGE: Final = 200
"""Slack recommends no more than 200 entries a page."""

SLACKBOT: Final = "USLACKBOT"
"""In the list of people without being marked as an app."""

LARGEST_FILE: Final = 20_000_000
"""Bytes of a file that is handed on: it passes through the memory of the bot."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A channel that the bot is in."""

    channel_id: str
    name: str


def writing_client(token: str, api_url: str, session: aiohttp.ClientSession | None = None) -> AsyncWebClient:
    """A client that never repeats a request: for posts. Without a session it makes a fresh connection each time."""
    return AsyncWebClient(token=token, base_url=api_url, timeout=int(HTTP_TIMEOUT), session=session, retry_handlers=[])


def reading_client(token: str, api_url: str, session: aiohttp.ClientSession | None = None) -> AsyncWebClient:
    """A client that repeats once after a lost connection: for reads and views, where twice does no harm."""
    retries = [AsyncConnectionErrorRetryHandler(max_retry_count=1)]
    return AsyncWebClient(
        token=token, base_url=api_url, timeout=int(HTTP_TIMEOUT), session=session, retry_handlers=list(retries)
    )


def error_code(error: SlackApiError) -> str:
    """Slack's error code, or the HTTP status where there is none."""
    data = getattr(error.response, "data", None)
    code = data.get("error") if isinstance(data, dict) else None
    return str(code or f"http_{getattr(error.response, 'status_code', 0)}")


class SlackDoor:
    """Implements handlers.call.Slack. Every method raises SlackRefused with Slack's error code, or "unreachable"."""

    def __init__(self, reading: AsyncWebClient, writing: AsyncWebClient) -> None:
        self._reading = reading
        self._writing = writing

    async def member_facts(self, user_id: str) -> MemberFacts:
        """What Slack says of a member."""
        user = (await self._ask("users.info", user=user_id, include_locale=True))["user"]
        guest = bool(user.get("is_restricted") or user.get("is_ultra_restricted"))
        return MemberFacts(user.get("locale"), user.get("tz"), guest)

    async def channel_name(self, channel_id: str) -> str | None:
        """The channel's name where the bot can see it and is in it, else None."""
        found = await self.conversation(channel_id)
        return found.name if found else None

    async def conversation(self, channel_id: str) -> Conversation | None:
        """The channel, where the bot is in it."""
        try:
            channel = (await self._ask("conversations.info", channel=channel_id))["channel"]
        except SlackRefused as refused:
            if str(refused) in ("channel_not_found", "missing_scope"):
                return None
            raise
        return Conversation(channel["id"], channel["name"]) if channel.get("is_member") else None

    async def send_file(self, user_id: str, name: str, content: bytes, comment: str, alt: str = "") -> None:
        """Send a file to a member's direct messages; `alt` describes a picture for who cannot see it."""
        channel = await self.direct_channel(user_id)
        try:
            await self._writing.files_upload_v2(
                channel=channel,
                filename=name,
                content=content,
                title=name,
                initial_comment=comment,
                alt_txt=alt or None,
            )
        except SlackApiError as error:
            raise SlackRefused(error_code(error)) from error
        except SlackClientError as error:
            raise SlackRefused("upload_failed") from error
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise SlackRefused("unreachable") from error

    async def forward_file(self, file_id: str, user_id: str, comment: str) -> None:
        """Hand a file that was put into a form to a member: nobody but the app can open it where it lies."""
        file = (await self._ask("files.info", file=file_id))["file"]
        if int(file.get("size") or 0) > LARGEST_FILE:
            raise SlackRefused("file_too_large")
        content = await self._download(str(file.get("url_private_download") or file["url_private"]))
        await self.send_file(user_id, str(file.get("name") or "minutes"), content, comment)

    async def read_file(self, file_id: str, most: int) -> bytes:
        """What is in a file that was put into a form; refused with "file_too_large" for more than `most` bytes."""
        file = (await self._ask("files.info", file=file_id))["file"]
        if int(file.get("size") or 0) > most:
            raise SlackRefused("file_too_large")
        return await self._download(str(file.get("url_private_download") or file["url_private"]))

    async def _download(self, address: str) -> bytes:
        headers = {"Authorization": f"Bearer {self._reading.token}"}
        timeout = aiohttp.ClientTimeout(total=HTTP_TIMEOUT)
        try:
            async with aiohttp.ClientSession(timeout=timeout) as session, session.get(address, headers=headers) as got:
                if got.status != 200:
                    raise SlackRefused(f"http_{got.status}")
                return await got.read()
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise SlackRefused("unreachable") from error

    async def publish_home(self, user_id: str, view: dict[str, Any]) -> None:
        """Show this view in the member's App Home."""
        await self._ask("views.publish", user_id=user_id, view=view)

    async def open_view(self, trigger_id: str, view: dict[str, Any], *, push: bool) -> None:
        """Open a modal, or put it on top of the one that was clicked."""
        await self._ask("views.push" if push else "views.open", trigger_id=trigger_id, view=view)

    async def update_view(self, view_id: str, view: dict[str, Any]) -> None:
        """Change a modal that is open."""
        await self._ask("views.update", view_id=view_id, view=view)

    async def update_message(
        self, channel: str, ts: str, text: str, blocks: list[dict[str, Any]], metadata: dict[str, Any]
    ) -> None:
        """Change a message of the bot where it stands."""
        await self._ask("chat.update", channel=channel, ts=ts, text=text, blocks=blocks, metadata=metadata)

    async def revise(self, posted: Posted, text: str, blocks: list[dict[str, Any]]) -> None:
        """Change a message that was posted through the ledger; it keeps the mark by which it is found again."""
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"id": posted.id, "key": posted.key}}
        await self.update_message(posted.channel, posted.ts, text, blocks, metadata)

    async def take_back(self, posted: Posted) -> None:
        """Delete a message that was posted through the ledger; one that is gone already is gone."""
        try:
            await self._ask("chat.delete", channel=posted.channel, ts=posted.ts)
        except SlackRefused as refused:
            if str(refused) != "message_not_found":
                raise

    async def invite(self, channel_id: str, user_id: str) -> None:
        """Bring a member into a channel that the bot is in; one who is there already stays."""
        try:
            await self._ask("conversations.invite", channel=channel_id, users=user_id)
        except SlackRefused as refused:
            if str(refused) != "already_in_channel":
                raise

    async def direct_channel(self, user_id: str) -> str:
        """The id of the bot's direct messages with a member."""
        return str((await self._ask("conversations.open", users=user_id))["channel"]["id"])

    async def joined(self) -> list[Conversation]:
        """Every channel, public or private, that the bot is in."""
        pages = self._pages("users.conversations", types="public_channel,private_channel", exclude_archived=True)
        return [Conversation(c["id"], c["name"]) async for page in pages for c in page["channels"]]

    async def people(self) -> list[SlackMember]:
        """Everybody in the workspace whose account is active, apps excepted."""
        found = []
        async for page in self._pages("users.list", include_locale=True):
            for user in page["members"]:
                if not (user.get("deleted") or user.get("is_bot") or user["id"] == SLACKBOT):
                    guest = bool(user.get("is_restricted") or user.get("is_ultra_restricted"))
                    zone = user.get("tz")
                    found.append(SlackMember(user["id"], user.get("locale"), zone if zone in ZONES else None, guest))
        return found

    async def history(self, channel: str, oldest: float, most_pages: int) -> AsyncIterator[list[dict[str, Any]]]:
        """The messages since `oldest` (seconds since 1970), newest first, with metadata, a page at a time.

        Raises SlackRefused("too_long") where more than `most_pages` follow: absence would then prove nothing.
        """
        pages = self._pages(
            "conversations.history", channel=channel, oldest=f"{oldest:.6f}", include_all_metadata=True, inclusive=True
        )
        count = 0
        async for page in pages:
            if count == most_pages:
                raise SlackRefused("too_long")
            count += 1
            yield page["messages"]

    async def who_am_i(self) -> tuple[dict[str, Any], frozenset[str]]:
        """auth.test: who the bot is, and the scopes of its token (from the header x-oauth-scopes)."""
        try:
            answer = await self._reading.auth_test()
        except SlackApiError as error:
            raise SlackRefused(error_code(error)) from error
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise SlackRefused("unreachable") from error
        scopes = next((value for name, value in answer.headers.items() if name.lower() == "x-oauth-scopes"), "")
        return cast(dict[str, Any], answer.data), frozenset(filter(None, (part.strip() for part in scopes.split(","))))

    async def _pages(self, method: str, **arguments: Any) -> AsyncIterator[dict[str, Any]]:
        cursor = ""
        while True:
            page = await self._ask(method, limit=PAGE, **arguments, **({"cursor": cursor} if cursor else {}))
            yield page
            cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return

    async def _ask(self, method: str, **arguments: Any) -> dict[str, Any]:
        try:
            if "view" in arguments or "blocks" in arguments:
                return cast(dict[str, Any], (await self._reading.api_call(method, json=arguments)).data)
            params = {name: _written(value) for name, value in arguments.items()}
            return cast(dict[str, Any], (await self._reading.api_call(method, data=params)).data)
        except SlackApiError as error:
            raise SlackRefused(error_code(error)) from error
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise SlackRefused("unreachable") from error


def _written(value: Any) -> Any:
    """Form values: Slack reads 1 and 0, aiohttp refuses booleans."""
    return int(value) if isinstance(value, bool) else value
