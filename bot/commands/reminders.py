"""`alliance-bot reminders`: what the ledger holds."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from alliance.delivery import State
from bot import keeping, planner, switch
from bot.clock import Clock
from bot.planner import Planning
from bot.settings import Settings, read_settings
from storage import deliveries
from storage.store import open_store
from storage.values import DeliveryRow

app = typer.Typer(add_completion=False, no_args_is_help=True, help="What is posted unasked: the ledger of deliveries.")
AsJson = Annotated[bool, typer.Option("--json", help="As JSON, for a program.")]


@app.command()
def plan(as_json: AsJson = False) -> None:
    """Bring the ledger in line with the calendar and the subscriptions. The bot does the same every 20 seconds."""
    settings = read_settings()
    keeping.upgrade(settings, Clock(settings.alliance_clock_file)())
    done = asyncio.run(_plan(settings))
    if as_json:
        typer.echo(json.dumps(asdict(done)))
    else:
        typer.echo(f"{done.planned} planned or changed, {done.withdrawn} withdrawn.")


@app.command(name="list")
def list_(
    state: Annotated[State, typer.Option(help="Which ones.")] = State.PLANNED,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List deliveries: those to come in the order in which they fall due, settled ones latest first. Times are UTC."""
    settings = read_settings()
    keeping.upgrade(settings, Clock(settings.alliance_clock_file)())
    rows = asyncio.run(_list(settings, state, limit))
    if as_json:
        typer.echo(json.dumps([asdict(row) for row in rows], default=str, indent=2))
    else:
        _show(rows, state)


@app.command()
def pause() -> None:
    """Hold back everything that is posted unasked, in every process that runs on this database, until 'resume'."""
    typer.echo(switch.pause())


@app.command()
def resume() -> None:
    """Go on sending. What is late is posted if it is still of use."""
    typer.echo(switch.resume())


async def _plan(settings: Settings) -> Planning:
    store = open_store(settings.database_url)
    try:
        return await planner.plan(store, Clock(settings.alliance_clock_file)())
    finally:
        await store.close()


async def _list(settings: Settings, state: State, limit: int) -> list[DeliveryRow]:
    store = open_store(settings.database_url)
    try:
        return await deliveries.recent(store, state, limit)
    finally:
        await store.close()


def _show(rows: Sequence[DeliveryRow], state: State) -> None:
    if not rows:
        typer.echo(f"Nothing is {state.value}.")
        return
    table = Table("due (UTC)", "kind", "about", "lead time", "to", "reason" if state != State.SENT else "message")
    for row in rows:
        said = row.slack_ts if state == State.SENT else row.reason
        table.add_row(f"{row.due_at:%Y-%m-%d %H:%M}", row.kind, row.subject, row.detail, row.target, said or "")
    Console(width=None if Console().is_terminal else 200).print(table)
