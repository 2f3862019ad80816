"""Answers for when something did not work: what a person can do instead, or a reference to a defect."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.answers import Answer
from handlers.asking import Ask
from handlers.tongue import Tongue
from handlers.views import kit
from handlers.views.asking import open_button

SHOWN = 60
"""So much of what somebody typed is shown back."""


def mistake(sentence: str, t: Tongue) -> Answer:
    """What a person did wrong, in the sentence that the handler gives."""
    return Answer(sentence, [kit.say(sentence)], title=t._("Not possible"), replace=False)


def defect(reference: str, t: Tongue) -> Answer:
    """Something broke here: nothing leaks but a reference that the log has as well."""
    sentence = t._(
        "Something went wrong on my side. Please try again in a minute. "
        "If it happens again, tell the secretariat this reference: {reference}",
        reference=reference,
    )
    return Answer(sentence, [kit.say(sentence)], title=t._("Not possible"), replace=False)


def too_old(t: Tongue, command: str = "/alliance") -> Answer:
    """A button or form of a former version of the bot, or one that somebody tampered with."""
    before, after = t._("This button is too old to be used. Please type {command} instead.").split("{command}")
    return Answer(
        f"{before}{command}{after}",
        [kit.rich(kit.paragraph(kit.text(before), kit.code(command), kit.text(after)))],
        title=t._("Not possible"),
        replace=False,
    )


def with_unused(words: str, answer: Answer, t: Tongue) -> Answer:
    """The answer of a subject that takes no words, saying first that these were not understood."""
    if not words:
        return answer
    quoted = t._("“{word}”", word=kit.clip(words, SHOWN))
    return replace(answer, blocks=[kit.say(t._("I did not understand {words}.", words=quoted)), *answer.blocks])


def unknown_subject(word: str, nearest: Sequence[Ask], t: Tongue) -> Answer:
    """The first word is none that the bot knows; `nearest` is what may have been meant."""
    shown = kit.clip(word, SHOWN)
    sentence = t._("I do not know the word “{word}”.", word=shown)
    before, after = t._("Type {command} to see everything that you can ask.").split("{command}")
    blocks = [kit.say(sentence)]
    if nearest:
        blocks.append(kit.say(t._("Did you mean one of these?")))
        blocks.append(
            kit.actions(
                *(
                    open_button(f"/alliance {ask.subject} {ask.words}".rstrip(), ask, str(number))
                    for number, ask in enumerate(nearest)
                )
            )
        )
    blocks.append(kit.rich(kit.paragraph(kit.text(before), kit.code("/alliance " + t._("help")), kit.text(after))))
    blocks.append(kit.actions(open_button(t._("Everything that you can ask"), Ask("help"), "help")))
    return Answer(sentence, blocks)
