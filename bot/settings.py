"""What the bot is told from outside: environment variables and the file `.env` (README lists them)."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from alliance.addresses import normalised
from bot.problems import Problem
from bot.smtp import client_for
from storage.contentfiles import SHIPPED

SLACK_API: Final = "https://slack.com/api/"

WHERE: Final = {
    "SLACK_BOT_TOKEN": "It starts with xoxb-. Slack shows it on your app's page 'OAuth & Permissions'.",
    "SLACK_APP_TOKEN": "It starts with xapp-. Make it on your app's page 'Basic Information', under "
    "'App-Level Tokens', with the scope connections:write.",
    "SLACK_SIGNING_SECRET": "Slack shows it on your app's page 'Basic Information', under 'App Credentials'.",
}
"""Where somebody finds a secret that is missing."""

LEAST: Final = 30
"""Every token and secret of the real Slack has more characters."""


Some = TypeVar("Some", bound=BaseSettings)


class SettingsProblem(Problem):
    """Settings that are missing or malformed: one sentence each, for the person who runs the bot."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def _split(value: Any) -> Any:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


class Local(BaseSettings):
    """Where the bot's own things are: enough for commands that do not speak to Slack."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", env_ignore_empty=True, frozen=True)

    database_url: str = "sqlite:///alliance.db"
    alliance_content: Path = SHIPPED
    """The folder with the content files that the bot loads at its start."""
    alliance_clock_file: Path | None = None

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        try:
            backend = make_url(value).get_backend_name()
        except ArgumentError as error:
            raise ValueError("is not a database address: write sqlite:///alliance.db or postgresql://…") from error
        if backend not in ("sqlite", "postgresql", "postgres"):
            raise ValueError("must be a SQLite or PostgreSQL address: sqlite:///alliance.db or postgresql://…")
        return value

    @property
    def sqlite_file(self) -> Path | None:
        """The database file; None for PostgreSQL and a database in memory."""
        url = make_url(self.database_url)
        in_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
        return Path(str(url.database)) if in_file else None


class Settings(Local):
    """All settings. Secrets show as asterisks wherever they are printed."""

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: str = SLACK_API
    alliance_secretariat: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)] = ()
    """Slack user ids who start as secretariat."""
    port: int = Field(default=3000, ge=1, le=65535)
    alliance_host: str = "0.0.0.0"
    """The address that the HTTP server listens on."""
    alliance_health_port: int | None = Field(default=None, ge=1, le=65535)
    """Also on this port of loopback: /healthz, /readyz and /metrics. Without it, Socket Mode opens no port at all."""
    alliance_public_url: str = ""
    """Where the bot's HTTP server is reached from outside, for calendar feeds; "" for nowhere."""
    alliance_smtp_url: SecretStr | None = None
    """The mail server for newsletters: smtp://user:password@host:587; without it, e-mail is off."""
    alliance_mail_from: str = ""
    """The address that newsletters come from."""
    alliance_archive: bool = False
    """Whether newsletters to the whole community can be read by everybody below /newsletters/."""
    alliance_count_clicks: bool = False
    """Whether it is counted how often the links of newsletters are followed, by link and never by person."""
    alliance_mails_per_minute: int = Field(default=60, ge=1, le=60_000)
    """As many e-mails are handed to the mail server at most."""
    alliance_posts_per_minute: int = Field(default=240, ge=1, le=60_000)
    """Budget for posts in the whole workspace; Slack allows "several hundred messages a minute"."""

    @field_validator("slack_bot_token", "slack_app_token")
    @classmethod
    def _right_kind(cls, value: SecretStr | None, info: Any) -> SecretStr | None:
        prefix = "xoxb-" if info.field_name == "slack_bot_token" else "xapp-"
        if value is not None and not value.get_secret_value().startswith(prefix):
            raise ValueError(f"does not start with {prefix}")
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _address(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError(f"must start with https://, for example {SLACK_API}")
        return value if value.endswith("/") else f"{value}/"

    @field_validator("alliance_public_url")
    @classmethod
    def _public(cls, value: str) -> str:
        if value and not value.startswith(("https://", "http://")):
            raise ValueError("must start with https://, for example https://bot.example.org")
        return value.rstrip("/")

    @field_validator("alliance_smtp_url")
    @classmethod
    def _mail_server(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and value.get_secret_value():
            client_for(value.get_secret_value())
            return value
        return None

    @field_validator("alliance_mail_from")
    @classmethod
    def _mail_from(cls, value: str) -> str:
        if value and normalised(value) is None:
            raise ValueError("is not an e-mail address")
        return normalised(value) or ""

    @field_validator("alliance_secretariat")
    @classmethod
    def _user_ids(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for user in value:
            if not (user[:1] in ("U", "W") and user.isalnum() and user.isupper()):
                raise ValueError(f"'{user}' is not a Slack member id (like U012AB3CD), separated by commas")
        return value

    def require(self, *names: str) -> None:
        """Raises SettingsProblem if one of these secrets (as they are named in the environment) is not set."""
        if wrong := [problem for name in names if (problem := self.missing(name))]:
            raise SettingsProblem(wrong)

    @property
    def counts_clicks(self) -> bool:
        """Whether clicks on links of newsletters are counted. Raises SettingsProblem without a public address."""
        if self.alliance_count_clicks and not self.alliance_public_url:
            raise SettingsProblem(
                ["ALLIANCE_PUBLIC_URL is missing: clicks are counted where links lead by the bot's own address."]
            )
        return self.alliance_count_clicks

    @property
    def mail(self) -> bool:
        """Whether newsletters go out by e-mail. Raises SettingsProblem where a part of it is missing."""
        if self.alliance_smtp_url is None:
            return False
        wrong = []
        if not self.alliance_mail_from:
            wrong.append("ALLIANCE_MAIL_FROM is missing: the address that e-mails come from.")
        if not self.alliance_public_url:
            wrong.append("ALLIANCE_PUBLIC_URL is missing: readers of e-mails confirm and leave on the bot's own pages.")
        if wrong:
            raise SettingsProblem(wrong)
        return True

    def require_server(self, *, http: bool) -> None:
        """Raises SettingsProblem where calendar feeds have an address at which nothing would answer."""
        if self.alliance_public_url and not (http or self.alliance_health_port):
            raise SettingsProblem(
                [
                    "ALLIANCE_PUBLIC_URL is set, but nothing would answer there. Set ALLIANCE_HEALTH_PORT as well, "
                    "start the bot with --http, or take ALLIANCE_PUBLIC_URL away."
                ]
            )

    def missing(self, name: str) -> str | None:
        """What to do if this secret is not set; None if it is."""
        if secret(getattr(self, name.lower())):
            return None
        return f"{name} is not set. {WHERE[name]} Put it into the file .env or the environment."

    def doubt(self, name: str) -> str | None:
        """Why this secret cannot be right; None if nothing speaks against it, or it is not set."""
        value = secret(getattr(self, name.lower()))
        if "…" in value or "..." in value:
            return f"{name} still has the dots of the guide in it. {WHERE[name]}"
        if value and len(value) < LEAST and self.slack_api_url == SLACK_API:
            return f"{name} is too short: a part of it is missing. {WHERE[name]}"
        return None


def secret(value: SecretStr | None) -> str:
    """The secret itself, "" where there is none. Only for handing it to Slack's client."""
    return value.get_secret_value() if value else ""


def read_settings(**given: Any) -> Settings:
    """Read them from the environment and `.env`; `given` goes before both. Raises SettingsProblem."""
    return _read(Settings, given)


def read_local(**given: Any) -> Local:
    """The same for a command that does not speak to Slack: a mistake in the other settings does not concern it."""
    return _read(Local, given)


def _read(kind: type[Some], given: Mapping[str, Any]) -> Some:
    try:
        return kind(**given)
    except ValidationError as error:
        raise SettingsProblem(_sentence(dict(problem)) for problem in error.errors(include_input=False)) from None
    except UnicodeDecodeError:
        raise SettingsProblem(["The file .env is not a text file in UTF-8."]) from None


def _sentence(problem: dict[str, Any]) -> str:
    name = str(problem["loc"][0]).upper()
    what = str(problem["msg"]).removeprefix("Value error, ")
    return f"{name} {what}." if problem["type"] == "value_error" else f"{name}: {what}."
