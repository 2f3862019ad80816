"""A lead brings in the calendar of a partner, in French and in a browser: what cannot be read is said at the field."""

from collections.abc import Callable
from pathlib import Path

from playwright.async_api import expect

from tests.bot.office import MIGRATION
from tests.scenarios.process import Bot
from tests.scenarios.talking import ask
from tests.workspace.conftest import browser, visit  # noqa: F401 (fixtures)
from tests.workspace.helpers import Visit
from workspace.server import Workspace

AMINA = "U0AMINA"
TABLE = """titre;date;début;fin;fuseau;lieu
Atelier sur le recrutement équitable;2019-05-14;15:00;16:30;Africa/Dakar;Dakar
Mission en Éthiopie;2019-02-30;;;;
<!channel> *Réunion*;2019-06-12;;;;
"""


async def test_a_table_of_a_partner_is_looked_at_and_brought_in(
    patient_workspace: Workspace,
    bots: Callable[..., Bot],
    visit: Visit,  # noqa: F811 (the fixture)
    tmp_path: Path,
) -> None:
    await bots(patient_workspace, ALLIANCE_SECRETARIAT=AMINA).start()
    too_large, table = tmp_path / "tout.ics", tmp_path / "réunions.csv"
    too_large.write_bytes(b"BEGIN:VCALENDAR\n" + b"X" * 3_000_000)
    table.write_text(TABLE, encoding="utf-8")
    amina = await visit(patient_workspace, AMINA, MIGRATION)
    answer = await ask(amina, "/alliance importer")
    await answer.get_by_role("button", name="Choisir un fichier…").click()
    form = amina.get_by_test_id("modal")

    await form.get_by_test_id("action-file").set_input_files(too_large)
    await expect(form.get_by_test_id("chosen-files")).to_contain_text("tout.ics")
    await amina.get_by_test_id("modal-submit").click()
    await expect(form).to_contain_text("Le fichier dépasse 1\u00a0Mo.")

    await form.get_by_test_id("action-file").set_input_files(table)
    await expect(form.get_by_test_id("chosen-files")).to_contain_text("réunions.csv")
    await amina.get_by_test_id("modal-submit").click()
    await expect(form).to_contain_text("2 événements seraient ajoutés")
    await expect(form).to_contain_text("Atelier sur le recrutement équitable, 14 mai 2019, 18:00 (15:00–16:30 Dakar)")
    await expect(form).to_contain_text("1 entrée est refusée")
    await expect(form).to_contain_text("Ligne 3")
    await amina.get_by_test_id("modal-submit").click()
    await expect(form).to_contain_text("2 événements ont été ajoutés.")
    await amina.get_by_test_id("modal-close").click()

    answer = await ask(amina, "/alliance événements mai 2019")
    await expect(answer).to_contain_text("Atelier sur le recrutement équitable")
    answer = await ask(amina, "/alliance événements juin 2019")
    await expect(answer).to_contain_text("<!channel> *Réunion*")
    assert [
        one for one in patient_workspace.messages(MIGRATION) if one.get("bot_id") and not one.get("ephemeral")
    ] == []
