"""The page of a meeting of an action group: with its agenda before it, and with its minutes afterwards."""

from dataclasses import replace

from alliance.roles import Permission
from handlers.answers import Answer, Block
from handlers.asking import Ask
from handlers.call import Call, Deps
from handlers.fresh import fresh
from handlers.meetings import agenda_of, groups_of, has_agenda, may
from handlers.minutes import record_of
from handlers.views import agenda, kit, minutes
from handlers.views.asking import open_button
from storage.values import EventDetail


async def with_meeting(answer: Answer, detail: EventDetail, call: Call, deps: Deps) -> Answer:
    """The page of an event, and below it what its group does there; that of other events as it is."""
    row = detail.row
    if row.cancelled or row.kind == "observance" or not detail.document.get("groups"):
        return answer
    if row.when.begins_at(call.t.zone) > call.now:
        added = await _before(detail, call, deps)
    else:
        added = await _after(detail, call, deps)
    return replace(answer, blocks=[*answer.blocks, *added])


async def _before(detail: EventDetail, call: Call, deps: Deps) -> list[Block]:
    found = await agenda_of(deps.store, detail)
    if not (has_agenda(detail) or found.points):
        return []
    nothing = [kit.paragraph(kit.text(call.t._("Nothing is on the agenda yet.")))]
    said = agenda.elements(found, call.t, call.today, most=agenda.IN_A_REMINDER) or nothing
    heading = kit.paragraph(kit.text(call.t._("Agenda"), bold=True))
    ways = [
        agenda.propose_button(detail.row, call.t),
        open_button(call.t._("Agenda"), Ask("agenda", detail.row.ref), "agenda"),
    ]
    return [kit.rich(heading, *said), kit.actions(*ways)]


async def _after(detail: EventDetail, call: Call, deps: Deps) -> list[Block]:
    record = await record_of(detail, deps)
    way = open_button(call.t._("Minutes"), Ask("minutes", detail.row.ref), "minutes")
    if record.minutes:
        heading = kit.rich(kit.paragraph(kit.text(call.t._("Minutes"), bold=True)))
        return [heading, *minutes.blocks_of(record, call.t, call.today, briefly=True), kit.actions(way)]
    standing = (await fresh(call, deps)).standing
    return [kit.actions(way)] if may(standing, Permission.WRITE_MINUTES, groups_of(detail, deps)) else []
