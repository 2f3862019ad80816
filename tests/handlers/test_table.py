"""The table of subjects: what routing, help and suggestions rely on."""

from collections import Counter

from alliance.languages import LANGUAGES
from alliance.names import plain
from bot.manifest import manifest
from handlers import SUBJECTS
from handlers.asking import LINK, OPEN, SHARE
from handlers.tongue import Tongue


def repeated(things: list[str]) -> list[str]:
    return [thing for thing, count in Counter(things).items() if count > 1]


def test_words_and_ids_belong_to_one_subject() -> None:
    assert repeated([plain(word) for subject in SUBJECTS for word in subject.words]) == []
    assert repeated([name for subject in SUBJECTS for name in (*subject.actions, *subject.submissions)]) == []


def test_no_subject_takes_the_ids_of_the_router() -> None:
    assert {OPEN, SHARE, LINK} & {name for subject in SUBJECTS for name in subject.actions} == set()


def test_the_manifest_names_the_shortcuts_that_there_are() -> None:
    named = sorted(shortcut["callback_id"] for shortcut in manifest()["features"]["shortcuts"])
    assert sorted(name for subject in SUBJECTS for name in subject.shortcuts) == named


def test_every_subject_says_in_every_language_what_it_is_for() -> None:
    for language in LANGUAGES:
        t = Tongue(language)
        assert all(subject.help_line(t) for subject in SUBJECTS)
        assert all(subject.examples(t) for subject in SUBJECTS)


def test_every_example_begins_with_a_word_of_its_subject() -> None:
    """The overview's is `/alliance` alone."""
    wrong = [
        (language, example)
        for language in LANGUAGES
        for subject in SUBJECTS
        for example in subject.examples(Tongue(language))
        if example and plain(example.split()[0]) not in {plain(word) for word in subject.words}
    ]
    assert wrong == []
