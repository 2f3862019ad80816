"""`/alliance events` on 3 April 2019, with what the meeting report names."""

import pytest
from sqlalchemy import event

from handlers.asking import Ask
from handlers.replies import Json
from tests.handlers.desk import Desk, buttons, options, shown

SIX_MONTHS = [
    ("gcg-4", "April 2019"),
    ("albania-workshop", "12 April 2019"),
    ("uganda-workshop", "17 April 2019"),
    ("financial-sector-commission-briefing", "May 2019 (to be confirmed)"),
    ("nigeria-workshop", "9 May 2019"),
    ("supply-chains-workshop-2", "14–15 May 2019"),
    ("research-advisory-board", "14 May 2019"),
    ("vietnam-workshop", "24 May 2019"),
    ("world-day-against-child-labour", "12 June 2019"),
    ("mauritania-workshop-2", "Before July 2019"),
    ("fiji-workshop", "July 2019 (to be confirmed)"),
    ("rule-of-law-workshop-1", "July 2019"),
    ("hlpf-2019", "July 2019"),
    ("hlpf-alliance-event-2019", "17 July 2019"),
    ("gcg-5", "17 July 2019 (to be confirmed)"),
    ("supply-chains-report-launch", "September 2019 (to be confirmed)"),
    ("conflict-humanitarian-talk", "September 2019 (to be confirmed)"),
]


def listed(message: Json) -> list[str]:
    """The slugs of the events that a list shows, in its order."""
    return [value.split("|")[1].partition("@")[0] for value in options(message).values()]


async def test_the_next_six_months_hold_everything_that_the_report_names(desk: Desk) -> None:
    message = await desk.type("events next 6 months")

    dates = [label.partition(": ")[0] for label in options(message)]
    assert list(zip(listed(message), dates, strict=True)) == SIX_MONTHS
    assert message["response_type"] == "ephemeral"
    assert shown(message).splitlines()[:2] == ["Events: 3 April – 3 October 2019", "April 2019"]


async def test_a_list_without_a_period_reaches_a_year_ahead_and_says_how_to_see_more(desk: Desk) -> None:
    message = await desk.type("events")

    assert listed(message) == [slug for slug, _date in SIX_MONTHS]
    assert "This is the year ahead. For later events, type /alliance events 2020." in shown(message).splitlines()
    assert listed(await desk.type("events 2020")) == ["world-day-against-child-labour"]


@pytest.mark.parametrize(
    ("locale", "words", "first_lines"),
    [
        ("fr-FR", "événements 6 prochains mois", ["Avril 2019", "12 avril 2019", "14–15 mai 2019", "12 juin 2019"]),
        ("es-LA", "eventos próximos 6 meses", ["Abril de 2019", "12 de abril de 2019", "14–15 de mayo de 2019"]),
    ],
)
async def test_in_french_and_spanish_the_same_events_stand_in_the_same_order(
    desk: Desk, locale: str, words: str, first_lines: list[str]
) -> None:
    desk.speaks("U0AMINA", locale, "Africa/Nairobi")

    message = await desk.type(words, "U0AMINA")

    assert listed(message) == [slug for slug, _date in SIX_MONTHS]
    assert [line for line in first_lines if line not in shown(message)] == []


@pytest.mark.parametrize(
    ("words", "slugs"),
    [
        (
            "events july 2019",
            ["fiji-workshop", "rule-of-law-workshop-1", "hlpf-2019", "hlpf-alliance-event-2019", "gcg-5"],
        ),
        ("events next 3 months", [slug for slug, _date in SIX_MONTHS[:13]]),
        ("eventos en junio", ["world-day-against-child-labour", "mauritania-workshop-2"]),
        ("events 12 june", ["world-day-against-child-labour"]),
        ("events vietnam", ["vietnam-workshop"]),
        ("events viet nam", ["vietnam-workshop"]),
    ],
)
async def test_filters_are_plain_words(desk: Desk, words: str, slugs: list[str]) -> None:
    assert listed(await desk.type(words)) == slugs


async def test_a_region_holds_its_countries_in_any_language(desk: Desk) -> None:
    african = listed(await desk.type("events africa"))

    assert {"uganda-workshop", "nigeria-workshop", "supply-chains-workshop-2", "mauritania-workshop-2"} <= {*african}
    assert listed(await desk.type("événements afrique")) == african


async def test_past_events_come_latest_first(desk: Desk) -> None:
    message = await desk.type("events past")

    assert shown(message).splitlines()[:2] == ["Past events", "March 2019"]
    assert {*listed(message)[:2]} == {"tunisia-workshop", "chile-workshop"}


