"""What `alliance-bot doctor` finds in a workspace."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.checks import Finding, check_all
from bot.settings import WHERE, Settings, read_settings
from tests.bot.office import GENERAL, Office
from workspace.sample import BOT_USER
from workspace.server import Workspace


@pytest.fixture
def settings(workspace: Workspace, office: Office, sqlite_address: str) -> Settings:
    """Everything is as it must be."""
    return read_settings(
        slack_api_url=workspace.api_url,
        slack_bot_token="xoxb-local",
        slack_app_token="xapp-local",
        slack_signing_secret="local-signing-secret",
        alliance_secretariat="U0CLAIRE",
        database_url=sqlite_address,
    )


async def problems(settings: Settings) -> list[Finding]:
    return [finding for finding in await check_all(settings) if finding.ok is not True]


async def test_all_is_well(settings: Settings) -> None:
    assert await check_all(settings) == [
        Finding(True, "SLACK_BOT_TOKEN is set"),
        Finding(True, "SLACK_APP_TOKEN is set"),
        Finding(True, "SLACK_SIGNING_SECRET is set"),
        Finding(True, "The database is at revision 0007"),
        Finding(True, "SLACK_BOT_TOKEN belongs to @alliance in Alliance 8.7"),
        Finding(True, "The token has all scopes that manifest.yml names"),
        Finding(True, "The bot is in #ag-migration, #general"),
        Finding(True, "SLACK_APP_TOKEN opens a connection"),
    ]


async def test_a_missing_scope_is_named(settings: Settings, workspace: Workspace) -> None:
    workspace.team.app = replace(workspace.team.app, scopes=workspace.team.app.scopes - {"im:write"})
    assert await problems(settings) == [
        Finding(
            False,
            "The token lacks the scopes im:write",
            "On your app's page 'App Manifest', put in manifest.yml again, save, and reinstall the app.",
        )
    ]


async def test_a_community_channel_without_the_bot_is_named(settings: Settings, workspace: Workspace) -> None:
    workspace.channels[GENERAL].members.discard(BOT_USER)
    assert await problems(settings) == [
        Finding(False, "The bot is not in #general, the community's channel", "Write in #general: /invite @Alliance")
    ]


async def test_wrong_tokens_are_named(settings: Settings) -> None:
    wrong = read_settings(
        slack_api_url=settings.slack_api_url,
        slack_bot_token="xoxb-wrong",
        slack_app_token="xapp-wrong",
        alliance_secretariat="U0CLAIRE",
        database_url=settings.database_url,
    )
    assert [finding.text for finding in await problems(wrong) if finding.ok is False] == [
        "Slack does not accept SLACK_BOT_TOKEN (invalid_auth)",
        "Slack does not accept SLACK_APP_TOKEN (invalid_auth)",
    ]


async def test_slack_that_cannot_be_reached_is_said(settings: Settings, tmp_path: Path) -> None:
    away = read_settings(
        slack_api_url="http://127.0.0.1:9/api/",
        slack_bot_token="xoxb-local",
        slack_signing_secret="local-signing-secret",
        alliance_secretariat="U0CLAIRE",
        database_url=f"sqlite:///{tmp_path / 'none.db'}",
    )
    assert [finding.text for finding in await problems(away)][-2:] == [
        f"There is no database yet at {tmp_path / 'none.db'}",
        "Slack cannot be reached",
    ]


async def test_the_dots_of_the_guide_and_half_a_token_are_problems_and_slack_is_not_asked_with_them(
    settings: Settings,
) -> None:
    copied = read_settings(
        slack_bot_token="xoxb-…",
        slack_app_token="xapp-half",
        slack_signing_secret="...",
        alliance_secretariat="U0CLAIRE",
        database_url=settings.database_url,
    )
    assert [finding.text for finding in await problems(copied)] == [
        f"SLACK_BOT_TOKEN still has the dots of the guide in it. {WHERE['SLACK_BOT_TOKEN']}",
        f"SLACK_APP_TOKEN is too short: a part of it is missing. {WHERE['SLACK_APP_TOKEN']}",
        f"SLACK_SIGNING_SECRET still has the dots of the guide in it. {WHERE['SLACK_SIGNING_SECRET']}",
    ]


ADVICE = "Make that folder, let the bot write to it, or name another one with DATABASE_URL."


@pytest.mark.parametrize(
    ("folder", "what"),
    [("/nowhere/at/all", "does not exist"), ("/proc", "cannot be written to (No such file or directory)")],
)
async def test_a_folder_in_which_no_database_can_be_made_is_a_problem(
    settings: Settings, folder: str, what: str
) -> None:
    elsewhere = settings.model_copy(update={"database_url": f"sqlite:///{folder}/alliance.db"})
    assert await problems(elsewhere) == [Finding(False, f"The database's folder {folder} {what}", ADVICE)]
