"""What `alliance-bot doctor` finds in a workspace."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.checks import Finding, check_all
from bot.settings import Settings, read_settings
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
        Finding(True, "The database is at revision 0001"),
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
