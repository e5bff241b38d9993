"""A guest arrives: they open their link, answer the checklist and knock."""

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import visit as visiting
from server.domain.errors import NotFound
from server.domain.roles import Guest, MeetingId, SeatId, SessionId
from server.services.sessions import Live
from server.store import seats


async def who(db: AsyncSession, live: Live) -> Guest:
    """Say which guest holds this session, and whether the host admitted this very device."""
    seat = await seats.with_visits(db, live.owner)
    if seat is None:
        raise NotFound("link-unknown")
    admitted = any(
        visit.session_id == live.id and visiting.was_admitted(visit.facts())
        for visit in seat.visits
    )
    return Guest(SeatId(seat.id), MeetingId(seat.meeting_id), SessionId(live.id), seat.role, admitted)
