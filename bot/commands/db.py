"""`alliance-bot db`: the database's tables."""

import typer

from bot import keeping
from bot.clock import Clock
from bot.database import only_one
from bot.settings import read_settings
from storage import migrate

app = typer.Typer(add_completion=False, no_args_is_help=True, help="The database's tables.")


@app.command()
def upgrade() -> None:
    """Create the tables, or bring them up to date. 'run' does the same by itself."""
    settings = read_settings()
    with only_one(settings.sqlite_file):
        done = keeping.upgrade(settings, Clock(settings.alliance_clock_file)())
    if done.kept:
        typer.echo(f"What was there before is saved as {done.kept}.")
    if done.unkept:
        typer.echo(f"No backup was made: {done.unkept}", err=True)
    typer.echo(f"The database is at revision {done.revision}.")


@app.command()
def current() -> None:
    """Show the revision of the database and the one that this version needs."""
    settings = read_settings()
    file = settings.sqlite_file
    there = None if file is not None and not file.is_file() else migrate.current(settings.database_url)
    typer.echo(f"database: {there or 'none yet'}\nneeded:   {migrate.head()}")
    if there != migrate.head():
        typer.echo("Run 'alliance-bot db upgrade'.", err=True)
        raise typer.Exit(1)
