"""`alliance-bot say`: what the bot would answer, without Slack."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Annotated

import typer

from alliance.languages import LANGUAGES, Language
from bot.clock import Clock
from bot.plaintext import of_blocks
from bot.saying import SOMEBODY, Question, answers, private_copy
from bot.settings import read_settings

PAGE = "\n\n"


app = typer.Typer(add_completion=False)


@app.command()
def say(
    command: Annotated[str, typer.Argument(help="What somebody types, such as '/alliance events july 2019'.")],
    as_user: Annotated[str, typer.Option("--as", metavar="USER", help="Slack user id of who asks.")] = SOMEBODY,
    lang: Annotated[str | None, typer.Option(help="Language of the answer: en, fr or es.")] = None,
    at: Annotated[str | None, typer.Option(metavar="TIME", help="When it is asked: 2019-04-03T12:00Z.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The exact payload, as Slack gets it.")] = False,
) -> None:
    """Answer a command without Slack: readable text with all pages, or the payload with --json. Nothing is changed."""
    if not command.strip().startswith("/alliance"):
        raise typer.BadParameter("it starts with /alliance, in quotes: say '/alliance events'")
    question = Question(command, as_user, moment(at), _language(lang))
    settings = read_settings()
    with private_copy(settings.sqlite_file, settings.database_url) as address:
        pages = asyncio.run(answers(address, settings.alliance_content, question))
    if as_json:
        typer.echo(json.dumps(pages[0] if pages else {}, ensure_ascii=False, indent=2))
    else:
        typer.echo(PAGE.join(of_blocks(page.get("blocks", ())) or str(page.get("text", "")) for page in pages))


def moment(text: str | None) -> datetime:
    """The time that --at names; without a zone it is UTC. Now where there is none."""
    if text is None:
        return Clock()()
    try:
        named = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise typer.BadParameter(
            f"'{text}' is not a time: write 2019-04-03T12:00Z or 2019-04-03", param_hint="--at"
        ) from error
    return named.astimezone(UTC) if named.tzinfo else named.replace(tzinfo=UTC)


def _language(code: str | None) -> Language | None:
    if code is None:
        return None
    for language in LANGUAGES:
        if code.lower() == language:
            return language
    raise typer.BadParameter(f"'{code}' is not one of en, fr, es", param_hint="--lang")
