"""What `alliance-bot doctor` looks at. Each check gives findings with what to do; none changes anything."""

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path

from slack_sdk.errors import SlackApiError

from bot.manifest import bot_scopes
from bot.settings import Settings, secret
from bot.slack import SlackDoor, error_code, reading_client, writing_client
from handlers.call import SlackRefused
from storage import migrate
from storage.library import Library, NoContent
from storage.store import open_store


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report: `ok` is None for what is worth knowing but no problem."""

    ok: bool | None
    text: str
    advice: str = ""


async def check_all(settings: Settings) -> list[Finding]:
    """Everything, in the order in which somebody sets the bot up."""
    findings = [*_settings(settings), *await asyncio.to_thread(_revision, settings)]
    channel = await _content(settings) if findings[-1].ok else None
    if settings.slack_bot_token and not settings.doubt("SLACK_BOT_TOKEN"):
        token = secret(settings.slack_bot_token)
        slack = SlackDoor(reading_client(token, settings.slack_api_url), writing_client(token, settings.slack_api_url))
        token_findings = await _bot_token(slack)
        findings += token_findings
        if token_findings[0].ok:
            findings += await _channels(slack, channel)
    if settings.slack_app_token and not settings.doubt("SLACK_APP_TOKEN"):
        findings.append(await _app_token(settings))
    return findings


def _settings(settings: Settings) -> list[Finding]:
    findings = []
    for name, needed in (("SLACK_BOT_TOKEN", True), ("SLACK_APP_TOKEN", False), ("SLACK_SIGNING_SECRET", False)):
        if problem := settings.doubt(name):
            findings.append(Finding(False, problem))
        elif problem := settings.missing(name):
            findings.append(Finding(False if needed else None, problem))
        else:
            findings.append(Finding(True, f"{name} is set"))
    if not settings.slack_app_token and not settings.slack_signing_secret:
        findings.append(Finding(False, "Neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is set"))
    if not settings.alliance_secretariat:
        advice = "Only the secretariat may appoint group leads: list their member ids, separated by commas."
        findings.append(Finding(None, "ALLIANCE_SECRETARIAT names nobody", advice))
    return findings


def _revision(settings: Settings) -> list[Finding]:
    file = settings.sqlite_file
    if file is not None and (problem := _unwritable(file.absolute().parent)):
        return [problem]
    if file is not None and not file.is_file():
        return [Finding(None, f"There is no database yet at {file}", "The first 'alliance-bot run' creates it.")]
    try:
        there, needed = migrate.current(settings.database_url), migrate.head()
    except migrate.DatabaseUnusable as problem:
        return [Finding(False, f"The database cannot be used: {problem}")]
    if there != needed:
        advice = "'alliance-bot run' or 'alliance-bot db upgrade' brings it up to date."
        return [Finding(None, f"The database is at revision {there or 'none'}, this version needs {needed}", advice)]
    return [Finding(True, f"The database is at revision {needed}")]


def _unwritable(folder: Path) -> Finding | None:
    """The bot makes files beside the database, so it is the folder that counts."""
    advice = "Make that folder, let the bot write to it, or name another one with DATABASE_URL."
    if not folder.is_dir():
        return Finding(False, f"The database's folder {folder} does not exist", advice)
    try:
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return Finding(False, f"The database's folder {folder} cannot be written to ({error.strerror})", advice)


async def _content(settings: Settings) -> str | None:
    """The name of the community's channel, where the database knows it."""
    store = open_store(settings.database_url)
    try:
        return (await Library.load(store)).community.channel
    except NoContent:
        return None
    finally:
        await store.close()


async def _bot_token(slack: SlackDoor) -> list[Finding]:
    try:
        facts, scopes = await slack.who_am_i()
    except SlackRefused as refused:
        if str(refused) == "unreachable":
            advice = "Check the network, a proxy (HTTPS_PROXY) and SLACK_API_URL."
            return [Finding(False, "Slack cannot be reached", advice)]
        advice = "Copy it again from your app's page 'OAuth & Permissions'."
        return [Finding(False, f"Slack does not accept SLACK_BOT_TOKEN ({refused})", advice)]
    findings = [Finding(True, f"SLACK_BOT_TOKEN belongs to @{facts.get('user')} in {facts.get('team')}")]
    if missing := sorted(bot_scopes() - scopes):
        advice = "On your app's page 'App Manifest', put in manifest.yml again, save, and reinstall the app."
        findings.append(Finding(False, f"The token lacks the scopes {', '.join(missing)}", advice))
    else:
        findings.append(Finding(True, "The token has all scopes that manifest.yml names"))
    if extra := sorted(scopes - bot_scopes()):
        findings.append(Finding(None, f"The token has scopes that the bot does not need: {', '.join(extra)}"))
    return findings


async def _app_token(settings: Settings) -> Finding:
    client = reading_client(secret(settings.slack_bot_token), settings.slack_api_url)
    try:
        await client.apps_connections_open(app_token=secret(settings.slack_app_token))
    except SlackApiError as error:
        advice = "Make one with the scope connections:write on your app's page 'Basic Information'."
        return Finding(False, f"Slack does not accept SLACK_APP_TOKEN ({error_code(error)})", advice)
    except (TimeoutError, OSError):
        return Finding(False, "Slack cannot be reached with SLACK_APP_TOKEN", "Check the network.")
    return Finding(True, "SLACK_APP_TOKEN opens a connection")


async def _channels(slack: SlackDoor, community: str | None) -> list[Finding]:
    try:
        joined = await slack.joined()
    except SlackRefused as refused:
        return [Finding(False, f"The bot's channels cannot be read ({refused})")]
    names = sorted(channel.name for channel in joined)
    if not names:
        advice = "In each channel that wants reminders, write: /invite @Alliance"
        return [Finding(False, "The bot is in no channel", advice)]
    findings = [Finding(True, f"The bot is in {', '.join(f'#{name}' for name in names)}")]
    if community and community not in names:
        advice = f"Write in #{community}: /invite @Alliance"
        findings.append(Finding(False, f"The bot is not in #{community}, the community's channel", advice))
    return findings
