"""Help: everything that one can ask, or one subject of it."""

from collections.abc import Sequence

from handlers.answers import Answer
from handlers.asking import Ask
from handlers.subject import Subject
from handlers.tongue import Tongue
from handlers.views import kit
from handlers.views.asking import open_button


def everything(subjects: Sequence[Subject], t: Tongue) -> Answer:
    """All subjects with a line each."""
    title = t._("What you can ask")
    lines = [[kit.code(typed(subject.examples(t)[0])), kit.text(f"  {subject.help_line(t)}")] for subject in subjects]
    buttons = [_button(subject, t) for subject in subjects]
    return Answer(
        title,
        [
            kit.header(title),
            kit.rich(kit.bullets(lines)),
            kit.say(
                t._(
                    "You can write in English, French or Spanish, with or without accents. "
                    "Only you see the answers, until you share them."
                )
            ),
            kit.context(t._("Examples for a subject:")),
            *(kit.actions(*buttons[first : first + 25]) for first in range(0, len(buttons), 25)),
        ],
        title=t._("Help"),
    )


def one(subject: Subject, t: Tongue) -> Answer:
    """One subject: what it is for, examples, and the words in other languages."""
    title = t._("Help: {subject}", subject=word_of(subject, t))
    others = t.listed((word for word in subject.words if word != word_of(subject, t)), style="or")
    blocks = [
        kit.header(title),
        kit.say(subject.help_line(t)),
        kit.rich(
            kit.paragraph(kit.text(t._("For example:"))),
            kit.bullets([[kit.code(typed(example))] for example in subject.examples(t)]),
        ),
    ]
    if others:
        blocks.append(kit.context(t._("You can also type {words}.", words=others)))
    blocks.append(kit.actions(open_button(t._("Everything that you can ask"), Ask("help"), "back")))
    return Answer(title, blocks, title=t._("Help"))


def unknown(word: str, near: Sequence[Subject], subjects: Sequence[Subject], t: Tongue) -> Answer:
    """There is no help on this word: the nearest subjects, or all of them where none is near."""
    sentence = t._("There is no help on “{word}”.", word=kit.clip(word, 60))
    hint = t._("Did you mean one of these?") if near else t._("There is help on these:")
    buttons = [_button(subject, t) for subject in near or subjects]
    everything_button = open_button(t._("Everything that you can ask"), Ask("help"), "back")
    blocks = [kit.say(sentence), kit.say(hint), kit.actions(*buttons[:20], everything_button)]
    return Answer(sentence, blocks, title=t._("Help"))


def _button(subject: Subject, t: Tongue) -> kit.Element:
    return open_button(word_of(subject, t), Ask("help", subject.name), subject.name)


def word_of(subject: Subject, t: Tongue) -> str:
    """What one types for it in the reader's language: the first word of its first example.

    The overview comes without a word; its button needs one.
    """
    return (subject.examples(t)[0].split() or [t._("overview")])[0]


def typed(words: str) -> str:
    """What one types: "/alliance events july 2019"."""
    return f"/alliance {words}".rstrip()
