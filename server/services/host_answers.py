"""What a caseworker's own answers change besides the gate (R1, R3, R6, R9, R14)."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.promising import PromiseKind
from server.domain.roles import Caseworker, MeetingId
from server.services import promising
from server.store import trail

# Answers that somebody may ask about later: they stand in the trail, without their words.
IN_THE_TRAIL = {
    ("told", "with_reason"): "told-with-reason",
    ("purpose", "anyway"): "on-screen-with-reason",
    ("right", "told"): "right-told",
    ("right", "not_told"): "right-card-sent",
    ("parents", "without"): "without-parents",
}
# Answers whose effect the caseworker reads beside them, though they shut nothing.
SAID = (("right", "not_told"), ("after", "call_back"), ("parents", "without"))
FOLLOWS = {
    "after": (PromiseKind.CALL_BACK, "call_back"),
    "parents": (PromiseKind.PARENTS, "without"),
}


async def effects(
    db: AsyncSession,
    host: Caseworker,
    meeting: MeetingId,
    question: str,
    answer: str,
    *,
    now: datetime,
) -> None:
    """Do what follows from one kept answer."""
    deed = IN_THE_TRAIL.get((question, answer))
    if deed is not None:
        trail.add(db, f"account:{host.account}", deed, f"meeting:{meeting}", now=now)
    if question in FOLLOWS:
        kind, wanted = FOLLOWS[question]
        await promising.follow(db, host, meeting, kind, wanted=answer == wanted, now=now)
