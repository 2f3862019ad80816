"""`alliance-bot run`: the bot itself."""

from typing import Annotated

import typer

from bot import logs
from bot.run import run as run_bot
from bot.settings import read_settings

app = typer.Typer(add_completion=False)


@app.command()
def run(
    http: Annotated[
        bool, typer.Option("--http", help="Listen on PORT for Slack's requests (/slack/events), not Socket Mode.")
    ] = False,
    with_parent: Annotated[
        bool, typer.Option("--with-parent", help="End when standard input ends (see bot/child.py).", hidden=True)
    ] = False,
) -> None:
    """Run the bot until Ctrl-C. The first start creates the database and loads the content."""
    logs.start()
    run_bot(read_settings(), http=http, with_parent=with_parent)
