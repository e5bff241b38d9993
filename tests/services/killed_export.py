"""Asks for a note to be sent and sends it, in processes that end themselves before a write.

`python -m tests.services.killed_export` reads lines `FOLDER N [later]`: FOLDER holds a house with a
note (`data`) and the case system's folder (`case-system`). Each line is a process of its own, ended
by SIGKILL before its n-th write as by a power cut (with 0 it lives); its exit is answered. It is
forked, so that what takes longest, importing everything, is done once.
"""

import asyncio
import os
import signal
import sys
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from aiohttp import web
from sqlalchemy import event

from server import keys
from server.app import shipped
from server.domain.roles import AccountId, Caseworker, SessionId
from server.http.exporting import export_due
from server.services import exporting
from server.settings import Settings
from server.store.database import Database
from tests.conftest import NOON, StoppedClock
from tests.exports import sending

MOMENT = NOON + timedelta(hours=3)
AFTER_THE_LEASE = timedelta(minutes=3)
WRITES = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree"}


def end_before(n: int, folder: Path, database: Database) -> None:
    """Count changes to the folder, orders to the disk and commits, and end before the n-th."""
    numbers = count(1)

    def write() -> None:
        if next(numbers) == n:
            os.kill(os.getpid(), signal.SIGKILL)

    def heard(name: str, args: tuple[Any, ...]) -> None:
        if name == "open":
            path, _, flags = args
            writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if writes and (isinstance(path, int) or str(path).startswith(str(folder))):
                write()
        elif name in WRITES and str(args[0]).startswith(str(folder)):
            write()

    synced = os.fsync

    def fsync(number: int) -> None:
        write()
        synced(number)

    os.fsync = fsync  # type: ignore[assignment]  # the same, counted
    sys.addaudithook(heard)
    event.listen(database.engine.sync_engine, "commit", lambda _: write())


async def main(folder: Path, n: int, *, later: bool) -> None:
    settings = sending(Settings(data_dir=folder / "data"), folder / "case-system")
    database = Database(settings.database)
    clock = StoppedClock(MOMENT + (AFTER_THE_LEASE if later else timedelta()))
    app = web.Application()
    app[keys.SETTINGS], app[keys.CLOCK], app[keys.DATABASE] = settings, clock, database
    app[keys.TEXTS] = shipped()[1]
    end_before(n, settings.export_dir or folder, database)
    mette = Caseworker(AccountId(1), SessionId(1), "Mette")
    async with database.begin() as db:
        await exporting.ask(db, mette, 1, now=clock.now())
    await export_due(app)
    await database.close()


def serve() -> None:
    for line in sys.stdin:
        folder, n, *later = line.split()
        child = os.fork()
        if child == 0:
            asyncio.run(main(Path(folder), int(n), later=bool(later)))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
