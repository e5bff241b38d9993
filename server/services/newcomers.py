"""Somebody was added after the young person had answered: the small question about them.

A no counts at once, from wherever it came, and is never told to the person (P2). A yes counts from
the admitted device. No answer is not a yes: they wait outside.
"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.errors import NotFound, Refused
from server.domain.roles import INVITED, Guest, Role
from server.services import room
from server.services.snapshot import Person, Snapshot
from server.store import seats, trail

MOST_ANSWERS = 60  # about one person, from one device


def of(shot: Snapshot) -> tuple[Person, ...]:
    """Whom the young person is still to be asked about, with who and why (3.0.2)."""
    return tuple(p for p in shot.people if p.is_new and not p.removed and p.held_away is None)


def may_answer(guest: Guest) -> bool:
    """Whether names may be said here, and it is the young person's to answer."""
    return guest.role == Role.YOUNG_PERSON and guest.known


async def asked_about(db: AsyncSession, guest: Guest, *, now: datetime) -> tuple[Person, ...]:
    """Whom this young person is still to be asked about; nobody on a bare link, which holds no
    names (P6)."""
    if not may_answer(guest):
        return ()
    return of(room.of(await seats.meeting(db, guest.meeting), now))


async def answer(db: AsyncSession, guest: Guest, seat: int, *, yes: bool, now: datetime) -> Person:
    """Keep what the young person said about one person, who is returned. It is kept with its
    time."""
    if not may_answer(guest):
        raise NotFound
    shot = room.of(await seats.meeting(db, guest.meeting), now)
    person = shot.person(seat)
    if person is None or person.role not in INVITED:
        raise NotFound
    about = [r for r in shot.young.replies if r.question == "added" and r.session == guest.session]
    if len(about) >= MOST_ANSWERS:
        raise Refused("too-often")
    word = "yes" if yes else "no"
    seats.keep_reply(db, guest.seat, guest.session, "added", f"{word} {seat}", now=now)
    trail.add(db, f"seat:{guest.seat}", "answer-newcomer", f"seat:{seat}", now=now)
    return person
