"""Whether what a caseworker wrote is read on a young person's device: "Så viser vi ikke det, Mette
skriver, på den" is said of one that is borrowed, that others read along on, or that they are unsure
of, and holds for every page, since it is given back with the pages in it (U8)."""

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import circle
from server.domain.roles import Guest, Role
from server.store import seats


async def may_show(db: AsyncSession, guest: Guest) -> bool:
    """Whether it is known that the young person holds this device, and they have not said that it
    is not theirs. A code said to them by voice was typed just now, and opens it all the same."""
    if guest.role != Role.YOUNG_PERSON or not guest.known:
        return False
    if guest.vouched:
        return True
    seat = next(s for s in (await seats.meeting(db, guest.meeting)).seats if s.id == guest.seat)
    said = [reply.fact(admitted=False) for reply in seat.replies]
    return not circle.is_called_not_own(said, guest.session)
