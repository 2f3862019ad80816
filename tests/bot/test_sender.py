"""What is posted: once, in time, from the facts of the moment; and what happens when Slack misbehaves."""

from datetime import datetime, timedelta
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient

from alliance.delivery import State
from bot.lease import LEASE
from bot.notices import Notices
from bot.pacing import Pacing
from bot.planner import Planning
from bot.posting import Message, Poster, Rendered
from bot.render import Renderer
from bot.sender import Sender
from bot.slack import writing_client
from handlers.answers import Answer
from storage import channels, deliveries, members
from storage.values import ChannelSettings, DeliveryRow, Member
from tests.bot.office import GENERAL, MIGRATION, Office
from tests.handlers.desk import shown
from tests.storage import small

WORLD_DAY = "In 30 days: World Day against Child Labour. 12 June 2019"


async def world_day(office: Office) -> None:
    """One reminder is due: World Day's, 30 days ahead."""
    await office.only(GENERAL, "observances")
    office.at("2019-05-13T07:00Z")


async def test_a_reminder_is_posted_once_on_time_with_its_delivery_in_the_metadata(any_office: Office) -> None:
    office = any_office
    await office.only(GENERAL, "observances")
    office.at("2019-05-13T06:59:30Z")
    assert await office.post(seconds=25) == 0
    office.at("2019-05-13T07:00Z")
    assert await office.post() == 1
    assert await office.post(seconds=60) == 0
    [post], [row] = office.posts(GENERAL), await office.has(State.SENT)
    assert post["text"] == WORLD_DAY
    assert post["metadata"] == {
        "event_type": "alliance_delivery",
        "event_payload": {"id": row.id, "key": f"reminder:world-day-against-child-labour@2019-06-12:30d:{GENERAL}"},
    }
    assert (row.slack_channel, row.slack_ts) == (GENERAL, post["ts"])


async def test_a_channel_s_reminder_is_in_the_channel_s_language(office: Office) -> None:
    await world_day(office)
    await channels.save(office.store, ChannelSettings(GENERAL, "general", "fr", "Europe/Zurich"))
    await office.post()
    assert office.seen_in(GENERAL) == [
        "Dans 30 jours\xa0: Journée mondiale contre le travail des enfants. 12 juin 2019"
    ]


async def test_slack_asks_to_wait_and_the_reminder_comes_after_that(office: Office) -> None:
    await world_day(office)
    office.workspace.faults.rate_limit("chat.postMessage", retry_after=30)
    assert await office.post(seconds=29) == 0
    assert await office.plan() == Planning(planned=0, withdrawn=0)
    assert await office.post(seconds=5) == 1
    assert office.seen_in(GENERAL) == [WORLD_DAY]


async def test_slack_cannot_be_reached_and_the_reminder_comes_when_it_can(office: Office) -> None:
    """Nothing listens at Slack's address: certainly not posted, so tried again without looking into history."""
    await world_day(office)
    nowhere = writing_client("xoxb-local", "http://127.0.0.1:9/api/")
    office.sender = with_client(office, nowhere)
    assert await office.post(seconds=3) == 0
    assert await ended(office) == []
    office.sender = with_client(office, writing_client("xoxb-local", office.workspace.api_url))
    assert await office.post(seconds=5) == 1


async def ended(office: Office) -> list[DeliveryRow]:
    """What is not planned any more."""
    return [row for state in State if state is not State.PLANNED for row in await office.has(state)]


def with_client(office: Office, client: AsyncWebClient) -> Sender[Message]:
    renderer = Renderer(office.store, office.library, office.slack, no_welcome)
    clock, steps = office.workspace.clock.now, office.steps
    return Sender(office.store, Poster(client), renderer, Notices(office.store), Pacing(steps, 600), clock, steps)


async def test_a_reply_that_is_lost_is_looked_up_and_not_sent_again(office: Office) -> None:
    await world_day(office)
    office.workspace.faults.accept_and_drop("chat.postMessage")
    assert await office.post(seconds=5) == 0
    assert [row.state for row in await office.has(State.UNKNOWN)] == [State.UNKNOWN]
    office.later(seconds=20)
    assert await office.reconciler.run() == 1
    await office.post(seconds=60)
    assert office.seen_in(GENERAL) == [WORLD_DAY]
    assert [row.slack_ts for row in await office.has(State.SENT)] == [office.posts(GENERAL)[0]["ts"]]


