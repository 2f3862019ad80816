"""Help is made from the table of subjects."""

import pytest

from alliance.languages import LANGUAGES, Language
from handlers import SUBJECTS
from handlers.subject import Subject
from handlers.tongue import Tongue
from storage import members
from tests.handlers.desk import Desk, buttons, shown


async def test_help_lists_every_subject_with_what_one_types(desk: Desk) -> None:
    lines = shown(await desk.type("help")).split("\n")
    english = Tongue("en")
    everybodys = [subject for subject in SUBJECTS if subject.needs is None]
    assert lines[1 : len(everybodys)] == [
        f"- {f'/alliance {subject.examples(english)[0]}'.rstrip()}  {subject.help_line(english)}"
        for subject in everybodys
        if subject.name != "help"
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.name)
async def test_every_subject_has_help_and_its_examples_are_understood(
    desk: Desk, subject: Subject, language: Language
) -> None:
    desk.speaks("U0LAN", language)
    await members.appoint_secretariat(desk.store, ["U0LAN"])
    t = Tongue(language)
    word = (subject.examples(t)[0].split() or [t._("overview")])[0]
    assert shown(await desk.type(f"aide {subject.name}")).split("\n")[0] == t._("Help: {subject}", subject=word)
    not_understood = t._("I did not understand {words}.").partition("{words}")[0]
    for example in subject.examples(t):
        answer = await desk.type(example, channel="D0LAN")
        assert answer["blocks"][0]["type"] == "header"
        assert not_understood not in shown(answer)


async def test_a_misspelt_subject_is_found_and_an_unknown_one_gets_the_nearest(desk: Desk) -> None:
    assert shown(await desk.type("help contries")).split("\n")[0] == "Help: countries"
    answer = await desk.type("help on my calendars please")
    assert shown(answer).split("\n")[:2] == [
        "There is no help on “on my calendars please”.",
        "Did you mean one of these?",
    ]
    assert "calendar" in buttons(answer)


async def test_a_word_that_is_like_no_subject_gets_all_of_them_in_the_reader_s_language(desk: Desk) -> None:
    desk.speaks("U0LAN", "fr-FR")
    answer = await desk.type("aide xyz")
    assert shown(answer).split("\n") == [
        "Il n’y a pas d’aide sur «\u202fxyz\u202f».",
        "Vous trouverez de l’aide sur ces sujets\u00a0:",
        "[aperçu]",
        "[événements]",
        "[événement]",
        "[participation]",
        "[ajouter]",
        "[groupes]",
        "[agenda]",
        "[compte-rendu]",
        "[actions]",
        "[trouver]",
        "[calendrier]",
        "[activités]",
        "[outils]",
        "[infolettre]",
        "[flux]",
        "[pays]",
        "[rappels]",
        "[réglages]",
        "[données]",
        "[Tout ce que vous pouvez demander]",
    ]


def test_the_words_of_all_subjects_and_their_ids_are_unique() -> None:
    words = [word for subject in SUBJECTS for word in subject.words]
    assert sorted(set(words)) == sorted(words)
    ids = [name for subject in SUBJECTS for name in (*subject.actions, *subject.submissions)]
    assert sorted(set(ids)) == sorted(ids)
    for subject in SUBJECTS:
        assert {name.partition(".")[0] for name in (*subject.actions, *subject.submissions)} <= {subject.name}
