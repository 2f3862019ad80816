"""Looking at a newsletter before it goes out, the second person's approval, and stopping it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from alliance.delivery import MAIL, Kind, Planned
from alliance.edition import Edition
from alliance.languages import LANGUAGES, Language, Text, first_known
from alliance.newsletters import Timing, due
from handlers import files, mailpage
from handlers.answers import View
from handlers.call import Call, Deps, UserMistake
from handlers.mailpage import Links
from handlers.newsletterpage import as_it_stands, may_approve, may_write, named, numbers, page
from handlers.newsletterready import must_be_ready, readership, somebody_can_approve
from handlers.subject import Handler
from handlers.tongue import Tongue
from handlers.views import newsletterlooks as looks
from handlers.views import newsletters as views
from handlers.views.newsletterpost import post
from handlers.views.parts import beside
from storage import deliveries, newsletters, runs, sending
from storage.eventedits import Editor
from storage.newsletters import PRINT, Newsletter, OwnWork

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
    mark, until = newsletter.content.fingerprint[:PRINT], call.now + TRIAL_USEFUL
    planned = [Planned(Kind.TRIAL, call.member.user_id, subject, f"{mark}:{one}", call.now, until) for one in written]
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
    found = await readership(newsletter, deps)
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


@as_it_stands
async def submit(call: Call, deps: Deps) -> View:
    """Ask for approval; what is missing is said instead."""
    await may_write(call, deps)
    newsletter = await named(call.value, call, deps)
    await must_be_ready(newsletter, call, deps)
    await somebody_can_approve(newsletter.writers, call, deps)
    number, seen = numbers(call.value)
    after = await newsletters.submit(deps.store, Editor(call.member.user_id, call.now), number, seen)
    notice = call.t._("It waits for approval by somebody of the secretariat who wrote none of it.")
    return await page(after, call, deps, notice)


@as_it_stands
async def approve(call: Call, deps: Deps) -> View:
    """Approve exactly what was seen, and let it go out at its time."""
    await may_approve(call, deps)
    newsletter = await named(call.value, call, deps)
    found = await must_be_ready(newsletter, call, deps)
    number, seen = numbers(call.value)
    editor = Editor(call.member.user_id, call.now)
    try:
        after = await newsletters.approve(
            deps.store, editor, number, seen, found.readers, count_clicks=deps.counts_clicks
        )
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


@as_it_stands
async def send_back(call: Call, deps: Deps) -> View:
    """Do not approve it."""
    await may_approve(call, deps)
    number, seen = numbers(call.value)
    await named(call.value, call, deps)
    after = await newsletters.send_back(deps.store, Editor(call.member.user_id, call.now), number, seen)
    return await page(
        after, call, deps, call.t._("It is a draft again. Its writers are told; please tell them what to change.")
    )


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


ACTIONS: Final[Mapping[str, Handler]] = {
    views.PREVIEW: preview,
    views.AS_MAIL: as_mail,
    views.TRIAL: trial,
    views.DRY_RUN: dry_run,
    views.SUBMIT: submit,
    views.APPROVE: approve,
    views.SEND_BACK: send_back,
    views.STOP: stop,
    views.TAKE_BACK: take_back,
    views.RETRY: retry,
}
