"""Newsletters: an approval is for exactly what was seen, by somebody else, and any change ends it."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alliance.delivery import State
from alliance.edition import Edition, Section
from alliance.newsletters import Choice, Content, Issue, Plan, Stage, Timing
from storage import addresses, audit, channels, deliveries, newsletterposts, newsletters, readers
from storage.eventedits import Editor
from storage.newsletterposts import End
from storage.newsletters import Changed, Newsletter, OnItsWay, OwnWork, Way
from storage.readers import Reader, Readership
from storage.store import Store
from storage.values import ChannelSettings, SlackMember
from tests.bot.postoffice import address

NOW = datetime(2019, 4, 3, 12, tzinfo=UTC)
WRITER, OTHER = Editor("U0LAN", NOW), Editor("U0CLAIRE", NOW + timedelta(minutes=5))
LATER = NOW + timedelta(days=1)
CHANNEL = Reader("C0GENERAL", "en", "Europe/Zurich", private=False)
LIMA = Reader("U0LUIS", "es", "America/Lima", private=True)


def edition(title: str = "April news") -> Edition:
    return Edition("en", title, (Section("Migration", "A **call** on 9 April."),))


CONTENT = Content(
    editions={"en": edition()},
    waived=frozenset({"fr", "es"}),
    plan=Plan(("C0GENERAL",), "all"),
)


async def in_review(store: Store, content: Content = CONTENT) -> Newsletter:
    made = await newsletters.add(store, WRITER, content)
    return await newsletters.submit(store, WRITER, made.id, 1)


async def planned(store: Store) -> list[tuple[str, str]]:
    rows = await deliveries.recent(store, State.PLANNED, 100)
    return sorted((row.target, row.due_at.isoformat()) for row in rows if row.kind == "newsletter")


async def test_who_wrote_it_cannot_approve_it_and_another_can(store: Store) -> None:
    made = await in_review(store)
    with pytest.raises(OwnWork):
        await newsletters.approve(store, WRITER, made.id, 2, [CHANNEL])
    assert await planned(store) == []
    for _twice in range(2):
        approved = await newsletters.approve(store, OTHER, made.id, 2, [CHANNEL, LIMA])
    assert (approved.stage, approved.approved, approved.approved_by) == (Stage.APPROVED, True, "U0CLAIRE")
    assert await planned(store) == [("C0GENERAL", "2019-04-03T12:05:00+00:00"), ("U0LUIS", "2019-04-03T14:00:00+00:00")]
    lines = await audit.everything(store)
    assert [(line.actor, line.action, line.detail["change"]) for line in lines] == [
        ("U0CLAIRE", "approve_newsletter", "approved"),
        ("U0LAN", "write_newsletter", "submitted"),
        ("U0LAN", "write_newsletter", "written"),
    ]


async def test_who_edits_it_afterwards_is_a_writer_and_ends_the_approval(store: Store) -> None:
    made = await in_review(store)
    approved = await newsletters.approve(store, OTHER, made.id, 2, [LIMA])
    edited = replace(CONTENT, editions={"en": edition("May news")})
    after = await newsletters.change(store, OTHER, made.id, 3, edited)
    assert (after.stage, after.approved, after.approved_by) == (Stage.DRAFT, False, None)
    assert after.content.fingerprint != approved.content.fingerprint
    assert await planned(store) == []
    again = await newsletters.submit(store, WRITER, made.id, 4)
    with pytest.raises(OwnWork):
        await newsletters.approve(store, OTHER, made.id, again.revision, [LIMA])


@pytest.mark.parametrize(
    "other",
    [
        replace(CONTENT, plan=Plan(("C0GENERAL", "C0MIGRATION"), "all")),
        replace(CONTENT, plan=replace(CONTENT.plan, timing=Timing.AT, at=NOW)),
        replace(CONTENT, waived=frozenset({"fr"})),
        replace(CONTENT, issue=Issue.BREAKING),
    ],
)
async def test_an_approval_is_for_text_audience_and_time(store: Store, other: Content) -> None:
    made = await in_review(store)
    await newsletters.approve(store, OTHER, made.id, 2, [LIMA])
    assert (await newsletters.change(store, WRITER, made.id, 3, other)).approved is False
    assert await planned(store) == []


async def test_of_approve_and_edit_at_once_one_happens_and_never_both(store: Store) -> None:
    for number in range(5):
        content = replace(CONTENT, editions={"en": edition(f"News {number}")})
        made = await in_review(store, content)
        edited = replace(content, editions={"en": edition(f"Other news {number}")})
        ends = await asyncio.gather(
            newsletters.approve(store, OTHER, made.id, 2, [LIMA]),
            newsletters.change(store, WRITER, made.id, 2, edited),
            return_exceptions=True,
        )
        now = await newsletters.get(store, made.id)
        assert now is not None
        assert sorted(isinstance(end, Changed) for end in ends) == [False, True]
        approved = isinstance(ends[0], Newsletter)
        assert (now.approved, now.content.title) == (
            approved,
            f"{'' if approved else 'Other '}News {number}".capitalize(),
        )
        assert len(await planned(store)) == int(approved)
        await newsletters.stop(store, OTHER, made.id)


async def test_what_has_begun_to_go_out_cannot_be_edited_and_the_rest_can_be_stopped(store: Store) -> None:
    made = await in_review(store)
    await newsletters.approve(store, OTHER, made.id, 2, [CHANNEL, LIMA])
    [row] = [row for row in await deliveries.due(store, OTHER.now, 10) if row.target == "C0GENERAL"]
    await deliveries.claim(store, [row.id], "sender", OTHER.now, OTHER.now)
    with pytest.raises(OnItsWay):
        await newsletters.change(store, WRITER, made.id, 3, replace(CONTENT, editions={"en": edition("Late")}))
    assert await newsletters.way(store, made.ref) == Way(planned=1, under_way=1)
    stopped, left = await newsletters.stop(store, OTHER, made.id)
    assert (stopped.stage, left, await newsletters.stop(store, OTHER, made.id)) == (Stage.STOPPED, 1, (stopped, 0))
    with pytest.raises(OnItsWay):
        await newsletters.change(store, WRITER, made.id, 4, replace(CONTENT, editions={"en": edition("Late")}))
    await deliveries.sent(store, row.id, "sender", "C0GENERAL", "1.1", OTHER.now)
    assert await newsletters.way(store, made.ref) == Way(sent=1, skipped=1)
    assert await newsletterposts.ends(store, made.ref) == [
        End(newsletterposts.CHANNELS, State.SENT, "", 1),
        End(newsletterposts.MEMBERS, State.SKIPPED, "not approved", 1),
    ]


@pytest.mark.parametrize("corrected", [True, False])
async def test_what_was_stopped_goes_on_once_it_is_approved_again_corrected_or_as_it_was(
    store: Store, corrected: bool
) -> None:
    """One has it, one was just being written to when it was stopped, one had not been reached."""
    made = await in_review(store)
    amina = Reader("U0AMINA", "fr", "Africa/Nairobi", private=True)
    await newsletters.approve(store, OTHER, made.id, 2, [CHANNEL, amina, LIMA])
    rows = {row.target: row.id for row in await deliveries.due(store, OTHER.now, 10)}
    await deliveries.claim(store, sorted(rows.values()), "sender", OTHER.now, OTHER.now)
    await deliveries.sent(store, rows["C0GENERAL"], "sender", "C0GENERAL", "1.1", OTHER.now)
    await newsletters.stop(store, OTHER, made.id)
    await deliveries.skipped(store, rows["U0AMINA"], "sender", "not approved", OTHER.now)
    seen = 4
    if corrected:
        await newsletters.change(store, WRITER, made.id, 4, replace(CONTENT, editions={"en": edition("Corrected")}))
        seen = 5
    again = await newsletters.submit(store, WRITER, made.id, seen)
    assert (again.stage, again.approved, again.revision) == (Stage.REVIEW, False, seen + 1)
    approved = await newsletters.approve(store, OTHER, made.id, seen + 1, [CHANNEL, amina, LIMA])
    assert [target for target, _ in await planned(store)] == ["U0AMINA", "U0LUIS"]
    assert await newsletters.way(store, made.ref) == Way(planned=2, sent=1)
    to_change = await newsletterposts.posts_to_correct(store, approved, 10)
    assert [row.target for row in to_change] == ["C0GENERAL"] * corrected


async def settle(store: Store, **outcomes: str) -> None:
    """What is due to these targets ends like this: "sent", or the reason for which it failed or was left out."""
    rows = {row.target: row.id for mail in (False, True) for row in await deliveries.due(store, LATER, 50, mail=mail)}
    for name, outcome in outcomes.items():
        target = name.replace("mail_", "mail:")
        await deliveries.claim(store, [rows[target]], "sender", LATER, LATER)
        if outcome == "sent":
            await deliveries.sent(store, rows[target], "sender", target, "1.1", LATER)
        else:
            await deliveries.failed(store, rows[target], "sender", outcome, LATER)


async def again(store: Store, number: int, title: str, to: list[Reader]) -> Newsletter:
    """Changed to that title, and approved once more."""
    before = await newsletters.get(store, number)
    assert before is not None
    after = await newsletters.change(
        store, WRITER, number, before.revision, replace(CONTENT, editions={"en": edition(title)})
    )
    asked = await newsletters.submit(store, WRITER, number, after.revision)
    return await newsletters.approve(store, OTHER, number, asked.revision, to)


async def test_who_has_it_and_then_chooses_e_mail_does_not_get_it_there_too(store: Store) -> None:
    made = await in_review(store)
    amina = Reader("U0AMINA", "fr", "Africa/Nairobi", private=True)
    await newsletters.approve(store, OTHER, made.id, 2, [amina])
    await settle(store, U0AMINA="sent")
    assert await addresses.give(store, Editor("U0AMINA", NOW), address("amina"), "fr")
    by_mail = Reader("mail:1", "fr", "Africa/Nairobi", private=True, member="U0AMINA")
    await again(store, made.id, "Corrected", [by_mail])
    assert await newsletters.way(store, made.ref) == Way(sent=1)


async def test_who_wants_it_both_ways_gets_the_second_way_after_a_stop(store: Store) -> None:
    await addresses.give(store, Editor("U0AMINA", NOW), address("amina"), "fr")
    made = await in_review(store)
    both = [
        Reader("U0AMINA", "fr", "Africa/Nairobi", private=True),
        Reader("mail:1", "fr", "Africa/Nairobi", private=True, member="U0AMINA"),
    ]
    await newsletters.approve(store, OTHER, made.id, 2, both)
    await settle(store, U0AMINA="sent")
    await newsletters.stop(store, OTHER, made.id)
    await addresses.give(store, Editor("U0AMINA", NOW), address("amina2"), "fr")
    await again(store, made.id, "Corrected", both)
    assert await newsletters.way(store, made.ref) == Way(planned=1, sent=1)
    await settle(store, mail_1="sent")
    await again(store, made.id, "Corrected once more", both[:1])
    assert await newsletters.way(store, made.ref) == Way(sent=2)


async def test_what_failed_is_tried_with_what_is_approved_next_and_never_besides(store: Store) -> None:
    made = await in_review(store)
    await newsletters.approve(store, OTHER, made.id, 2, [CHANNEL, LIMA])
    await settle(store, C0GENERAL="not_in_channel", U0LUIS="sent")
    await again(store, made.id, "Corrected", [CHANNEL, LIMA])
    await settle(store, C0GENERAL="sent")
    await again(store, made.id, edition().title, [CHANNEL, LIMA])
    assert await newsletters.way(store, made.ref) == Way(sent=2)


async def test_what_came_back_after_a_stop_does_not_keep_it_from_being_corrected(store: Store) -> None:
    """Slack asked to wait just then, so that the sender gave back what it had claimed."""
    made = await in_review(store)
    await newsletters.approve(store, OTHER, made.id, 2, [CHANNEL, LIMA])
    await settle(store, U0LUIS="sent")
    [row] = [row for row in await deliveries.due(store, LATER, 10) if row.kind == "newsletter"]
    await deliveries.claim(store, [row.id], "sender", LATER, LATER)
    await newsletters.stop(store, OTHER, made.id)
    await deliveries.release(store, row.id, "sender")
    await again(store, made.id, "Corrected", [CHANNEL, LIMA])
    assert await newsletters.way(store, made.ref) == Way(planned=1, sent=1)


async def test_the_same_text_after_a_stop_is_another_newsletter(store: Store) -> None:
    made = await in_review(store)
    await newsletters.approve(store, OTHER, made.id, 2, [LIMA])
    assert (await newsletters.add(store, WRITER, CONTENT)).id == made.id
    await newsletters.stop(store, OTHER, made.id)
    assert (await newsletters.add(store, WRITER, CONTENT)).id != made.id


async def test_a_draft_is_thrown_away_and_its_number_is_never_given_again(store: Store) -> None:
    made = await newsletters.add(store, WRITER, CONTENT)
    for _twice in range(2):
        await newsletters.discard(store, OTHER, made.id, 1)
    assert await newsletters.get(store, made.id) is None
    assert (await newsletters.add(store, WRITER, CONTENT)).id == made.id + 1
    lines = await audit.everything(store)
    assert sorted(line.detail["change"] for line in lines) == ["thrown away", "written", "written"]


async def test_what_somebody_has_or_is_to_get_is_not_thrown_away(store: Store) -> None:
    made = await in_review(store)
    await newsletters.approve(store, OTHER, made.id, 2, [LIMA])
    with pytest.raises(Changed):
        await newsletters.discard(store, WRITER, made.id, 2)
    for seen in (3, 4):
        with pytest.raises(OnItsWay):
            await newsletters.discard(store, WRITER, made.id, seen)
        await newsletters.stop(store, OTHER, made.id)
    assert (await newsletters.get(store, made.id)) is not None


async def test_the_second_of_two_editors_overwrites_nothing(store: Store) -> None:
    made = await newsletters.add(store, WRITER, CONTENT)
    first = replace(CONTENT, editions={"en": edition("First")})
    await newsletters.change(store, WRITER, made.id, 1, first)
    assert (await newsletters.change(store, WRITER, made.id, 1, first)).revision == 2
    with pytest.raises(Changed) as caught:
        await newsletters.change(store, OTHER, made.id, 1, replace(CONTENT, editions={"en": edition("Second")}))
    assert caught.value.newsletter.content.title == "First"
    assert [one.content.title for one in await newsletters.latest(store)] == ["First"]


async def test_who_gets_it_in_which_language_and_who_does_not_want_it(store: Store) -> None:
    people = [
        SlackMember("U0AMINA", "fr-FR", "Africa/Nairobi", False),
        SlackMember("U0GONE", "en-US", "UTC", False),
        SlackMember("U0LUIS", "es-LA", None, True),
        SlackMember("U0PRAKASH", "ne-NP", "Asia/Kathmandu", False),
    ]
    assert await readers.keep_roster(store, people, NOW) == 4
    assert await readers.keep_roster(store, people[:1] + people[2:], NOW) == 1
    await readers.choose(store, "U0PRAKASH", {Issue.NEWSLETTER: Choice.NONE})
    await channels.save(store, ChannelSettings("C0GENERAL", "general", "en", "Europe/Zurich"))
    found = await readers.of(store, Plan(("C0GENERAL", "C0GONE"), "all"), Issue.NEWSLETTER, "Europe/Zurich")
    amina = Reader("U0AMINA", "fr", "Africa/Nairobi", private=True)
    luis = Reader("U0LUIS", "es", "Europe/Zurich", private=True)
    assert found == Readership((CHANNEL, amina, luis), declined=1, absent=("C0GONE",))
    assert len((await readers.of(store, Plan(members="all"), Issue.UPDATE, "UTC")).readers) == 3
    assert (await readers.of(store, Plan(members="group:migration"), Issue.UPDATE, "UTC")).readers == ()
    assert (await readers.of(store, Plan(), Issue.UPDATE, "UTC")) == Readership(())
    assert await readers.choices(store, "U0PRAKASH") == {
        Issue.NEWSLETTER: Choice.NONE,
        Issue.UPDATE: Choice.SLACK,
        Issue.BREAKING: Choice.SLACK,
    }


async def test_members_get_it_by_the_ways_that_they_chose_and_in_slack_until_an_address_is_confirmed(
    store: Store,
) -> None:
    names = ("U0AMINA", "U0EVA", "U0LUIS")
    await readers.keep_roster(store, [SlackMember(name, "en-US", "UTC", False) for name in names], NOW)
    for number, (name, way) in enumerate(zip(names, (Choice.MAIL, Choice.BOTH, Choice.MAIL), strict=True)):
        await readers.choose(store, name, {Issue.NEWSLETTER: way})
        assert await addresses.give(store, Editor(name, NOW), address(f"reader-{number}"), "en")
    assert not await addresses.give(store, Editor("U0LUIS", NOW), address("reader-0"), "en")
    for name in names[:2]:
        theirs = await addresses.of_member(store, name)
        assert theirs is not None
        await addresses.confirm(store, theirs.token, NOW)

    async def targets(plan: Plan, *, mail: bool = True) -> list[str]:
        return [one.target for one in (await readers.of(store, plan, Issue.NEWSLETTER, "UTC", mail=mail)).readers]

    assert await targets(Plan(members="all")) == ["mail:1", "U0EVA", "mail:2", "U0LUIS"]
    assert await targets(Plan(members="all"), mail=False) == ["U0AMINA", "U0EVA", "U0LUIS"]
    assert await targets(Plan(mail=True)) == []
