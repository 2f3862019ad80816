"""`/alliance settings`: a member's language, time zone, and what they want to be reminded of."""

from dataclasses import replace

from alliance.languages import Language, from_locale
from handlers.answers import FieldErrors, View
from handlers.call import Call, Deps
from handlers.fresh import fresh
from handlers.overview import republish
from handlers.reminders import chosen_subjects, chosen_zone
from handlers.subject import Subject
from handlers.tongue import Tongue
from handlers.views import settings as views
from handlers.views.fields import LANGUAGE_FIELD
from handlers.views.mistakes import with_unused
from storage import channels, members


async def show(call: Call, deps: Deps) -> View:
    """What is set now; App Home opens the form at once."""
    if call.where == "home":
        return await edit(call, deps)
    member = await fresh(call, deps)
    subjects = await channels.subjects_of(deps.store, member.user_id)
    return with_unused(call.words, views.summary(member, subjects, deps.library.groups, call.t), call.t)


async def edit(call: Call, deps: Deps) -> View:
    """The form, with what is set now."""
    member = await fresh(call, deps)
    subjects = await channels.subjects_of(deps.store, member.user_id)
    return views.form(member, subjects, deps.library.groups, call.t, call.now)


async def save(call: Call, deps: Deps) -> View:
    """Keep what the form says and answer in the language that was chosen; App Home follows."""
    errors: dict[str, str] = {}
    zone = chosen_zone(call.state, errors, call.t)
    if errors:
        return FieldErrors(errors)
    user_id = call.member.user_id
    await members.choose_language(deps.store, user_id, _language(call))
    await members.choose_zone(deps.store, user_id, zone)
    await channels.subscribe_to(deps.store, user_id, chosen_subjects(call, deps), call.now)
    member = await fresh(call, deps)
    t = Tongue(member.language(deps.community_language), member.zone)
    deps.later(republish(replace(call, member=member, t=t), deps))
    subjects = await channels.subjects_of(deps.store, user_id)
    return views.summary(member, subjects, deps.library.groups, t, t._("Saved."))


def _language(call: Call) -> Language | None:
    """The language that was chosen; None follows Slack."""
    return from_locale(str(call.state.get(LANGUAGE_FIELD) or ""))


SUBJECT = Subject(
    words=("settings", "paramètres", "réglages", "préférences", "ajustes", "configuración", "preferencias"),
    help_line=lambda t: t._("My language, my time zone, and what I want to be reminded of"),
    examples=lambda t: (t._("settings"),),
    command=show,
    reads_only=True,
    actions={views.EDIT: edit},
    submissions={views.SAVE: save},
)
