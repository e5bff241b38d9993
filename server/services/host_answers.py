"""A caseworker's own answers, and what they change besides the gate (R1, R3, R6, R9, R14)."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.checklist import Gate, check
from server.domain.errors import NotFound
from server.domain.interpreting import require_invited
from server.domain.promising import PromiseKind
from server.domain.questions import INTERPRETER, Question
from server.domain.roles import Caseworker, MeetingId, Role
from server.services import listed, promising, room
from server.store import seats, trail

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


async def answer(
    db: AsyncSession,
    host: Caseworker,
    meeting: MeetingId,
    question: Question,
    said: str,
    text: str,
    *,
    now: datetime,
) -> Gate:
    """Keep one answer of the caseworker's own checklist (R1-R14), and do what follows from it."""
    row = await seats.meeting(db, meeting)
    if row.account_id != host.account:
        raise NotFound
    seat = seats.of_role(row, Role.CASEWORKER)
    kept = check(question, said, (), text)
    if question == INTERPRETER:
        require_invited(kept, listed.of(room.of(row, now).people))
    seats.keep_reply(db, seat.id, host.session, question.id, kept, text.strip(), now=now)
    if question.id == "room":
        seat.company = " ".join(text.split())[:80] if kept == "with_one" else ""
    await effects(db, host, meeting, question.id, kept, now=now)
    await db.flush()
    db.expire_all()
    return room.of(await seats.meeting(db, meeting), now).host.gate(host.session)


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
