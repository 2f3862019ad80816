"""`alliance-bot backup`: a copy of the database, while the bot runs."""

from pathlib import Path
from typing import Annotated

import typer

from bot import keeping
from bot.clock import Clock
from bot.settings import read_settings

app = typer.Typer(add_completion=False)


@app.command()
def backup(
    file: Annotated[
        Path | None,
        typer.Argument(help="A new file, or a folder for a file with the date; without it, beside the database."),
    ] = None,
) -> None:
    """Copy the database to a file. The bot may be running; the file appears when it is complete."""
    settings = read_settings()
    made = keeping.backup(settings, file, Clock(settings.alliance_clock_file)())
    typer.echo(f"Saved as {made}. 'alliance-bot restore {made}' brings it back.")
