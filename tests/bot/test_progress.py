"""The message by which the secretariat sees how far a large run is: when it comes, what it says, what can't hurt."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from alliance.delivery import Kind, Planned, State
from bot.progress import ProgressMessages
from bot.slack import writing_client
from storage import contentload, deliveries, members, runs, sending
from storage.library import Library
from storage.store import Store
from tests.bot.office import APRIL, Office, local_workspace
from tests.handlers.desk import buttons, shown
from tests.scenarios.crowd import people
from tests.storage import small
from workspace import sample

JAMES = "U0JAMES"
GUESTS = [person.id for person in people(100)]


class Desk:
    """James of the secretariat, in New York. His bot posts 240 messages a minute: 80 are twenty seconds' work."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.work = self.process()

    def process(self) -> ProgressMessages:
        """What shows the run; another one is another process."""
        office, options = self.office, self.office.workspace.options
        client = writing_client(options.bot_token, office.workspace.api_url)
        clock = office.workspace.clock.now
        return ProgressMessages(office.store, office.library, client, clock, office.steps, 240)

    async def due(self, count: int) -> None:
        """So many welcomes are due."""
        now = self.office.workspace.clock.now()
        wanted = [Planned(Kind.WELCOME, user, "community", "", now, None) for user in GUESTS[:count]]
        await deliveries.plan(self.office.store, wanted)

    async def seconds(self, count: int) -> None:
        """The bot at work for so long: it posts, and shows how far it is."""
        for _second in range(count):
            await self.work.run()
            await self.office.post(seconds=1)

    def message(self) -> dict[str, Any]:
        (found,) = self.office.posts(JAMES)
        return found

    def lines(self) -> list[str]:
        return shown(self.message()).split("\n")

    def updates(self) -> int:
        return sum(call.method == "chat.update" for call in self.office.workspace.calls)

    async def sent(self) -> int:
        return (await deliveries.counts(self.office.store))[State.SENT]


@pytest.fixture
async def desk(sqlite_store: Store, tmp_path: Path) -> AsyncIterator[Desk]:
    """At noon of 3 April 2019, with nothing due."""
    workspace = local_workspace(people=[*sample.people(), *people(100)])
    await workspace.start()
    await contentload.load(sqlite_store, small.usual(), APRIL.date())
    office = Office(sqlite_store, await Library.load(sqlite_store), workspace, per_minute=240)
    await members.appoint_secretariat(sqlite_store, [JAMES])
    yield Desk(office)
    await workspace.close()


async def test_it_comes_first_and_is_brought_up_to_date_where_it_stands_until_the_end(desk: Desk) -> None:
    await desk.due(100)
    await desk.seconds(1)
    first = dict(desk.message())
    at_once = [f"Sending 100 messages. {sent} of 100 ({sent}%)" for sent in range(21)]
    assert first["text"] in at_once, "it is in the first batch, of twenty"
    await desk.seconds(5)
    assert desk.updates() == 1
    assert desk.message()["ts"] == first["ts"]
    lines = desk.lines()
    sent = int(lines[3].removeprefix("- Sent: "))
    assert 20 <= sent <= 50
    assert lines[5].startswith("About ")
    assert lines[5].endswith(" messages a minute. Expected end: 3 April 2019, 08:00.")
    assert [*lines[:5], *lines[6:]] == [
        "Sending 100 messages",
        "Sending is on.",
        f"{'█' * (sent // 5)}{'░' * (20 - sent // 5)} {sent} of 100 ({sent}%)",
        f"- Sent: {sent}",
        f"- Still to be sent: {100 - sent}",
        "[Pause]",
        "[Deliveries]",
        "This message is brought up to date every few seconds.",
    ]
    await desk.seconds(25)
    assert desk.lines() == [
        "Sending 100 messages",
        "Finished: 3 April 2019, 08:00.",
        "████████████████████ 100 of 100 (100%)",
        "- Sent: 100",
        "[Deliveries]",
    ]
    assert 4 <= desk.updates() <= 7
    assert await runs.not_closed(desk.office.store) == []


