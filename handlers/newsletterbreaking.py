"""Breaking news: a short update to chosen channels in two clicks."""

from collections.abc import Mapping
from typing import Final

from alliance.edition import LONGEST_BODY, LONGEST_TITLE, Edition, Section
from alliance.languages import LANGUAGES, Language
from alliance.newsletters import Content, Plan, Stage, hindrances
from alliance.newsletters import Issue as Kinds
from alliance.roles import Permission
from handlers.answers import FieldErrors, View
from handlers.call import Call, Deps
from handlers.newsletterpage import may_write, page
from handlers.newsletterready import must_be_ready, somebody_can_approve
from handlers.subject import Handler
from handlers.views import newsletterforms as forms
from handlers.views import newsletters as views
from handlers.views.newsletterwords import hindrance
from storage import channels, newsletters
from storage.eventedits import Editor


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
        await somebody_can_approve({call.member.user_id}, call, deps)
    editor = Editor(call.member.user_id, call.now)
    made = await newsletters.add(deps.store, editor, content)
    after = made
    if made.stage is Stage.DRAFT:
        after = await newsletters.submit(deps.store, editor, made.id, made.revision)
    if alone:
        if after.stage is Stage.REVIEW:
            to = (await must_be_ready(after, call, deps)).readers
            after = await newsletters.approve(
                deps.store, editor, after.id, after.revision, to, alone=True, count_clicks=deps.counts_clicks
            )
        return await page(after, call, deps, call.t._("It goes out now. The log says that you sent it alone."))
    notice = call.t._("It waits for approval by somebody of the secretariat who wrote none of it.")
    return await page(after, call, deps, notice)


ACTIONS: Final[Mapping[str, Handler]] = {views.BREAKING: breaking}
SUBMISSIONS: Final[Mapping[str, Handler]] = {forms.SAVE_BREAKING: save_breaking}
