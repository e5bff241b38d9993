"""The young person answers "skal det være som sidst?" (U12)."""

from datetime import datetime
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import helping
from server.domain import remembering as rules
from server.domain.errors import NotFound, Refused
from server.domain.links import Right
from server.domain.remembering import Answer
from server.domain.roles import Guest
from server.services import arriving, remembering
from server.store import seats


async def take(db: AsyncSession, guest: Guest, said: Answer, *, now: datetime) -> None:
    """Keep the answer to "skal det være som sidst?". What it changes holds for this meeting at
    once, and for the next one when the host has seen who it is."""
    here = await arriving.stand(db, guest, now=now)
    row = await remembering.row_of(db, guest, now)
    if row is None:
        raise NotFound
    if not here.rights & {Right.PREPARE, Right.KNOCK}:
        raise Refused("too-late")
    helping.require_alone(rules.QUESTION, here.me.replies, guest.session)
    if sum(reply.session == guest.session for reply in here.me.replies) >= arriving.MOST_ANSWERS:
        raise Refused("too-often")
    keep = partial(seats.keep_reply, db, guest.seat, guest.session, now=now)
    keep(rules.QUESTION, said.value)
    if said == Answer.SAME:
        keep(rules.WISHES, row.wishes, row.text)
    elif said == Answer.FORGET:
        keep(rules.WISHES, "")
    await db.flush()
    if guest.admitted:
        there = await arriving.stand(db, guest, now=now)
        await remembering.remember(db, guest.meeting, guest.session, there.me.replies, now=now)
