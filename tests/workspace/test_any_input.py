"""Whatever an app sends, the workspace answers with Slack's refusals and never breaks."""

import copy
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.workspace.helpers import Json, actions, button, field, home, line, menu, mrkdwn, option, plain, section
from workspace.blocks import problems_of, with_ids
from workspace.elements import state_of
from workspace.errors import SlackError
from workspace.views import check

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
VALID: list[Json] = [
    section("Words", fields=[mrkdwn("a")], accessory=button(value="v")),
    actions(button(), menu("a", "b", initial_option=option("a")), {"type": "datepicker", "action_id": "d"}),
    {"type": "context", "elements": [plain("small"), mrkdwn("print")]},
    {"type": "header", "text": plain("Head")},
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
            }
        ],
    },
    field("name", line(max_length=20), hint=plain("Hint")),
]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths to everything inside a JSON value."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, inner in pairs for place in [(*path, key), *places(inner, (*path, key))]]


@st.composite
def damaged(draw: st.DrawFn) -> list[Json]:
    """Valid blocks in which one thing, anywhere, is something else."""
    blocks = copy.deepcopy(VALID)
    *way, last = draw(st.sampled_from(places(blocks)))
    holder: Any = blocks
    for step in way:
        holder = holder[step]
    holder[last] = draw(JSON)
    return blocks


@given(st.lists(JSON, max_size=3) | JSON | damaged())
@example([section("Words", accessory=None)])
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_blocks_are_either_usable_or_refused_with_a_place(blocks: Any) -> None:
    problems = problems_of(blocks, "message")
    assert all("[json-pointer:/blocks" in problem for problem in problems)
    if not problems:
        state_of(with_ids(blocks))


@given(JSON | damaged().map(lambda blocks: home(*blocks)) | st.dictionaries(st.sampled_from(["type", "blocks"]), JSON))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_views_are_either_taken_or_refused(view: Any) -> None:
    code = ""
    try:
        check(view, "home")
    except SlackError as refused:
        code = refused.code
    assert code in ("", "invalid_arguments", "view_too_large")