async def test_a_connection_that_broke_before_the_post_is_looked_up_and_then_sent(office: Office) -> None:
    await world_day(office)
    office.workspace.faults.refuse("chat.postMessage")
    assert await office.post(seconds=5) == 0
    assert office.seen_in(GENERAL) == []
    office.later(seconds=20)
    assert await office.reconciler.run() == 1
    assert await office.post() == 1
    assert office.seen_in(GENERAL) == [WORLD_DAY]


async def test_a_server_error_leaves_the_end_unknown_until_history_was_read(office: Office) -> None:
    """History cannot be read at first either: the reminder waits, and is not sent again blindly."""
    await world_day(office)
    office.workspace.faults.server_error(503, method="chat.postMessage")
    office.workspace.faults.server_error(503, method="conversations.history")
    assert await office.post(seconds=20) == 0
    assert await office.reconciler.run() == 0
    assert await office.post(seconds=50) == 0
    office.later(seconds=15)
    assert await office.reconciler.run() == 1
    assert await office.post() == 1
    assert office.seen_in(GENERAL) == [WORLD_DAY]


async def test_a_reminder_that_was_posted_is_found_behind_many_other_messages(office: Office) -> None:
    await world_day(office)
    office.workspace.faults.accept_and_drop("chat.postMessage")
    await office.post()
    for number in range(450):
        await office.workspace.say("U0LAN", GENERAL, f"message {number}")
    office.later(seconds=20)
    assert await office.reconciler.run() == 1
    assert [row.state for row in await office.has(State.SENT)] == [State.SENT]


async def test_a_process_that_dies_between_claim_and_post_loses_nothing(any_office: Office, tmp_path: Path) -> None:
    """Its claim runs out; another process finds nothing in history and posts."""
    office = any_office
    await world_day(office)
    row = (await office.has(State.PLANNED))[0]
    now = office.workspace.clock.now()
    await claim(office, row, "a dead process")
    other = Office(office.store, office.library, office.workspace)
    assert await other.post(seconds=5) == 0
    assert await other.reconciler.run() == 0
    other.later(seconds=LEASE)
    assert await other.reconciler.run() == 1
    assert await other.post() == 1
    assert office.seen_in(GENERAL) == [WORLD_DAY]
    assert now < office.workspace.clock.now()


async def claim(office: Office, row: DeliveryRow, by: str) -> None:
    from_now = office.workspace.clock.now()
    await deliveries.claim(office.store, [row.id], by, from_now, from_now + timedelta(seconds=LEASE))


async def test_after_a_crash_the_next_process_need_not_wait_for_the_claim_to_run_out(office: Office) -> None:
    """Nobody else can hold claims where one process owns the database."""
    await world_day(office)
    await claim(office, (await office.has(State.PLANNED))[0], "a dead process")
    assert await office.reconciler.adopt() == 1
    assert await office.reconciler.run() == 0
    office.later(seconds=16)
    assert await office.reconciler.run() == 1
    assert await office.post() == 1


async def test_an_archived_channel_fails_once_and_the_secretariat_is_told_once(office: Office) -> None:
    await office.only(MIGRATION, "group:migration")
    office.workspace.channels[MIGRATION].is_archived = True
    office.at("2019-04-08T07:00Z")
    await office.post()
    await office.plan()
    office.at("2019-04-09T08:15Z")
    await office.post(seconds=30)
    assert [row.reason for row in await office.has(State.FAILED)] == ["is_archived"]
    assert office.seen_in("U0JAMES") == ["A message could not be delivered"]


async def test_a_failing_notice_causes_no_further_notice(office: Office) -> None:
    await world_day(office)
    office.workspace.faults.error("chat.postMessage", "restricted_action", times=5)
    assert await office.post(seconds=30) == 0
    failed = {row.kind: row.reason for row in await office.has(State.FAILED)}
    assert failed == {"reminder": "restricted_action", "notice": "restricted_action"}


