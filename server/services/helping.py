"""A child of six to nine says that an adult helps, and that the adult has gone (H3)."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import helping as rules
from server.domain.errors import NotFound, Refused
from server.domain.helping import Step
from server.domain.links import Right
from server.domain.roles import Guest, Role
from server.services import arriving
from server.services.arriving import MOST_ANSWERS, Arrival
from server.store import seats


async def take(db: AsyncSession, guest: Guest, wanted: Step, *, now: datetime) -> Arrival:
    """Take one step on this device, or raise `Refused`. The same step twice is one."""
    here = await arriving.stand(db, guest, now=now)
    if not offered(here):
        raise NotFound
    if not (here.rights & {Right.PREPARE, Right.KNOCK} or reads(here)):
        raise Refused("too-late")
    before = rules.step(here.me.replies, guest.session)
    rules.require(before, wanted)
    if before == wanted:
        return here
    if sum(reply.session == guest.session for reply in here.me.replies) >= MOST_ANSWERS:
        raise Refused("too-often")
    seats.keep_reply(db, guest.seat, guest.session, rules.QUESTION, wanted.value, now=now)
    await db.flush()
    return await arriving.stand(db, guest, now=now)


def offered(here: Arrival) -> bool:
    """Whether this is a page for the child and the one who helps."""
    return here.me.role == Role.YOUNG_PERSON and rules.offered(here.shot.band)


def asks(here: Arrival) -> bool:
    """Whether it has to be said here first: nobody has been asked on this device, or an adult is
    there still."""
    now_at = rules.step(here.me.replies, here.guest.session)
    return offered(here) and (now_at is None or rules.with_adult(now_at))


def reads(here: Arrival) -> bool:
    """Whether what comes next here is the note: it is ready, and may be read."""
    return here.guest.known and Right.READ in here.rights


def with_adult(here: Arrival) -> bool:
    """Whether an adult helps at this device: then nothing of the child's own is asked here."""
    return rules.with_adult(rules.step(here.me.replies, here.guest.session))


def locked(here: Arrival) -> bool:
    """Whether an adult has helped at this device: then its answers are not read back here."""
    return rules.locked(here.me.replies, here.guest.session)
