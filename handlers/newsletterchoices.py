"""Which newsletters a member wants, and how: in Slack, by e-mail, both, or none."""

from collections.abc import Mapping
from typing import Final

from alliance.addresses import normalised
from alliance.newsletters import Choice, Issue
from handlers.answers import FieldErrors, View
from handlers.call import Call, Deps, StaleValue
from handlers.subject import Handler
from handlers.views import newsletterforms as forms
from handlers.views import newsletters as views
from storage import addresses, readers
from storage.eventedits import Editor


async def choose(call: Call, deps: Deps) -> View:
    """How the member wants each kind."""
    user_id = call.member.user_id
    address = await addresses.of_member(deps.store, user_id)
    return forms.choices(await readers.choices(deps.store, user_id), address, call.t, mail=deps.mail)


async def save_choices(call: Call, deps: Deps) -> View:
    """Keep it; a new address is asked whether it is theirs."""
    try:
        wanted = {issue: Choice(str(call.state.get(issue.value))) for issue in Issue}
    except ValueError as error:
        raise StaleValue(forms.SAVE_CHOICES) from error
    written = str(call.state.get(forms.ADDRESS) or "").strip()
    if deps.mail and written:
        address = normalised(written)
        if address is None:
            return FieldErrors({forms.ADDRESS: call.t._("This is not an e-mail address.")})
        editor = Editor(call.member.user_id, call.now)
        if not await addresses.give(deps.store, editor, address, call.t.language):
            problem = call.t._("This address is on the list already, or its owner left. Please ask the secretariat.")
            return FieldErrors({forms.ADDRESS: problem})
    elif deps.mail and any(way in (Choice.MAIL, Choice.BOTH) for way in wanted.values()):
        return FieldErrors({forms.ADDRESS: call.t._("Please write your e-mail address.")})
    await readers.choose(deps.store, call.member.user_id, wanted)
    return views.for_readers(None, call.t, call.t._("Saved."))


ACTIONS: Final[Mapping[str, Handler]] = {views.CHOOSE: choose}
SUBMISSIONS: Final[Mapping[str, Handler]] = {forms.SAVE_CHOICES: save_choices}
