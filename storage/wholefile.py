"""Files that appear all at once: whoever looks for one finds it whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SQLITE_PARTS = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a database file while it is open."""


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A file beside `target` to write to. At the end of the block it is on the disk and takes the name of `target`.

    If the block raises, nothing is left of it; if the process is killed, a hidden file that ends in ".unfinished".
    Only its owner may read it. Raises OSError.
    """
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".unfinished", dir=target.parent)
    os.close(descriptor)
    try:
        yield Path(name)
        _to_disk(Path(name))
        os.replace(name, target)
        _to_disk(target.parent)
    finally:
        for part in ("", *SQLITE_PARTS):
            Path(f"{name}{part}").unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
