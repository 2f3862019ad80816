"""files.*, in the three steps of files_upload_v2."""

from workspace.arguments import Arguments
from workspace.errors import Json, SlackError, invalid_arguments
from workspace.files import as_file
from workspace.methods import Method, Methods
from workspace.people import Channel
from workspace.responses import bot_fields
from workspace.team import Team


async def upload_url(team: Team, args: Arguments) -> Json:
    """files.getUploadURLExternal"""
    args.need("filename", "length")
    name, length = args.text("filename"), args.whole("length", 0, 1_000_000_000)
    if not length:
        raise invalid_arguments("must be greater than 0 [json-pointer:/length]")
    file = team.files.announce(name, length)
    return {"upload_url": f"{team.base_url}/upload/v1/{file.ticket}", "file_id": file.id}


def _channels(team: Team, args: Arguments) -> list[Channel]:
    names = [args.text("channel_id"), *args.text("channels").split(",")]
    channels = [team.channel(name) for name in names if name]
    for channel in channels:
        if channel.is_archived:
            raise SlackError("is_archived")
        if team.app.user_id not in channel.members:
            raise SlackError("not_in_channel")
    return channels


async def complete(team: Team, args: Arguments) -> Json:
    """files.completeUploadExternal: shares uploaded files into conversations (by id; a person's id is refused)."""
    given = args.json("files")
    if not isinstance(given, list) or not given or not all(isinstance(f, dict) and f.get("id") for f in given):
        raise invalid_arguments("must provide an array of files with ids [json-pointer:/files]")
    channels = _channels(team, args)
    files = [team.files.find(entry["id"]) for entry in given]
    if any(file.content is None or file.completed for file in files):
        raise SlackError("file_not_found")
    for file, entry in zip(files, given, strict=True):
        file.title, file.completed = entry.get("title") or file.name, True
        file.channels = [channel.id for channel in channels]
    described = [as_file(file, team.base_url, team.app.user_id) for file in files]
    for channel in channels:
        message: Json = {
            **bot_fields(team.app),
            "text": args.text("initial_comment"),
            "files": described,
            "upload": True,
        }
        if thread := args.text("thread_ts"):
            message["thread_ts"] = thread
        team.post(channel, message)
    return {"files": described}


async def info(team: Team, args: Arguments) -> Json:
    """files.info"""
    file = team.files.find(args.required("file"))
    return {"file": as_file(file, team.base_url, team.app.user_id), "comments": []}


METHODS: Methods = {
    "files.getUploadURLExternal": Method(upload_url, ("files:write",), tier=4, json=False),
    "files.completeUploadExternal": Method(complete, ("files:write",), tier=4),
    "files.info": Method(info, ("files:read",), tier=4, json=False),
}
