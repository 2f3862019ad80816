"""`alliance-bot restore`: a backup becomes the database again."""

from pathlib import Path
from typing import Annotated

import typer

from bot import keeping
from bot.clock import Clock
from bot.settings import read_settings

app = typer.Typer(add_completion=False)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="What 'alliance-bot backup' made.")],
    force: Annotated[bool, typer.Option("--force", help="Also in place of a database that is not empty.")] = False,
) -> None:
    """Bring a backup back, after checking it. Stop the bot first. What was there is kept under another name."""
    settings = read_settings()
    kept = keeping.restore(settings, file, Clock(settings.alliance_clock_file)(), force=force)
    if kept:
        typer.echo(f"What was there is kept as {kept}.")
    typer.echo(f"{file} is the database now. 'alliance-bot run' starts the bot with it.")
