"""YAML whose values remember the line they stand on, so that a mistake can be named by file, line and field."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import ValidationError
from yaml.reader import ReaderError

from storage.contentwords import said
from storage.entries import Entry

BASE: Final[type[yaml.SafeLoader]] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where PyYAML was built with it: ten times as fast."""


class _Loader(BASE):  # type: ignore[valid-type,misc]  # mypy cannot follow a base class that depends on the platform
    """Plain YAML: 10:30 is no number of seconds, `NO` (Norway) no truth value, and a date stays the text that it is."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("null", r"~|null|", ["~", "n", ""]),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file. `field` may be empty: then the whole entry is meant; line 0: all of it."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.field, self.message) if part)


@dataclass(frozen=True, slots=True)
class Located:
    """One entry of a file, not yet checked: its values, and where they stand."""

    file: str
    data: Any
    node: yaml.Node

    @property
    def slug(self) -> str:
        """Its slug as it is written; empty where there is none."""
        return str(self.data.get("slug", "")) if isinstance(self.data, dict) else ""

    def problem(self, path: Sequence[int | str], message: str) -> Problem:
        """A problem at this field, such as ("changes", 0, "moved_to"); of a missing field, at what should hold it."""
        node = self.node
        for step in path:
            below = _below(node, step)
            if below is None:
                break
            node = below
        field = ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
        return Problem(self.file, node.start_mark.line + 1, field, message)

    def check(self, model: type[Entry]) -> Entry | list[Problem]:
        """The entry, or all that is wrong with it."""
        twice = [
            Problem(self.file, key.start_mark.line + 1, key.value, "stands here twice") for key in _repeated(self.node)
        ]
        try:
            entry = model.model_validate(self.data)
        except ValidationError as error:
            return twice + [self.problem(problem["loc"], said(problem)) for problem in error.errors()]
        return twice or entry


def entries_of(path: Path) -> list[Located] | Problem:
    """The entries of a file, or why it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return Problem(path.name, 1, "", "is not UTF-8 text")
    except OSError as error:
        return Problem(path.name, 1, "", f"cannot be read: {error.strerror}")
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        data = loader.construct_document(node) if node else []
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return Problem(path.name, line, "", f"is not YAML: {error.problem}")
    except ReaderError as error:
        return Problem(path.name, 1, "", f"is not YAML: {error.reason}")
    finally:
        loader.dispose()
    if node is None:
        return []
    if not isinstance(node, yaml.SequenceNode):
        return Problem(path.name, 1, "", "must be a list: each entry begins with '- slug: …'")
    return [Located(path.name, values, item) for values, item in zip(data, node.value, strict=True)]


def _below(node: yaml.Node, step: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: yaml.Node = node.value[step]
        return item
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                found: yaml.Node = value
                return found
    return None


def _repeated(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """The keys that a mapping has twice; YAML would silently keep the last."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repeated(item)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    yield key
                seen.add(key.value)
            yield from _repeated(value)
