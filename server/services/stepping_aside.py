"""Talks beside the room (domain/asides.py): opened and closed, each as a row.

Closing somebody out is free: one press. Whoever comes back to the host comes back without sound
and picture, so that nothing said in the bisidder's room spills into the meeting; each turns their
own on again (P8).
"""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import asides
from server.domain import meeting as meetings
from server.domain.asides import Kind, Moment, Place
from server.domain.errors import Refused
from server.domain.roles import Role
from server.services.snapshot import Call, Person, Snapshot
from server.store import seats, trail
from server.store.aside_tables import Aside
from server.store.tables import Meeting, Seat, Visit

OPENS_ANEW = timedelta(minutes=2)  # for a bisidder, after it was closed


async def together(
    db: AsyncSession, shot: Snapshot, by: Person, bisidder: int, *, now: datetime
) -> None:
    """Open the bisidder's room. Pressed by either of the two it is a pause together; by the host,
    who thereby steps out, it is their time before the meeting. Twice is once. Where the young
    person has just closed it, the bisidder does not take them back into it (P8)."""
    other = shot.person(bisidder)
    if shot.standing != meetings.Standing.OPEN or other is None:
        raise Refused("own-room-not-both")
    mine = by.role in (Role.YOUNG_PERSON, Role.CASEWORKER) or by.seat == bisidder
    if not mine:
        raise Refused("own-room-not-theirs")
    asides.require_together(
        other.role,
        both_in=bool(shot.young.admitted and other.admitted and not other.barred),
        here=shot.place(other),
    )
    if shot.own_room:
        if shot.place(other) != Place.OWN_ROOM:
            raise Refused("own-room-not-both")
        return
    if by.role == Role.BISIDDER:
        closed = await seats.own_room_closed_at(db, shot.meeting)
        if closed is not None and now - closed < OPENS_ANEW:
            raise Refused("own-room-just-closed")
    await _close_all(db, shot.meeting, now)
    moment = Moment.BEFORE if by.role == Role.CASEWORKER else Moment.PAUSE
    _open(db, shot.meeting, Kind.TOGETHER, moment, bisidder, now)
    if by.admitted is not None and by.role != Role.CASEWORKER:
        # One's own pause, not the other's, gives way to the one together.
        (await db.get_one(Visit, by.admitted.id)).paused_at = None
    trail.add(db, f"seat:{by.seat}", "own-room", f"meeting:{shot.meeting}", now=now)


async def alone(db: AsyncSession, shot: Snapshot, by: Person, *, now: datetime) -> None:
    """The young person wants a word with the host alone; everybody else waits outside."""
    _young_only(by)
    if shot.standing != meetings.Standing.OPEN or shot.own_room or by.admitted is None:
        raise Refused("no-aside-now")
    if shot.beside.aside is None:
        _open(db, shot.meeting, Kind.ALONE, Moment.PAUSE, None, now)


async def ask_in(
    db: AsyncSession, shot: Snapshot, by: Person, interpreter: int, *, now: datetime
) -> None:
    """The young person has their interpreter with them in the talk beside the room. Whoever comes
    in is not heard before they turn their own sound on."""
    _young_only(by)
    other = shot.person(interpreter)
    if other is None:
        raise Refused("not-an-interpreter")
    both_in = bool(by.admitted and other.admitted and not other.barred)
    asides.require_asked_in(shot.beside.aside, other.role, both_in=both_in)
    for aside in await seats.open_asides(db, shot.meeting):
        if aside.interpreter_id != interpreter:
            aside.interpreter_id, aside.asked_in_at = interpreter, now
    await _quiet(db, [other.admitted] if other.admitted is not None else [])
    trail.add(db, f"seat:{by.seat}", "ask-in", f"seat:{interpreter}", now=now)


async def have_wait(db: AsyncSession, shot: Snapshot, by: Person, interpreter: int) -> None:
    """The young person has the interpreter wait outside: at once, and twice is once (P8)."""
    _young_only(by)
    other = shot.person(interpreter)
    for aside in await seats.open_asides(db, shot.meeting):
        if aside.interpreter_id == interpreter:
            aside.interpreter_id = aside.asked_in_at = None
            await _quiet(db, [other.admitted] if other and other.admitted else [])


