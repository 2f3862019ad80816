"""A newsletter in the hands of the sender: what was approved, in the reader's language; corrected and taken back."""

from dataclasses import replace

from alliance.delivery import State
from alliance.edition import Edition, Section
from alliance.newsletters import Content, Plan
from bot.corrections import Corrections
from bot.roster import Roster
from storage import deliveries, newsletterposts, newsletters, readers
from storage.eventedits import Editor
from storage.newsletters import Way
from tests.bot.office import GENERAL, MIGRATION, Office

CONTENT = Content(
    editions={
        "en": Edition("en", "April news", (Section("Migration", "A call."),)),
        "fr": Edition("fr", "Nouvelles d’avril", (Section("Migration", "Un appel."),)),
    },
    waived=frozenset({"es"}),
    plan=Plan((GENERAL,), "all"),
)

TITLES = {edition.title for edition in CONTENT.editions.values()}


async def approved(office: Office, content: Content = CONTENT, number: int = 0) -> newsletters.Newsletter:
    """Prakash writes it, James approves it; a new one, or a correction of that number."""
    now = office.workspace.clock.now()
    writer, other = Editor("U0PRAKASH", now), Editor("U0JAMES", now)
    if number:
        there = await newsletters.get(office.store, number)
        assert there is not None
        made = await newsletters.change(office.store, writer, number, there.revision, content)
    else:
        made = await newsletters.add(office.store, writer, content)
    asked = await newsletters.submit(office.store, writer, made.id, made.revision)
    found = await readers.of(office.store, content.plan, content.issue, "Europe/Zurich")
    return await newsletters.approve(office.store, other, made.id, asked.revision, found.readers)


async def at_work(office: Office) -> Office:
    await office.only(MIGRATION)
    await Roster(office.store, office.slack, office.workspace.clock.now).sync()
    return office


async def test_everybody_gets_it_once_in_their_language_and_those_who_sleep_in_the_morning(any_office: Office) -> None:
    office = await at_work(any_office)
    office.at("2019-04-03T16:00Z")
    made = await approved(office)
    await office.post(seconds=10)
    assert office.seen_in(GENERAL) == ["April news"]
    assert office.seen_in("U0AMINA") == ["Nouvelles d’avril"]
    asleep = {row.target for row in await office.has(State.PLANNED)}
    assert "U0PRAKASH" in asleep
    office.later(hours=20)
    await office.post(seconds=10)
    way = await newsletters.way(office.store, made.ref)
    assert way == Way(sent=way.total)
    copies = {target: [text for text in office.seen_in(target) if text in TITLES] for target in asleep}
    assert {len(seen) for seen in copies.values()} == {1}


async def test_what_was_claimed_when_it_was_stopped_is_not_posted(office: Office) -> None:
    await at_work(office)
    made = await approved(office)
    [row] = [
        one for one in await deliveries.due(office.store, office.workspace.clock.now(), 50) if one.target == GENERAL
    ]
    now = office.workspace.clock.now()
    await deliveries.claim(office.store, [row.id], office.sender._name, now, now)
    await newsletters.stop(office.store, Editor("U0JAMES", now), made.id)
    renderer = office.sender._renderer
    assert str(await renderer.render(row, now)) == "Skip(reason='not approved')"


async def test_a_correction_is_approved_and_changes_every_copy_where_it_stands(any_office: Office) -> None:
    office = await at_work(any_office)
    made = await approved(office)
    await office.post(seconds=10)
    corrections = Corrections(office.store, office.library, office.slack)
    right = replace(CONTENT, editions={**CONTENT.editions, "fr": replace(CONTENT.editions["fr"], title="Avril")})
    total = (await newsletters.way(office.store, made.ref)).total
    now = await approved(office, right, made.id)
    told = 1  # the writer, that it is approved
    assert (now.approved, await office.post()) == (True, told)
    assert await corrections.run() == total
    assert await corrections.run() == 0
    assert (office.seen_in("U0AMINA"), office.seen_in(GENERAL)) == (["Avril"], ["April news"])
    assert await newsletterposts.to_correct(office.store) == ()


async def test_what_is_taken_back_is_deleted_everywhere_and_slack_may_refuse_in_between(office: Office) -> None:
    await at_work(office)
    made = await approved(office)
    await office.post(seconds=10)
    editor = Editor("U0JAMES", office.workspace.clock.now())
    await newsletters.take_back(office.store, editor, made.id)
    corrections = Corrections(office.store, office.library, office.slack)
    office.workspace.faults.error("chat.delete", "ratelimited", times=1)
    assert await corrections.run() == 0
    assert await corrections.run() > 0
    assert (office.seen_in(GENERAL), office.seen_in("U0AMINA")) == ([], [])
    office.later(hours=20)
    assert await office.post(seconds=5) == 0
    assert (await newsletters.way(office.store, made.ref)).sent == 0


async def test_who_may_approve_hears_that_one_waits_and_nobody_hears_it_once_it_is_approved(office: Office) -> None:
    await at_work(office)
    now = office.workspace.clock.now()
    writer = Editor("U0PRAKASH", now)
    made = await newsletters.add(office.store, writer, CONTENT)
    await newsletters.submit(office.store, writer, made.id, 1)
    await office.post()
    assert office.seen_in("U0JAMES") == ["A newsletter waits for your approval: “April news”."]
    await newsletters.send_back(office.store, Editor("U0JAMES", now), made.id, 2)
    await newsletters.submit(office.store, writer, made.id, 3)
    await newsletters.approve(office.store, Editor("U0JAMES", now), made.id, 4, ())
    await office.post()
    assert len(office.seen_in("U0JAMES")) == 1


async def test_its_writer_hears_that_it_is_approved_and_that_it_was_sent_back(office: Office) -> None:
    await at_work(office)
    now = office.workspace.clock.now()
    writer, other = Editor("U0PRAKASH", now), Editor("U0JAMES", now)
    made = await newsletters.add(office.store, writer, replace(CONTENT, plan=Plan((GENERAL,))))
    await newsletters.submit(office.store, writer, made.id, 1)
    await newsletters.send_back(office.store, other, made.id, 2)
    await office.post()
    await newsletters.submit(office.store, writer, made.id, 3)
    found = await readers.of(office.store, made.content.plan, made.content.issue, "Europe/Zurich")
    await newsletters.approve(office.store, other, made.id, 4, found.readers)
    await office.post()
    assert office.seen_in("U0PRAKASH") == [
        "Your newsletter “April news” was sent back: it is a draft again.",
        "Your newsletter “April news” is approved. It goes out: as soon as it is approved.",
    ]
    assert office.seen_in("U0JAMES") == []


async def test_after_a_downtime_it_does_not_come_in_the_night(office: Office) -> None:
    await at_work(office)
    await approved(office)
    office.at("2019-04-04T19:00Z")
    await office.post(seconds=10)
    assert (office.seen_in(GENERAL), office.seen_in("U0AMINA"), office.seen_in("U0PRAKASH")) == (["April news"], [], [])
    office.at("2019-04-05T07:00Z")
    await office.post(seconds=10)
    assert (office.seen_in("U0AMINA"), office.seen_in("U0PRAKASH")) == (
        ["Nouvelles d’avril"],
        ["April news", "Your newsletter “April news” is approved. It goes out: as soon as it is approved."],
    )
