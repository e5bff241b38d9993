"""What people do at the door and in the call. Each deed reads facts, asks the rule, writes.

The host's deeds take the `Caseworker`; a meeting of somebody else's is not found. Closing
(mute, camera off, pause, leave, turn away) always works; opening asks the rules (P1, P2, P8).
"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import visit as visiting
from server.domain.checklist import Gate
from server.domain.circle import Verdict, is_under_age
from server.domain.errors import NotFound, Refused
from server.domain.meeting import Standing as Meetings
from server.domain.roles import Caseworker, MeetingId, Role
from server.domain.visit import Standing, Step
from server.domain.words import require
from server.services import interrupting, remembering, room, sessions, stepping_aside
from server.services.snapshot import Snapshot
from server.store import notes, seats, trail
from server.store.tables import AskedAgain, Meeting, Seat, Visit

COMPANY_LIMIT = 80


async def own_meeting(db: AsyncSession, host: Caseworker, meeting: MeetingId) -> Meeting:
    """The caseworker's own meeting; another's is the same as none."""
    row = await seats.meeting(db, meeting)
    if row.account_id != host.account:
        raise NotFound
    return row


async def open_room(
    db: AsyncSession, host: Caseworker, meeting: MeetingId, *, now: datetime
) -> int:
    """The host takes their seat, once their own checklist is ready. Returns the visit."""
    row = await own_meeting(db, host, meeting)
    shot = room.of(row, now)
    if shot.standing in (Meetings.OVER, Meetings.CALLED_OFF):
        raise Refused("not-open")
    if shot.host.gate(host.session) != Gate.READY:
        raise Refused("own-checklist")
    seat = seats.of_role(row, Role.CASEWORKER)
    for visit in seat.visits:
        if visiting.standing(visit.facts()) == Standing.ADMITTED:
            if visit.session_id == host.session:
                return visit.id
            visit.left_at = now
    visit = Visit(seat_id=seat.id, session_id=host.session, knocked_at=now, admitted_at=now)
    db.add(visit)
    await db.flush()
    await interrupting.is_back(db, seat.id, now=now)
    trail.add(db, f"account:{host.account}", "open-room", f"meeting:{row.id}", now=now)
    return visit.id


async def open_door(
    db: AsyncSession, host: Caseworker, meeting: MeetingId, visit_id: int, *, now: datetime
) -> None:
    """Talk with one knocker alone. Another open door is closed first: there is only one."""
    row = await own_meeting(db, host, meeting)
    if room.of(row, now).host.admitted is None:
        raise Refused("room-not-open")
    visit = _visit(row, visit_id)
    visiting.require(visit.facts(), Step.OPEN_DOOR)
    for other in _visits(row):
        if visiting.standing(other.facts()) == Standing.AT_DOOR:
            other.door_at = None
    visit.door_at = now


async def step_back(db: AsyncSession, session: int) -> None:
    """Somebody back after their line was gone waits again: the host had gone on talking to the
    room, and only the host opens the door (P1)."""
    visit = await seats.visit_of_session(db, session)
    if visit is not None and visiting.standing(visit.facts()) == Standing.AT_DOOR:
        visit.door_at = None


async def close_door(db: AsyncSession, host: Caseworker, meeting: MeetingId, visit_id: int) -> None:
    visit = _visit(await own_meeting(db, host, meeting), visit_id)
    visiting.require(visit.facts(), Step.CLOSE_DOOR)
    visit.door_at = None


async def admit(
    db: AsyncSession, host: Caseworker, meeting: MeetingId, visit_id: int, *, now: datetime
) -> None:
    """Let somebody in, from the door only, and only whom the young person's list allows (P2).

    The seat is theirs on this device; an earlier device of the same seat is out (L9).
    """
    row = await own_meeting(db, host, meeting)
    visit = _visit(row, visit_id)
    visiting.require(visit.facts(), Step.ADMIT)
    person = room.of(row, now).person(visit.seat_id)
    if person is None:
        raise NotFound
    if person.held_away is not None:
        raise Refused("restricted-person", name=person.name)
    if person.role != Role.YOUNG_PERSON and person.verdict != Verdict.YES:
        raise Refused("not-on-the-list", name=person.name)
    if person.role == Role.BISIDDER and is_under_age(person.replies):
        raise Refused("under-age", name=person.name)
    for other in _visits(row):
        same_seat = other.seat_id == visit.seat_id and other.id != visit.id
        if same_seat and visiting.standing(other.facts()) == Standing.ADMITTED:
            other.left_at = now
    visit.admitted_at = now
    await interrupting.is_back(db, visit.seat_id, now=now)
    if person.role == Role.YOUNG_PERSON:  # now it is known whose wishes these are (U12)
        await remembering.remember(db, row.id, visit.session_id, person.replies, now=now)
    await sessions.forget_admission(db, visit.session_id)
    trail.add(db, f"account:{host.account}", "admit", f"visit:{visit.id}", now=now)


async def turn_away(
    db: AsyncSession,
    host: Caseworker,
    meeting: MeetingId,
    visit_id: int,
    *,
    wrong_person: bool,
    now: datetime,
) -> None:
    """Not now. "Forkert person" also kills the link and is an incident (design 2, L8)."""
    row = await own_meeting(db, host, meeting)
    visit = _visit(row, visit_id)
    visiting.require(visit.facts(), Step.TURN_AWAY)
    was_in = visiting.standing(visit.facts()) == Standing.ADMITTED
    visit.turned_away_at = now
    # Whose hand it was is not sure any more: what it let out is asked again by voice (P4).
    await notes.uncheck_choices(db, visit.session_id)
    if wrong_person:
        visit.wrong_person = True
        next(seat for seat in row.seats if seat.id == visit.seat_id).generation += 1
    if was_in:
        await stepping_aside.end_with(db, visit, now=now)
    deed = "wrong-person" if wrong_person else "turn-away"
    trail.add(db, f"account:{host.account}", deed, f"visit:{visit.id}", now=now)


async def leave(db: AsyncSession, visit_id: int, *, now: datetime) -> None:
    """Go, from anywhere, at any time, without a word (P8). Twice is once."""
    visit = await seats.visit(db, visit_id)
    if visit is None or Step.LEAVE not in visiting.ALLOWED[visiting.standing(visit.facts())]:
        return
    was_in = visiting.standing(visit.facts()) == Standing.ADMITTED
    visit.left_at = now
    visit.paused_at = None
    visit.microphone = visit.camera = False
    if was_in:
        await stepping_aside.end_with(db, visit, now=now)


async def leave_by_session(db: AsyncSession, session: int, *, now: datetime) -> int | None:
    """Leave with whatever this device holds; returns the meeting that has become emptier."""
    visit = await seats.visit_of_session(db, session)
    if visit is None:
        return None
    await leave(db, visit.id, now=now)
    return visit.seat.meeting_id


async def is_inside(db: AsyncSession, session: int) -> bool:
    """Whether this very device has its place in a call now."""
    visit = await seats.visit_of_session(db, session)
    return visit is not None and visiting.standing(visit.facts()) == Standing.ADMITTED


async def switch(
    db: AsyncSession,
    shot: Snapshot,
    visit_id: int,
    *,
    microphone: bool | None = None,
    camera: bool | None = None,
) -> None:
    """Turn one's own microphone or camera on or off. Off always works.

    A lock this device may not know of refuses nothing here; the matrix keeps it all the same.
    """
    visit = await _held(db, visit_id)
    young = visit.seat_id == shot.young.seat
    camera_locked, write_only = shot.locks_told(visit.session_id) if young else (False, False)
    if microphone is not None:
        if microphone and write_only:
            raise Refused("write-only")
        visit.microphone = microphone
    if camera is not None:
        if camera and camera_locked:
            raise Refused("camera-locked")
        visit.camera = camera


async def pause(db: AsyncSession, visit_id: int, *, now: datetime) -> None:
    """Nobody hears or sees anybody until the same person is ready again."""
    visit = await _held(db, visit_id)
    visiting.require(visit.facts(), Step.PAUSE)
    visit.paused_at = visit.paused_at or now
    visit.microphone = visit.camera = False


async def resume(db: AsyncSession, visit_id: int) -> None:
    visit = await _held(db, visit_id)
    visiting.require(visit.facts(), Step.RESUME)
    visit.paused_at = None


async def change_subject(db: AsyncSession, visit_id: int, *, on: bool, now: datetime) -> None:
    """The harmless card: on both screens, and the host sees what it means."""
    visit = await _held(db, visit_id)
    visit.changing_subject_at = now if on else None


async def declare_company(db: AsyncSession, visit_id: int, text: str) -> None:
    """Say who sits beside one's camera; everybody sees it (P9). Empty means alone."""
    require("text", text, COMPANY_LIMIT)
    visit = await _held(db, visit_id)
    seat = await db.get_one(Seat, visit.seat_id)
    if seat.role == Role.YOUNG_PERSON:
        raise Refused("adults-only")
    seat.company = " ".join(text.split())


