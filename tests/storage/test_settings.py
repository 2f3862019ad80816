"""What the bot remembers of itself."""

from storage import settings
from storage.store import Store


async def test_a_setting_keeps_the_last_value_that_was_put(store: Store) -> None:
    assert await settings.get(store, "content_digest") is None
    await settings.put(store, "content_digest", "first")
    await settings.put(store, "content_digest", "second")
    assert await settings.get(store, "content_digest") == "second"
