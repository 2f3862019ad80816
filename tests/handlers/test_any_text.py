"""Whatever people type or send, every answer is valid Block Kit within Slack's limits."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers import SUBJECTS
from storage.library import Library
from storage.store import open_store
from tests.handlers.conftest import NOW
from tests.handlers.desk import Desk

WORDS = [word for subject in SUBJECTS for word in subject.words]
ACTIONS = ["ask.open", "ask.share", "ask.open:menu", *(name for subject in SUBJECTS for name in subject.actions)]
CALLBACKS = [name for subject in SUBJECTS for name in subject.submissions]
LOCALES = {"U0EN": "en-US", "U0FR": "fr-FR", "U0ES": "es-LA", "U0NONE": None}

HARD = st.sampled_from(
    [
        "",
        "x" * 4000,
        "mot " * 1000,
        "🎉👩‍👩‍👧 🇳🇵",
        "مرحبا بالعالم",
        "\u202eevil\u202c",
        "\x00\x07\x1b[31m",
        "*bold* _it_ ~no~ `code` &lt;!channel&gt; &lt;@U0LAN&gt; &amp;",
        "<https://example.org|link>",
        "{} {0} {words} %s %(x)d",
        "| | |",
        "\ud83d",
        "next 99999999999 months 31 february 0000-00 2019-13-45",
    ]
)
TEXT = st.one_of(HARD, st.text(max_size=200), st.text(min_size=3900, max_size=4000))
TYPED = st.one_of(TEXT, st.tuples(st.sampled_from(WORDS), TEXT).map(" ".join))
VALUES = st.one_of(TEXT, st.tuples(st.sampled_from(WORDS), TEXT, TEXT).map("|".join))


@pytest.fixture(scope="module")
def loop_and_desk(
    stocked_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[asyncio.Runner, Desk]]:
    """One desk for all examples: what people do must not spoil it for those who come after."""
    file = shutil.copy(stocked_file, tmp_path_factory.mktemp("any") / "alliance.db")
    with asyncio.Runner() as runner:
        store = open_store(f"sqlite:///{file}")
        desk = Desk(store, runner.run(Library.load(store)), NOW)
        for user, locale in LOCALES.items():
            desk.speaks(user, locale)
        yield runner, desk
        runner.run(desk.settle())
        runner.run(store.close())


@pytest.mark.parametrize("user", sorted(LOCALES))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=TYPED)
def test_every_command_gets_a_valid_answer(loop_and_desk: tuple[asyncio.Runner, Desk], user: str, typed: str) -> None:
    runner, desk = loop_and_desk

    message = runner.run(desk.type(typed, user))

    assert message["response_type"] == "ephemeral"
    assert "reference" not in message["text"]


@settings(max_examples=100, deadline=None)
@given(action=st.sampled_from(ACTIONS), value=VALUES, where=st.sampled_from(["private", "public", "home", "modal"]))
def test_every_click_gets_a_valid_reply(
    loop_and_desk: tuple[asyncio.Runner, Desk], action: str, value: str, where: str
) -> None:
    runner, desk = loop_and_desk
    view = {"type": where} if where in ("home", "modal") else None

    reply = runner.run(desk.click(action, value, ephemeral=where == "private", view=view))

    runner.run(desk.settle())
    assert "on my side" not in str(reply)


@settings(max_examples=100, deadline=None)
@given(callback=st.sampled_from([*CALLBACKS, "no.such"]), memory=TEXT, entered=TEXT)
def test_every_form_gets_a_valid_reply(
    loop_and_desk: tuple[asyncio.Runner, Desk], callback: str, memory: str, entered: str
) -> None:
    runner, desk = loop_and_desk
    fields = {name: {"type": "plain_text_input", "value": entered} for name in ("city", "workshop", "meeting")}

    reply = runner.run(desk.submit(callback, fields, memory))

    assert "on my side" not in str(reply)
