"""Channels: how their reminders are written, and what they and members are reminded of."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from storage import channels, members
from storage.store import Store
from storage.values import ChannelSettings, Subscriber

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)
GENERAL = ChannelSettings("C1", "general", "en", "Europe/Zurich")
MIGRATION = ChannelSettings("C2", "ag-migration", "fr", "Africa/Tunis", {"meeting": "1d, 1h"}, group="migration")


async def test_a_channel_is_kept_as_it_was_saved(store: Store) -> None:
    assert await channels.get(store, "C1") is None
    for channel in (GENERAL, MIGRATION):
        await channels.save(store, channel)
    assert [await channels.get(store, "C1"), await channels.get(store, "C2")] == [GENERAL, MIGRATION]
    renamed = replace(GENERAL, name="announcements", language="es")
    await channels.save(store, renamed)
    assert await channels.get(store, "C1") == renamed


async def test_a_channel_that_the_bot_left_keeps_its_settings_but_gets_nothing(store: Store) -> None:
    for channel in (GENERAL, MIGRATION):
        await channels.save(store, channel)
    await channels.subscribe(store, "C1", "observances", NOW)
    await channels.mark_absent(store, "C1")
    assert await channels.all_present(store) == (MIGRATION,)
    assert await channels.get(store, "C1") == replace(GENERAL, present=False)
    assert await channels.subscribers(store) == []
    await channels.save(store, GENERAL)
    assert await channels.subscribers(store) == [
        Subscriber("C1", "observances", NOW, "en", "Europe/Zurich", {})
    ]  # fmt: skip


async def test_a_subscription_is_made_once_and_keeps_its_first_moment(store: Store) -> None:
    await channels.save(store, GENERAL)
    assert await channels.subscribe(store, "C1", "events", NOW)
    assert not await channels.subscribe(store, "C1", "events", NOW + timedelta(days=1))
    assert await channels.subscribe(store, "C1", "group:migration", NOW)
    assert await channels.subjects_of(store, "C1") == ("events", "group:migration")
    assert [row.since for row in await channels.subscribers(store)] == [NOW, NOW]
    assert await channels.unsubscribe(store, "C1", "events")
    assert not await channels.unsubscribe(store, "C1", "events")
    assert await channels.subjects_of(store, "C1") == ("group:migration",)


async def test_channels_and_members_are_reminded_in_their_language_and_zone(store: Store) -> None:
    await channels.save(store, MIGRATION)
    await members.save_slack_facts(store, "U1", "es-LA", "America/Santiago", NOW)
    await members.save_slack_facts(store, "U2", "de-DE", None, NOW)
    await members.choose_language(store, "U2", "fr")
    for target in ("C2", "C-unknown", "U1", "U2", "U-unknown"):
        await channels.subscribe(store, target, "group:migration", NOW)
    assert await channels.subscribers(store) == [
        Subscriber("C2", "group:migration", NOW, "fr", "Africa/Tunis", {"meeting": "1d, 1h"}),
        Subscriber("U1", "group:migration", NOW, "es", "America/Santiago", {}),
        Subscriber("U2", "group:migration", NOW, "fr", "UTC", {}),
    ]
