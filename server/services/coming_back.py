"""Whoever pressed Gå nu and comes back by the link, to say how it went (E1 to E4, D11).

The session is over and stays so: the way in is the link. A device that was called one's own is
known by its mark anyway. Those under 13 are asked whose it is only on the way out, and Gå nu asks
nothing; so the browser's "I was closed" becomes one nobody can guess. It alone opens nothing. With
the link, and for as long as one may knock, it says that this is the browser they left on: then the
page asks whose it is, and only after "min egen" how it went. A borrowed telephone keeps no more
than before.
"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import visit as visiting
from server.domain.links import Right
from server.domain.questions import way_out
from server.domain.roles import Role
from server.domain.visit import Standing
from server.services import calling, room, sessions
from server.services.arriving import Arrival
from server.store import seats


def may_say(here: Arrival) -> bool:
    """Whoever has gone, and is back by the link where they left, may say how it went, for as long
    as one may knock."""
    call = here.me.calls[-1] if here.me.calls else None
    gone = call is not None and call.standing == Standing.LEFT
    if Right.KNOCK not in here.rights:
        return False
    return gone and (here.guest.admitted or here.guest.came_back)


async def leave(db: AsyncSession, session: int, *, now: datetime) -> tuple[int | None, str]:
    """End a session that was left with Gå nu; returns the meeting that has become emptier, and the
    mark for its browser."""
    meeting = await calling.leave_by_session(db, session, now=now)
    mark = await mark_of(db, session, now=now)
    await sessions.end(db, session, now=now)
    return meeting, mark


async def mark_of(db: AsyncSession, session: int, *, now: datetime) -> str:
    """Make the mark of a browser that is being left, or "" where none is needed."""
    visit = await seats.visit_of_session(db, session)
    if visit is None or not visiting.was_admitted(visit.facts()):
        return ""
    shot = room.of(await seats.meeting(db, visit.seat.meeting_id), now)
    asked = way_out(Role.YOUNG_PERSON, shot.band)
    said = any(r.question == "device" and r.session == session for r in shot.young.replies)
    if visit.seat_id != shot.young.seat or not asked or said:
        return ""
    mark = sessions.new_cookie()
    visit.left_mark = sessions.digest(mark)
    return mark
