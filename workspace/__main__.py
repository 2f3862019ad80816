"""`python -m workspace --manifest manifest.yml --port 8787`: the workspace alone, for an app started elsewhere."""

import argparse
import asyncio
import logging
from pathlib import Path

import yaml

from workspace.clock import Clock
from workspace.server import Options, Workspace


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m workspace", description="A local Slack-compatible workspace.")
    parser.add_argument("--manifest", type=Path, default=Path("manifest.yml"), help="the app's manifest (YAML or JSON)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8787, help="port to listen on; 0 for any free one")
    parser.add_argument("--request-url", help="HTTP mode: where the app listens (without: Socket Mode)")
    parser.add_argument("--signing-secret", default="local-signing-secret", help="signs the requests of HTTP mode")
    parser.add_argument("--clock-file", type=Path, help="keeps the workspace's clock, for the app to read")
    parser.add_argument("--no-rate-limits", action="store_true", help="take any number of calls")
    return parser.parse_args()


async def run(given: argparse.Namespace) -> None:
    """Start, say how to connect, and go on until stopped."""
    options = Options(
        manifest=yaml.safe_load(given.manifest.read_text(encoding="utf-8")),
        clock=Clock(clock_file=given.clock_file),
        request_url=given.request_url,
        signing_secret=given.signing_secret,
        rate_limits=not given.no_rate_limits,
    )
    workspace = Workspace(options)
    await workspace.start(given.host, given.port)
    print(f"Workspace: {workspace.url}")  # noqa: T201 - this is the command's answer
    print(f"For the app: SLACK_API_URL={workspace.api_url} with tokens {options.bot_token} and {options.app_token}")  # noqa: T201 - as above
    try:
        await asyncio.Event().wait()
    finally:
        await workspace.close()


def main() -> None:
    """Entry point."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    try:
        asyncio.run(run(arguments()))
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
