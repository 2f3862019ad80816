"""What one may be reminded of: each event and each international day belongs to one channel from the start."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from storage import contentload
from storage.store import Store
from storage.subjects import is_known, leads_of, occurrences_of
from tests.storage import small

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)
OF_A_GROUP = small.OBSERVANCES.replace("- slug: migrants-day\n", "- slug: migrants-day\n  groups: [migration]\n")


@pytest.mark.parametrize(
    ("subject", "slugs"),
    [
        ("observances", {"world-day-against-child-labour", "migrants-day"}),
        ("events", {"abidjan-workshop", "hlpf", "migration-call"}),
        ("common", {"abidjan-workshop", "hlpf"}),
        ("group:migration", {"migration-call"}),
        ("group:nobody", set()),
    ],
)
async def test_a_group_s_events_are_its_own_and_its_days_are_the_community_s(
    store: Store, tmp_path: Path, subject: str, slugs: set[str]
) -> None:
    await contentload.load(store, small.content(tmp_path, observances=OF_A_GROUP), date(2019, 4, 3))
    rows = await occurrences_of(store, subject, NOW, NOW + timedelta(days=32), 100)
    assert {row.slug for row in rows} == slugs


@pytest.mark.parametrize(
    ("subject", "known"),
    [("observances", True), ("common", True), ("group:migration", True), ("migration", False), ("group:x", False)],
)
def test_one_may_be_reminded_of_what_there_is(subject: str, known: bool) -> None:
    assert is_known(subject, {"migration"}) is known


def test_lead_times_that_cannot_be_read_leave_the_defaults() -> None:
    assert leads_of({"meeting": "soon", "workshop": ""}) == {"workshop": ()}
