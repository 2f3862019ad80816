"""'Retry failed only' and the planner, the sender and a pause together."""

from alliance.delivery import State
from storage import sending
from tests.bot.office import GENERAL, Office

DUE = "2019-05-13T07:00Z"
"""30 days before World Day, at 9 in Geneva."""


async def test_what_slack_refused_is_posted_once_after_a_retry(any_office: Office) -> None:
    office = any_office
    await office.only(GENERAL, "observances")
    office.at(DUE)
    office.workspace.faults.error("chat.postMessage", "restricted_action")
    await office.post()
    (failed,) = await office.has(State.FAILED)
    assert (failed.target, office.seen_in(GENERAL)) == (GENERAL, [])

    office.later(days=2)
    for expected in (1, 0):
        assert await sending.retry_failed(office.store, "U0CLAIRE", office.workspace.clock.now()) == expected
        await office.plan()
    await office.post()
    await office.post()
    assert [text.partition(":")[0] for text in office.seen_in(GENERAL)] == ["In 28 days"]
    assert await office.has(State.FAILED) == []


async def test_what_is_no_longer_wanted_is_not_posted_after_a_retry(office: Office) -> None:
    """The channel unsubscribed in the meantime."""
    await office.only(GENERAL, "observances")
    office.at(DUE)
    office.workspace.faults.error("chat.postMessage", "restricted_action")
    await office.post()
    await office.only(GENERAL)
    assert await sending.retry_failed(office.store, "U0CLAIRE", office.workspace.clock.now()) == 1
    await office.plan()
    await office.post()
    assert office.seen_in(GENERAL) == []
