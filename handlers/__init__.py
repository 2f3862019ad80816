"""What the bot answers: one module a subject. A new subject is one line in this table.

`/alliance` alone asks the subject "overview"; the router, help, suggestions and App Home read the table.
"""

from handlers import calendar, event, events
from handlers.subject import Subject

SUBJECTS: tuple[Subject, ...] = (
    events.SUBJECT,
    event.SUBJECT,
    calendar.SUBJECT,
)
