"""Looking at a newsletter before it goes out, the second person's approval, and stopping it."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Final

from alliance.delivery import MAIL, Kind, Planned
from alliance.edition import LONGEST_BODY, LONGEST_TITLE, Edition, Section
from alliance.languages import LANGUAGES, Language, Text, first_known
from alliance.newsletters import Content, Plan, Stage, Timing, due, hindrances
from alliance.newsletters import Issue as Kinds
from alliance.roles import Permission
from handlers import files, mailpage
from handlers.answers import FieldErrors, View
from handlers.call import Call, Deps, UserMistake
from handlers.mailpage import Links
from handlers.newsletterpage import may_approve, may_write, named, numbers, overtaken, page
from handlers.subject import Handler
from handlers.tongue import Tongue
from handlers.views import newsletterforms as forms
from handlers.views import newsletterlooks as looks
from handlers.views import newsletters as views
from handlers.views.newsletterpost import post
from handlers.views.newsletterwords import hindrance
from handlers.views.parts import beside
from storage import channels, deliveries, members, newsletters, readers, runs, sending
from storage.eventedits import Editor
from storage.newsletters import Changed, Newsletter, OwnWork
from storage.readers import Readership

TRIAL_USEFUL: Final = timedelta(hours=1)
SHOWN_FROM: Final = 20
"""From so many readers on the secretariat watches it go out."""


async def preview(call: Call, deps: Deps) -> View:
    """As a reader of one language gets it in Slack."""
    await may_write(call, deps)
    newsletter = await named(call.value.rpartition(":")[0], call, deps)
    language = first_known(call.value.rpartition(":")[2])
    t = Tongue(language, call.t.zone)
    return looks.preview(post(newsletter.content, t), newsletter.id, language, call.t)


async def as_mail(call: Call, deps: Deps) -> View:
    """Each language as the web page that an e-mail is, in the member's direct messages."""
    await may_write(call, deps)
    newsletter = await named(call.value, call, deps)
    editions = [newsletter.content.editions[one] for one in _written(newsletter, call)]
    deps.later(_send_pages(newsletter.id, editions, call, deps))
    words = call.t._("It is on its way to your direct messages, a file for each language: open it to see the e-mail.")
    return beside(words, call.t._("Newsletter"))


async def _send_pages(number: int, editions: Sequence[Edition], call: Call, deps: Deps) -> None:
    for edition in editions:
        page_of = mailpage.html(edition, Links(deps.feeds_at), Tongue(edition.language))
        name = f"newsletter-{number}-{edition.language}.html"
        await files.send(call, deps, name, page_of.encode(), edition.title, refused="newsletter_page_refused")


def _written(newsletter: Newsletter, call: Call) -> list[Language]:
    """The languages in which there is something to look at. Raises UserMistake where there is none."""
    content = newsletter.content
    found = [one for one in LANGUAGES if one not in content.missing and one in content.editions]
    if not found:
        raise UserMistake(call.t._("There is nothing to send yet: it needs a title and a section with a text."))
    return found


async def trial(call: Call, deps: Deps) -> View:
    """Send it to the member who asks, in each language in which it is written; the same text once."""
    await may_write(call, deps)
    newsletter = await named(call.value, call, deps)
    written = _written(newsletter, call)
    subject = f"{newsletters.TRIAL}{newsletter.id}"
    planned = [
        Planned(
            Kind.TRIAL, call.member.user_id, subject, f"{newsletter.revision}:{one}", call.now, call.now + TRIAL_USEFUL
        )
        for one in written
    ]
    await deliveries.plan(deps.store, planned)
    names = call.t.listed(call.t.language_name(one) for one in written)
    sentence = call.t._(
        "It is on its way to your direct messages, in {languages}. Nobody else gets it.", languages=names
    )
    return beside(sentence, call.t._("Newsletter"))


async def dry_run(call: Call, deps: Deps) -> View:
    """Who would get it, in which language, when, and who would not and why."""
    await may_write(call, deps)
    newsletter = await named(call.value, call, deps)
    found = await _readership(newsletter, deps)
    plan, private = newsletter.content.plan, [one for one in found.readers if one.private]
    by_mail = sum(one.target.startswith(MAIL) for one in private)
    times = sorted((due(plan, call.now, one.zone, private=one.private), one.zone) for one in found.readers)
    facts = looks.DryRun(
        newsletter=newsletter,
        channels=len(found.readers) - len(private),
        by_mail=by_mail,
        languages=Counter(one.language for one in private),
        regions=Counter(one.zone.partition("/")[0] for one in private),
        first=times[0] if times else None,
        last=times[-1] if times else None,
        minutes=len(found.readers) / deps.posts_per_minute,
        declined=found.declined,
        absent=found.absent,
    )
    return looks.dry_run(facts, call.t)


