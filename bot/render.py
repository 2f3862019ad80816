"""What a delivery says, from the facts of the moment at which it is sent: or why there is nothing to say any more."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from alliance.delivery import Kind, State
from alliance.leadtimes import due_times
from bot import renderannouncement, renderinvitation, renderjoining, rendernewsletter, rendernudge
from bot.nights import put_off
from bot.notices import FAILED, LATE, late_since
from bot.planner import read_detail
from bot.posting import TOO_LATE, Message, Postpone, Rendered, Skip
from bot.progress import announcement
from handlers.answers import Answer
from handlers.call import Slack, SlackRefused
from handlers.reminders import organisers
from handlers.tongue import Tongue
from handlers.views import notices
from handlers.views.reminder import reminder
from storage import channels, deliveries, events, members, newsletters, runs
from storage.library import Library
from storage.store import Store
from storage.values import DeliveryRow, EventDetail, Member

MOST_LATE: Final = 500

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders every kind of delivery. `welcome` is the router's: the words for a new member.

    `clicks_at`: where links of newsletters are counted; "" where they are not.
    """

    store: Store
    library: Library
    slack: Slack
    welcome: Callable[[Member], Awaitable[Answer]]
    clicks_at: str = ""

    async def render(self, row: DeliveryRow, now: datetime) -> Rendered:
        """The message; Skip with the reason; or Postpone where the event now begins later, or it is late and night."""
        if row.kind == Kind.WELCOME:
            return _message(await self.welcome(await self._member(row.target, now)))
        if row.kind == Kind.NEWSLETTER:
            return await rendernewsletter.newsletter(
                self.store,
                row,
                now,
                await self._tongue(row.target, now),
                private=_private(row.target),
                clicks_at=self.clicks_at,
            )
        if row.kind == Kind.TRIAL:
            return await rendernewsletter.trial(self.store, row, await self._tongue(row.target, now))
        if row.kind == Kind.ANNOUNCEMENT:
            return await renderannouncement.first(
                self.store, self.library, row, now, await self._tongue(row.target, now)
            )
        if row.kind == Kind.CHANGE:
            return await renderannouncement.change(self.store, row, now, await self._tongue(row.target, now))
        if row.kind == Kind.PLACE:
            return await renderinvitation.place(self.store, row, now, await self._tongue(row.target, now))
        if row.kind == Kind.NUDGE:
            return await rendernudge.nudge(self.store, self.library, row, now, await self._tongue(row.target, now))
        if row.kind == Kind.ACTIVITY:
            return await rendernudge.of_activity(self.store, row, now, await self._tongue(row.target, now))
        if row.kind == Kind.JOINING:
            return await renderjoining.notice(self.store, self.library, row, await self._tongue(row.target, now))
        if row.kind == Kind.NOTICE:
            return await self._notice(row, now, await self._tongue(row.target, now))
        return await self._of_event(row, now)

    async def _of_event(self, row: DeliveryRow, now: datetime) -> Rendered:
        found = await events.detail(self.store, row.subject)
        if found is None:
            return Skip("no longer in the calendar")
        if found.row.cancelled:
            return Skip("cancelled")
        t = await self._tongue(row.target, now)
        if row.kind == Kind.REMINDER and (changed := _changed(row, found, t.zone, now)):
            return changed
        if found.row.when.ends_at(t.zone) <= now:
            return Skip("over")
        asked = await renderinvitation.question(self.store, found, row.target if _private(row.target) else "", now, t)
        if isinstance(asked, Skip):
            return asked
        answer = reminder(found, now, t, t.zone, organisers(found, self.library), asked)
        return _message(await rendernudge.with_agenda(self.store, answer, found, now, t))

    async def _member(self, user_id: str, now: datetime) -> Member:
        """A member with their language and zone; Slack is asked about one that the bot has not met yet."""
        member = await members.get(self.store, user_id)
        if member and member.refreshed_at:
            return member
        try:
            facts = await self.slack.member_facts(user_id)
        except SlackRefused as refused:
            log.warning("member_facts_missing", reason=str(refused))
            return member or Member(user_id)
        return await members.save_slack_facts(self.store, user_id, facts.locale, facts.zone, now, guest=facts.guest)

    async def _tongue(self, target: str, now: datetime) -> Tongue:
        """The language and zone of a channel or a member."""
        if _private(target):
            member = await self._member(target, now)
            return Tongue(member.language(self.library.community.language), member.zone)
        if channel := await channels.get(self.store, target):
            return Tongue(channel.language, channel.zone)
        return Tongue(self.library.community.language, self.library.community.zone)

    async def _notice(self, row: DeliveryRow, now: datetime, t: Tongue) -> Rendered:
        matter, _, target = row.subject.partition("/")
        if matter == FAILED:
            return _message(notices.failed(target, row.detail.partition("/")[2], t))
        if matter == LATE:
            return await self._late(row, t)
        if matter == runs.NOTICE and (shown := await announcement(self.store, target, now, t)):
            return _message(shown)
        if matter == newsletters.APPROVAL:
            return await rendernewsletter.approval(self.store, row, t)
        if matter == newsletters.DECIDED:
            return await rendernewsletter.decided(self.store, row, now, t)
        return Skip("unknown notice")

    async def _late(self, row: DeliveryRow, t: Tongue) -> Rendered:
        since = late_since(row)
        skipped = await deliveries.recent(self.store, State.SKIPPED, MOST_LATE)
        late = [
            one
            for one in skipped
            if one.kind in (Kind.REMINDER, Kind.AGAIN)
            and one.reason == TOO_LATE
            and one.settled_at
            and since <= one.settled_at < since + timedelta(hours=1)
        ]
        if not late:
            return Skip("nothing was late")
        in_channels: dict[str, set[str]] = {}
        for one in late:
            if not _private(one.target):
                in_channels.setdefault(one.subject, set()).add(one.target)
        found = {subject: await events.detail(self.store, subject) for subject in in_channels}
        missed = [
            notices.Missed(t.text(event.row.title), event.row.when, tuple(sorted(in_channels[subject])))
            for subject, event in found.items()
            if event is not None
        ]
        missed.sort(key=lambda one: (one.when.start, one.title))
        return _message(notices.late(missed, sum(_private(one.target) for one in late), len(late), t))


def _private(target: str) -> bool:
    """Whether that is a member, not a channel."""
    return target[:1] in ("U", "W")


def _changed(row: DeliveryRow, found: EventDetail, zone: str, now: datetime) -> Skip | Postpone | None:
    """Whether the occurrence was moved since this reminder was planned, or it would come at night.

    What is of no use any more when the night is over is put off until then: the sender's late policy ends it.
    """
    lead, day = read_detail(row.detail)
    when = found.row.when
    if when.start != (day or found.row.original_day):
        return Skip("moved")
    due = due_times(when, [lead], zone)
    if not due:
        return Skip("its date is not certain any more" if not when.day_exact else "over")
    if due[0].at > now:
        return Postpone(due[0].at)
    return put_off(row, due[0].at, now, zone, lead)


def _message(answer: Answer) -> Message:
    return Message(answer.text, answer.blocks)
