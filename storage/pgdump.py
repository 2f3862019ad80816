"""Copies of a PostgreSQL database, with PostgreSQL's own programs: pg_dump, pg_restore and psql."""

import os
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy.engine import make_url

from storage.migrate import LOCK, BackupUnusable, DatabaseUnusable, check_known
from storage.restored import marks
from storage.store import PROGRAM_NAME
from storage.wholefile import whole_file

MAGIC: Final = b"PGDMP"
"""How such a file begins."""

REVISION: Final = "COPY public.alembic_version (version_num) FROM stdin;\n"
"""The line of an unpacked backup after which its revision stands."""

EMPTY: Final = f"""
SET lock_timeout = '30s';
SELECT pg_advisory_xact_lock({LOCK});
DO $$
DECLARE old text;
BEGIN
    FOR old IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('DROP TABLE IF EXISTS public.%I CASCADE', old);
    END LOOP;
END $$;
"""
"""Removes all tables, also those of another version; upgrades wait until the end of the transaction."""

AFTERWARDS: Final = "SET search_path = public; {marks};"
"""Once a backup's script has run, which leaves no search path."""

TABLES: Final = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
BOTS: Final = (
    "SELECT count(*) FROM pg_stat_activity "
    f"WHERE datname = current_database() AND application_name = '{PROGRAM_NAME}' AND pid <> pg_backend_pid()"
)


class ProgramsUnusable(DatabaseUnusable):
    """PostgreSQL's programs are not installed, or are older than the server."""


def save(address: str, target: Path) -> None:
    """Copy the database with all that is committed (pg_dump's custom format), while others may write to it.

    Raises ProgramsUnusable or DatabaseUnusable.
    """
    try:
        with whole_file(target) as unfinished:
            _run(
                address,
                "pg_dump",
                "--no-password",
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                f"--file={unfinished}",
            )
    except OSError as error:
        raise DatabaseUnusable(f"{target} cannot be written ({error.strerror})") from error


def is_empty(address: str) -> bool:
    """Whether the database has no tables. Raises ProgramsUnusable or DatabaseUnusable."""
    return _ask(address, TABLES) == 0


def restore(backup: Path, address: str, aside: Path, now: datetime) -> bool:
    """Put a backup in the place of everything in the database, all or nothing; whether there was something before.

    What was there is first saved as `aside`. Raises BackupUnusable, NewerDatabase, ProgramsUnusable or
    DatabaseUnusable, and nothing has changed.
    """
    with tempfile.TemporaryDirectory(prefix="alliance-restore-") as folder:
        script, before, after = (Path(folder) / name for name in ("script.sql", "before.sql", "after.sql"))
        _read(backup, script)
        if _ask(address, BOTS):
            raise DatabaseUnusable("A bot is working with this database: stop every bot first, and try again")
        replaced = not is_empty(address)
        if replaced:
            save(address, aside)
        before.write_text(EMPTY)
        after.write_text(AFTERWARDS.format(marks="; ".join(marks(now.astimezone(UTC).isoformat()))))
        files = [f"--file={file}" for file in (before, script, after)]
        _psql(address, "--single-transaction", *files)
    return replaced


def _read(backup: Path, script: Path) -> None:
    """Unpack a backup, to the last byte, and check that it is one of this bot."""
    try:
        _run(None, "pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(backup))
    except ProgramsUnusable:
        raise
    except DatabaseUnusable as error:
        raise BackupUnusable(f"{backup} is damaged ({error}): take another backup") from error
    revision = _revision(script)
    if revision is None:
        raise BackupUnusable(f"{backup} is not a backup of this bot: it has none of its tables")
    check_known(revision, str(backup))


def _revision(script: Path) -> str | None:
    with script.open(encoding="utf-8") as lines:
        for line in lines:
            if line == REVISION:
                return next(lines).strip()
    return None


def _ask(address: str, query: str) -> int:
    return int(_psql(address, "--tuples-only", "--no-align", f"--command={query}"))


def _psql(address: str, *arguments: str) -> str:
    return _run(address, "psql", "--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", *arguments)


def _run(address: str | None, program: str, *arguments: str) -> str:
    """What the program writes. The password goes through its environment, which only this user can read."""
    found = shutil.which(program)
    if found is None:
        raise ProgramsUnusable(
            f"{program} is not installed. Install PostgreSQL's client programs, of the server's version or newer "
            "(Debian and Ubuntu: apt install postgresql-client), and try again"
        )
    where = _environment(address) if address else {}
    done = subprocess.run(
        [found, *arguments],
        env=os.environ | where,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode == 0:
        return done.stdout
    said = " ".join(done.stderr.split()) or f"exit code {done.returncode}"
    if "version mismatch" in said:
        raise ProgramsUnusable(
            f"{program} is older than the server ({said}). Install PostgreSQL's client programs of the server's version"
        )
    raise DatabaseUnusable(f"{program} failed: {said}")


def _environment(address: str) -> dict[str, str]:
    """The parts of the address, as PostgreSQL's programs take them."""
    url = make_url(address)
    query = {name: value if isinstance(value, str) else value[0] for name, value in url.query.items()}
    parts = {
        "PGHOST": url.host or query.get("host"),
        "PGPORT": url.port or query.get("port"),
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        "PGSSLMODE": query.get("sslmode") or query.get("ssl"),
        "PGSSLROOTCERT": query.get("sslrootcert"),
    }
    return {name: str(value) for name, value in parts.items() if value}