async def submit(call: Call, deps: Deps) -> View:
    """Ask for approval; what is missing is said instead."""
    await may_write(call, deps)
    newsletter = await named(call.value, call, deps)
    await _must_be_ready(newsletter, call, deps)
    await _somebody_can_approve(newsletter.writers, call, deps)
    number, seen = numbers(call.value)
    try:
        after = await newsletters.submit(deps.store, Editor(call.member.user_id, call.now), number, seen)
    except Changed as changed:
        return await overtaken(changed.newsletter, call, deps)
    notice = call.t._("It waits for approval by somebody of the secretariat who wrote none of it.")
    return await page(after, call, deps, notice)


async def breaking(call: Call, deps: Deps) -> View:
    """The short form."""
    member = await may_write(call, deps)
    alone = member.standing.may(Permission.SEND_ALONE)
    return forms.breaking(await channels.all_present(deps.store), call.t, alone=alone)


async def save_breaking(call: Call, deps: Deps) -> View:
    """Keep it, and ask for approval at once, or send it where the secretariat allowed that; empty is done without."""
    member = await may_write(call, deps)
    editions: dict[Language, Edition] = {}
    for one in LANGUAGES:
        title, body = (str(call.state.get(f"{name}_{one}") or "").strip() for name in (forms.TITLE, forms.BODY))
        if bool(title) != bool(body):
            missing = forms.TITLE if body else forms.BODY
            words = call.t._("Please write both, the title and the text, or neither.")
            return FieldErrors({f"{missing}_{one}": words})
        if title:
            editions[one] = Edition(one, title[:LONGEST_TITLE], (Section("", body[:LONGEST_BODY]),))
    waived = frozenset(one for one in LANGUAGES if one not in editions)
    plan = Plan(tuple(str(one) for one in call.state.get(forms.CHANNELS) or []))
    content = Content(Kinds.BREAKING, call.t.language, editions, waived - {call.t.language}, plan)
    found = hindrances(content)
    if found:
        return FieldErrors({f"{forms.BODY}_{found[0].language}": hindrance(found[0], call.t)})
    if not plan.channels:
        return FieldErrors({forms.CHANNELS: call.t._("Please choose at least one channel.")})
    alone = call.memory == forms.ALONE and member.standing.may(Permission.SEND_ALONE)
    if not alone:
        await _somebody_can_approve({call.member.user_id}, call, deps)
    editor = Editor(call.member.user_id, call.now)
    made = await newsletters.add(deps.store, editor, content)
    after = made
    if made.stage is Stage.DRAFT:
        after = await newsletters.submit(deps.store, editor, made.id, made.revision)
    if alone:
        if after.stage is Stage.REVIEW:
            to = (await _must_be_ready(after, call, deps)).readers
            after = await newsletters.approve(
                deps.store, editor, after.id, after.revision, to, alone=True, count_clicks=deps.counts_clicks
            )
        return await page(after, call, deps, call.t._("It goes out now. The log says that you sent it alone."))
    notice = call.t._("It waits for approval by somebody of the secretariat who wrote none of it.")
    return await page(after, call, deps, notice)


async def approve(call: Call, deps: Deps) -> View:
    """Approve exactly what was seen, and let it go out at its time."""
    await may_approve(call, deps)
    newsletter = await named(call.value, call, deps)
    found = await _must_be_ready(newsletter, call, deps)
    number, seen = numbers(call.value)
    editor = Editor(call.member.user_id, call.now)
    try:
        after = await newsletters.approve(
            deps.store, editor, number, seen, found.readers, count_clicks=deps.counts_clicks
        )
    except Changed as changed:
        return await overtaken(changed.newsletter, call, deps)
    except OwnWork as error:
        raise UserMistake(
            call.t._("You wrote some of it, so somebody else of the secretariat has to approve it.")
        ) from error
    way = await newsletters.way(deps.store, after.ref)
    if after.content.plan.timing is Timing.NOW and way.planned >= SHOWN_FROM:
        title: Text = {str(one): edition.title for one, edition in after.content.editions.items() if edition.title}
        await runs.begin(deps.store, call.now, after.ref, title)
    notice = call.t._("Approved.")
    if way.planned:
        notice = call.t.n(
            "Approved. It goes to {count} channel or member.",
            "Approved. It goes to {count} channels and members.",
            way.planned,
        )
    if way.sent:
        notice += " " + call.t._("Who has it already sees the new text where it stands in Slack.")
    return await page(after, call, deps, notice)