async def come_back(db: AsyncSession, shot: Snapshot, by: Person, *, now: datetime) -> None:
    """The young person closes whichever talk beside the room is open."""
    _young_only(by)
    if shot.beside.aside is None:
        return
    await _close_all(db, shot.meeting, now)
    if shot.beside.aside.moment == Moment.AFTER:
        await _go(db, [call for _, call in _elsewhere(shot)], now)
    else:
        await _quiet(db, [call for _, call in _elsewhere(shot)])


async def just_us(
    db: AsyncSession, shot: Snapshot, by: Person, session: int, *, yes: bool, now: datetime
) -> None:
    """U5: the young person says that it is only the two of them now, or has them stay after all;
    who stays is heard again only when they turn their own sound on."""
    _young_only(by)
    question, said = ("just_us", "yes") if yes else ("company", "throughout")
    seats.keep_reply(db, by.seat, session, question, said, now=now)
    if not yes:
        await _quiet(db, [call for _, call in _elsewhere(shot)])


async def end_with(db: AsyncSession, gone: Visit, *, now: datetime) -> None:
    """The young person left, or was turned away: whoever was with them is not heard by the host
    before they say so themselves."""
    seat = await db.get_one(Seat, gone.seat_id)
    if seat.role != Role.YOUNG_PERSON:
        return
    for aside in await seats.open_asides(db, seat.meeting_id):
        aside.closed_at = now
        for visit in await seats.visits(db, aside.seat_id) if aside.seat_id else ():
            visit.microphone = visit.camera = False


async def after(db: AsyncSession, row: Meeting, shot: Snapshot, *, now: datetime) -> set[int]:
    """The host has ended the meeting: the two who were in it with each other have a quarter of
    an hour more (B7). Returns the visits that stay."""
    await _close_all(db, row.id, now)
    with_them = _companion(shot)
    young = shot.young.admitted
    if with_them is None or with_them.admitted is None or young is None:
        return set()
    _open(db, row.id, Kind.TOGETHER, Moment.AFTER, with_them.seat, now)
    # Whom the young person had with them in their own room stays with them.
    interpreter = _asked_in(row, shot)
    if interpreter is not None:
        for aside in await seats.open_asides(db, row.id):
            aside.interpreter_id, aside.asked_in_at = interpreter.seat, now
    others = (with_them, interpreter)
    return {young.id, *(p.admitted.id for p in others if p is not None and p.admitted is not None)}


def _asked_in(row: Meeting, shot: Snapshot) -> Person | None:
    """The interpreter of the last talk of the two, unless the young person had them wait."""
    theirs = [aside for aside in row.asides if aside.kind == Kind.TOGETHER]
    seat = theirs[-1].interpreter_id if theirs else None
    found = shot.person(seat) if seat is not None else None
    return found if found is not None and found.admitted and not found.barred else None


def _companion(shot: Snapshot) -> Person | None:
    """The bisidder whose room it is: of several the one they had it with, else the first."""
    there = [
        p
        for p in shot.people
        if p.role == Role.BISIDDER and p.admitted and not p.barred
        if shot.place(p) != Place.OUTSIDE
    ]
    here = [p for p in there if shot.place(p) == Place.OWN_ROOM]
    return next(iter(here or there), None)


def _elsewhere(shot: Snapshot) -> list[tuple[Person, Call]]:
    """Everybody who is not with the host just now."""
    return [
        (person, person.admitted)
        for person in shot.people
        if person.admitted is not None and shot.place(person) != Place.ROOM
    ]


def _open(
    db: AsyncSession, meeting: int, kind: Kind, moment: Moment, seat: int | None, now: datetime
) -> None:
    db.add(Aside(meeting_id=meeting, kind=kind, moment=moment, seat_id=seat, opened_at=now))


async def _close_all(db: AsyncSession, meeting: int, now: datetime) -> None:
    for aside in await seats.open_asides(db, meeting):
        aside.closed_at = now


async def _quiet(db: AsyncSession, calls: list[Call]) -> None:
    for call in calls:
        visit = await db.get_one(Visit, call.id)
        visit.microphone = visit.camera = False


async def _go(db: AsyncSession, calls: list[Call], now: datetime) -> None:
    await _quiet(db, calls)
    for call in calls:
        (await db.get_one(Visit, call.id)).left_at = now


def _young_only(by: Person) -> None:
    if by.role != Role.YOUNG_PERSON:
        raise Refused("young-person-only")
