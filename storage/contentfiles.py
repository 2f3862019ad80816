"""Reads the content: YAML files, checked as a whole, with file, line and field of everything that is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from storage.contentchecks import cross_references
from storage.entries import FILES, Community, Country, Entry, Event, Group, Observance, Region, Theme
from storage.yamllines import Located, Problem, entries_of

SHIPPED: Final = Path(__file__).parent / "content"
"""The Alliance's own content, which comes with the package."""

NO_FOLDER: Final = "there is no such folder. Name the one with your files: --folder, or the setting ALLIANCE_CONTENT"

FORMAT: Final = "1"
"""Part of the digest: raise it when the same files must be loaded anew because the tables hold more of them."""


class ContentErrors(Exception):
    """What is wrong in the files: `problems`, in the order of the files; as text, one a line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that the files say, valid as a whole. `digest` changes whenever a file does."""

    digest: str
    community: tuple[Community, ...] = ()
    regions: tuple[Region, ...] = ()
    themes: tuple[Theme, ...] = ()
    groups: tuple[Group, ...] = ()
    countries: tuple[Country, ...] = ()
    events: tuple[Event, ...] = ()
    observances: tuple[Observance, ...] = ()


def digest(folder: Path = SHIPPED) -> str:
    """Tells whether the files changed, without reading what they mean; a missing file counts as an empty one."""
    summed = sha256(FORMAT.encode())
    for name in FILES:
        path = folder / name
        summed.update(f"\0{name}\0".encode() + (path.read_bytes() if path.is_file() else b""))
    return summed.hexdigest()


def read(folder: Path = SHIPPED) -> Content:
    """Read and check all the files. Raises ContentErrors with everything that is wrong in any of them.

    What stands between entries is only told where each entry can be read, so that mending may show more.
    """
    if not folder.is_dir():
        raise ContentErrors([Problem(str(folder), 0, "", NO_FOLDER)])
    problems: list[Problem] = []
    checked: list[tuple[Located, Entry]] = []
    known: dict[str, set[str]] = {name: set() for name in FILES}
    for name, model in FILES.items():
        found = entries_of(folder / name)
        if isinstance(found, Problem):
            problems.append(found)
            continue
        for located in found:
            known[name].add(located.slug)
            result = located.check(model)
            if isinstance(result, Entry):
                checked.append((located, result))
            else:
                problems.extend(result)
    problems.extend(cross_references(checked, known))
    if not known["community.yml"] and all(problem.file != "community.yml" for problem in problems):
        problems.append(Problem("community.yml", 1, "", "the community itself is missing"))
    if problems:
        order = list(FILES)
        problems.sort(key=lambda problem: (order.index(problem.file), problem.line))
        raise ContentErrors(problems)
    parts = {name.removesuffix(".yml"): tuple(e for at, e in checked if at.file == name) for name in FILES}
    return Content(digest(folder), **parts)  # type: ignore[arg-type]  # each file holds the model that FILES gives it


def export(folder: Path, source: Path = SHIPPED) -> list[Path]:
    """Copy the files there, to be changed; returns the copies. Raises FileExistsError before it would overwrite one."""
    copies = [folder / name for name in FILES]
    there = [copy for copy in copies if copy.exists()]
    if there:
        raise FileExistsError(str(there[0]))
    folder.mkdir(parents=True, exist_ok=True)
    for copy in copies:
        copy.write_bytes((source / copy.name).read_bytes())
    return copies
