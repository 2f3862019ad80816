"""The page in a real browser: what people see, type, click and hear in the local workspace."""

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError

from tests.workspace.gallery import WORDS, show
from tests.workspace.helpers import Connect, Json, Start, Visit, app_of, client_of
from workspace.server import Workspace

REMINDER = datetime(2019, 6, 12, 7, 0, tzinfo=UTC)


@pytest.fixture
def chosen() -> list[Json]:
    """What the app was told that people chose."""
    return []


@pytest.fixture
def submitted() -> list[Json]:
    """What the app got from submitted forms."""
    return []


@pytest.fixture
async def gallery(
    workspace: Workspace, app: AsyncApp, connect: Connect, chosen: list[Json], submitted: list[Json]
) -> Workspace:
    """A workspace whose app shows every kind of block."""
    show(app, chosen, submitted)
    await connect(workspace, app)
    return workspace


async def say(page: Page, text: str) -> None:
    composer = page.get_by_test_id("composer")
    await composer.fill(text)
    await composer.press("Enter")


def contents(page: Page) -> Locator:
    return page.get_by_test_id("message-content")


async def test_an_answer_is_seen_by_who_asked_only_and_is_paged_by_keyboard(gallery: Workspace, visit: Visit) -> None:
    amina, prakash = await visit(gallery), await visit(gallery, "U0PRAKASH")
    await say(amina, "/alliance events")
    await expect(amina.get_by_test_id("ephemeral")).to_have_text("Visible par vous uniquement")
    await expect(contents(amina)).to_contain_text("Page 1")
    await amina.get_by_test_id("action-next").press("Enter")
    await expect(contents(amina)).to_contain_text("Page 2")
    await expect(amina.get_by_test_id("action-next")).to_be_focused()
    await amina.keyboard.press("Enter")
    await expect(contents(amina)).to_contain_text("Page 3")
    await expect(prakash.get_by_test_id("message")).to_have_count(0)


async def test_commands_and_their_words_are_completed_by_keyboard(gallery: Workspace, visit: Visit) -> None:
    page = await visit(gallery)
    composer = page.get_by_test_id("composer")
    await composer.press_sequentially("/al")
    await composer.press("Enter")
    await expect(composer).to_have_value("/alliance ")
    await composer.press_sequentially("c")
    await expect(page.get_by_test_id("completion-option")).to_have_text(
        ["/alliancecalendar", "/alliancecountries", "/alliancecountry"]
    )
    await composer.press("ArrowDown")
    await composer.press("ArrowDown")
    await composer.press("Enter")
    await expect(composer).to_have_value("/alliance countries ")
    await composer.press("Enter")
    await expect(contents(page)).to_contain_text("Page 1")
    await expect(composer).to_have_value("")
    await composer.press("ArrowUp")
    await expect(composer).to_have_value("/alliance countries")


async def test_what_people_write_stays_text(workspace: Workspace, visit: Visit) -> None:
    page = await visit(workspace)
    written = '<img src=x onerror="alert(1)"> &lt; <https://example.org|here> <!channel> שלום 🎉'
    await say(page, written)
    await expect(contents(page)).to_have_text(written)
    assert await contents(page).locator("img").count() == 0
    await expect(contents(page).get_by_role("link")).to_have_text("https://example.org")


async def test_blocks_are_read_in_the_readers_language_and_zone(workspace: Workspace, visit: Visit) -> None:
    await client_of(workspace).chat_postMessage(channel="C0COMMUNITY", text="Next observance", blocks=WORDS)
    for who, date, time, moment in (
        ("U0AMINA", "12 juin 2019", "10:00", "mercredi 12 juin 2019, 10:00"),
        ("U0JAMES", "Jun 12, 2019", "3:00 AM", "Wednesday, June 12th, 2019, 3:00 AM"),
        ("U0MARIA", "12 jun 2019", "3:00 a.m.", "miércoles, 12 de junio de 2019, 3:00 a.m."),
        ("U0PRAKASH", "Jun 12, 2019", "12:45 PM", "Wednesday, June 12th, 2019, 12:45 PM"),
    ):
        page = await visit(workspace, who, "C0COMMUNITY")
        shown = " ".join((await contents(page).inner_text()).split())
        assert shown == (
            "Next observance Bold italic gone code 2*3*4 snake_case_word a & b @Amina Wanjiru #ag-migration quoted "
            f"text <script> {date} {time} 12 June Bold *stars* <b>tags</b> & a link for @Lan Nguyen, {moment} first "
            "second quoted /alliance events From the report"
        )
    names = ["strong", "em", "s", "blockquote", "pre", "li", "hr", "h3", "code", "a"]
    counts = {name: await contents(page).locator(name).count() for name in names}
    assert counts == {"strong": 3, "em": 1, "s": 1, "blockquote": 2, "pre": 1, "li": 2, "hr": 1, "h3": 1, "code": 1,
                      "a": 2}  # fmt: skip


