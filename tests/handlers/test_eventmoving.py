"""Moving an event and calling it off: the whole, one meeting of a series, or all that follow."""

from datetime import date

import pytest

from handlers.replies import Json
from storage import eventedits, events
from tests.handlers.desk import Desk, buttons, shown
from tests.handlers.eventforms import errors, submit, then
from tests.handlers.forms import initial
from tests.handlers.test_eventform import LEAD, added, lead  # noqa: F401 (the fixture)

SERIES = {"rhythm": "second Tuesday every month", "first": "14 May 2019"}
FIRST, SECOND = "fair-recruitment-call@2019-05-14", "fair-recruitment-call@2019-06-11"

pytestmark = pytest.mark.usefixtures("lead")


async def opened(desk: Desk, button: str, ref: str = FIRST, user: str = LEAD) -> Json:
    action, value = buttons(await desk.type(f"event {ref}", user))[button]
    form = (await desk.click(action, value, user)).open_view
    assert form is not None
    return form


async def meetings(desk: Desk) -> list[tuple[str, str, bool]]:
    """The name of each meeting until September, when it begins, and whether it is called off."""
    rows = await events.between(desk.store, date(2019, 5, 1), date(2019, 9, 1))
    ours = [row for row in rows if "recruitment" in row.slug]
    return [(row.ref, f"{row.when.start} {row.when.starts:%H:%M}", row.cancelled) for row in ours]


async def test_a_single_event_is_moved_and_keeps_its_name(desk: Desk) -> None:
    await added(desk)
    form = await opened(desk, "Move…")
    assert initial(form) == {
        "first": "14 May 2019",
        "last": "",
        "certain": "yes",
        "starts": "15:00",
        "ends": "16:30",
        "zone": "Geneva",
    }
    review = then(await submit(desk, form, LEAD, first="16 May 2019", zone="Nairobi"))
    assert shown(review).splitlines()[1] == (
        "- When: 16 May 2019, 17:45 (15:00–16:30 Nairobi) (was: 14 May 2019, 18:45 (15:00–16:30 Geneva))"
    )
    page = then(await submit(desk, review, LEAD))
    assert shown(page).startswith("Saved. In C0MIGRATION people are told.\nFair recruitment call\n")
    assert await meetings(desk) == [(FIRST, "2019-05-16 15:00", False)]


async def test_bad_dates_are_refused_at_the_field(desk: Desk) -> None:
    await added(desk)
    form = await opened(desk, "Move…")
    assert errors(await submit(desk, form, LEAD, first="31 April 2019")) == {
        "first": "“31 April 2019” is not a day of the calendar."
    }
    assert list(errors(await submit(desk, form, LEAD, ends="14:00", zone="Atlantis"))) == ["zone"]


async def test_one_meeting_of_a_series_is_moved_also_with_times_of_another_city(desk: Desk) -> None:
    await added(desk, **SERIES)
    form = await opened(desk, "Move…", SECOND)
    review = then(await submit(desk, form, LEAD, first="13 June 2019", starts="09:00", ends="10:00", zone="Kathmandu"))
    assert shown(review).splitlines()[0] == ("11 June 2019 is moved to 13 June 2019, 09:00 (05:15–06:15 Geneva).")
    for _twice in range(2):
        page = then(await submit(desk, review, LEAD))
    assert "When: 13 June 2019, 09:00 (05:15–06:15 Geneva)" in shown(page)
    assert (await meetings(desk))[:3] == [
        (FIRST, "2019-05-14 15:00", False),
        (SECOND, "2019-06-13 05:15", False),
        ("fair-recruitment-call@2019-07-09", "2019-07-09 15:00", False),
    ]
    form = await opened(desk, "Move…", SECOND)
    back = await submit(desk, form, LEAD, first="11 June 2019", starts="15:00", ends="16:30", zone="Geneva")
    then(await submit(desk, then(back), LEAD))
    stored = await eventedits.get(desk.store, "fair-recruitment-call")
    assert stored is not None
    assert stored.entry.changes == ()