async def send_back(call: Call, deps: Deps) -> View:
    """Do not approve it."""
    await may_approve(call, deps)
    number, seen = numbers(call.value)
    await named(call.value, call, deps)
    try:
        after = await newsletters.send_back(deps.store, Editor(call.member.user_id, call.now), number, seen)
    except Changed as changed:
        return await overtaken(changed.newsletter, call, deps)
    return await page(after, call, deps, call.t._("It is a draft again. Please tell its writers what to change."))


async def stop(call: Call, deps: Deps) -> View:
    """Whoever does not have it yet does not get it."""
    await may_write(call, deps)
    newsletter = await named(call.value, call, deps)
    after, left = await newsletters.stop(deps.store, Editor(call.member.user_id, call.now), newsletter.id)
    await runs.hurry(deps.store)
    notice = call.t.n("Stopped. {count} does not get it.", "Stopped. {count} do not get it.", left)
    return await page(after, call, deps, notice)


async def take_back(call: Call, deps: Deps) -> View:
    """Delete it where it was delivered."""
    await may_approve(call, deps)
    newsletter = await named(call.value, call, deps)
    after = await newsletters.take_back(deps.store, Editor(call.member.user_id, call.now), newsletter.id)
    return await page(after, call, deps, call.t._("It is being deleted in Slack, wherever it was delivered."))


async def retry(call: Call, deps: Deps) -> View:
    """Try again what failed of this newsletter, and nothing else."""
    await may_approve(call, deps)
    newsletter = await named(call.value, call, deps)
    count = await sending.retry_failed(deps.store, call.member.user_id, call.now, newsletter.ref)
    notice = call.t.n("{count} is tried again.", "{count} are tried again.", count)
    return await page(newsletter, call, deps, notice)


async def _readership(newsletter: Newsletter, deps: Deps) -> Readership:
    content, zone = newsletter.content, deps.library.community.zone
    return await readers.of(deps.store, content.plan, content.issue, zone, mail=deps.mail)


async def _must_be_ready(newsletter: Newsletter, call: Call, deps: Deps) -> Readership:
    """Who gets it. Raises UserMistake where something is missing, nobody would get it, or its time is over."""
    found = hindrances(newsletter.content)
    if found:
        raise UserMistake(hindrance(found[0], call.t))
    plan = newsletter.content.plan
    over = (plan.timing is Timing.AT and plan.at and plan.at < call.now) or (
        plan.timing is Timing.MORNING and plan.day and plan.day < call.today
    )
    if over:
        raise UserMistake(call.t._("The time that is set is over. Please set another one under “Title and readers…”."))
    readership = await _readership(newsletter, deps)
    if not readership.readers:
        raise UserMistake(
            call.t._("Nobody would get it. Please choose channels or members under “Title and readers…”.")
        )
    return readership


async def _somebody_can_approve(writers: Collection[str], call: Call, deps: Deps) -> None:
    """Raises UserMistake where everybody of the secretariat wrote some of it."""
    if set(await members.secretariat(deps.store)).issubset(writers):
        raise UserMistake(
            call.t._(
                "Everybody of the secretariat wrote some of it, so nobody could approve it. Let one person write it "
                "anew, or take somebody into the secretariat with /alliance roles."
            )
        )


ACTIONS: Final[Mapping[str, Handler]] = {
    views.PREVIEW: preview,
    views.AS_MAIL: as_mail,
    views.TRIAL: trial,
    views.DRY_RUN: dry_run,
    views.SUBMIT: submit,
    views.BREAKING: breaking,
    views.APPROVE: approve,
    views.SEND_BACK: send_back,
    views.STOP: stop,
    views.TAKE_BACK: take_back,
    views.RETRY: retry,
}
SUBMISSIONS: Final[Mapping[str, Handler]] = {forms.SAVE_BREAKING: save_breaking}
