"""Uploaded files, by the three steps of files_upload_v2: ask for a URL, upload, complete."""

import secrets
from dataclasses import dataclass, field
from urllib.parse import quote

from workspace.errors import Json, SlackError


@dataclass
class File:
    """One file. `content` is None until it was uploaded; it is shared once completed.

    `user`: the person who chose it in a form; only they and the app get at it. "" for files of the app.
    """

    id: str
    ticket: str
    name: str
    length: int
    title: str = ""
    content: bytes | None = None
    completed: bool = False
    channels: list[str] = field(default_factory=list)
    user: str = ""

    @property
    def suffix(self) -> str:
        """What Slack calls its type: the ending of its name."""
        return self.name.rsplit(".", 1)[-1].lower() if "." in self.name else "text"


class Files:
    """Files by id, and by the ticket of their upload URL."""

    def __init__(self) -> None:
        self._by_id: dict[str, File] = {}
        self._by_ticket: dict[str, File] = {}

    def announce(self, name: str, length: int) -> File:
        """Make room for a file of that name and length in bytes."""
        file = File("F" + secrets.token_hex(5).upper(), secrets.token_urlsafe(24), name, length)
        self._by_id[file.id] = self._by_ticket[file.ticket] = file
        return file

    def upload(self, ticket: str, content: bytes) -> File:
        """Take the bytes of an announced file. Raises file_not_found for a ticket that is unknown or used."""
        file = self._by_ticket.pop(ticket, None)
        if file is None:
            raise SlackError("file_not_found", status=404)
        file.content = content
        return file

    def choose(self, user: str, name: str, content: bytes) -> File:
        """A file that a person puts into a form: uploaded, and shared with nobody."""
        file = self.announce(name, len(content))
        self._by_ticket.pop(file.ticket)
        file.content, file.user, file.title = content, user, name
        return file

    def known(self, file_id: str) -> File | None:
        """A file that was uploaded, shared or not."""
        file = self._by_id.get(file_id)
        return file if file is not None and file.content is not None else None

    def find(self, file_id: str) -> File:
        """A file. Raises file_not_found."""
        file = self._by_id.get(file_id)
        if file is None:
            raise SlackError("file_not_found")
        return file

    def shared(self, file_id: str) -> File | None:
        """A file that was completed, or None."""
        file = self._by_id.get(file_id)
        return file if file is not None and file.completed else None


def as_file(file: File, base_url: str, user: str) -> Json:
    """The `file` object of the Web API."""
    url = f"{base_url}/files/{file.id}/{quote(file.name, safe='')}"
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title or file.name,
        "filetype": file.suffix,
        "size": len(file.content or b""),
        "user": file.user or user,
        "mode": "hosted",
        "is_external": False,
        "url_private": url,
        "url_private_download": url,
        "permalink": url,
        "channels": list(file.channels),
    }