async def test_every_choice_reaches_the_app(gallery: Workspace, visit: Visit, chosen: list[Json]) -> None:
    page = await visit(gallery)
    await say(page, "/alliance menus")
    await page.get_by_test_id("action-region").select_option("americas")
    await page.get_by_test_id("action-dots").click()
    await page.get_by_role("button", name="hide").click()
    await page.get_by_test_id("action-delete").click()
    await page.get_by_test_id("confirm-deny").click()
    await page.get_by_test_id("action-delete").click()
    await page.get_by_test_id("confirm-confirm").click()
    await page.get_by_test_id("action-day").fill("2019-06-12")
    await page.get_by_test_id("action-who").select_option("Lan Nguyen")
    await page.get_by_test_id("action-themes").click()
    await page.get_by_label("trade").check()
    await page.get_by_label("youth").check()
    await page.keyboard.press("Escape")
    await page.get_by_label("7 days").check()
    await page.get_by_role("radio", name="Français").check()
    await gallery.until(lambda: len(chosen) == 8)

    def value(action: Json) -> Any:
        found: Any = next((entry for name, entry in action.items() if name.startswith("selected_")), None)
        if isinstance(found, list):
            return [option["value"] for option in found]
        return found["value"] if isinstance(found, dict) else found

    assert {action["action_id"]: value(action) for action in chosen} == {
        "region": "americas", "dots": "hide", "delete": None, "day": "2019-06-12", "who": "U0LAN",
        "themes": ["trade", "youth"], "leads": ["7 days"], "tongue": "Français",
    }  # fmt: skip


async def test_a_form_is_checked_kept_and_submitted(gallery: Workspace, visit: Visit, submitted: list[Json]) -> None:
    page = await visit(gallery, "U0MARIA", "C0COMMUNITY")
    await say(page, "/alliance form")
    title = page.get_by_label("Title")
    await expect(title).to_be_focused()
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("error-title")).to_have_text("Complete este campo obligatorio.")
    await expect(title).to_be_focused()
    await title.fill("taken")
    await page.get_by_label("Language").select_option("Français")
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("error-title")).to_have_text("This title is taken.")
    await page.get_by_test_id("action-push").click()
    await expect(page.get_by_test_id("modal").get_by_role("heading")).to_have_text("More")
    await page.keyboard.press("Escape")
    await expect(title).to_have_value("taken")
    await title.fill("Workshop in Tirana")
    await title.press("Enter")
    await expect(page.get_by_test_id("modal")).to_be_hidden()
    assert [{block: value["line"] for block, value in values.items()} for values in submitted] == [
        {
            "title": {"type": "plain_text_input", "value": "Workshop in Tirana"},
            "language": {"type": "static_select", "selected_option": {
                "text": {"type": "plain_text", "text": "Français"}, "value": "Français"}},
            "note": {"type": "plain_text_input", "value": None},
        }
    ]  # fmt: skip


async def test_slackbot_says_what_went_wrong(start: Start, connect: Connect, visit: Visit) -> None:
    workspace = await start(ack_seconds=0.2)
    page = await visit(workspace)
    await expect(page.get_by_test_id("bot-status")).to_have_text("Bot not connected")
    await say(page, "/alliance events")
    await expect(contents(page)).to_have_text(['/alliance failed with the error "dispatch_failed"'])
    app = app_of(workspace)
    show(app, [], [])
    await connect(workspace, app)
    await expect(page.get_by_test_id("bot-status")).to_have_text("Bot connected")
    await say(page, "/alliance nothing")
    await expect(contents(page)).to_have_count(2)
    await say(page, "/allianze")
    await expect(contents(page)).to_have_text([
        '/alliance failed with the error "dispatch_failed"',
        '/alliance failed with the error "operation_timeout"',
        "/allianze is not a valid command.",
    ])  # fmt: skip


async def test_what_the_bot_posts_appears_by_itself(workspace: Workspace, visit: Visit) -> None:
    page = await visit(workspace)
    client = client_of(workspace)
    await client.chat_postMessage(channel="C0COMMUNITY", text="Elsewhere")
    await expect(page.get_by_test_id("channel-C0COMMUNITY").get_by_test_id("unread")).to_contain_text("1")
    posted = await client.chat_postMessage(channel="C0MIGRATION", text="Meeting *tomorrow*")
    await expect(contents(page)).to_have_text("Meeting tomorrow")
    await expect(page.locator("#announcer")).to_contain_text("Alliance: Meeting *tomorrow*")
    await client.chat_update(channel="C0MIGRATION", ts=posted["ts"], text="Meeting moved")
    await expect(contents(page)).to_have_text("Meeting moved")
    await expect(page.get_by_test_id("edited")).to_have_text("(modifié)")
    await page.get_by_test_id("channel-C0COMMUNITY").click()
    await expect(contents(page)).to_have_text("Elsewhere")
    await expect(page.get_by_test_id("unread")).to_have_count(0)