async def test_all_that_follow_go_on_by_another_rhythm_and_what_was_stays(desk: Desk) -> None:
    await added(desk, **SERIES)
    form = await opened(desk, "Move…", SECOND)
    wrong = await submit(desk, form, LEAD, scope="following", rhythm="")
    assert errors(wrong) == {"rhythm": "Please write how often it will take place from then on."}
    entered = {"first": "12 June 2019", "starts": "10:00", "ends": "11:00", "rhythm": "second Wednesday every month"}
    review = then(await submit(desk, form, LEAD, scope="following", **entered))
    assert "- Repeats: every month on the second Wednesday" in shown(review)
    assert "Change something" not in shown(review)
    for _twice in range(2):
        page = then(await submit(desk, review, LEAD))
    assert "When: 12 June 2019, 13:45 (10:00–11:00 Geneva)" in shown(page)
    assert await meetings(desk) == [
        (FIRST, "2019-05-14 15:00", False),
        ("fair-recruitment-call-2@2019-06-12", "2019-06-12 10:00", False),
        ("fair-recruitment-call-2@2019-07-10", "2019-07-10 10:00", False),
        ("fair-recruitment-call-2@2019-08-14", "2019-08-14 10:00", False),
    ]


async def test_all_that_follow_the_first_is_the_series_itself(desk: Desk) -> None:
    await added(desk, **SERIES)
    form = await opened(desk, "Move…")
    entered = {"first": "15 May 2019", "rhythm": "third Wednesday every month"}
    review = then(await submit(desk, form, LEAD, scope="following", **entered))
    then(await submit(desk, review, LEAD))
    assert next(ref for ref, _when, _off in await meetings(desk)) == "fair-recruitment-call@2019-05-15"
    stored = await eventedits.get(desk.store, "fair-recruitment-call")
    assert stored is not None
    assert stored.ref == FIRST


@pytest.mark.parametrize(
    ("scope", "left"),
    [
        ("one", [(FIRST, False), (SECOND, True), ("fair-recruitment-call@2019-07-09", False)]),
        ("following", [(FIRST, False)]),
        ("all", [(FIRST, True), (SECOND, True), ("fair-recruitment-call@2019-07-09", True)]),
        ("remove", []),
    ],
)
async def test_what_is_cancelled_of_a_series_is_what_was_chosen(
    desk: Desk, scope: str, left: list[tuple[str, bool]]
) -> None:
    await added(desk, **SERIES)
    form = await opened(desk, "Cancel it…", SECOND)
    for _twice in range(2):
        reply = await submit(desk, form, LEAD, scope=scope)
    assert then(reply)["type"] == "modal"
    assert [(ref, off) for ref, _when, off in await meetings(desk)][:3] == left


async def test_a_cancelled_event_can_be_brought_back(desk: Desk) -> None:
    await added(desk)
    page = then(await submit(desk, await opened(desk, "Cancel it…"), LEAD, scope="all"))
    assert "This event is cancelled." in shown(page)
    page = then(await submit(desk, await opened(desk, "Cancel it…"), LEAD))
    assert "This event is cancelled." not in shown(page)
    await added(desk, title="Weekly recruitment call", rhythm="every Tuesday")
    ref = "weekly-recruitment-call@2019-05-21"
    then(await submit(desk, await opened(desk, "Cancel it…", ref), LEAD, scope="one"))
    then(await submit(desk, await opened(desk, "Cancel it…", ref), LEAD, scope="restore"))
    assert (ref, "2019-05-21 15:00", False) in await meetings(desk)


async def test_a_second_person_who_cancels_is_told_of_the_move(desk: Desk) -> None:
    await added(desk)
    cancelling = await opened(desk, "Cancel it…")
    moving = await opened(desk, "Move…")
    then(await submit(desk, then(await submit(desk, moving, LEAD, first="16 May 2019")), LEAD))
    late = then(await submit(desk, cancelling, LEAD, scope="all"))
    assert shown(late).splitlines()[:3] == [
        "U0PRAKASH changed this event while you had it open. Nothing was overwritten.",
        "What is different now",
        "- When: 16 May 2019, 18:45 (15:00–16:30 Geneva) (was: 14 May 2019, 18:45 (15:00–16:30 Geneva))",
    ]
    assert await meetings(desk) == [(FIRST, "2019-05-16 15:00", False)]
