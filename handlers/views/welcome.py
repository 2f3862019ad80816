"""The one message that a new member of the workspace gets."""

from handlers.answers import Answer
from handlers.asking import Ask
from handlers.tongue import Tongue
from handlers.views import kit
from handlers.views.asking import open_button


def words(t: Tongue, *, newsletter: bool = False) -> Answer:
    """What the bot is for, and where to begin."""
    greeting = t._("Welcome to the online community of Alliance 8.7.")
    blocks = [
        kit.say(greeting),
        kit.say(
            t._(
                "I am the Alliance’s assistant. I know the events, the action groups, the pathfinder countries and the "
                "communications calendar, in English, French and Spanish. Only you see what you ask me."
            )
        ),
        kit.rich(
            kit.paragraph(
                kit.text(t._("Type this in any channel:") + " "),
                kit.code("/alliance"),
                kit.text(", "),
                kit.code("/alliance " + t._("events africa")),
                kit.text(", "),
                kit.code("/alliance " + t._("group migration")),
            )
        ),
        kit.actions(
            open_button(t._("Next events"), Ask("events"), "events", primary=True),
            open_button(t._("Action groups"), Ask("groups"), "groups"),
            open_button(t._("What I can ask"), Ask("help"), "help"),
            open_button(t._("My language and zone"), Ask("settings"), "settings"),
            *([open_button(t._("The latest newsletter"), Ask("newsletter"), "newsletter")] if newsletter else []),
        ),
    ]
    return Answer(greeting, blocks)