async def test_the_clock_moves_to_the_next_reminder_and_to_any_moment(start: Start, visit: Visit) -> None:
    async def next_reminder() -> datetime | None:
        return REMINDER if workspace.clock.now() < REMINDER else None

    workspace = await start(next_reminder=next_reminder)
    page = await visit(workspace)
    clock = page.get_by_test_id("clock-now")
    await expect(clock).to_have_text("Wednesday, 3 April 2019, 15:00in Nairobi")
    await page.get_by_test_id("jump-next").click()
    await expect(clock).to_have_text("Wednesday, 12 June 2019, 10:00in Nairobi")
    await page.get_by_test_id("jump-next").click()
    await expect(page.get_by_test_id("toast")).to_have_text("No reminder is planned. The clock stays.")
    await page.get_by_test_id("clock-open").click()
    await page.get_by_test_id("clock-to").fill("2019-12-31T23:30")
    await page.get_by_test_id("clock-go").click()
    await expect(clock).to_have_text("Tuesday, 31 December 2019, 23:30in Nairobi")
    assert workspace.clock.now().replace(second=0, microsecond=0) == datetime(2019, 12, 31, 20, 30, tzinfo=UTC)
    await page.get_by_test_id("clock-today").click()
    await expect(page.get_by_test_id("clock-today")).to_have_attribute("aria-pressed", "true")
    assert workspace.clock.offset_seconds == 0


async def test_one_sees_the_workspace_as_someone_else_and_as_a_newcomer(gallery: Workspace, visit: Visit) -> None:
    page = await visit(gallery, where="C0COMMUNITY")
    await expect(page.get_by_test_id("see-as-where")).to_have_text("Nairobi · 15:00 · Français")
    await page.get_by_test_id("see-as").press("Enter")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("see-as-name")).to_have_text("Prakash Shrestha")
    await expect(page.get_by_test_id("composer")).to_have_attribute("placeholder", "Message #community")
    await page.get_by_test_id("see-as").click()
    await page.get_by_test_id("new-member").click()
    await page.get_by_label("Full name").fill("Hanta Rabe")
    await page.get_by_label("Language of their Slack").select_option("Français")
    await page.get_by_test_id("new-member-add").click()
    await expect(page.get_by_test_id("see-as-where")).to_have_text("Antananarivo · 15:00 · Français")
    await page.locator('[data-testid^="channel-D"]').click()
    await expect(contents(page)).to_have_text("Welcome to the community")


async def test_a_channel_is_joined_before_one_writes(workspace: Workspace, visit: Visit) -> None:
    page = await visit(workspace, "U0LAN", "C0RULEOFLAW")
    await page.get_by_test_id("join").click()
    await expect(page.get_by_test_id("composer")).to_be_focused()
    await expect(contents(page)).to_have_text("@Lan Nguyen has joined the channel")


async def test_the_app_has_a_home_and_messages(gallery: Workspace, visit: Visit) -> None:
    page = await visit(gallery)
    await page.get_by_test_id("app").click()
    await expect(page.get_by_test_id("home")).to_contain_text("Your Alliance")
    await page.get_by_test_id("app-messages").click()
    await expect(page.get_by_test_id("message-list")).to_have_text("Aucun message ici pour l’instant.")
    await expect(page.get_by_test_id("composer")).to_have_count(0)


async def test_slack_misbehaves_on_demand(gallery: Workspace, visit: Visit) -> None:
    page = await visit(gallery)
    await page.get_by_test_id("misbehave").click()
    await page.get_by_test_id("fault-rate_limit").click()
    await expect(page.get_by_test_id("toast")).to_contain_text("Too many requests (429)")
    with pytest.raises(SlackApiError) as refused:
        await client_of(gallery).chat_postMessage(channel="C0COMMUNITY", text="Too fast")
    assert refused.value.response.headers["Retry-After"] == "5"
    await page.get_by_test_id("misbehave").click()
    await page.get_by_test_id("fault-cut_sockets").click()
    await gallery.until(lambda: [call.method for call in gallery.calls].count("apps.connections.open") == 2)
    await expect(page.get_by_test_id("bot-status")).to_have_text("Bot connected")


async def test_it_fits_a_telephone(gallery: Workspace, visit: Visit) -> None:
    page = await visit(gallery, where="C0COMMUNITY", width=390)
    await client_of(gallery).chat_postMessage(channel="C0COMMUNITY", text="Next observance", blocks=WORDS)
    await expect(contents(page)).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await expect(page.get_by_test_id("see-as")).to_be_hidden()
    await page.get_by_test_id("menu").click()
    await page.get_by_test_id("channel-C0MIGRATION").click()
    await expect(page.get_by_test_id("channel-title")).to_have_text("ag-migration")
    await expect(page.get_by_test_id("see-as")).to_be_hidden()
    await page.get_by_test_id("tools-toggle").click()
    await expect(page.get_by_test_id("jump-next")).to_be_hidden()
    await expect(page.get_by_test_id("clock-today")).to_be_visible()
