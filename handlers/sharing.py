"""'Share in this channel': an answer made again for everybody, without what is only for the one who asked."""

from dataclasses import replace

from handlers.answers import Answer, Block
from handlers.call import Call, Deps
from handlers.tongue import Tongue
from handlers.views import kit
from storage import once

KEPT_VERBS = frozenset({"open", "ics", "answer"})
"""Actions that make sense for whoever reads a shared answer ("ask.open:menu", "event.ics"); the others go."""

PERSONAL = frozenset({"previous", "next", "back"})
"""Names (after the colon) of buttons that only lead its own reader around."""


async def is_new(call: Call, deps: Deps) -> bool:
    """Whether this click has not been answered yet: when Slack delivers it again, it brings the same trigger id.

    Another click on the same button has another one, and shares again. It is written down before the copy is posted:
    should the bot die in between, the member sees that nothing came, and clicks again.
    """
    return await once.first(deps.store, f"share|{call.member.user_id}|{call.trigger_id}|{call.value}", call.now)


def public_copy(answer: Answer, user_id: str, t: Tongue) -> Answer:
    """The answer for the channel: it says who shared it, and keeps the buttons that serve everybody."""
    before, after = t._("Shared by {member}. Type {command} for your own.").split("{member}")
    middle, _, end = after.partition("{command}")
    signature = kit.rich(
        kit.paragraph(
            kit.text(before, italic=True),
            {"type": "user", "user_id": user_id},
            kit.text(middle, italic=True),
            kit.code("/alliance"),
            kit.text(end, italic=True),
        )
    )
    blocks = [kept for block in answer.blocks if (kept := _for_everybody(block))]
    return replace(answer, blocks=[*blocks[: kit.MESSAGE_BLOCKS - 1], signature], public=True)


def _for_everybody(block: Block) -> Block | None:
    if block["type"] != "actions":
        return block
    kept = [element for element in block["elements"] if _serves_everybody(element["action_id"])]
    return block | {"elements": kept} if kept else None


def _serves_everybody(action_id: str) -> bool:
    action, _, name = action_id.partition(":")
    return action.partition(".")[2] in KEPT_VERBS and name not in PERSONAL
