"""The secretariat reads the log of what was done, and takes it along as a file."""

import csv
import io

from alliance.roles import Permission, Role
from storage import audit, members, roles
from tests.handlers.desk import Desk, buttons, shown
from tests.handlers.forms import chosen, initial, written
from tests.handlers.meetingroom import who

CLAIRE, LAN = "U0CLAIRE", "U0LAN"


async def stocked(desk: Desk) -> Desk:
    """The desk, where three things were done."""
    await members.appoint_secretariat(desk.store, [CLAIRE])
    await roles.change(desk.store, CLAIRE, desk.now, Role.CHAIR, "migration", give=[LAN])
    async with desk.store.write() as session:
        detail = {"revision": 2, "fields": {"name": "=1+1"}}
        await audit.write(session, desk.now, LAN, Permission.CHANGE_EVENT, "migration-call", detail)
        await audit.write(session, desk.now, CLAIRE, Permission.DECIDE_JOINING, "migration", {"joining": "request"})
    return desk


JOINING = "- 3 April 2019, 12:00 · U0CLAIRE · Decision on joining · Migration | joining: by request"
EVENT = "- 3 April 2019, 12:00 · U0LAN · Event changed · migration-call | version: 2 · changed: name =1+1"
ROLE = "- 3 April 2019, 12:00 · U0CLAIRE · Roles · U0LAN | given: chair of the group “Migration”"


def lines(message: dict[str, object]) -> list[str]:
    return [line for line in shown(message).split("\n") if line.startswith("- ")]


async def test_the_log_says_who_did_what_to_what_the_latest_first(desk: Desk) -> None:
    await stocked(desk)
    assert lines(await desk.type("audit", user=CLAIRE)) == [JOINING, EVENT, ROLE]
    assert lines(await desk.type("audit call", user=CLAIRE)) == [EVENT]
    assert lines(await desk.type("audit nothing like it", user=CLAIRE)) == []


async def test_the_log_by_person_action_and_subject(desk: Desk) -> None:
    await stocked(desk)
    page = await desk.type("audit", user=CLAIRE)
    form = (await desk.click(*buttons(page)["Filter…"], user=CLAIRE)).open_view
    assert form is not None
    assert initial(form) == {"person": "", "action": "any", "about": ""}

    async def filtered(person: str = "", action: str = "any", about: str = "") -> list[str]:
        state = {"person": who(person), "action": chosen(action), "about": written(about)}
        reply = await desk.submit("audit.show", state, "", CLAIRE)
        assert reply.ack is not None
        return lines(reply.ack["view"])

    assert await filtered(person=LAN) == [EVENT, ROLE]
    assert await filtered(action="appoint") == [ROLE]
    assert await filtered(about="Migration") == [JOINING, EVENT]
    assert await filtered(person=CLAIRE, action="decide_joining", about="migration") == [JOINING]


async def test_a_long_log_has_pages_that_keep_the_filter(desk: Desk) -> None:
    await members.appoint_secretariat(desk.store, [CLAIRE])
    async with desk.store.write() as session:
        for number in range(20):
            await audit.write(session, desk.now, LAN, Permission.ADD_EVENT, f"call-{number}", {})
    first = await desk.type(f"audit by:{LAN} call", user=CLAIRE)
    assert len(lines(first)) == 15
    second = (await desk.click(*buttons(first)["Next page"], user=CLAIRE)).respond
    assert second is not None
    assert [line.rpartition(" ")[2] for line in lines(second)] == [f"call-{number}" for number in (4, 3, 2, 1, 0)]
    assert "Next page" not in buttons(second)


async def test_the_export_is_a_file_without_formulas_in_direct_messages(desk: Desk) -> None:
    await stocked(desk)
    async with desk.store.write() as session:
        await audit.write(session, desk.now, LAN, Permission.ADD_EVENT, "=cmd|' /C calc'!A0", {})
    page = await desk.type("audit", user=CLAIRE)
    answer = (await desk.click(*buttons(page)["Export"], user=CLAIRE)).respond
    assert answer is not None
    assert shown(answer).split("\n")[0] == "The file is on its way to your direct messages."
    await desk.settle()
    [(user, name, content, _comment)] = desk.slack.files
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert (user, name, len(rows)) == (CLAIRE, "alliance-audit-log.csv", 5)
    assert rows[:2] == [
        ["at_utc", "actor", "action", "subject", "detail"],
        ["2019-04-03 12:00:00", LAN, "add_event", "'=cmd|' /C calc'!A0", "{}"],
    ]


async def test_only_the_secretariat_reads_and_exports_it(desk: Desk) -> None:
    await stocked(desk)
    refused = "This is for: the secretariat. Please ask one of them, or the secretariat, to do it for you."
    assert shown(await desk.type("journal", user=LAN)) == refused
    for action in ("audit.export", "audit.filter"):
        answer = (await desk.click(action, user=LAN)).respond
        assert answer is not None
        assert shown(answer) == refused
    await desk.settle()
    assert desk.slack.files == []


async def test_the_log_in_french_and_spanish(desk: Desk) -> None:
    await stocked(desk)
    desk.speaks(CLAIRE, "fr-FR")
    assert lines(await desk.type("journal", user=CLAIRE))[2] == (
        "- 3 avril 2019, 12:00 · U0CLAIRE · Rôles · U0LAN | donné\u00a0: présidence du groupe «\u202fMigration\u202f»"
    )
    await members.appoint_secretariat(desk.store, ["U0MARIA"])
    desk.speaks("U0MARIA", "es-LA")
    assert shown(await desk.type("registro", user="U0MARIA")).split("\n")[0] == "Registro de acciones"
