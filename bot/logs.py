"""Logs: structured, on standard error. Never the text of a message, a token or an address of somebody."""

import logging
import re
import sys
import traceback
from typing import Final

import structlog
from sqlalchemy.exc import DBAPIError
from structlog.typing import EventDict, Processor, WrappedLogger

SECRET: Final = re.compile(r"\bx(?:ox[a-z]|app)-[\w-]+|(?<=ticket=)[\w-]+|(?<=/feeds/)[\w-]+|[\w.+-]+@[\w-]+\.[\w.-]+")
"""Slack tokens, the tickets of Socket Mode addresses, the tokens of calendar feeds, e-mail addresses."""

QUIET: Final = {"slack_sdk": logging.WARNING, "slack_bolt": logging.ERROR, "aiohttp.access": logging.WARNING,
                "apscheduler": logging.ERROR, "alembic": logging.WARNING, "aiosqlite": logging.WARNING,
                "asyncio": logging.WARNING, "sqlalchemy": logging.WARNING}  # fmt: skip
"""Libraries whose ordinary remarks say nothing to who runs the bot."""


def redact(text: str) -> str:
    """The text with everything that looks like a token or an address replaced."""
    return SECRET.sub("[hidden]", text)


def hide_secrets(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """A processor that redacts every value, also exceptions that are already formatted."""
    return {key: redact(value) if isinstance(value, str) else _inside(value) for key, value in event.items()}


def _inside(value: object) -> object:
    """Numbers stay numbers; anything else is logged as its redacted text."""
    return value if value is None or isinstance(value, bool | int | float) else redact(str(value))


def describe_exception(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """A processor that writes an exception as its lines of code and its type.

    Its message only where a driver or the system wrote it ("database is locked", "No space left on device"): any other
    may hold what people typed, and SQLAlchemy's holds the values of the statement.
    """
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    elif isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["exception"] = "\nfrom ".join(_described(error))
    return event


def _described(error: BaseException) -> list[str]:
    """The exception and what it came from."""
    said = error.orig if isinstance(error, DBAPIError) else error if isinstance(error, OSError) else None
    name = type(error).__name__ + (f": {said}" if said is not None else "")
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return [f"{name}\n{''.join(traceback.format_tb(error.__traceback__))}", *(_described(before) if before else [])]


def start(*, console: bool | None = None, level: int = logging.INFO) -> None:
    """Send structlog's and the standard library's logs to standard error: readable on a terminal, else JSON lines."""
    readable = sys.stderr.isatty() if console is None else console
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        describe_exception,
        hide_secrets,
    ]
    renderer: Processor = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if readable
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name, quiet in QUIET.items():
        logging.getLogger(name).setLevel(max(level, quiet))
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
