"""Uploading files with the stock client's files_upload_v2."""

import json

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.helpers import Start, Visit, client_of, manifest, refusal
from workspace.server import Workspace

CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


async def test_a_file_is_shared_with_a_person(workspace: Workspace, client: AsyncWebClient) -> None:
    direct = (await client.conversations_open(users="U0AMINA"))["channel"]["id"]
    await client.files_upload_v2(
        channel=direct, filename="Fidès #2.ics", content=CALENDAR, title="Event", initial_comment="Here it is"
    )
    [message] = workspace.messages("U0AMINA")
    assert message["text"] == "Here it is"
    [file] = message["files"]
    assert (file["name"], file["title"], file["filetype"], file["size"]) == (
        "Fidès #2.ics",
        "Event",
        "ics",
        len(CALENDAR),
    )
    async with aiohttp.ClientSession() as session, session.get(file["url_private"]) as response:
        assert await response.read() == CALENDAR
        assert response.content_type == "text/calendar"
        assert response.headers["Content-Disposition"] == "attachment; filename*=UTF-8''Fid%C3%A8s%20%232.ics"


async def test_a_person_is_no_conversation_to_share_a_file_in(client: AsyncWebClient) -> None:
    call = client.files_upload_v2(channel="U0AMINA", filename="event.ics", content=CALENDAR)
    assert (await refusal(call))["error"] == "channel_not_found"


async def test_a_file_must_be_uploaded_before_it_is_shared(workspace: Workspace, client: AsyncWebClient) -> None:
    room = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    early = client.files_completeUploadExternal(files=[{"id": room["file_id"], "title": "A"}])
    assert (await refusal(early))["error"] == "file_not_found"
    none = client.files_completeUploadExternal(files=[])
    assert (await refusal(none))["error"] == "invalid_arguments"
    nameless = client.api_call("files.getUploadURLExternal", params={"length": "3"})
    assert (await refusal(nameless))["error"] == "invalid_arguments"
    async with aiohttp.ClientSession() as session:
        form = aiohttp.FormData()
        form.add_field("file", b"abc", filename="a.txt")
        async with session.post(room["upload_url"], data=form) as response:
            assert (response.status, await response.text()) == (200, "OK - 3")
        async with session.post(room["upload_url"], data=b"abc") as response:
            assert response.status == 404


async def test_a_file_is_described(start: Start) -> None:
    workspace = await start(manifest=manifest())
    client = client_of(workspace)
    uploaded = await client.files_upload_v2(channel="C0COMMUNITY", filename="notes.txt", content="Notes")
    found = await client.files_info(file=uploaded["file"]["id"])
    assert (found["file"]["name"], found["file"]["channels"]) == ("notes.txt", ["C0COMMUNITY"])
    assert (await refusal(client.files_info(file="F0")))["error"] == "file_not_found"
    assert json.dumps(workspace.messages("C0COMMUNITY")).count("notes.txt") >= 1


async def test_a_file_is_downloaded_under_its_own_name(
    workspace: Workspace, client: AsyncWebClient, visit: Visit
) -> None:
    direct = (await client.conversations_open(users="U0AMINA"))["channel"]["id"]
    await client.files_upload_v2(channel=direct, filename="world-day.ics", content=b"BEGIN:VCALENDAR", title="12 juin")
    page = await visit(workspace, where=direct)
    async with page.expect_download() as downloading:
        await page.get_by_test_id("file").click()
    downloaded = await downloading.value
    assert downloaded.suggested_filename == "world-day.ics"
    assert (await downloaded.path()).read_bytes() == b"BEGIN:VCALENDAR"
