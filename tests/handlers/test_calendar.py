"""`/alliance calendar [month or year]`."""

from tests.handlers.desk import Desk, buttons, options, shown


async def test_a_month_shows_its_international_days_with_their_themes(desk: Desk) -> None:
    lines = shown(await desk.type("calendar june")).splitlines()

    (day,) = [line for line in lines if line.startswith("- World Day against Child Labour")]
    assert day.split(" | ") == [
        "- World Day against Child Labour",
        "12 June 2019",
        "Child labour (SDG 8.7, 16.2), Communications and engagement (SDG 17.16)",
    ]
    assert lines[0] == "Calendar: June 2019"


async def test_days_that_are_not_listed_as_events_stand_in_the_calendar(desk: Desk) -> None:
    assert "world-day-against-child-labour" in str(options(await desk.type("events june")))
    assert "refugee" not in str(options(await desk.type("events june")))
    assert "refugee" in str(options(await desk.type("calendar june")))


async def test_without_words_it_shows_the_year_ahead_in_pages(desk: Desk) -> None:
    message = await desk.type("calendar")
    seen = list(options(message).values())
    while "Next page" in buttons(message):
        reply = (await desk.click(*buttons(message)["Next page"])).respond
        assert reply is not None
        message = reply
        seen += options(message).values()

    assert shown(message).splitlines()[0].startswith("Calendar: 3 April 2019 – 2 April 2020 (page ")
    assert len({value.split("|")[1] for value in seen}) == len(seen)
    assert sum("world-day-against-child-labour" in value for value in seen) == 1


async def test_a_year_and_a_topic_narrow_it(desk: Desk) -> None:
    message = await desk.type("calendrier 2020 observances")

    assert shown(message).splitlines()[0] == "Calendar: International days, 2020"
    assert all("@2020-" in value for value in options(message).values())


async def test_an_all_day_observance_is_the_same_date_for_every_reader(desk: Desk) -> None:
    desk.speaks("U0EAST", "en-GB", "Pacific/Kiritimati")
    desk.speaks("U0WEST", "en-US", "Pacific/Pago_Pago")

    east, west = await desk.type("calendar june 2019", "U0EAST"), await desk.type("calendar june 2019", "U0WEST")

    assert east["blocks"] == west["blocks"]