async def test_a_broken_token_blames_no_delivery(office: Office) -> None:
    """Nothing can be posted until somebody mends it; then everything comes."""
    await world_day(office)
    office.workspace.faults.error("chat.postMessage", "invalid_auth")
    assert await office.post(seconds=59) == 0
    assert await office.post(seconds=5) == 1


async def test_after_days_of_downtime_only_what_is_of_use_is_sent_and_the_rest_told_in_one_notice(
    office: Office,
) -> None:
    """Down from 3 to 20 May: of the workshop of 14 May nothing is of use any more, World Day's first reminder is."""
    await office.only(GENERAL, "observances", "events")
    office.at("2019-05-20T12:00Z")
    await office.plan()
    await office.post(seconds=90)
    assert office.seen_in(GENERAL) == [
        "In 23 days: World Day against Child Labour. 12 June 2019",
        "Tomorrow: Call of the Migration group. 21 May 2019, 15:00",
    ]
    [notice] = office.posts("U0JAMES")
    assert shown(notice).splitlines() == [
        "5 reminders came too late and were not posted",
        "The bot was not running, was paused, or could not reach Slack when they were due. "
        "If one of these still matters, please write to the channel yourself.",
        "- Call of the Migration group · 9 April 2019, 04:30 (10:30–11:30 Geneva) · C0GENERAL",
        "- Workshop in Abidjan · 14 May 2019 · C0GENERAL",
        "- Call of the Migration group · 21 May 2019, 09:00 (15:00 Geneva) · C0GENERAL",
    ]


async def test_a_member_s_own_reminders_that_came_too_late_are_counted_not_named(office: Office) -> None:
    await members.save_slack_facts(office.store, "U0LAN", "en-US", "Asia/Ho_Chi_Minh", office.workspace.clock.now())
    await office.only("U0LAN", "events")
    office.at("2019-05-20T12:00Z")
    await office.plan()
    await office.post(seconds=90)
    [notice] = office.posts("U0JAMES")
    assert shown(notice).splitlines()[2:] == ["5 private reminders to members"]


async def test_a_late_reminder_does_not_ring_at_night(any_office: Office) -> None:
    """Back after a week, at 02:17 in the channel's zone: World Day's reminder waits until nine, the planner or not."""
    office = any_office
    await office.only(GENERAL, "observances")
    office.at("2019-05-20T00:17Z")
    await office.plan()
    assert await office.post() == 0
    assert await office.plan() == Planning(planned=0, withdrawn=0)
    office.at("2019-05-20T06:59:30Z")
    assert await office.post(seconds=29) == 0
    assert await office.post() == 1
    assert office.seen_in(GENERAL) == ["In 23 days: World Day against Child Labour. 12 June 2019"]


async def test_a_late_reminder_that_is_of_no_use_after_the_night_is_not_posted(office: Office) -> None:
    """At nine the next one is due: that is posted, and the secretariat hears of the other."""
    await office.only(GENERAL, "observances")
    office.at("2019-06-05T00:17Z")
    await office.plan()
    assert await office.post() == 0
    office.at("2019-06-05T07:00Z")
    await office.post(seconds=90)
    assert office.seen_in(GENERAL) == ["In 7 days: World Day against Child Labour. 12 June 2019"]
    assert office.seen_in("U0JAMES") == ["1 reminder came too late and was not posted"]


async def test_minutes_before_a_meeting_at_night_do_not_wait(office: Office) -> None:
    """The moved call begins at 15:00 in Geneva, 22:00 in this channel in Tokyo; the bot was down until 21:50."""
    await channels.save(office.store, ChannelSettings(MIGRATION, "ag-migration", "en", "Asia/Tokyo"))
    await office.only(MIGRATION, "group:migration")
    office.at("2019-05-21T12:50Z")
    await office.post()
    assert office.seen_in(MIGRATION) == [
        "In 10 minutes: Call of the Migration group. 21 May 2019, 22:00 (15:00 Geneva)"
    ]


