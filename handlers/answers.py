"""What a handler returns. The router turns it into the acknowledgement or into what follows it."""

from dataclasses import dataclass, field
from typing import Any

Block = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """A message. Private to who asked unless `public`. `text` is what notifications and screen readers say.

    Two answers are never the same one, whatever they say: so what is made of an answer can be remembered by it.

    From a click in a message the answer takes that message's place, or stands below it with `replace=False` (always so
    where the clicked message is public). From a click in App Home it opens as a modal titled `title`; after a form it
    takes the form's place.
    """

    text: str
    blocks: list[Block]
    title: str = ""
    public: bool = False
    replace: bool = True


@dataclass(frozen=True, slots=True)
class Modal:
    """A form. `callback` is the submission's id in a Subject; `memory` comes back as Call.memory (3,000 characters).

    From a click in a modal it stands above that one, or with `replace` takes its place, as it does after a form.
    `close`: what stands on the button that leaves it.
    """

    title: str
    blocks: list[Block]
    callback: str = ""
    submit: str = ""
    memory: str = ""
    close: str = ""
    replace: bool = False


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """What is wrong in a form, by the block id of the field."""

    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing to show: a link button, or something that is done."""


View = Answer | Modal | FieldErrors | Nothing
