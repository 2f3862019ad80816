"""The way from a payload to an answer: who asks, which function answers, and the one error boundary.

Bolt has one listener a kind of payload (docs/decisions/one-listener.md); each calls the router, which looks the
function up in dicts made from the subject table.
"""

import secrets
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import structlog
from structlog.contextvars import bind_contextvars, get_contextvars

from alliance.filtering import parse
from alliance.names import Named, NameIndex, plain
from handlers import SUBJECTS, payloads, replies
from handlers.answers import Answer, Nothing, View
from handlers.asking import LINK, OPEN, SHARE, Ask, parse_ask
from handlers.call import Call, Deps, SlackRefused, StaleValue, UserMistake
from handlers.members import Members
from handlers.payloads import Asked, Body
from handlers.replies import Reply
from handlers.sharing import is_new, public_copy
from handlers.subject import Handler, Subject
from handlers.tongue import Tongue
from handlers.views import mistakes, welcome
from handlers.views.help import word_of
from storage import newsletters
from storage.values import Member

OVERVIEW = "overview"

LATEST = 20
"""So many newsletters are looked through for one to offer to a new member."""
"""The subject that answers `/alliance` alone and fills App Home."""

NAMED_IN = (("countries", "country"), ("groups", "group"))
"""Subjects that show one thing by its name, and the kind of thing."""

log = structlog.get_logger("handlers.router")


@dataclass(frozen=True, slots=True)
class _Answered:
    view: View
    t: Tongue
    asked: Asked


