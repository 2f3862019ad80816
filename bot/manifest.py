"""The Slack app's manifest, at the root of the repository or, installed from a wheel, inside this package."""

from pathlib import Path
from typing import Any

import yaml


def manifest_file() -> Path:
    """Where manifest.yml is. Raises FileNotFoundError where the installation is incomplete."""
    here = Path(__file__).parent
    for file in (here / "manifest.yml", here.parent / "manifest.yml"):
        if file.is_file():
            return file
    raise FileNotFoundError("manifest.yml is missing: install alliance-bot again")


def manifest() -> dict[str, Any]:
    """What it says."""
    read = yaml.safe_load(manifest_file().read_text(encoding="utf-8"))
    if not isinstance(read, dict):
        raise ValueError("manifest.yml does not hold a manifest")
    return read


def bot_scopes() -> frozenset[str]:
    """The scopes that the bot's token needs."""
    return frozenset(manifest()["oauth_config"]["scopes"]["bot"])
