"""In a browser: type to the bot, and wait for its answer."""

from typing import Final

from playwright.async_api import Locator, Page, expect

PATIENCE: Final = 30_000
"""Milliseconds, as long as the patient workspace waits for an answer."""


async def ask(page: Page, text: str) -> Locator:
    """Type it in the channel that is open; the answer, once it is there: how fast a busy machine is, is not tried."""
    messages = page.get_by_test_id("message-content")
    before = await messages.count()
    await page.get_by_test_id("composer").fill(text)
    await page.get_by_test_id("composer").press("Enter")
    await expect(messages).to_have_count(before + 1, timeout=PATIENCE)
    return messages.last