async def test_an_event_that_was_cancelled_meanwhile_is_not_announced(office: Office, tmp_path: Path) -> None:
    """Between planning and sending, and the planner has not run again."""
    await office.only(GENERAL, "events")
    text = small.EVENTS.replace("dates: 2019-05-14\n", "dates: 2019-05-14\n  cancelled: true\n")
    await office.learns(tmp_path / "cancelled", events=text)
    office.at("2019-04-30T07:00Z")
    await office.post()
    [row] = [row for row in await office.has(State.SKIPPED) if "abidjan" in row.key]
    assert (row.key, row.reason) == (f"reminder:abidjan-workshop@2019-05-14:14d:{GENERAL}", "cancelled")


async def test_an_event_that_moved_meanwhile_is_announced_for_its_new_day_only(office: Office, tmp_path: Path) -> None:
    await office.only(MIGRATION, "group:migration")
    text = small.EVENTS.replace("moved_to: 2019-05-21, starts: 15:00", "moved_to: 2019-05-28, starts: 15:00")
    await office.learns(tmp_path / "moved", events=text)
    office.at("2019-05-14T07:00Z")
    await office.post()
    assert (await office.has(State.SKIPPED))[0].reason == "moved"
    await office.plan()
    office.at("2019-05-21T07:00Z")
    await office.post()
    assert office.seen_in(MIGRATION) == ["In 7 days: Call of the Migration group. 28 May 2019, 15:00"]


async def test_a_channel_gets_about_one_message_a_second_and_others_do_not_wait_for_it(
    office: Office, tmp_path: Path
) -> None:
    """Eleven reminders are due at once in one channel, one in another: the other's comes in the first second."""
    launches = "".join(LAUNCH.format(number=number) for number in range(10))
    await office.learns(tmp_path / "many", events=small.EVENTS + launches)
    await office.only(GENERAL, "events")
    await channels.subscribe(office.store, MIGRATION, "group:migration", office.workspace.clock.now())
    await office.plan()
    office.at("2019-04-08T07:00Z")
    assert await office.sender.tick() == 2
    assert (len(office.posts(GENERAL)), len(office.posts(MIGRATION))) == (1, 1)
    assert await office.sender.tick() == 0
    assert await office.post(seconds=9) == 8
    assert (len(office.posts(GENERAL)), len(office.posts(MIGRATION))) == (9, 1)


LAUNCH = """
- slug: launch-{number}
  section: Test
  kind: launch
  name: {{en: Launch {number}, fr: Lancement {number}, es: Lanzamiento {number}}}
  dates: 2019-04-09
  summary: {{en: Soon., fr: Bientôt., es: Pronto.}}
"""


async def no_welcome(_member: Member) -> Answer:
    return Answer("", [])


class SleepsOnce:
    """A machine that sleeps for half a minute while it renders its first message."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._renderer = Renderer(office.store, office.library, office.slack, no_welcome)
        self._slept = False

    async def render(self, row: DeliveryRow, now: datetime) -> Rendered:
        if not self._slept:
            self._office.later(seconds=LEASE - 10)
        self._slept = True
        return await self._renderer.render(row, now)


async def test_a_claim_that_is_too_old_starts_no_post(office: Office) -> None:
    """The machine slept between claim and post: history may be read before the post is in it. It is claimed anew."""
    await world_day(office)
    clock, steps = office.workspace.clock.now, office.steps
    poster = Poster(writing_client("xoxb-local", office.workspace.api_url))
    sender = Sender(office.store, poster, SleepsOnce(office), Notices(office.store), Pacing(steps, 600), clock, steps)
    woken = clock() + timedelta(seconds=LEASE - 10)
    assert await sender.tick() == 1
    [row] = await office.has(State.SENT)
    assert row.claimed_at is not None
    assert row.claimed_at >= woken
    assert office.seen_in(GENERAL) == [WORLD_DAY]


async def test_a_sender_that_was_told_to_finish_claims_nothing_more(office: Office) -> None:
    await world_day(office)
    await office.sender.finish()
    assert await office.sender.tick() == 0
    assert await ended(office) == []
