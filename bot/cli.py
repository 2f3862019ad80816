"""The command line: exit code 0 when all is well, 1 for a problem, 2 for wrong use. Mistakes get a sentence."""

import logging
import sys

import typer

from bot import logs
from bot.commands import content, db, demo, doctor, reminders, run, say
from bot.database import DatabaseTaken, FolderUnwritable
from bot.listening import CannotListen
from bot.settings import SettingsProblem
from storage.contentfiles import ContentErrors
from storage.library import NoContent
from storage.migrate import DatabaseUnusable

PROBLEMS = (
    SettingsProblem,
    DatabaseTaken,
    FolderUnwritable,
    DatabaseUnusable,
    ContentErrors,
    NoContent,
    CannotListen,
)
"""What is not a defect of the bot: its text says what is wrong and what to do."""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The Slack bot of the online community of Alliance 8.7.",
)


@app.callback()
def _quietly() -> None:
    """Commands that answer at once log only what went wrong; 'run' and 'demo' tell more."""
    logs.start(level=logging.ERROR)


app.command()(run.run)
app.command()(demo.demo)
app.command()(say.say)
app.command()(doctor.doctor)
app.add_typer(content.app, name="content")
app.add_typer(db.app, name="db")
app.add_typer(reminders.app, name="reminders")


def main() -> None:
    """The entry point of `alliance-bot`."""
    try:
        app()
    except PROBLEMS as problem:
        typer.echo(str(problem), err=True)
        sys.exit(1)
    except BrokenPipeError:  # whoever read the output has seen enough
        sys.exit(0)


if __name__ == "__main__":
    main()
