"""From the start of the process to a Socket Mode connection, and the memory it takes, beside a bare Bolt app."""

import asyncio
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

import psutil

from benchmarks.measure import Row
from workspace.server import Workspace

RUNS = 5
BARE = """
import asyncio, os
from slack_bolt.async_app import AsyncApp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_sdk.web.async_client import AsyncWebClient
client = AsyncWebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
app = AsyncApp(client=client)
@app.command("/alliance")
async def command(ack):
    await ack("hi")
async def main():
    await AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start_async()
asyncio.run(main())
"""


async def startup(folder: Path, workspace: Workspace) -> list[Row]:
    """Start-up's rows of the table; the bot's database is there already, as at every start but the first."""
    bot = (sys.executable, "-m", "bot.cli", "run")
    await _started(bot, folder, workspace)
    ours = [await _started(bot, folder, workspace) for _ in range(RUNS)]
    theirs = [await _started((sys.executable, "-c", BARE), folder, workspace) for _ in range(RUNS)]
    seconds, bare_seconds = median(s for s, _ in ours), median(s for s, _ in theirs)
    megabytes, bare_megabytes = median(m for _, m in ours), median(m for _, m in theirs)
    return [
        Row("start to connected", f"{seconds:.2f} s", f"bare Bolt: {bare_seconds:.2f} s", seconds / bare_seconds, None),
        Row("memory", f"{megabytes:.0f} MB", f"bare Bolt: {bare_megabytes:.0f} MB", megabytes / bare_megabytes, None),
    ]


async def _started(command: Sequence[str], folder: Path, workspace: Workspace) -> tuple[float, float]:
    """Seconds until its socket is connected, and resident megabytes a second later."""
    environment = os.environ | {
        "SLACK_BOT_TOKEN": "xoxb-local",
        "SLACK_APP_TOKEN": "xapp-local",
        "SLACK_API_URL": f"{workspace.url}/api/",
        "DATABASE_URL": f"sqlite:///{folder / 'startup.db'}",
        "PYTHONPATH": str(Path(__file__).parent.parent),
    }
    start = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *command, env=environment, cwd=folder, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        await _until(lambda: workspace.connected)
        taken = time.perf_counter() - start
        await asyncio.sleep(1)
        return taken, psutil.Process(process.pid).memory_info().rss / 1e6
    finally:
        process.terminate()
        await process.wait()
        await _until(lambda: not workspace.connected)


async def _until(condition: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.perf_counter() + seconds
    while time.perf_counter() < deadline:
        if condition():
            return
        await asyncio.sleep(0.005)
    raise TimeoutError(f"nothing happened in {seconds} seconds")
