"""The undated content in memory."""

from datetime import date
from pathlib import Path

import pytest

from storage import contentload
from storage.library import Library, NoContent
from storage.store import Store
from tests.storage.small import GROUPS, content

TODAY = date(2019, 4, 3)


async def test_the_library_has_everything_undated_in_the_order_of_the_files(store: Store, tmp_path: Path) -> None:
    read = content(tmp_path)
    await contentload.load(store, read, TODAY)
    library = await Library.load(store)
    assert library.community == read.community[0]
    assert list(library.regions.values()) == list(read.regions)
    assert list(library.themes.values()) == list(read.themes)
    assert list(library.groups.values()) == list(read.groups)
    assert library.countries == {"nepal": read.countries[0], "cote-d-ivoire": read.countries[1]}
    assert library.digest == read.digest


async def test_names_are_found_in_every_language_and_by_alias(store: Store, tmp_path: Path) -> None:
    await contentload.load(store, content(tmp_path), TODAY)
    library = await Library.load(store)
    words = ("NEPAL", "cote d'ivoire", "ivory coast", "costa de marfil", "côte d’ivoir", "atlantis")
    assert [library.names("country").find(name) for name in words] == [
        "nepal", "cote-d-ivoire", "cote-d-ivoire", "cote-d-ivoire", "cote-d-ivoire", None
    ]  # fmt: skip


async def test_a_running_bot_takes_over_content_that_was_loaded_since(store: Store, tmp_path: Path) -> None:
    await contentload.load(store, content(tmp_path / "before"), TODAY)
    library = await Library.load(store)
    assert await library.refresh(store) is False
    await contentload.load(store, content(tmp_path / "after", groups=GROUPS.replace("active", "starting")), TODAY)
    assert await library.refresh(store) is True
    assert library.groups["migration"].status == "starting"
    assert await library.refresh(store) is False


async def test_an_empty_database_says_how_to_load_the_content(store: Store) -> None:
    with pytest.raises(NoContent, match="alliance-bot content load"):
        await Library.load(store)