class Router:
    """Answers payloads of Slack as dicts, and dicts alone: whoever calls it sends the reply."""

    def __init__(self, deps: Deps, subjects: Sequence[Subject] = SUBJECTS) -> None:
        self._deps = deps
        self._members = Members(deps)
        self._subjects = {plain(word): subject for subject in subjects for word in subject.words}
        self._words = NameIndex(Named(word, (word,)) for subject in subjects for word in subject.words)
        self._actions: dict[str, Handler] = {OPEN: self._open, SHARE: self._share, LINK: _nothing}
        self._submissions: dict[str, Handler] = {}
        self._shortcuts: dict[str, Handler] = {}
        for subject in subjects:
            self._actions |= subject.actions
            self._submissions |= subject.submissions
            self._shortcuts |= subject.shortcuts

    async def command(self, body: Body) -> Reply:
        """The reply to a slash command."""
        answered = await self._answered(payloads.command, body, self._command)
        return replies.to_command(answered.view, answered.t)

    async def action(self, body: Body) -> Reply:
        """The reply to a click or a choice (block_actions)."""
        answered = await self._answered(payloads.action, body, self._action)
        asked = answered.asked
        return replies.to_click(
            answered.view, answered.t, asked.where, message_private=asked.message_private, behind=asked.behind
        )

    async def submission(self, body: Body) -> Reply:
        """The reply to a submitted form (view_submission)."""
        answered = await self._answered(payloads.submission, body, self._submission)
        return replies.to_form(answered.view, answered.t, answered.asked.behind)

    async def shortcut(self, body: Body) -> Reply:
        """The reply to a shortcut: a global one, or one of a message (message_action)."""
        answered = await self._answered(payloads.shortcut, body, self._shortcut)
        return replies.to_shortcut(answered.view, answered.t)

    async def home(self, user_id: str) -> None:
        """Show the overview in a member's App Home. A refusal by Slack is logged: the next opening tries again."""
        answered = await self._answered(lambda _body: Asked(user_id, "", where="home"), {}, self._command)
        if isinstance(answered.view, Answer):
            try:
                await self._deps.slack.publish_home(user_id, replies.home(answered.view, answered.t))
            except SlackRefused as refused:
                log.warning("home_refused", reason=str(refused))

    async def welcome_words(self, member: Member) -> Answer:
        """The one message that a new member gets; bot/ sends it through the ledger."""
        latest = await newsletters.published(self._deps.store, LATEST)
        return welcome.words(self._tongue(member), newsletter=bool(latest))

    async def _answered(self, read: Callable[[Body], Asked], body: Body, run: Handler) -> _Answered:
        """The error boundary: nothing that goes wrong in a handler goes beyond this function."""
        t, asked = Tongue(self._deps.community_language), Asked("", "")
        try:
            asked = read(body)
            call = await self._call(asked)
            t = call.t
            return _Answered(await run(call, self._deps), t, asked)
        except UserMistake as error:
            bind_contextvars(outcome="mistake")
            return _Answered(mistakes.mistake(str(error), t), t, asked)
        except StaleValue:
            bind_contextvars(outcome="stale")
            return _Answered(mistakes.too_old(t), t, asked)
        except Exception as error:  # noqa: BLE001 (the one error boundary: a defect becomes a reference, here and in the log)
            bind_contextvars(outcome="defect")
            return _Answered(mistakes.defect(_logged(error), t), t, asked)

    async def _call(self, asked: Asked) -> Call:
        now = self._deps.clock()
        member = await self._members.who(asked.user_id, now)
        return Call(
            member=member,
            now=now,
            t=self._tongue(member),
            words=asked.words,
            value=asked.value,
            channel_id=asked.channel_id,
            where=asked.where,
            state=asked.state,
            memory=asked.memory,
            trigger_id=asked.trigger_id,
            message_private=asked.message_private,
            id=asked.id,
        )

    def _tongue(self, member: Member) -> Tongue:
        return Tongue(member.language(self._deps.community_language), member.zone)

    async def _command(self, call: Call, _deps: Deps) -> View:
        """The answer to words: one of them names the subject, mostly the first; none asks for the overview."""
        words = call.words.split(" ") if call.words else [OVERVIEW]
        at = next((at for at, word in enumerate(words) if plain(word) in self._subjects), None)
        if at is None:
            return mistakes.unknown_subject(words[0], self._nearest(words[0], call), call.t)
        rest = " ".join((*words[:at], *words[at + 1 :]))
        return await self._run(self._subjects[plain(words[at])], replace(call, words=rest))

    def _nearest(self, word: str, call: Call) -> list[Ask]:
        """What may have been meant: a subject of a like name; or what the words name, and the events they filter."""
        rest = call.words.partition(" ")[2]
        near = {subject.name: subject for like in self._words.suggest(word) if (subject := self._subjects[plain(like)])}
        asks = [Ask(word_of(subject, call.t), rest) for subject in near.values() if subject.name != OVERVIEW]
        understood = parse(call.words, self._deps.library.vocabulary, call.today)
        if understood.canonical and not understood.unknown:
            asks = [Ask(word_of(self._subjects[name], call.t), call.words) for name in (*self._named(call), "events")]
        return asks

    def _named(self, call: Call) -> list[str]:
        """The subjects of which the words name one thing: a country, a group."""
        names = self._deps.library.names
        return [name for name, kind in NAMED_IN if names(kind).exact(call.words)]

    async def _run(self, subject: Subject, call: Call) -> View:
        bind_contextvars(subject=subject.name)
        try:
            return await subject.command(call, self._deps)
        finally:
            if not subject.reads_only:
                self._members.forget(call.member.user_id)

    async def _action(self, call: Call, deps: Deps) -> View:
        """What a click does; ids of a former version of the bot say so."""
        name = call.id.partition(":")[0]
        action = self._actions.get(name)
        if action is None:
            raise StaleValue(name)
        bind_contextvars(subject=name.partition(".")[0])
        if name not in (OPEN, SHARE, LINK):
            self._members.forget(call.member.user_id)
        return await action(call, deps)

    async def _submission(self, call: Call, deps: Deps) -> View:
        submitted = self._submissions.get(call.id)
        if submitted is None:
            raise StaleValue(call.id)
        bind_contextvars(subject=call.id.partition(".")[0])
        try:
            return await submitted(call, deps)
        finally:
            self._members.forget(call.member.user_id)

    async def _shortcut(self, call: Call, deps: Deps) -> View:
        shortcut = self._shortcuts.get(call.id)
        if shortcut is None:
            raise StaleValue(call.id)
        bind_contextvars(subject=call.id.partition(".")[0])
        return await shortcut(call, deps)

    async def _open(self, call: Call, _deps: Deps) -> View:
        """Show the answer that a button, a page or a menu asks for."""
        try:
            ask = parse_ask(call.value)
            subject = self._subjects[plain(ask.subject)]
        except (ValueError, KeyError) as error:
            raise StaleValue(call.value) from error
        return await self._run(subject, replace(call, words=ask.words, value=ask.value))

    async def _share(self, call: Call, deps: Deps) -> View:
        """Show the answer to everybody in the channel, made afresh; once, however often Slack delivers the click."""
        answer = await self._open(call, deps)
        if not isinstance(answer, Answer):
            return answer
        return public_copy(answer, call.member.user_id, call.t) if await is_new(call, deps) else Nothing()


async def _nothing(_call: Call, _deps: Deps) -> View:
    """A button that is a link: Slack opens it, and tells the bot of the click."""
    return Nothing()


def _logged(error: Exception) -> str:
    """Log a defect and return its reference: the id of the request, which all of its lines in the log carry.

    Only the type and the lines of code are logged: a message may hold people's words.
    """
    reference = str(get_contextvars().get("request") or secrets.token_hex(4))
    stack = "".join(traceback.format_tb(error.__traceback__))
    log.error("defect", reference=reference, error=type(error).__name__, stack=stack)
    return reference
