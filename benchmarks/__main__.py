"""`make bench`: measures, and prints the table. `make bench ARGS='--scale 0.1'` takes smaller databases."""

import argparse
import asyncio
import os
import sys
from contextlib import redirect_stderr
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from rich.console import Console
from rich.table import Table

from benchmarks.answers import answers
from benchmarks.feeds import feeds_and_months
from benchmarks.ledger import planning, ticks
from benchmarks.measure import Row
from benchmarks.posting import unlimited, within_limits
from benchmarks.startup import startup
from bot import logs
from workspace.server import Options, Workspace

MANIFEST = Path(__file__).parent.parent / "manifest.yml"


async def measured(scale: float) -> list[Row]:
    """All rows of the table."""
    workspace = Workspace(Options(manifest=yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))))
    await workspace.start()
    try:
        with TemporaryDirectory() as made:
            folder = Path(made)
            return [
                *await answers(folder, f"{workspace.url}/api/", scale),
                await ticks(folder, scale),
                await planning(folder),
                *await feeds_and_months(folder, f"{workspace.url}/api/", scale),
                *await startup(folder, workspace),
                await unlimited(folder, scale),
                await within_limits(folder, scale),
            ]
    finally:
        await workspace.close()


def main() -> int:
    """Print the table; 1 if a bound was passed."""
    arguments = argparse.ArgumentParser(prog="make bench", description=__doc__)
    arguments.add_argument("--scale", type=float, default=1.0, help="size of the large databases, 1 for the full one")
    scale = arguments.parse_args().scale
    with Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):
        logs.start(console=False)  # a line for each answer, as the bot writes it
        rows = asyncio.run(measured(scale))
    table = Table("what", "measured", "beside", "ratio", "bound", "")
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.3f}"
        table.add_row(
            row.what, row.measured, row.beside, ratio, "" if row.bound is None else str(row.bound), row.verdict
        )
    Console(width=150).print(table)
    return int(any(row.verdict == "PASSED" for row in rows))


if __name__ == "__main__":
    sys.exit(main())
