"""A member's settings: language, time zone, and what they want to be reminded of."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from alliance.languages import first_known
from handlers import zones
from handlers.answers import Answer, Modal
from handlers.asking import Ask
from handlers.tongue import Tongue
from handlers.views import fields, kit, parts
from handlers.views.asking import open_button
from storage.entries import Group
from storage.values import Member

EDIT, SAVE = "settings.edit", "settings.save"
AS_SLACK = "slack"
"""The choice that follows what Slack says of the member."""


def summary(
    member: Member, subjects: Sequence[str], groups: Mapping[str, Group], t: Tongue, notice: str = ""
) -> Answer:
    """What is set now, in words, with the way to change it."""
    title = t._("My settings")
    language = fields.LANGUAGE_NAMES[member.language()] if member.chosen_language else _language_as_slack(member, t)
    zone = zones.place(member.zone, t) if member.chosen_zone else _zone_as_slack(member, t)
    followed = [t.text(groups[slug].name.model_dump()) for slug in member.groups if slug in groups]
    reminded = t.listed(fields.subject_name(subject, groups, t) for subject in subjects)
    facts = [
        *parts.said(t._("My language:"), language),
        *parts.said(t._("My time zone:"), zone),
        *parts.said(t._("I am reminded of:"), reminded or t._("nothing yet")),
        *parts.said(t._("I follow:"), t.listed(followed) or t._("no group yet")),
    ]
    buttons = [
        kit.button(t._("Change my settings…"), EDIT, primary=True),
        open_button(t._("My reminders"), Ask("reminders", "me"), "mine"),
        open_button(t._("Action groups"), Ask("groups"), "groups"),
    ]
    blocks = [kit.context(notice)] if notice else []
    return Answer(title, [*blocks, kit.header(title), kit.rich(*facts), kit.actions(*buttons)], title=title)


def form(member: Member, subjects: Sequence[str], groups: Mapping[str, Group], t: Tongue, now: datetime) -> Modal:
    """The form that changes them."""
    chosen_language = member.chosen_language or AS_SLACK
    chosen_zone = member.chosen_zone or AS_SLACK
    choices = [(AS_SLACK, _zone_as_slack(member, t)), *zones.choices(t, now, member.zone)]
    return Modal(
        title=t._("My settings"),
        blocks=[
            fields.language(t._("My language"), chosen_language, t, [(AS_SLACK, _language_as_slack(member, t))]),
            *fields.zone(choices, chosen_zone, t),
            fields.subjects(
                t._("Remind me of"),
                t._("Reminders come as direct messages. Leave it empty for none."),
                subjects,
                groups,
                t,
            ),
        ],
        callback=SAVE,
        submit=t._("Save"),
    )


def _language_as_slack(member: Member, t: Tongue) -> str:
    return t._("As in Slack: {choice}", choice=fields.LANGUAGE_NAMES[first_known(member.slack_locale)])


def _zone_as_slack(member: Member, t: Tongue) -> str:
    return t._("As in Slack: {choice}", choice=zones.place(member.slack_zone or "UTC", t))
