"""What goes wrong without being a defect of the bot."""


class Problem(Exception):
    """The text says to the person at the terminal what is wrong and what to do. Ends a command with exit code 1."""


class DatabaseTaken(Problem):
    """Another bot works with this SQLite file."""


class FolderUnwritable(Problem):
    """The folder of the SQLite file cannot be written to."""


class CannotListen(Problem):
    """No request of Slack can arrive."""
