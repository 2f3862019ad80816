"""The message that shows how far a large run is, in three languages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from alliance.languages import Language
from handlers.tongue import Tongue
from handlers.views.progress import Sight, progress
from storage.runs import Progress
from storage.sending import Pause
from tests.handlers.desk import shown
from tests.handlers.validity import check_message

NOON = datetime(2019, 4, 3, 12, tzinfo=UTC)
FIGURES = Progress(due=70, under_way=2, unknown=1, sent=120, failed=3, skipped=4)
GOING = Sight(7, None, FIGURES, None, 35, NOON + timedelta(minutes=2), None, NOON)


def read(sight: Sight, language: Language) -> tuple[str, list[str]]:
    """What a notification says, and its lines, after the message was held against Slack's limits."""
    answer = progress(sight, Tongue(language, "Europe/Zurich"))
    message = {"text": answer.text, "blocks": answer.blocks}
    check_message(message)
    return answer.text, shown(message).split("\n")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                "Sending 200 messages",
                "Sending is on.",
                "████████████░░░░░░░░ 127 of 200 (63%)",
                "- Sent: 120",
                "- Still to be sent: 72",
                "- Failed: 3",
                "- Unknown, being looked up in Slack’s history: 1",
                "- Skipped, because there was no more use for it: 4",
                "About 35 messages a minute. Expected end: 3 April 2019, 14:02.",
                "[Pause]",
                "[Deliveries]",
                "This message is brought up to date every few seconds.",
            ],
        ),
        (
            "fr",
            [
                "Envoi de 200 messages",
                "Les envois sont actifs.",
                "████████████░░░░░░░░ 127 sur 200 (63\u202f%)",
                "- Envoyés\xa0: 120",
                "- Encore à envoyer\xa0: 72",
                "- En échec\xa0: 3",
                "- Inconnus, en cours de vérification dans l’historique de Slack\xa0: 1",
                "- Omis, car ils n’étaient plus utiles\xa0: 4",
                "Environ 35 messages par minute. Fin prévue\xa0: 3 avril 2019, 14:02.",
                "[Suspendre]",
                "[Envois]",
                "Ce message est actualisé régulièrement.",
            ],
        ),
        (
            "es",
            [
                "Envío de 200 mensajes",
                "Los envíos están activos.",
                "████████████░░░░░░░░ 127 de 200 (63\xa0%)",
                "- Enviados: 120",
                "- Por enviar: 72",
                "- Fallidos: 3",
                "- Desconocidos, en comprobación en el historial de Slack: 1",
                "- Omitidos, porque ya no eran útiles: 4",
                "Alrededor de 35 mensajes por minuto. Final previsto: 3 de abril de 2019, 14:02.",
                "[Pausar]",
                "[Envíos]",
                "Este mensaje se actualiza cada pocos segundos.",
            ],
        ),
    ],
)
def test_how_far_it_is_and_when_it_will_end(language: Language, expected: list[str]) -> None:
    assert read(GOING, language)[1] == expected


def test_a_newsletter_s_run_bears_its_name_and_a_pause_has_no_end() -> None:
    title = {"en": "Newsletter of April", "fr": "Bulletin d’avril", "es": "Boletín de abril"}
    text, lines = read(replace(GOING, title=title, pause=Pause(NOON, "U0CLAIRE")), "fr")
    assert text == "Bulletin d’avril. 127 sur 200 (63\u202f%)"
    assert lines[1] == "Les envois sont suspendus depuis le 3 avril 2019, 14:00. U0CLAIRE"
    assert [line for line in lines if "Fin prévue" in line] == []
    assert "[Reprendre]" in lines


def test_a_hundred_percent_only_at_the_end() -> None:
    nearly = Progress(due=1, under_way=0, unknown=0, sent=999, failed=0, skipped=0)
    assert read(replace(GOING, progress=nearly), "en")[1][2] == "███████████████████░ 999 of 1000 (99%)"
    ended = Progress(due=0, under_way=0, unknown=0, sent=1000, failed=0, skipped=0)
    text, lines = read(replace(GOING, progress=ended, ended_at=NOON), "en")
    assert text == "Sending 1000 messages. 1000 of 1000 (100%)"
    assert lines[1] == "Finished: 3 April 2019, 14:00."
