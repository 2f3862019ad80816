"""The reminder as it is posted: how far away, what, when, where, what to do."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from alliance.languages import Language
from alliance.when import Precision, When
from handlers.answers import Answer
from handlers.replies import Json
from handlers.tongue import Tongue
from handlers.views.reminder import distance, reminder
from storage.values import EventDetail, EventRow
from tests.handlers.desk import buttons, shown
from tests.handlers.validity import check_message

CHILD_LABOUR_DAY = EventRow(
    slug="world-day-against-child-labour",
    original_day=date(2019, 6, 12),
    kind="observance",
    title={"en": "World Day against Child Labour", "fr": "Journée mondiale contre le travail des enfants"},
    when=When(date(2019, 6, 12), date(2019, 6, 12)),
    place=None,
    cancelled=False,
)
FACTS: dict[str, Any] = {
    "summary": {"en": "Marked since 2002."},
    "ask": {"en": "Share what your country does."},
    "link": "https://www.example.org/day",
}
CALL = EventRow(
    slug="migration-call",
    original_day=date(2019, 4, 10),
    kind="meeting",
    title={"en": "Migration Action Group call"},
    when=When(date(2019, 4, 10), date(2019, 4, 10), starts=time(15), ends=time(16, 30), zone="Europe/Zurich"),
    place={"en": "Online"},
    cancelled=False,
)
NINE = datetime(2019, 5, 13, 7, tzinfo=UTC)
"""09:00 in Zurich, thirty days before World Day against Child Labour."""


def posted(
    row: EventRow, document: dict[str, Any], now: datetime, zone: str = "Europe/Zurich", language: Language = "en"
) -> Json:
    """The message, held against Slack's limits."""
    answer: Answer = reminder(EventDetail(row, document), now, Tongue(language, zone), zone, [{"en": "Migration"}])
    message = {"text": answer.text, "blocks": answer.blocks}
    check_message(message)
    return message


def test_it_says_what_when_and_what_to_do() -> None:
    message = posted(CHILD_LABOUR_DAY, FACTS, NINE)
    assert message["text"] == "In 30 days: World Day against Child Labour. 12 June 2019"
    assert shown(message).split("\n") == [
        "In 30 days: World Day against Child Labour",
        "Marked since 2002.",
        "When: 12 June 2019",
        "What you can do: Share what your country does.",
        "Action group: Migration",
        "[Details]",
        "[Add to my calendar]",
        "[Remind me again tomorrow]",
        "[Toolkit]",
        "[Open the website]",
    ]
    assert buttons(message) == {
        "Details": ("ask.open:details", "event|world-day-against-child-labour@2019-06-12|"),
        "Add to my calendar": ("event.ics", "world-day-against-child-labour@2019-06-12"),
        "Remind me again tomorrow": ("event.again", "world-day-against-child-labour@2019-06-12"),
        "Toolkit": ("ask.open:toolkit", "toolkit|world-day-against-child-labour|"),
        "Open the website": ("ask.link", ""),
    }


def test_a_time_of_day_stands_in_each_readers_zone_with_the_organisers_beside_it() -> None:
    message = posted(CALL, {}, datetime(2019, 4, 10, 12, 45, tzinfo=UTC), "Africa/Nairobi")
    when = next(part for part in message["blocks"][1]["elements"] if part["elements"][0]["text"] == "When: ")
    assert when["elements"][1:] == [
        {"type": "date", "timestamp": 1554901200, "format": "{date}, {time}", "fallback": "10 April 2019, 16:00"},
        {"type": "text", "text": " (15:00–16:30 Geneva)"},
    ]
    assert message["text"] == "In 15 minutes: Migration Action Group call. 10 April 2019, 16:00 (15:00–16:30 Geneva)"


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2019, 4, 3, 7, tzinfo=UTC), "In 7 days"),
        (datetime(2019, 4, 9, 7, tzinfo=UTC), "Tomorrow"),
        (datetime(2019, 4, 10, 7, tzinfo=UTC), "Today"),
        (datetime(2019, 4, 10, 12, 44, 59, tzinfo=UTC), "In 16 minutes"),
        (datetime(2019, 4, 10, 12, 45, tzinfo=UTC), "In 15 minutes"),
        (datetime(2019, 4, 10, 12, 59, 30, tzinfo=UTC), "In 1 minute"),
        (datetime(2019, 4, 10, 13, tzinfo=UTC), "Now"),
        (datetime(2019, 4, 10, 14, 30, tzinfo=UTC), "Over"),
    ],
)
def test_how_far_away_a_call_is(now: datetime, words: str) -> None:
    assert distance(CALL.when, now, Tongue("en"), "Europe/Zurich") == words


def test_days_are_counted_in_the_readers_calendar() -> None:
    late = datetime(2019, 4, 9, 22, 30, tzinfo=UTC)
    assert distance(CALL.when, late, Tongue("en"), "America/New_York") == "Tomorrow"
    assert distance(CALL.when, late, Tongue("en"), "Asia/Kathmandu") == "Today"
    assert distance(CHILD_LABOUR_DAY.when, datetime(2019, 6, 11, 23, tzinfo=UTC), Tongue("en"), "Asia/Tokyo") == "Today"


def test_the_second_day_of_a_workshop_is_now() -> None:
    two_days = When(date(2019, 3, 20), date(2019, 3, 21))
    assert distance(two_days, datetime(2019, 3, 21, 9, tzinfo=UTC), Tongue("en"), "UTC") == "Now"
    assert distance(two_days, datetime(2019, 3, 22, 9, tzinfo=UTC), Tongue("en"), "UTC") == "Over"


def test_no_days_are_counted_to_a_month_and_it_goes_into_no_calendar() -> None:
    july = replace(CALL, when=When(date(2019, 7, 1), date(2019, 7, 31), Precision.MONTH, confirmed=False))
    message = posted(july, {}, NINE)
    assert message["text"] == "Coming up: Migration Action Group call. July 2019 (to be confirmed)"
    assert list(buttons(message)) == ["Details"]


def test_on_the_last_day_nobody_is_offered_a_reminder_for_the_day_after() -> None:
    message = posted(CHILD_LABOUR_DAY, {}, datetime(2019, 6, 12, 7, tzinfo=UTC))
    assert list(buttons(message)) == ["Details", "Add to my calendar", "Toolkit"]


def test_a_cancelled_event_says_so_first() -> None:
    message = posted(replace(CALL, cancelled=True), {}, datetime(2019, 4, 9, 7, tzinfo=UTC))
    assert shown(message).split("\n")[0] == "Cancelled: Migration Action Group call"
    assert list(buttons(message)) == ["Details"]


def test_titles_with_markup_stay_text_and_overlong_ones_are_whole_in_the_message() -> None:
    title = "*Bold* <!channel> & " + "long " * 40
    message = posted(replace(CALL, title={"en": title}), {}, NINE.replace(month=4, day=9))
    assert message["blocks"][0]["text"]["type"] == "plain_text"
    assert len(message["blocks"][0]["text"]["text"]) == 150
    assert message["blocks"][1]["elements"][0]["elements"][0] == {
        "type": "text",
        "text": title,
        "style": {"bold": True},
    }
