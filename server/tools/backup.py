"""`python3 run.py backup FILE`: all of the database as it is now, in one file, while it is in use.

A plain copy would take half of what is being written. Here SQLite writes what one look at the
database sees, without what was deleted from it, and the copy is read through before it counts.
The key behind every link is not in it: it belongs in a backup of its own.
"""

import os
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from server.settings import SettingsError, from_environment
from server.tools.system import say, stop


class Unable(Exception):
    """There is no backup; the message says why."""


def copy(database: Path, to: Path) -> None:
    """Write the copy, readable by its owner alone (D1). Raises `Unable`, and leaves none then."""
    if not database.is_file():
        raise Unable(f"There is no database at {database}. Does ENERUM_DATA_DIR say where it is?")
    try:
        os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise Unable(f"{to} cannot be made: {error.strerror}.") from None
    try:
        _write(database, to)
    except (sqlite3.Error, OSError) as error:
        to.unlink()
        raise Unable(f"There is no backup: {error}.") from None


def _write(database: Path, to: Path) -> None:
    """Copy, read the copy through, and see it onto the disk."""
    with closing(sqlite3.connect(database)) as file:
        file.execute("VACUUM INTO ?", (str(to),))
    with closing(sqlite3.connect(to)) as file:
        (found,) = file.execute("PRAGMA integrity_check").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(f"the copy is not whole, nor is the database ({found})")
    with to.open("rb") as written:
        os.fsync(written.fileno())


def main(words: Sequence[str]) -> None:
    if len(words) != 1:
        stop("Say where to: python3 run.py backup FILE")
    to = Path(words[0]).resolve()
    try:
        copy(from_environment(os.environ).database_file, to)
    except (SettingsError, Unable) as error:
        stop(str(error))
    say(f"The database is in {to}. The keys are not: they belong in another backup.")


if __name__ == "__main__":
    main(sys.argv[1:])
