"""A file that somebody put into a form is handed to who asks for it, through Slack's own files."""

import pytest

from bot.slack import SlackDoor, reading_client, writing_client
from handlers.call import SlackRefused
from workspace.server import Workspace


async def test_the_file_comes_in_direct_messages_under_its_own_name(workspace: Workspace) -> None:
    door = SlackDoor(
        reading_client("xoxb-local", workspace.api_url), writing_client("xoxb-local", workspace.api_url)
    )  # fmt: skip
    file = workspace.team.files.choose("U0AMINA", "Compte rendu n° 1.pdf", b"%PDF")
    await door.forward_file(file.id, "U0LAN", "The minutes")
    [message] = workspace.messages("U0LAN")
    assert (message["text"], [sent["name"] for sent in message["files"]]) == ("The minutes", ["Compte rendu n° 1.pdf"])
    sent = workspace.team.files.known(message["files"][0]["id"])
    assert sent is not None
    assert sent.content == b"%PDF"
    with pytest.raises(SlackRefused):
        await door.forward_file("F0GONE", "U0LAN", "The minutes")
