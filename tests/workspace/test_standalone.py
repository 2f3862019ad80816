"""`python -m workspace`: the workspace as a program of its own."""

import asyncio
import sys
from asyncio.subprocess import PIPE

from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.helpers import MANIFEST


async def test_it_says_where_it_is_and_answers_there() -> None:
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "workspace", "--manifest", str(MANIFEST), "--port", "0",
        stdout=PIPE, cwd=MANIFEST.parent,
    )  # fmt: skip
    try:
        assert program.stdout is not None
        said = (await asyncio.wait_for(program.stdout.readline(), 20)).decode()
        address = said.removeprefix("Workspace: ").strip()
        assert said.startswith("Workspace: http://127.0.0.1:")
        client = AsyncWebClient(token="xoxb-local", base_url=f"{address}/api/")
        assert (await client.auth_test())["user_id"] == "U0ALLIANCE"
    finally:
        program.terminate()
        await program.wait()
