"""Does one deed about a note in a process that ends itself before a write, as by a power cut.

`python -m tests.services.killed_note` reads lines `FOLDER DEED N MOMENT`: FOLDER holds a house with
a note. Each line is a process of its own, ended by SIGKILL before its n-th write to the database (a
statement that changes something, or a commit); with 0 it lives. Its exit is answered. It is forked,
so that what takes longest, importing everything, is done once.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import event

from server.domain.roles import AccountId, Caseworker, Guest, MeetingId, Role, SeatId, SessionId
from server.domain.sharing import Choice
from server.services import choosing, items, passing_on, releasing
from server.settings import Settings
from server.store import notes
from server.store.database import Database
from server.store.tables import Session
from tests.notes import ZONE, hour

CHANGES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
MEETING = 1


def end_before(n: int, database: Database) -> None:
    """Count statements that change something, and commits, and end before the n-th."""
    numbers = count(1)

    def write() -> None:
        if next(numbers) == n:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(_connection: Any, _cursor: Any, words: str, *_: Any) -> None:
        if words.lstrip().upper().startswith(CHANGES):
            write()

    event.listen(database.engine.sync_engine, "before_cursor_execute", statement)
    event.listen(database.engine.sync_engine, "commit", lambda _: write())


async def sofie(database: Database) -> Guest:
    """Whose note it is, on the device that was let in: the only guest of this house."""
    async with database.read() as db:
        session = await db.get_one(Session, 2)
        seat = SeatId(session.seat_id or 0)
    return Guest(seat, MeetingId(MEETING), SessionId(2), Role.YOUNG_PERSON, admitted=True)


async def choose(database: Database, now: datetime) -> None:
    """In the call, after the hour went by: a row, its line in the trail, and another hour."""
    guest = await sofie(database)
    async with database.read() as db:
        first = items.shown(await notes.item(db, MEETING, 1))
    async with database.begin() as db:
        seen, choice = first.revision, Choice.AS_WRITTEN
        await choosing.choose(db, guest, 1, seen, choice, in_call=True, now=now, zone=ZONE)


async def voice(database: Database, now: datetime) -> None:
    """The same by voice: what was chosen, that it was asked alone, their trail, and the hour."""
    mette = Caseworker(AccountId(1), SessionId(1), "Mette")
    async with database.read() as db:
        seen = items.shown(await notes.item(db, MEETING, 1)).revision
    async with database.begin() as db:
        await passing_on.chosen_by_voice(
            db, mette, MEETING, 1, seen, Choice.AS_WRITTEN, now=now, zone=ZONE
        )


async def withdraw(database: Database, now: datetime) -> None:
    guest = await sofie(database)
    async with database.begin() as db:
        await choosing.withdraw(db, guest, 1, in_call=True, now=now)


async def release(database: Database, now: datetime) -> None:
    """As the background does it, when it wakes at the hour or after it."""
    due = await hour(database, MEETING)
    moment = max(now, due) if due is not None else now
    async with database.begin() as db:
        leases = await releasing.take(db, now=moment)
    for lease in leases:
        async with database.begin() as db:
            await releasing.release(db, lease, now=moment, zone=ZONE)


DEEDS: Mapping[str, Callable[[Database, datetime], Awaitable[None]]] = {
    "choose": choose,
    "voice": voice,
    "withdraw": withdraw,
    "release": release,
}


async def main(folder: Path, deed: str, n: int, now: datetime) -> None:
    database = Database(Settings(data_dir=folder).database)
    end_before(n, database)
    await DEEDS[deed](database, now)
    await database.close()


def serve() -> None:
    for line in sys.stdin:
        folder, deed, n, moment = line.split()
        child = os.fork()
        if child == 0:
            asyncio.run(main(Path(folder), deed, int(n), datetime.fromisoformat(moment)))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
