"""What the bot holds about a member: what they can erase, and what is kept and why."""

from typing import Final

from handlers.answers import Answer
from handlers.tongue import Tongue
from handlers.views import kit
from storage.personal import Held

ERASE: Final = "data.erase"


def page(held: Held, t: Tongue, notice: str = "") -> Answer:
    """Both lists, and the button."""
    title = t._("What I hold about you")
    blocks = [kit.context(notice)] if notice else []
    blocks.append(kit.header(title))
    erasable, kept = _erasable(held, t), _kept(held, t)
    if erasable:
        heading = kit.paragraph(kit.text(t._("You can erase this"), bold=True))
        blocks.append(kit.rich(heading, kit.bullets([[kit.text(line)] for line in erasable])))
    else:
        blocks.append(kit.say(t._("There is nothing that is yours alone.")))
    if kept:
        heading = kit.paragraph(kit.text(t._("This is kept"), bold=True))
        blocks.append(kit.rich(heading, kit.bullets([[kit.text(line)] for line in kept])))
    if erasable:
        erase = kit.confirmed(
            kit.button(t._("Erase what is mine…"), ERASE),
            t._("Erase it?"),
            t._("You leave your groups, give up your places at events, and are reminded of nothing any more."),
            t._("Erase it"),
            t._("Keep it"),
        )
        blocks.append(kit.actions(erase))
    slack = t._("Your name, language and time zone come from Slack and are read from there again when you write to me.")
    blocks.append(kit.context(slack))
    return Answer(title, blocks, title=t._("My data"))


def _erasable(held: Held, t: Tongue) -> list[str]:
    lines = [t._("your language, time zone and the groups that you follow")] if held.known else []
    counted = [
        (
            held.subscriptions,
            t.n(
                "{count} thing that you are reminded of", "{count} things that you are reminded of", held.subscriptions
            ),
        ),
        (held.answers, t.n("{count} answer to an invitation", "{count} answers to invitations", held.answers)),
        (
            held.groups,
            t.n("{count} membership of an action group", "{count} memberships of action groups", held.groups),
        ),
        (held.feeds, t.n("{count} address of your calendar", "{count} addresses of your calendar", held.feeds)),
        (
            held.planned,
            t.n("{count} message that is planned for you", "{count} messages that are planned for you", held.planned),
        ),
        (held.addresses, t.n("{count} e-mail address", "{count} e-mail addresses", held.addresses)),
        (held.reactions, t.n("{count} reaction to a newsletter", "{count} reactions to newsletters", held.reactions)),
    ]
    return lines + [words for count, words in counted if count]


def _kept(held: Held, t: Tongue) -> list[str]:
    counted = [
        (
            held.roles,
            t.n(
                "{count} role that the secretariat gave you", "{count} roles that the secretariat gave you", held.roles
            ),
        ),
        (
            held.action_items,
            t.n("{count} action item that is yours", "{count} action items that are yours", held.action_items),
        ),
        (
            held.written,
            t.n(
                "{count} text that you wrote for the community",
                "{count} texts that you wrote for the community",
                held.written,
            ),
        ),
        (
            held.log_lines,
            t.n("{count} line of the log of who did what", "{count} lines of the log of who did what", held.log_lines),
        ),
        (
            held.delivered,
            t.n(
                "{count} note that a message was sent to you, without its text, so that none comes twice",
                "{count} notes that messages were sent to you, without their texts, so that none comes twice",
                held.delivered,
            ),
        ),
        (
            held.declined,
            t.n(
                "{count} kind of newsletter that you do not want",
                "{count} kinds of newsletters that you do not want",
                held.declined,
            ),
        ),
    ]
    return [words for count, words in counted if count]
