"""What the bot answers: one module a subject. A new subject is one line in this table.

`/alliance` alone asks the subject "overview"; the router, help, suggestions and App Home read the table.
"""

from handlers import (
    actionitems,
    activities,
    adding,
    agenda,
    audit,
    calendar,
    countries,
    deliveries,
    event,
    events,
    fairtimes,
    feed,
    groups,
    help,
    importing,
    invitation,
    minutes,
    newsletters,
    overview,
    personal,
    reminders,
    roles,
    settings,
    toolkit,
)
from handlers.subject import Subject

EXPLAINED: tuple[Subject, ...] = (
    overview.SUBJECT,
    events.SUBJECT,
    event.SUBJECT,
    invitation.SUBJECT,
    adding.SUBJECT,
    groups.SUBJECT,
    agenda.SUBJECT,
    minutes.SUBJECT,
    actionitems.SUBJECT,
    fairtimes.SUBJECT,
    calendar.SUBJECT,
    activities.SUBJECT,
    toolkit.SUBJECT,
    newsletters.SUBJECT,
    feed.SUBJECT,
    importing.SUBJECT,
    countries.SUBJECT,
    reminders.SUBJECT,
    settings.SUBJECT,
    personal.SUBJECT,
    deliveries.SUBJECT,
    roles.SUBJECT,
    audit.SUBJECT,
)

SUBJECTS: tuple[Subject, ...] = (*EXPLAINED, help.subject(EXPLAINED))
