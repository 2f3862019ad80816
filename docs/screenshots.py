"""`make screenshots`: the pictures of the README, taken in the demo by a browser. Needs chromium on the PATH."""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from alliance.edition import Edition, Section
from handlers.mailpage import Links, html
from handlers.tongue import Tongue

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
    with Image.open(BytesIO(page.screenshot())) as taken:
        few_colours = taken.convert("RGB").quantize(128, Image.Quantize.MAXCOVERAGE)
        few_colours.save(PICTURES / f"{name}.png", optimize=True)


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
    of_leads(page)
    page.get_by_test_id("channel-C0COMMUNITY").click()
    until_posted(page, "In 30 days: World Day against Child Labour")
    shoot(page, "reminder")
    phone = page_of(browser, address, 390, 780)
    shoot(phone, "phone")


def of_leads(page: Page) -> None:
    """What leads and the secretariat do: docs/for-group-leads.md and docs/for-members.md."""
    page.set_viewport_size({"width": 1280, "height": 1000})
    in_english(page)
    say(page, "C0MIGRATION", "/alliance events add Group call, 14 May 2019 15:00 Geneva, 1h", "Is this right?")
    shoot(page, "one-line")
    say(page, "C0MIGRATION", "/alliance find a time migration 1h next week", "Times for")
    shoot(page, "fair-times")
    for organisation in ("ILO", "UNICEF"):
        activity(page, organisation)
    say(page, "C0COMMUNITY", "/alliance calendar june 2019", "Calendar: June 2019")
    shoot(page, "calendar-month")
    page.get_by_test_id("message").last.get_by_role("button", name="As a picture").click()
    page.get_by_text("on its way to your direct messages").first.wait_for()
    toolkit(page)
    say(page, "C0COMMUNITY", "/alliance import", "Import events")
    importing(page)
    say(page, "C0COMMUNITY", "/alliance roles", "Roles")
    shoot(page, "roles")
    say(page, "C0COMMUNITY", "/alliance feed", "calendar")
    shoot(page, "feed")
    newsletter(page)
    page.get_by_test_id("channel-D0CLAIRE").click()
    picture = page.get_by_role("link", name="calendar-2019-06.png")
    picture.wait_for()
    drawn = page.request.get(urljoin(page.url, picture.get_attribute("href") or ""))
    (PICTURES / "month.png").write_bytes(drawn.body())
    page.get_by_test_id("channel-C0COMMUNITY").click()
    announcement = page.get_by_test_id("message").filter(has_text="recrutement équitable").last
    announcement.get_by_role("button").first.click()
    announcement.scroll_into_view_if_needed()
    shoot(page, "announcement")


def in_english(page: Page) -> None:
    """Claire reads French until she chooses otherwise."""
    say(page, "C0COMMUNITY", "/alliance settings", "Langue")
    page.get_by_test_id("message").last.get_by_role("button", name="Modifier mes réglages…").click()
    page.get_by_test_id("action-language").select_option("English")
    page.get_by_test_id("modal-submit").click()
    page.get_by_test_id("modal").get_by_text("My language").wait_for()
    page.get_by_test_id("modal-close").click()


def activity(page: Page, organisation: str) -> None:
    """Somebody plans a post for World Day."""
    say(page, "C0COMMUNITY", "/alliance activities june 2019", "Communications activities")
    page.get_by_test_id("message").last.get_by_role("button", name="Plan an activity…").click()
    form = page.get_by_test_id("modal")
    form.get_by_label("What is it?").fill("A film on children in agriculture")
    form.get_by_test_id("action-observance").select_option("12 June 2019: World Day against Child Labour")
    form.get_by_test_id("action-due").fill("2019-06-12")
    form.get_by_test_id("action-organisation").fill(organisation)
    page.get_by_test_id("modal-submit").click()
    form.get_by_text("Saved.").wait_for()
    shoot(page, "activities")
    page.get_by_test_id("modal-close").click()


def toolkit(page: Page) -> None:
    """The secretariat writes the toolkit of World Day."""
    say(page, "C0COMMUNITY", "/alliance toolkit world day against child labour", "World Day")
    page.get_by_test_id("message").last.get_by_role("button", name="Write in English…").click()
    form = page.get_by_test_id("modal")
    form.get_by_label("Key messages").fill("Children shouldn’t work in fields, but on dreams.")
    form.get_by_label("Links").fill("https://www.ilo.org/wdacl")
    page.get_by_test_id("modal-submit").click()
    form.get_by_text("Version 1").wait_for()
    shoot(page, "toolkit")
    page.get_by_test_id("modal-close").click()


NEWS = {
    "English": (
        "April news",
        "Fair recruitment",
        "It met on **9 April**, and agreed on:\n\n- a survey\n- [a guide](https://ilo.org)",
    ),
    "Français": ("Nouvelles d’avril", "Recrutement équitable", "Le groupe s’est réuni le **9 avril**."),
}


def newsletter(page: Page) -> None:
    """A newsletter in two languages, as its writer sees it, and as an e-mail."""
    say(page, "C0COMMUNITY", "/alliance newsletter", "Newsletters")
    page.get_by_test_id("message").last.get_by_role("button", name="New newsletter…").click()
    form = page.get_by_test_id("modal")
    for language, (title, _heading, _text) in NEWS.items():
        form.get_by_label(f"Title: {language}").fill(title)
    form.get_by_test_id("action-members").select_option("Everybody in the workspace")
    page.get_by_test_id("modal-submit").click()
    form.get_by_role("button", name="Add a section…").click()
    for language, (_title, heading, text) in NEWS.items():
        form.get_by_label(f"Heading: {language}").last.fill(heading)
        form.get_by_label(f"Text: {language}").last.fill(text)
    page.get_by_test_id("modal-submit").click()
    form.get_by_text("Before it can be approved").wait_for()
    shoot(page, "newsletter")
    form.get_by_role("button", name="Preview: English").click()
    page.get_by_text("This is how it looks in Slack.").first.wait_for()
    shoot(page, "newsletter-preview")
    page.get_by_test_id("modal-close").last.click()
    as_mail(page)


def as_mail(page: Page) -> None:
    """The same as an e-mail, 600 pixels wide."""
    title, heading, text = NEWS["English"]
    edition = Edition("en", title, (Section(heading, text),))
    browser = page.context.browser
    assert browser is not None
    letter = browser.new_page(viewport={"width": 640, "height": 520})
    letter.set_content(html(edition, Links("https://bot.example.org/newsletters/leave/x"), Tongue("en")))
    shoot(letter, "newsletter-mail")
    letter.close()


def importing(page: Page) -> None:
    """What would become of a table with a mistake in it."""
    page.get_by_test_id("message").last.get_by_role("button", name="Choose a file…").click()
    form = page.get_by_test_id("modal")
    form.get_by_label("Or paste its text").fill(
        "title,date,start,end,zone\nTraining in Dakar,2019-05-20,15:00,16:30,Africa/Dakar\nMission,2019-02-30"
    )
    page.get_by_test_id("modal-submit").click()
    form.get_by_text("would be added").wait_for()
    shoot(page, "import")
    page.get_by_test_id("modal-close").click()


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
