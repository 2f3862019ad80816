"""A database that cannot be used at the moment: locked, full, restarted. What was not committed did not happen."""

from typing import Final

from sqlalchemy.exc import DBAPIError

DATABASE_TROUBLE: Final = (DBAPIError, OSError)
"""What a query raises then; OSError where PostgreSQL cannot be reached."""


def reason(error: DBAPIError | OSError) -> str:
    """In the database's own words, without the statement and its values."""
    return str(getattr(error, "orig", None) or error)