async def tick_asked_again(
    db: AsyncSession, host: Caseworker, meeting: MeetingId, question: str, *, now: datetime
) -> None:
    await own_meeting(db, host, meeting)
    db.add(AskedAgain(meeting_id=meeting, question=question, at=now))


async def finish(db: AsyncSession, host: Caseworker, meeting: MeetingId, *, now: datetime) -> None:
    """The meeting is over, and every seat is left but those of the bisidder's room after it."""
    row = await own_meeting(db, host, meeting)
    if row.finished_at is not None:
        return
    shot = room.of(row, now)
    row.finished_at = now
    staying = await stepping_aside.after(db, row, shot, now=now)
    for visit in _visits(row):
        if visit.id not in staying:
            await leave(db, visit.id, now=now)
    trail.add(db, f"account:{host.account}", "finish", f"meeting:{row.id}", now=now)


async def _held(db: AsyncSession, visit_id: int) -> Visit:
    visit = await seats.visit(db, visit_id)
    if visit is None or not visiting.ALLOWED[visiting.standing(visit.facts())]:
        raise Refused("not-here")
    return visit


def _visits(row: Meeting) -> list[Visit]:
    return [visit for seat in row.seats for visit in seat.visits]


def _visit(row: Meeting, visit_id: int) -> Visit:
    for visit in _visits(row):
        if visit.id == visit_id:
            return visit
    raise NotFound
