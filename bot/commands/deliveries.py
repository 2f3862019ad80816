"""`alliance-bot deliveries`: how much is posted unasked, and what went wrong, for a terminal or a program."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from alliance.delivery import State
from bot import keeping, switch
from bot.clock import Clock
from bot.settings import Settings, read_settings
from bot.watching import Watch
from storage import deliveries, sending
from storage.sending import Pause, Tally
from storage.store import open_store
from storage.values import DeliveryRow

app = typer.Typer(add_completion=False, help="How much is posted unasked, and what went wrong.")

WRONG = (State.FAILED, State.UNKNOWN, State.SKIPPED)


@dataclass(frozen=True, slots=True)
class Seen:
    """What the ledger says at this moment."""

    tally: Tally
    pause: Pause | None
    rows: Sequence[DeliveryRow]


@app.callback(invoke_without_command=True)
def show(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many of each state.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for a program.")] = False,
) -> None:
    """Count deliveries by state, and list what failed, is unknown or was skipped last. Times are UTC.

    'alliance-bot reminders list' lists the other ones.
    """
    if context.invoked_subcommand:
        return
    settings = read_settings()
    keeping.upgrade(settings, Clock(settings.alliance_clock_file)())
    seen = asyncio.run(_look(settings, limit))
    if as_json:
        typer.echo(json.dumps(asdict(seen), default=str, indent=2))
    else:
        _print(seen)


@app.command()
def progress(
    every: Annotated[
        float | None,
        typer.Option(min=0.1, max=3600, help="Seconds from one look to the next: 1 at a terminal, else 5."),
    ] = None,
) -> None:
    """Watch what is due go out, until nothing is due. Ctrl-C ends the watching, and leaves the sending alone."""
    settings = read_settings()
    keeping.upgrade(settings, Clock(settings.alliance_clock_file)())
    try:
        asyncio.run(_watch(settings, every))
    except KeyboardInterrupt:
        typer.echo("The bot goes on sending. 'alliance-bot deliveries pause' holds it.")


@app.command()
def pause() -> None:
    """Hold back everything that is posted unasked, in every process that runs on this database, until 'resume'."""
    typer.echo(switch.pause())


@app.command()
def resume() -> None:
    """Go on sending. What is late is posted if it is still of use."""
    typer.echo(switch.resume())


async def _watch(settings: Settings, every: float | None) -> None:
    store = open_store(settings.database_url)
    try:
        watch = Watch(store, Clock(settings.alliance_clock_file), settings.alliance_posts_per_minute)
        await watch.show(Console(), every)
    finally:
        await store.close()


async def _look(settings: Settings, limit: int) -> Seen:
    store = open_store(settings.database_url)
    try:
        now = Clock(settings.alliance_clock_file)()
        rows = [row for state in WRONG for row in await deliveries.recent(store, state, limit)]
        return Seen(await sending.tally(store, now), await sending.paused(store), rows)
    finally:
        await store.close()


def _print(seen: Seen) -> None:
    typer.echo(f"Sending is paused since {seen.pause.since:%Y-%m-%d %H:%M}." if seen.pause else "Sending is on.")
    counts = Table("due", "held", "ahead", "sent (24 h)", "failed", "unknown", "skipped")
    counts.add_row(*(str(count) for count in asdict(seen.tally).values()))
    wide: dict[str, Any] = {} if Console().is_terminal else {"width": 200}
    Console(**wide).print(counts)
    if seen.rows:
        table = Table("state", "when (UTC)", "kind", "about", "to", "reason")
        for row in seen.rows:
            when = row.settled_at or row.claimed_at or row.due_at
            table.add_row(row.state, f"{when:%Y-%m-%d %H:%M}", row.kind, row.subject, row.target, row.reason or "")
        Console(**wide).print(table)
