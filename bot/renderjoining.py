"""What is said of who joins an action group: to its chairs and leads, and to who asked."""

from typing import Final

from alliance.roles import Permission
from bot.posting import Message, Rendered, Skip
from handlers.tongue import Tongue
from handlers.views import joining as views
from storage import channels, groupmembers, members
from storage.groupmembers import Belonging, Happened
from storage.library import Library
from storage.store import Store
from storage.values import DeliveryRow

SO: Final = {
    Happened.JOINED: Belonging.MEMBER,
    Happened.ASKED: Belonging.ASKED,
    Happened.LEFT: None,
    Happened.ACCEPTED: Belonging.MEMBER,
    Happened.DECLINED: None,
}
"""What somebody has to be to the group when the notice is sent; else it is over."""

TO_LEADERS: Final = frozenset({Happened.JOINED, Happened.ASKED, Happened.LEFT})


async def notice(store: Store, library: Library, row: DeliveryRow, t: Tongue) -> Rendered:
    """The notice, if it still holds, and if its reader still leads the group."""
    slug, user_id = groupmembers.parse_subject(row.subject)
    happened = groupmembers.happened_of(row.detail)
    group = library.groups.get(slug)
    if group is None or await groupmembers.belonging(store, slug, user_id) is not SO[happened]:
        return Skip("no longer so")
    if happened in TO_LEADERS:
        reader = await members.get(store, row.target)
        if reader is None or not reader.standing.may(Permission.DECIDE_JOINING, slug):
            return Skip("no longer leads the group")
    present = await channels.all_present(store)
    channel_id = next((channel.channel_id for channel in present if channel.group == slug), None)
    answer = views.told(happened, group, user_id, channel_id, t)
    return Message(answer.text, answer.blocks)
