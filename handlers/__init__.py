"""What the bot answers: one module a subject. A new subject is one line in this table.

`/alliance` alone asks the subject "overview"; the router, help, suggestions and App Home read the table.
"""

from handlers import (
    adding,
    calendar,
    countries,
    deliveries,
    event,
    events,
    fairtimes,
    groups,
    help,
    overview,
    reminders,
    settings,
)
from handlers.subject import Subject

EXPLAINED: tuple[Subject, ...] = (
    overview.SUBJECT,
    events.SUBJECT,
    event.SUBJECT,
    adding.SUBJECT,
    groups.SUBJECT,
    fairtimes.SUBJECT,
    calendar.SUBJECT,
    countries.SUBJECT,
    reminders.SUBJECT,
    settings.SUBJECT,
    deliveries.SUBJECT,
)

SUBJECTS: tuple[Subject, ...] = (*EXPLAINED, help.subject(EXPLAINED))
