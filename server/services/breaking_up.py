"""A talk that is over, or goes on another time: everybody is out, and nothing of it stands on.

Whoever was in knocks anew, at the host's door, and what was pressed around the talk was about
that talk. A note that is to be locked stays so: that is about the note.
"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import asides, during
from server.services import calling
from server.store import marks, seats
from server.store import meetings as store
from server.store.tables import Meeting


async def moved(db: AsyncSession, row: Meeting, *, now: datetime) -> None:
    """The meeting has another hour: nobody is in it, and nobody is kept out of it (D3, D13)."""
    await _everybody_out(db, row, now)
    for mark in await marks.unended(db, row.id, during.OF_THE_TALK):
        mark.ended_at = now


async def end_what_is_over(db: AsyncSession, *, now: datetime) -> list[int]:
    """Let out whoever is still in a meeting that was finished or called off: the two who stayed
    when their quarter of an hour has gone by (B7). Returns the meetings.

    One that nobody finished is left as it is: that a line broke in it is still to be seen to.
    """
    over = [row for row in await store.still_in(db) if is_over(row, now)]
    for row in over:
        await _everybody_out(db, row, now)
    return [row.id for row in over]


async def is_anybody_left(db: AsyncSession, *, now: datetime) -> bool:
    """Whether it is worth writing; asking costs no lock."""
    return any(is_over(row, now) for row in await store.still_in(db))


def is_over(row: Meeting, now: datetime) -> bool:
    """Whether a meeting was ended for everybody, also for the two who stayed after it."""
    ended = row.finished_at is not None and now >= row.finished_at + asides.AFTER_ROOM
    return ended or row.called_off_at is not None


async def _everybody_out(db: AsyncSession, row: Meeting, now: datetime) -> None:
    for visit in await seats.inside(db, row.id):
        await calling.leave(db, visit.id, now=now)
    for aside in await seats.open_asides(db, row.id):
        aside.closed_at = now
