"""The small language in which the Block Kit tables are written: what a value may be, and what is said when it is not.

The sentences are Slack's own ("must be less than 151 characters", "no more than 25 items allowed", …), each with the
JSON pointer of the value.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Problems:
    """What was found wrong, in order."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, pointer: str, words: str) -> None:
        """Note a problem with the value at `pointer`."""
        self.found.append(f"{words} [json-pointer:{pointer}]")


class Rule(Protocol):
    """Says what is wrong with a value."""

    def check(self, value: object, pointer: str, problems: Problems) -> None:
        """Add to `problems` what is wrong."""


@dataclass(frozen=True)
class Text:
    """A string of `least` to `most` characters; one of `choices` or matching `pattern` where given."""

    most: int = 3000
    least: int = 1
    choices: tuple[str, ...] = ()
    pattern: str = ""

    def check(self, value: object, pointer: str, problems: Problems) -> None:
        """See Rule."""
        if not isinstance(value, str):
            problems.add(pointer, "must provide a string")
        elif len(value) < self.least:
            problems.add(pointer, f"must be more than {self.least - 1} characters")
        elif len(value) > self.most:
            problems.add(pointer, f"must be less than {self.most + 1} characters")
        elif self.choices and value not in self.choices:
            problems.add(pointer, f"must be a valid enum value: {', '.join(self.choices)}")
        elif self.pattern and not re.fullmatch(self.pattern, value, re.DOTALL):
            problems.add(pointer, "does not match the required pattern")


@dataclass(frozen=True)
class Flag:
    """True or false."""

    def check(self, value: object, pointer: str, problems: Problems) -> None:
        """See Rule."""
        if not isinstance(value, bool):
            problems.add(pointer, "must provide a boolean")


@dataclass(frozen=True)
class Whole:
    """A whole number between two bounds."""

    least: int
    most: int

    def check(self, value: object, pointer: str, problems: Problems) -> None:
        """See Rule."""
        if not isinstance(value, int) or isinstance(value, bool):
            problems.add(pointer, "must provide an integer")
        elif not self.least <= value <= self.most:
            problems.add(pointer, f"must be between {self.least} and {self.most}")


@dataclass(frozen=True)
class Anything:
    """A value that is not looked into."""

    def check(self, value: object, pointer: str, problems: Problems) -> None:
        """See Rule."""


@dataclass(frozen=True)
class Many:
    """A list of `least` to `most` values, each of which keeps a rule."""

    each: Rule
    least: int
    most: int

    def check(self, value: object, pointer: str, problems: Problems) -> None:
        """See Rule."""
        if not isinstance(value, list):
            problems.add(pointer, "must provide an array")
            return
        if len(value) < self.least:
            problems.add(pointer, f"no less than {self.least} items allowed")
        if len(value) > self.most:
            problems.add(pointer, f"no more than {self.most} items allowed")
        for position, entry in enumerate(value):
            self.each.check(entry, f"{pointer}/{position}", problems)


@dataclass(frozen=True)
class Shape:
    """An object with these fields and no others. Of `either` at least one must be there, of `only_one` at most one."""

    required: Mapping[str, Rule] = field(default_factory=dict)
    optional: Mapping[str, Rule] = field(default_factory=dict)
    either: tuple[str, ...] = ()
    only_one: tuple[str, ...] = ()

    def check(self, value: object, pointer: str, problems: Problems) -> None:
        """See Rule."""
        if not isinstance(value, dict):
            problems.add(pointer, "must provide an object")
            return
        for name in self.required:
            if value.get(name) is None:
                problems.add(pointer, f"missing required field: {name}")
        given = [name for name in self.either if value.get(name) is not None]
        if self.either and not given:
            problems.add(pointer, "must define either " + " or ".join(f"`{name}`" for name in self.either))
        if len([name for name in self.only_one if value.get(name) is not None]) > 1:
            problems.add(pointer, "must not define both " + " and ".join(f"`{name}`" for name in self.only_one))
        for name, entry in value.items():
            rule = self.required.get(name) or self.optional.get(name)
            if rule is None:
                problems.add(pointer, f"invalid additional property: {name}")
            elif entry is not None:
                rule.check(entry, f"{pointer}/{name}", problems)


@dataclass(frozen=True)
class Typed:
    """An object whose `type` says which of the shapes it has. The shapes need not list `type`."""

    shapes: Mapping[str, Shape]

    def check(self, value: object, pointer: str, problems: Problems) -> None:
        """See Rule."""
        if not isinstance(value, dict):
            problems.add(pointer, "must provide an object")
            return
        kind = value.get("type")
        if kind is None:
            problems.add(pointer, "missing required field: type")
        elif not isinstance(kind, str) or kind not in self.shapes:
            problems.add(f"{pointer}/type", f"unsupported type: {kind}")
        else:
            rest = {name: entry for name, entry in value.items() if name != "type"}
            self.shapes[kind].check(rest, pointer, problems)
