"""What Slack's own client makes of what a person enters before it sends it: rich text with mentions, uploaded files."""

import re
from collections.abc import Sequence

from workspace import elements
from workspace.elements import NotThere
from workspace.errors import Json
from workspace.files import as_file
from workspace.team import Team


def composed(team: Team, user: str, blocks: Sequence[Json], values: Json) -> Json:
    """The values of a form as Slack sends them. Raises NotThere for a file that is not the person's to choose.

    In a rich_text_input one may give plain text: `@name` of somebody who is here becomes a mention. In a file_input one
    gives the ids of uploaded files, or their objects.
    """
    made = {block: dict(actions) for block, actions in values.items()}
    for block, element in elements.stateful(blocks):
        given = made.get(block["block_id"], {})
        name = element["action_id"]
        if name not in given:
            continue
        if element["type"] == "rich_text_input":
            given[name] = _rich_text(team, _inner(given[name], "rich_text_value"))
        elif element["type"] == "file_input":
            given[name] = _files(team, user, element, _inner(given[name], "files"))
    return made


def _inner(given: object, field: str) -> object:
    return given.get(field) if isinstance(given, dict) and given.get("type") != "rich_text" else given


def _rich_text(team: Team, given: object) -> Json:
    value = given
    if isinstance(given, str):
        value = written(team, given) if given.strip() else None
    return {"type": "rich_text_input", "rich_text_value": value}


def written(team: Team, text: str) -> Json:
    """A rich_text block of one paragraph, as Slack's editor makes it of typed lines."""
    people = {person.name: person.id for person in team.people.values()}
    parts: list[Json] = []
    for piece in re.split(r"(@[\w.-]*\w)", text):
        if piece.startswith("@") and piece[1:] in people:
            parts.append({"type": "user", "user_id": people[piece[1:]]})
        elif piece and parts and parts[-1]["type"] == "text":
            parts[-1]["text"] += piece
        elif piece:
            parts.append({"type": "text", "text": piece})
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": parts}]}


def _files(team: Team, user: str, element: Json, given: object) -> Json:
    ids = [one["id"] if isinstance(one, dict) else one for one in given] if isinstance(given, list) else []
    if len(ids) > element.get("max_files", elements.MOST_FILES):
        raise NotThere(f"at most {element.get('max_files', elements.MOST_FILES)} files")
    found = [team.files.known(str(name)) for name in ids]
    for file in found:
        if file is None or file.user != user:
            raise NotThere("no such file")
        if element.get("filetypes") and file.suffix not in element["filetypes"]:
            raise NotThere(f"a file of type {file.suffix} is not accepted")
    return {"type": "file_input", "files": [as_file(file, team.base_url, user) for file in found if file]}
