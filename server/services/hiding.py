"""Words the home has already are hidden by two, where a note is locked (domain pack 5.6).

A lock leaves them where they are, since taking them away would tell. Hiding is a deed of its own,
by whose case it is and a colleague; once the lock is opened again, what the young person had chosen
leaves anew, at the next hour.
"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.errors import Invalid, Refused
from server.domain.roles import AccountId, Caseworker, MeetingId
from server.services import calling, seconding
from server.services.seconding import Beside
from server.store import marks, notes, trail
from server.store.passing_tables import Step


async def hide(
    db: AsyncSession,
    who: Caseworker,
    meeting: MeetingId,
    second: AccountId | None,
    *,
    now: datetime,
) -> None:
    """Take every word of this note back from the home, at once. Twice is once."""
    await calling.own_meeting(db, who, meeting)
    if not await marks.is_locked(db, meeting):
        raise Refused("not-locked")
    if second is None:
        raise Invalid(code="colleague-code-wrong")
    for row in await notes.items(db, meeting, hold=True):
        handover = notes.handover(row)
        if handover is not None:
            handover.taken_back_at = now
    trail.add(db, f"account:{who.account}", "hide-words", f"meeting:{meeting}", now=now)
    beside = Beside(Step.HIDING, meeting, "meeting", meeting)
    seconding.keep(db, who, second, beside, now=now)
