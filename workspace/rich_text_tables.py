"""The rich_text block as tables: its lists, quotes and paragraphs, and the elements inside them.

Source: Slack's reference of the rich text block.
"""

from collections.abc import Mapping

from workspace.rules import Flag, Many, Rule, Shape, Text, Typed, Whole

DATE_TOKENS = (
    "date_num", "date_slash", "date", "date_short", "date_long", "date_pretty", "date_short_pretty", "date_long_pretty",
    "date_long_full", "day_divider_pretty", "time", "time_secs", "ago",
)  # fmt: skip
DATE_FORMAT = r"[^{}]*(\{(" + "|".join(DATE_TOKENS) + r")\}[^{}]*)+"
"""Words around at least one token such as `{date_long}`: an unknown token would be shown as it stands."""

STYLES: Mapping[str, Rule] = {"bold": Flag(), "italic": Flag(), "strike": Flag(), "code": Flag(), "underline": Flag()}
MENTION_STYLES: Mapping[str, Rule] = {
    **STYLES, "highlight": Flag(), "client_highlight": Flag(), "unlink": Flag(),
}  # fmt: skip
STYLE: Mapping[str, Rule] = {"style": Shape({}, STYLES)}
MENTION_STYLE: Mapping[str, Rule] = {"style": Shape({}, MENTION_STYLES)}
URL = Text(3000, pattern=r"[A-Za-z][A-Za-z0-9+.-]*:\S+")

TEXT = Shape({"text": Text(100_000)}, STYLE)
LINK = Shape({"url": URL}, {**STYLE, "text": Text(100_000), "unsafe": Flag()})
INLINE = Typed(
    {
        "text": TEXT,
        "link": LINK,
        "broadcast": Shape({"range": Text(choices=("here", "channel", "everyone"))}, STYLE),
        "color": Shape({"value": Text(255)}, STYLE),
        "channel": Shape({"channel_id": Text(255)}, MENTION_STYLE),
        "date": Shape(
            {"timestamp": Whole(0, 253_402_300_799), "format": Text(3000, pattern=DATE_FORMAT)},
            {**STYLE, "url": URL, "fallback": Text(3000)},
        ),
        "emoji": Shape({"name": Text(255)}, {**STYLE, "unicode": Text(255), "skin_tone": Whole(1, 6)}),
        "team": Shape({"team_id": Text(255)}, MENTION_STYLE),
        "user": Shape({"user_id": Text(255)}, MENTION_STYLE),
        "usergroup": Shape({"usergroup_id": Text(255)}, MENTION_STYLE),
    }
)
BORDER: Mapping[str, Rule] = {"border": Whole(0, 1)}
SECTION = Shape({"elements": Many(INLINE, 0, 10_000)})
PARTS = Typed(
    {
        "rich_text_section": SECTION,
        "rich_text_list": Shape(
            {
                "style": Text(choices=("bullet", "ordered")),
                "elements": Many(Typed({"rich_text_section": SECTION}), 1, 10_000),
            },
            {**BORDER, "indent": Whole(0, 8), "offset": Whole(0, 100_000)},
        ),
        "rich_text_preformatted": Shape(
            {"elements": Many(Typed({"text": TEXT, "link": LINK}), 1, 10_000)}, {**BORDER, "language": Text(100)}
        ),
        "rich_text_quote": Shape({"elements": Many(INLINE, 1, 10_000)}, BORDER),
    }
)
RICH_TEXT = Shape({"elements": Many(PARTS, 1, 10_000)}, {"block_id": Text(255)})
