"""A subject: one word after `/alliance`, with all that belongs to it. Help, routing and suggestions read this table."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from alliance.roles import Permission
from handlers.answers import View
from handlers.call import Call, Deps
from handlers.tongue import Tongue

Handler = Callable[[Call, Deps], Awaitable[View]]


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject. Its words are unique among all subjects, and so are its action and callback ids.

    `words`: the first is the one that help and the manifest show; the others are what French and Spanish speakers
    type, and plurals. `help_line` and `examples` say in a language what it is for and what one may type.
    Action ids are "subject.verb"; what follows a colon ("events.page:next") only keeps ids unique within a block.
    """

    words: tuple[str, ...]
    help_line: Callable[[Tongue], str]
    examples: Callable[[Tongue], tuple[str, ...]]
    command: Handler
    actions: Mapping[str, Handler] = field(default_factory=dict)
    submissions: Mapping[str, Handler] = field(default_factory=dict)
    shortcuts: Mapping[str, Handler] = field(default_factory=dict)
    """By callback id: from Slack's own menu of shortcuts, and from the menu of a message (its text is Call.words)."""
    reads_only: bool = False
    """Its command changes nothing of the member, so the router may go on with what it remembers of them."""
    needs: Permission | None = None
    """Help shows it only to those who may do this; its own functions refuse everybody else."""

    @property
    def name(self) -> str:
        """Its English word."""
        return self.words[0]