async def test_where_all_is_over_the_answer_shows_what_was(desk: Desk) -> None:
    message = await desk.type("events nepal")

    assert listed(message) == ["nepal-workshop"]
    assert shown(message).splitlines()[:2] == [
        "Past events: Nepal",
        "Nothing is coming for this. This is what is over:",
    ]


async def test_a_month_counts_as_coming_until_it_is_over(desk: Desk) -> None:
    desk.now = desk.now.replace(month=7, day=31)
    assert listed(await desk.type("events fiji")) == ["fiji-workshop"]
    assert shown(await desk.type("events fiji")).startswith("Events: Fiji")

    desk.now = desk.now.replace(month=8, day=1)
    assert shown(await desk.type("events fiji")).startswith("Past events: Fiji")


async def test_wrong_words_get_what_was_understood_what_was_not_and_the_nearest(desk: Desk) -> None:
    message = await desk.type("events africa nigerxx")

    assert shown(message).splitlines()[:2] == [
        "Events: Africa",
        "I did not understand “nigerxx”. Did you mean Nigeria? I understood: Africa.",
    ]


async def test_a_group_and_a_theme_of_one_name_are_suggested_once(desk: Desk) -> None:
    asked = shown(await desk.type("events conflictt and humanitrian settngs xx")).splitlines()[1]

    assert asked.lower().count("conflict and humanitarian settings") == 1


async def test_the_name_of_an_event_among_the_filters_offers_the_event(desk: Desk) -> None:
    message = await desk.type("events advisory july")

    assert shown(message).splitlines()[1].endswith("I understood: July 2019. These events have that name:")
    opened = (await desk.click(*buttons(message)["Advisory Board of the supply chains research"])).respond
    assert opened is not None
    assert shown(opened).splitlines()[0] == "Advisory Board of the supply chains research"


async def test_nothing_found_says_what_to_try(desk: Desk) -> None:
    assert shown(await desk.type("events march 2024")).splitlines() == [
        "Events: March 2024",
        "Nothing is known for this. Try /alliance events next 3 months, or one of these:",
        "[All coming events]",
        "[Past events]",
    ]


async def test_pages_replace_each_other_and_a_page_can_be_shared(desk: Desk) -> None:
    first = await desk.type("events from 2017")
    action, value = buttons(first)["Next page"]

    second = (await desk.click(action, value)).respond
    assert second is not None
    assert (second["replace_original"], second["response_type"]) == (True, "ephemeral")
    assert not {*options(first).values()} & {*options(second).values()}
    assert shown(second).splitlines()[0] == "Events: from 1 January 2017 (page 2)"

    back = (await desk.click(*buttons(second)["Previous page"])).respond
    assert back is not None
    assert back["blocks"] == first["blocks"]

    shared = (await desk.click(*buttons(second)["Share in this channel"])).respond
    assert shared is not None
    assert (shared["replace_original"], shared["response_type"]) == (False, "in_channel")
    assert buttons(shared) == {}
    assert options(shared) == options(second)
    assert shown(shared).splitlines()[-1] == "Shared by U0LAN. Type /alliance for your own."


async def test_from_a_public_copy_everybody_opens_an_event_for_themselves(desk: Desk) -> None:
    value = next(iter(options(await desk.type("events africa")).values()))

    detail = (await desk.click("ask.open:menu", value, "U0OTHER", ephemeral=False, chosen=True)).respond

    assert detail is not None
    assert (detail["replace_original"], detail["response_type"]) == (False, "ephemeral")


async def test_in_app_home_answers_open_as_a_modal_that_pages_within_itself(desk: Desk) -> None:
    reply = await desk.click("ask.open:events", str(Ask("events", "from 2017")), view={"type": "home"})
    modal = reply.open_view
    assert modal is not None
    assert "Share in this channel" not in buttons(modal)

    following = await desk.click(*buttons(modal)["Next page"], view=modal)

    assert following.update_view is not None
    assert "Previous page" in buttons(following.update_view)


@pytest.mark.parametrize("page", ["0", "-1", "two", "99999999999999999999", "²", "1.5"])
async def test_a_page_that_no_button_wrote_is_refused_kindly(desk: Desk, page: str) -> None:
    reply = await desk.click("ask.open:next", f"events|africa|{page}")

    assert reply.respond is not None
    assert shown(reply.respond) == "This button is too old to be used. Please type /alliance instead."


async def test_a_list_costs_one_statement(desk: Desk) -> None:
    statements: list[str] = []
    await desk.store.close()
    for engine in (desk.store.engine, desk.store.reading):
        event.listen(
            engine.sync_engine,
            "connect",
            lambda made, _record: made.run_async(lambda driver: driver.set_trace_callback(statements.append)),
        )
    await desk.type("events", "U0AMINA")
    statements.clear()

    await desk.type("events", "U0AMINA")

    assert len(statements) == 1
    assert "occurrence_topic" in statements[0]
