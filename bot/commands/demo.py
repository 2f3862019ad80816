"""`alliance-bot demo`: try the bot in the browser, without Slack."""

import asyncio
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from bot import logs
from bot.demo import Demo, run_demo

app = typer.Typer(add_completion=False)


@app.command()
def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the page; 0 takes a free one.")] = 8787,
    http: Annotated[bool, typer.Option("--http", help="The bot is reached by HTTP, not by Socket Mode.")] = False,
    folder: Annotated[
        Path | None,
        typer.Option(help="Keeps the demo's database, so that it goes on there the next time; else it is forgotten."),
    ] = None,
) -> None:
    """Run the bot against a local workspace in the browser, from April 2019 on. Ctrl-C ends both."""
    logs.start()
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        asyncio.run(run_demo(Demo(folder, port, http, _tell)))
        return
    with tempfile.TemporaryDirectory(prefix="alliance-demo-") as temporary:
        asyncio.run(run_demo(Demo(Path(temporary), port, http, _tell)))


def _tell(address: str) -> None:
    typer.echo(f"\n  The local workspace: {address}\n  Type /alliance there. Ctrl-C ends it.\n")
