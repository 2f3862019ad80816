"""The member as the database knows them now: what somebody may do, or chose, is never taken from a cache."""

from dataclasses import replace

from alliance.roles import Standing
from handlers.call import Call, Deps
from storage import members
from storage.values import Member


async def fresh(call: Call, deps: Deps) -> Member:
    """The calling member, read at this moment; no more than a guest where the database does not know them."""
    known = await members.get(deps.store, call.member.user_id)
    return known or replace(call.member, standing=Standing(guest=True))
