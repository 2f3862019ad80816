"""What keeps a newsletter from being sent, and a Markdown file as a draft."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance.edition import Edition, Fault, Problem, Section, from_markdown, problems
from alliance.marked import links, literal, parsed, tags, usable


def edition(*sections: Section, title: str = "April news") -> Edition:
    return Edition("en", title, sections)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (edition(Section("", "Hello")), []),
        (edition(), [Problem(Fault.EMPTY)]),
        (edition(Section("", "Hello"), title=" "), [Problem(Fault.NO_TITLE)]),
        (edition(Section("Migration", "")), [Problem(Fault.EMPTY_SECTION, 1, "Migration")]),
        (edition(Section("", "[a](http://x)")), [Problem(Fault.LINK, 1, "http://x")]),
        (edition(Section("", "Hi <b>you</b>")), [Problem(Fault.TAG, 1, "<b>"), Problem(Fault.TAG, 1, "</b>")]),
        (edition(Section("", "`<b>`")), []),
        (
            edition(Section("", "Hi", "http://x.org/p.png", "A school")),
            [Problem(Fault.PICTURE, 1, "http://x.org/p.png")],
        ),
        (edition(Section("A", "Hi", "https://x.org/p.png")), [Problem(Fault.NO_ALT, 1, "A")]),
        (edition(Section("", "x" * 9_991)), [Problem(Fault.TOO_LONG, 0, "10001")]),
        (edition(*[Section("", "x")] * 16), [Problem(Fault.TOO_MANY_SECTIONS, 0, "16")]),
    ],
)
def test_problems(found: Edition, expected: list[Problem]) -> None:
    assert list(problems(found)) == expected


def test_html_is_a_hint_and_everything_else_has_to_be_mended() -> None:
    assert [fault for fault in Fault if not Problem(fault).blocks] == [Fault.TAG]


def test_a_markdown_file_has_a_title_and_sections() -> None:
    text = "# April news\n\nHello.\n\n## Migration\n\nA *call*.\n\n### Smaller\n\n## Nepal\n"
    assert from_markdown(text, "en") == edition(
        Section("", "Hello."), Section("Migration", "A *call*.\n\n### Smaller"), Section("Nepal", "")
    )


@given(st.text(alphabet="#ab \n*", max_size=200))
def test_of_a_file_nothing_is_lost(text: str) -> None:
    found = from_markdown(text, "en")
    kept = found.title + "".join(one.heading + one.body for one in found.sections)
    assert [kept.count(letter) for letter in "ab*"] == [text.count(letter) for letter in "ab*"]


@pytest.mark.parametrize(
    ("address", "can"),
    [
        ("https://www.ilo.org/wdacl", True),
        ("http://ilo.org", True),
        ("mailto:secretariat", True),
        ("mailto:", False),
        ("https://", False),
        ("https://localhost", False),
        ("javascript:alert(1)", False),
        ("https://ilo.org/a b", False),
        ("https://[broken", False),
    ],
)
def test_which_address_a_reader_can_follow(address: str, can: bool) -> None:
    assert usable(address) is can


def test_links_and_tags_of_a_text() -> None:
    text = "[a](https://a.org) ![b](https://b.org/p.png) <https://c.org> <script>x</script>"
    assert links(text) == ["https://a.org", "https://b.org/p.png", "https://c.org"]
    assert tags(text) == ["<script>", "</script>"]


@given(st.text(alphabet="ab 1.#*_[]()`~<>&!|+-\\", max_size=60))
def test_a_title_that_looks_like_markdown_stays_what_it_is(text: str) -> None:
    said = " ".join(text.split())
    (item,) = [token for token in parsed(f"x {literal(text)} x") if token.type == "inline"]
    assert "".join(child.content for child in item.children or ()) == f"x {said} x"
