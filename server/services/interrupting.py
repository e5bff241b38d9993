"""A line that breaks in the middle of a talk, and its coming back: kept, so that the phone plan
opens, the note can say so, and nobody is left waiting after a restart (S29, D4)."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import meeting as meetings
from server.domain import visit as visiting
from server.domain.visit import Standing
from server.services import room
from server.services.snapshot import Snapshot
from server.store import seats
from server.store import ways as store
from server.store.way_tables import Interruption


async def broke(db: AsyncSession, session: int, *, now: datetime) -> None:
    """Somebody admitted has been gone for longer than a breath. Who left is not interrupted."""
    visit = await seats.visit_of_session(db, session)
    if visit is None or visiting.standing(visit.facts()) != Standing.ADMITTED:
        return
    row = await seats.meeting(db, visit.seat.meeting_id)
    if meetings.standing(room.facts(row), now) != meetings.Standing.OPEN:
        return
    if await store.interruption(db, visit.seat_id) is None:
        db.add(Interruption(meeting_id=row.id, seat_id=visit.seat_id, at=now))


async def came_back(db: AsyncSession, session: int, *, now: datetime) -> None:
    """A device is on a line again. Whoever sits there is back only on the one the host let in: a
    copy of the link is not them, and neither closes the phone plan nor makes a pause hold again."""
    visit = await seats.visit_of_session(db, session)
    if visit is not None and visiting.standing(visit.facts()) == Standing.ADMITTED:
        await is_back(db, visit.seat_id, now=now)


async def is_back(db: AsyncSession, seat: int, *, now: datetime) -> None:
    """Somebody sits there again; whether they were gone at all is looked up first."""
    open_one = await store.interruption(db, seat)
    if open_one is not None:
        open_one.back_at = now


async def go_on_without(db: AsyncSession, shot: Snapshot, seat: int, *, now: datetime) -> None:
    """The host goes on with those who are there. Whoever broke off in the middle of a pause still
    pauses: it holds the others again once they are back, and they hear nothing before that (P8).
    """
    person = shot.person(seat)
    if person is None or person.admitted is None or not person.admitted.paused:
        return
    open_one = await store.interruption(db, seat)
    if open_one is not None and open_one.passed_at is None:
        open_one.passed_at = now
