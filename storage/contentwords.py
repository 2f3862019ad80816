"""What the checks of the content models say, in words for somebody who writes content, not programs."""

from collections.abc import Mapping
from typing import Any, Final

LANGUAGES: Final = {"en": "English", "fr": "French", "es": "Spanish"}

MESSAGES: Final[Mapping[str, str]] = {
    "extra_forbidden": "there is no such field here: check its spelling, or look at an entry that is right",
    "literal_error": "must be {expected}",
    "model_type": "must have fields of its own, each on a line such as 'en: …'",
    "string_type": "must be text; put it between quotes if it is only a number",
    "string_too_short": "is empty",
    "string_too_long": "is longer than {max_length} characters",
    "tuple_type": "must be a list, of lines that begin with '- '",
    "bool": "must be true or false",
    "int": "must be a whole number",
    "greater_than_equal": "must not be less than {ge}",
    "less_than_equal": "must not be more than {le}",
    "date": "must be a day such as 2019-04-17",
    "time": "must be a time of day such as 15:00",
}
"""By pydantic's type of error, or the beginning of that type; in braces what its context gives."""

PATTERNS: Final[Mapping[str, str]] = {
    "slug": "must be small letters, digits and single hyphens, such as nepal-workshop",
    "channel": "must be a channel's name without '#': small letters, digits, '-' and '_'",
    "code": "must be the two capital letters of the country, such as NP",
    "link": "must be an address that begins with https:// and has no spaces",
}
"""By field; every other field with a pattern names entries by their slug."""


def said(problem: Mapping[str, Any]) -> str:
    """The message of one of pydantic's errors (an item of `ValidationError.errors()`)."""
    kind, field = str(problem["type"]), str(problem["loc"][-1]) if problem["loc"] else ""
    if kind == "value_error":
        return str(problem["ctx"]["error"])
    if kind == "missing":
        return f"the {LANGUAGES[field]} text is missing" if field in LANGUAGES else "is missing"
    if kind == "string_pattern_mismatch":
        return PATTERNS.get(field, PATTERNS["slug"])
    found = MESSAGES.get(kind) or MESSAGES.get(kind.split("_", maxsplit=1)[0])
    return found.format_map(problem.get("ctx", {})) if found else f"is not right: {problem['msg']}"
