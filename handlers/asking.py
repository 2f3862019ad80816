"""How to make an answer again: what a button, a menu or a shared copy carries instead of the answer itself.

"events|africa|2" is the second page of what `/alliance events africa` answers. The router knows two actions for it:
`ask.open` shows the answer, `ask.share` shows it to everybody in the channel. Both run the subject's command function,
so a view needs no action of its own for pages, details, 'back' or sharing (see handlers/views/asking.py).
`ask.link` is for buttons that are links: they do nothing here.
"""

from dataclasses import dataclass

OPEN, SHARE, LINK = "ask.open", "ask.share", "ask.link"
LONGEST_WORDS = 400


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to a subject: its English word, the words after it, and what Call.value carries (such as a page)."""

    subject: str
    words: str = ""
    value: str = ""

    def __str__(self) -> str:
        return f"{self.subject}|{self.words.replace('|', ' ')[:LONGEST_WORDS]}|{self.value}"


def parse_ask(text: str) -> Ask:
    """Read what a button carries. Raises ValueError for anything else."""
    subject, words, value = text.split("|", 2)
    if not subject:
        raise ValueError("no subject")
    return Ask(subject, words, value)
