"""What `pip install .` packs."""

import shutil
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

PROJECT = Path(__file__).parents[1]


def test_an_environment_made_inside_a_package_is_not_packed(tmp_path: Path) -> None:
    """As `python3 -m venv alliance` in the project's folder makes it."""
    for name in ("pyproject.toml", "README.md", "manifest.yml"):
        shutil.copy(PROJECT / name, tmp_path / name)
    stray = ("pyvenv.cfg", "bin/activate", "lib/python3.11/site-packages/other.py", "lib64/other.py", "include/x.h")
    for file in ("__init__.py", *stray):
        path = tmp_path / "alliance" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", encoding="utf-8")
    packed = [file.relative_path for file in WheelBuilder(str(tmp_path)).recurse_included_files()]
    assert [name for name in packed if name.startswith("alliance")] == ["alliance/__init__.py"]


def test_what_the_bot_reads_is_packed() -> None:
    packed = {file.distribution_path for file in WheelBuilder(str(PROJECT)).recurse_included_files()}
    assert packed >= {
        "bot/cli.py",
        "handlers/locales/fr.po",
        "storage/content/events.yml",
        "storage/migrations/env.py",
        "workspace/page/js/main.js",
    }