async def test_a_handful_that_is_out_in_twenty_seconds_is_no_news(desk: Desk) -> None:
    await desk.due(80)
    await desk.seconds(30)
    assert (await desk.sent(), desk.office.posts(JAMES)) == (80, [])


async def test_nothing_is_announced_while_sending_is_paused(desk: Desk) -> None:
    await sending.pause(desk.office.store, JAMES, APRIL)
    await desk.due(100)
    await desk.work.run()
    assert await runs.not_closed(desk.office.store) == []


async def test_a_pause_is_shown_at_once_and_then_there_is_nothing_to_say(desk: Desk) -> None:
    await desk.due(100)
    await desk.seconds(2)
    store = desk.office.store
    await sending.pause(store, JAMES, desk.office.workspace.clock.now())
    await runs.hurry(store)
    await desk.work.run()
    assert desk.lines()[1] == f"Sending is paused since 3 April 2019, 08:00. {JAMES}"
    assert list(buttons(desk.message())) == ["Resume", "Deliveries"]
    for _look in range(5):
        desk.office.later(seconds=10)
        await desk.work.run()
    assert desk.updates() == 1


async def test_what_failed_stands_in_the_final_figures_with_the_way_to_it(desk: Desk) -> None:
    await desk.due(100)
    await desk.seconds(1)
    desk.office.workspace.faults.error("chat.postMessage", "user_disabled", times=3)
    await desk.seconds(35)
    (found,) = [post for post in desk.office.posts(JAMES) if post["text"].startswith("Sending")]
    assert "- Failed: 3" in shown(found).split("\n")
    assert list(buttons(found)) == ["Failed", "Deliveries"]


async def test_a_message_that_was_deleted_is_left_alone_and_hurts_nothing(desk: Desk) -> None:
    await desk.due(100)
    await desk.seconds(2)
    message = desk.message()
    client = writing_client(desk.office.workspace.options.bot_token, desk.office.workspace.api_url)
    direct = next(n for n in desk.office.workspace.channels if message in desk.office.workspace.messages(n))
    await client.chat_delete(channel=direct, ts=message["ts"])
    with capture_logs() as logs:
        await desk.seconds(30)
    assert [line["reason"] for line in logs if line["event"] == "progress_not_shown"] == ["message_not_found"]
    assert await desk.sent() == 101
    assert await runs.not_closed(desk.office.store) == []


@pytest.mark.parametrize("trouble", ["rate limit", "server error", "no answer in time"])
async def test_slack_s_troubles_delay_the_message_and_nothing_else(desk: Desk, trouble: str) -> None:
    await desk.due(100)
    await desk.seconds(1)
    faults = desk.office.workspace.faults
    match trouble:
        case "rate limit":
            faults.rate_limit("chat.update", 40)
        case "server error":
            faults.server_error(503, method="chat.update")
        case _:
            faults.slow("chat.update", 5, times=1)
    with capture_logs() as logs:
        await desk.seconds(30)
        assert await desk.sent() == 101
        await desk.seconds(30)
    assert [line["event"] for line in logs if line["log_level"] == "warning"] == ["progress_not_shown"]
    assert desk.lines()[2].endswith("100 of 100 (100%)")
    if trouble == "rate limit":
        assert desk.updates() == 2


async def test_several_processes_make_one_message_and_one_update_at_a_time(desk: Desk) -> None:
    others = [desk.process() for _number in range(3)]
    await desk.due(100)
    for _second in range(11):
        for work in (desk.work, *others):
            await work.run()
        await desk.office.post(seconds=1)
    assert len(desk.office.posts(JAMES)) == 1
    assert desk.updates() == 2


async def test_another_process_goes_on_where_one_was_killed(desk: Desk) -> None:
    """Also one that was killed after it began the run, and before it planned the message."""
    await desk.due(100)
    await runs.begin(desk.office.store, desk.office.workspace.clock.now())
    desk.work = desk.process()
    await desk.seconds(10)
    desk.work = desk.process()
    await desk.seconds(30)
    assert desk.lines()[2].endswith("100 of 100 (100%)")
