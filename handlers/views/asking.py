"""Buttons and menus that ask for an answer: pages, details, 'back', 'share in this channel'."""

from handlers.asking import OPEN, SHARE, Ask
from handlers.call import Where
from handlers.tongue import Tongue
from handlers.views import kit


def open_button(words: str, ask: Ask, name: str = "", *, primary: bool = False) -> kit.Element:
    """A button that shows another answer; `name` tells several of them in one block apart."""
    return kit.button(words, f"{OPEN}:{name}" if name else OPEN, str(ask), primary=primary)


def share_button(t: Tongue, ask: Ask, where: Where = "message") -> list[kit.Element]:
    """'Share in this channel', where there is a channel: nothing in App Home and in modals."""
    return [kit.button(t._("Share in this channel"), SHARE, str(ask))] if where == "message" else []


def page_buttons(t: Tongue, ask: Ask, page: int, *, more: bool) -> list[kit.Element]:
    """Previous and Next, as far as there are such pages (counted from 1)."""
    made = []
    if page > 1:
        made.append(open_button(t._("Previous page"), Ask(ask.subject, ask.words, str(page - 1)), "previous"))
    if more:
        made.append(open_button(t._("Next page"), Ask(ask.subject, ask.words, str(page + 1)), "next"))
    return made


def ask_option(words: str, ask: Ask) -> kit.Element:
    """An entry of a menu whose action is `ask.open`; without `value` where Slack's 150 characters do not hold it."""
    carried = str(ask)
    return kit.option(words, carried if len(carried) <= 150 else str(Ask(ask.subject, ask.words)))
