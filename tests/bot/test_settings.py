"""What somebody reads whose settings are missing or malformed."""

from pathlib import Path

import pytest

from bot.settings import SLACK_API, SettingsProblem, read_settings, secret


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without `.env`, and no settings in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL", "DATABASE_URL", "PORT"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def problems() -> tuple[str, ...]:
    with pytest.raises(SettingsProblem) as caught:
        read_settings()
    return caught.value.problems


def test_without_any_settings_the_defaults_hold() -> None:
    settings = read_settings()
    assert (settings.slack_api_url, settings.database_url, settings.port) == (SLACK_API, "sqlite:///alliance.db", 3000)
    assert settings.sqlite_file == Path("alliance.db")


def test_clicks_are_counted_only_where_the_bot_has_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLIANCE_COUNT_CLICKS", "true")
    with pytest.raises(SettingsProblem) as caught:
        _ = read_settings().counts_clicks
    assert caught.value.problems == (
        "ALLIANCE_PUBLIC_URL is missing: clicks are counted where links lead by the bot's own address.",
    )
    monkeypatch.setenv("ALLIANCE_PUBLIC_URL", "https://bot.example.org/")
    assert read_settings().counts_clicks


def test_settings_stand_in_the_file_env_and_the_environment_goes_before_it(
    empty_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (empty_folder / ".env").write_text(
        "SLACK_BOT_TOKEN=xoxb-local\nPORT=8080\nALLIANCE_SECRETARIAT=U0CLAIRE, U0LAN\nSOMETHING_ELSE=1\n"
    )
    monkeypatch.setenv("PORT", "8181")
    settings = read_settings()
    assert secret(settings.slack_bot_token) == "xoxb-local"
    assert (settings.port, settings.alliance_secretariat) == (8181, ("U0CLAIRE", "U0LAN"))
    assert "xoxb-local" not in repr(settings)


def test_every_missing_secret_is_named_with_where_to_find_it() -> None:
    with pytest.raises(SettingsProblem) as caught:
        read_settings().require("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET")
    assert caught.value.problems == (
        "SLACK_BOT_TOKEN is not set. It starts with xoxb-. Slack shows it on your app's page 'OAuth & Permissions'. "
        "Put it into the file .env or the environment.",
        "SLACK_SIGNING_SECRET is not set. Slack shows it on your app's page 'Basic Information', under "
        "'App Credentials'. Put it into the file .env or the environment.",
    )


def test_everything_that_is_malformed_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "SLACK_BOT_TOKEN": "xapp-local",
        "SLACK_APP_TOKEN": "xoxb-local",
        "SLACK_API_URL": "slack.com",
        "DATABASE_URL": "mysql://somewhere/db",
        "ALLIANCE_SECRETARIAT": "claire",
        "PORT": "99999",
    }.items():
        monkeypatch.setenv(name, value)
    assert problems() == (
        "DATABASE_URL must be a SQLite or PostgreSQL address: sqlite:///alliance.db or postgresql://….",
        "SLACK_BOT_TOKEN does not start with xoxb-.",
        "SLACK_APP_TOKEN does not start with xapp-.",
        f"SLACK_API_URL must start with https://, for example {SLACK_API}.",
        "ALLIANCE_SECRETARIAT 'claire' is not a Slack member id (like U012AB3CD), separated by commas.",
        "PORT: Input should be less than or equal to 65535.",
    )


def test_a_file_env_that_is_no_text_is_said(empty_folder: Path) -> None:
    (empty_folder / ".env").write_bytes(b"PORT=\xff\xfe")
    assert problems() == ("The file .env is not a text file in UTF-8.",)


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("sqlite:////var/lib/alliance.db", Path("/var/lib/alliance.db")),
        ("sqlite://", None),
        ("postgresql://somewhere/alliance", None),
    ],
)
def test_only_a_sqlite_file_is_locked(address: str, file: Path | None) -> None:
    assert read_settings(database_url=address).sqlite_file == file


def test_an_address_for_feeds_at_which_nothing_would_answer_is_said() -> None:
    settings = read_settings(alliance_public_url="https://bot.example.org/")
    assert settings.alliance_public_url == "https://bot.example.org"
    settings.require_server(http=True)
    with pytest.raises(SettingsProblem) as caught:
        settings.require_server(http=False)
    assert caught.value.problems == (
        "ALLIANCE_PUBLIC_URL is set, but nothing would answer there. Set ALLIANCE_HEALTH_PORT as well, start the bot "
        "with --http, or take ALLIANCE_PUBLIC_URL away.",
    )
    with pytest.raises(SettingsProblem, match="ALLIANCE_PUBLIC_URL must start with https://"):
        read_settings(alliance_public_url="bot.example.org")
