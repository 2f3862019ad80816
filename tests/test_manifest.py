"""The Slack app's manifest: valid for Slack, and explained to the secretariat."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).parent.parent


@pytest.fixture
def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    return loaded


def test_slack_accepts_the_manifest(manifest: dict[str, Any]) -> None:
    schema = json.loads((ROOT / "tests/reference/slack-manifest-2.0.0.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(manifest, schema)


def test_every_scope_has_its_reason_in_the_docs(manifest: dict[str, Any]) -> None:
    page = (ROOT / "docs/slack-app.md").read_text(encoding="utf-8")
    explained = re.findall(r"^\| `([a-z:.]+)` \|", page, re.MULTILINE)
    assert sorted(explained) == manifest["oauth_config"]["scopes"]["bot"]
