"""The command line: exit code 0 when all is well, 1 for a problem, 2 for wrong use. Mistakes get a sentence."""

import logging
import sys
from importlib import import_module
from typing import Any, Final

import typer
from typer.core import TyperGroup
from typer.main import get_command

from bot import logs
from bot.problems import Problem
from storage.contentfiles import ContentErrors
from storage.library import NoContent
from storage.migrate import DatabaseUnusable

COMMANDS: Final = ("run", "demo", "say", "doctor", "content", "db", "backup", "restore", "reminders", "deliveries")
"""Each is the `app` of a module of this name in bot/commands."""


class Commands(TyperGroup):
    """Loads a command's module when it is asked for: `say` answers sooner if it need not load Slack's client."""

    def list_commands(self, ctx: Any) -> list[str]:
        """In the order of help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        command = get_command(import_module(f"bot.commands.{cmd_name}").app)
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The Slack bot of the online community of Alliance 8.7.",
)


@app.callback()
def _quietly() -> None:
    """Commands that answer at once log only what went wrong; 'run' and 'demo' tell more."""
    logs.start(level=logging.ERROR)


def main() -> None:
    """The entry point of `alliance-bot`."""
    try:
        app()
    except (Problem, DatabaseUnusable, ContentErrors, NoContent) as problem:
        typer.echo(str(problem), err=True)
        sys.exit(1)
    except BrokenPipeError:  # whoever read the output has seen enough
        sys.exit(0)


if __name__ == "__main__":
    main()
