"""`make screenshots`: the pictures of the README, taken in the demo by a browser. Needs chromium on the PATH."""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).parent / "pictures"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@contextmanager
def demo() -> Iterator[str]:
    """The demo on a free port; gives its address once the bot is connected."""
    command = [sys.executable, "-m", "bot.cli", "demo", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield next(found[0] for line in process.stdout or () if (found := re.search(r"http://\S+", line)))
        finally:
            process.terminate()


def page_of(browser: Browser, address: str, width: int = 1280, height: int = 860) -> Page:
    """The workspace's page, once the bot is connected."""
    page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=1.5)
    page.goto(address)
    page.get_by_test_id("bot-status").get_by_text("connected").wait_for()
    return page


def see_as(page: Page, user: str) -> None:
    """Look at the workspace as somebody else."""
    page.get_by_test_id("see-as").click()
    page.get_by_test_id(f"see-as-{user}").click()


def say(page: Page, channel: str, text: str, title: str) -> None:
    """Type something in a channel, wait for the answer with this title, and bring its beginning into view."""
    page.get_by_test_id(f"channel-{channel}").click()
    page.get_by_test_id("composer").fill(text)
    page.get_by_test_id("send").click()
    answer = page.get_by_test_id("message").filter(has_text=title).last
    answer.wait_for()
    answer.evaluate("message => message.scrollIntoView({block: 'start'})")


def shoot(page: Page, name: str) -> None:
    """Save what is to be seen."""
    page.screenshot(path=PICTURES / f"{name}.png")


def pictures(browser: Browser, address: str) -> None:
    """All of them, in the order of the README."""
    page = page_of(browser, address)
    see_as(page, "U0PRAKASH")
    say(page, "C0COMMUNITY", "/alliance events", "Coming events")
    shoot(page, "events")
    say(page, "C0MIGRATION", "/alliance groups", "Action groups")
    shoot(page, "groups")
    see_as(page, "U0AMINA")
    say(page, "C0COMMUNITY", "/alliance calendrier", "Calendrier")
    shoot(page, "calendar-french")
    say(page, "C0COMMUNITY", "/alliance événements afrique", "Événements\u00a0: Afrique")
    shoot(page, "events-french")
    page.get_by_test_id("app").click()
    page.get_by_test_id("home").get_by_role("heading").first.wait_for()
    shoot(page, "home-french")
    see_as(page, "U0CLAIRE")
    new_event(page)
    page.get_by_test_id("channel-C0COMMUNITY").click()
    until_posted(page, "World Day against Child Labour")
    shoot(page, "reminder")
    phone = page_of(browser, address, 390, 780)
    shoot(phone, "phone")


def new_event(page: Page) -> None:
    """An event is added by a form."""
    page.get_by_test_id("channel-C0MIGRATION").click()
    page.get_by_test_id("shortcuts-button").click()
    page.get_by_test_id("shortcut-event.new").click()
    fields = {"title": "Appel sur le recrutement équitable", "first": "14 mai 2019", "starts": "15:00", "ends": "16:30"}
    for name, words in fields.items():
        page.get_by_test_id(f"action-{name}").fill(words)
    page.get_by_test_id("action-title").scroll_into_view_if_needed()
    shoot(page, "event-form")
    page.get_by_test_id("modal-submit").click()
    page.get_by_test_id("modal").get_by_text("Dakar").first.wait_for()
    shoot(page, "event-review")
    page.get_by_test_id("modal-submit").click()
    page.get_by_test_id("modal-close").click()


def until_posted(page: Page, title: str, jumps: int = 40) -> None:
    """Jump from reminder to reminder until one with this title is posted in the channel that is open."""
    posted = page.get_by_test_id("message").filter(has_text=title)
    for _ in range(jumps):
        if posted.count():
            page.locator("#scroll").evaluate("list => list.scrollTo(0, list.scrollHeight)")
            page.get_by_test_id("toast").wait_for(state="hidden")
            return
        page.get_by_test_id("jump-next").click()
        time.sleep(2)
    raise SystemExit(f"no reminder of '{title}' after {jumps} jumps")


def main() -> None:
    """Take the pictures."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("The pictures need chromium: apt-get install chromium")
    PICTURES.mkdir(exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        pictures(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
