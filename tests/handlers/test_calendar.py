"""`/alliance calendar [month or year]`."""

from datetime import date
from io import BytesIO

from PIL import Image

from alliance.activities import ActivityKind, ActivityState
from storage import activities
from storage.activities import Work
from storage.eventedits import Editor
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


async def a_post(desk: Desk, organisation: str) -> None:
    work = Work(
        "A post on hazardous work", ActivityKind.POST, "", "U0LAN", organisation, date(2019, 6, 12),
        ActivityState.DRAFTED, "en",
    )  # fmt: skip
    await activities.add(desk.store, Editor("U0LAN", desk.now), work)


async def test_a_month_shows_who_publishes_what_and_what_meets_on_one_day(desk: Desk) -> None:
    for organisation in ("UNICEF", "ILO"):
        await a_post(desk, organisation)
    lines = shown(await desk.type("calendar june 2019")).splitlines()
    at = lines.index("Activities")
    assert lines[at : at + 4] == [
        "Activities",
        "- 12 June 2019: ILO and UNICEF go public on the same day",
        "- 12 June: A post on hazardous work · UNICEF · drafted",
        "- 12 June: A post on hazardous work · ILO · drafted",
    ]
    assert "Activities" not in shown(await desk.type("calendar may 2019")).splitlines()


async def test_a_month_comes_as_a_picture_described_for_who_cannot_see_it(desk: Desk) -> None:
    await a_post(desk, "ILO")
    desk.speaks("U0AMINA", "fr-FR", "Africa/Dakar")
    page = await desk.type("calendrier juin 2019", "U0AMINA")
    answer = await desk.click(*buttons(page)["En image"], "U0AMINA")
    assert answer.respond is not None
    assert shown(answer.respond) == "L’image du mois arrive dans vos messages directs."
    await desk.settle()
    [(user, name, content, comment, alt)] = desk.slack.pictures
    assert (user, name, comment) == ("U0AMINA", "calendar-2019-06.png", "Calendrier de communication\u00a0: juin 2019")
    assert alt.startswith("Calendrier de communication\u00a0: juin 2019; ")
    assert "; 12 juin: Journée mondiale contre le travail des enfants" in alt
    assert "; 12 juin: ILO: A post on hazardous work; " in alt
    with Image.open(BytesIO(content)) as picture:
        assert (picture.format, picture.width) == ("PNG", 1400)
    assert len(content) < 60_000


async def test_a_button_that_names_no_month_is_answered_and_draws_nothing(desk: Desk) -> None:
    answer = await desk.click("calendar.picture", "2019-13")
    assert answer.respond is not None
    await desk.settle()
    assert desk.slack.pictures == []
