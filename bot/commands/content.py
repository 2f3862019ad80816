"""`alliance-bot content`: the Alliance's content, from YAML files into the database."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot import keeping
from bot.clock import Clock
from bot.problems import Problem
from bot.saying import private_copy
from bot.settings import Settings, read_local, read_settings
from storage import contentfiles, contentload
from storage.contentfiles import Content
from storage.store import open_store
from storage.values import ContentChange

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="The Alliance's content, from YAML files into the database."
)
Folder = Annotated[
    Path | None, typer.Option("--folder", metavar="FOLDER", help="Files that lie elsewhere than ALLIANCE_CONTENT says.")
]


@app.command()
def export(folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="It is made if it is not there.")]) -> None:
    """Copy the content that came with the bot into a folder, to change it there."""
    try:
        copies = contentfiles.export(folder)
    except FileExistsError as there:
        raise Problem(f"{there} is there already and stays as it is. Choose an empty folder.") from None
    except OSError as error:
        raise Problem(f"Cannot write to {folder.resolve()}: {error.strerror}.") from error
    typer.echo(
        f"{len(copies)} files are in {folder.resolve()}.\n"
        f"Change them, then: alliance-bot content check --folder {folder}\n"
        f"For the bot to load them at its start, write into .env: ALLIANCE_CONTENT={folder.resolve()}"
    )


@app.command()
def check(folder: Folder = None) -> None:
    """Check the files: every mistake with its file, line and field."""
    content = contentfiles.read(folder or read_local().alliance_content)
    typer.echo(
        f"All is well: {len(content.groups)} groups, {len(content.countries)} countries, "
        f"{len(content.events)} events, {len(content.observances)} observances."
    )


@app.command()
def diff(folder: Folder = None) -> None:
    """Show what 'load' would change. Changes nothing."""
    settings = read_local()
    content = contentfiles.read(folder or settings.alliance_content)
    with private_copy(settings.sqlite_file, settings.database_url) as address:
        _show(asyncio.run(_diff(address, content)), "would change")


@app.command()
def load(folder: Folder = None) -> None:
    """Make the database say what the files say, all or nothing. A running bot notices within a minute."""
    settings = read_settings()
    content = contentfiles.read(folder or settings.alliance_content)
    keeping.upgrade(settings, Clock(settings.alliance_clock_file)())
    _show(asyncio.run(_load(settings, content)), "changed")
    if folder and folder.resolve() != settings.alliance_content.resolve():
        typer.echo(f"Set ALLIANCE_CONTENT={folder.resolve()} as well: the bot loads that folder at its next start.")


async def _diff(address: str, content: Content) -> list[ContentChange]:
    store = open_store(address)
    try:
        return await contentload.diff(store, content)
    finally:
        await store.close()


async def _load(settings: Settings, content: Content) -> list[ContentChange]:
    store = open_store(settings.database_url)
    try:
        return await contentload.load(store, content, Clock(settings.alliance_clock_file)().date())
    finally:
        await store.close()


def _show(changes: Sequence[ContentChange], verb: str) -> None:
    kept = [change for change in changes if change.action == "keep"]
    if len(changes) == len(kept):
        typer.echo("Nothing to change: the database says what the files say.")
    if kept:
        names = ", ".join(change.slug for change in kept)
        typer.echo(f"Changed in Slack, so the files leave them alone: {names}.")
    changes = [change for change in changes if change.action != "keep"]
    if not changes:
        return
    table = Table("", "entry", "fields")
    for change in changes:
        table.add_row(change.action, f"{change.kind} {change.slug}", ", ".join(change.fields))
    Console().print(table)
    typer.echo(f"{len(changes)} {'entry' if len(changes) == 1 else 'entries'} {verb}.")
