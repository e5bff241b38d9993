"""What the two ends do when something happens around the talk. Each deed makes or ends a mark.

The host's deeds take a meeting that is theirs; the young person's are about their own screen.
Closing (called away, the end for the others) always works.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import during as rules
from server.domain import visit as visiting
from server.domain.circle import Verdict
from server.domain.during import Ask, Card, Heard, Kind, Mark
from server.domain.errors import Refused
from server.domain.promising import PromiseKind
from server.domain.roles import Caseworker, MeetingId, Role
from server.domain.visit import Standing
from server.services import calling, releasing
from server.services.snapshot import Person, Snapshot
from server.store import marks, trail
from server.store.during_tables import MarkRow
from server.store.protection_tables import Promise

MOST_MARKS = 400  # of one meeting: each is read again with every look at the room
HOME, CASEWORKER = "home", "caseworker"


async def step_away(db: AsyncSession, shot: Snapshot, *, now: datetime) -> None:
    """The host is called away: from now on nothing of the call goes to them or from them (D3)."""
    if not rules.is_away(shot.marks):
        await _mark(db, shot, shot.host.seat, Kind.AWAY, now)


async def come_back(db: AsyncSession, shot: Snapshot, heard: Heard, *, now: datetime) -> None:
    """The host is back, and says whether anybody heard something. Twice is once."""
    row = await marks.standing(db, shot.meeting, Kind.AWAY)
    if row is not None:
        row.ended_at, row.answer = now, heard.value


async def ask(db: AsyncSession, shot: Snapshot, line: Ask, *, now: datetime) -> None:
    """Put a line with Yes and No on the young person's screen, in the place of the last one."""
    await _end(db, shot.meeting, Kind.ASK, now)
    await _mark(db, shot, shot.host.seat, Kind.ASK, now, value=line.value)


async def take_away(db: AsyncSession, shot: Snapshot, kind: Kind, *, now: datetime) -> None:
    """End what stands of this kind; nothing to end is nothing wrong."""
    await _end(db, shot.meeting, kind, now)


async def answer(
    db: AsyncSession, shot: Snapshot, mark: int, *, yes: bool, now: datetime
) -> str | None:
    """Keep the young person's answer to the line that stood on their screen. Returns the other
    way they thereby wish for, if any. Raises `Refused` for a line that has gone meanwhile."""
    asked = rules.asked(shot.marks)
    if asked is None or asked.id != mark:
        raise Refused("question-gone")
    row = await db.get_one(MarkRow, mark)
    row.answer, row.answered_at = rules.YES if yes else rules.NO, now
    return rules.WISHES.get(Ask(asked.value)) if yes else None


async def show_card(db: AsyncSession, shot: Snapshot, card: Card, *, now: datetime) -> None:
    await _end(db, shot.meeting, Kind.CARD, now)
    await _mark(db, shot, shot.young.seat, Kind.CARD, now, value=card.value)


async def calm(db: AsyncSession, shot: Snapshot, seat: int, *, on: bool, now: datetime) -> None:
    """The calm card, put there by the host or by the young person, and taken away by either."""
    standing = rules.standing(shot.marks, Kind.CALM)
    if on and standing is None:
        await _mark(db, shot, seat, Kind.CALM, now)
    elif not on:
        await _end(db, shot.meeting, Kind.CALM, now)


def adults(shot: Snapshot) -> list[Person]:
    """Whom of the invited the young person may ask for: those they said yes to (P2)."""
    return [
        person
        for person in shot.people
        if person.role == Role.BISIDDER and not person.removed and person.verdict == Verdict.YES
    ]


async def fetch_adult(db: AsyncSession, shot: Snapshot, who: str, *, now: datetime) -> None:
    """The young person picks who shall come. Only the host is told; nobody is called by us."""
    known = {HOME, CASEWORKER, *(str(person.seat) for person in adults(shot))}
    if who not in known:
        raise Refused("nobody-known")
    await _end(db, shot.meeting, Kind.ADULT, now)
    await _mark(db, shot, shot.young.seat, Kind.ADULT, now, value=who)


async def promise_call(
    db: AsyncSession, host: Caseworker, shot: Snapshot, minutes: int, *, now: datetime
) -> None:
    """Book the call back; the young person reads when. A later promise takes an earlier's place."""
    if minutes not in rules.CALL_BACK_WITHIN:
        raise Refused("not-a-promise")
    row = await calling.own_meeting(db, host, MeetingId(shot.meeting))
    promised = await marks.promised_call(db, shot.meeting)
    if promised is None:
        promised = Promise(
            young_person_id=row.young_person_id,
            meeting_id=row.id,
            account_id=host.account,
            kind=PromiseKind.CALL_BACK,
            made_at=now,
        )
        db.add(promised)
    promised.due_at = now + timedelta(minutes=minutes)


async def doubt(
    db: AsyncSession, shot: Snapshot, message: int | None, *, on: bool, now: datetime
) -> None:
    """The host wants to hear a voice before anybody writes on (D6, S34)."""
    await _end(db, shot.meeting, Kind.DOUBT, now)
    if on:
        value = "" if message is None else str(message)
        await _mark(db, shot, shot.host.seat, Kind.DOUBT, now, value=value)


async def note_camera_off(db: AsyncSession, shot: Snapshot, *, now: datetime) -> None:
    """A free choice: it is noted only so that the host is reminded of that (D7). Where too much
    was noted already, this is not: off always works (P8)."""
    await _end(db, shot.meeting, Kind.CAMERA_OFF, now)
    if await marks.count(db, shot.meeting) < MOST_MARKS:
        await _mark(db, shot, shot.young.seat, Kind.CAMERA_OFF, now)


async def lock_note(
    db: AsyncSession, shot: Snapshot, host: Caseworker, *, on: bool, now: datetime, zone: ZoneInfo
) -> None:
    """Nothing of this note leaves for the home from now on (D10). The young person's screen shows
    nothing of it. A slip of the hand can be taken back within a minute; after that it takes two
    (services/unlocking.py)."""
    if on == rules.is_locked(shot.marks):
        return
    if on:
        await _mark(db, shot, shot.host.seat, Kind.LOCK, now)
    elif rules.is_fresh(rules.standing(shot.marks, Kind.LOCK), now):
        await unlock_note(db, shot.meeting, now=now, zone=zone)
    else:
        raise Refused("lock-takes-two")
    deed = "mark-note-locked" if on else "unmark-note-locked"
    trail.add(db, f"account:{host.account}", deed, f"meeting:{shot.meeting}", now=now)


async def unlock_note(db: AsyncSession, meeting: int, *, now: datetime, zone: ZoneInfo) -> None:
    """End the mark and set the hour for what was chosen. Ask first whose right it is."""
    await _end(db, meeting, Kind.LOCK, now)
    await db.flush()
    await releasing.take_away(db, meeting, now=now)
    await releasing.set_next_hour(db, meeting, now=now, zone=zone)


async def end_for_others(
    db: AsyncSession, host: Caseworker, meeting: MeetingId, shot: Snapshot, *, now: datetime
) -> None:
    """Out with everybody but the young person, in neutral words, and an incident (D13)."""
    row = await calling.own_meeting(db, host, meeting)
    stay = (shot.host.seat, shot.young.seat)
    for seat in row.seats:
        for visit in seat.visits:
            if seat.id not in stay and visiting.standing(visit.facts()) != Standing.TURNED_AWAY:
                await calling.leave(db, visit.id, now=now)
    if rules.standing(shot.marks, Kind.OTHERS_OUT) is None:
        await _mark(db, shot, shot.host.seat, Kind.OTHERS_OUT, now)
        trail.add(db, f"account:{host.account}", "end-for-others", f"meeting:{meeting}", now=now)


def is_ended_for(shot: Snapshot, person: Person) -> bool:
    """Whether the host ended it for this person: for everybody but the young person (D13)."""
    return shot.is_for_two and person.role not in (Role.YOUNG_PERSON, Role.CASEWORKER)


async def said(db: AsyncSession, shot: Snapshot, *, now: datetime) -> None:
    """The host has said, aloud, how it is written down and who may read it (S33)."""
    if rules.newest(shot.marks, Kind.SAID) is None:
        await _mark(db, shot, shot.host.seat, Kind.SAID, now)


async def around(db: AsyncSession, who: Caseworker, meeting: MeetingId) -> tuple[Mark, ...]:
    """Everything that was marked around a talk of the caseworker's own."""
    await calling.own_meeting(db, who, meeting)
    return await marks.of_meeting(db, meeting)


async def _mark(
    db: AsyncSession,
    shot: Snapshot,
    seat: int,
    kind: Kind,
    now: datetime,
    *,
    value: str = "",
) -> Mark:
    if await marks.count(db, shot.meeting) >= MOST_MARKS and kind not in _ALWAYS:
        raise Refused("too-often")
    row = MarkRow(meeting_id=shot.meeting, seat_id=seat, kind=kind, value=value, answer="", at=now)
    db.add(row)
    await db.flush()
    return row.fact()


_ALWAYS = frozenset({Kind.AWAY, Kind.LOCK, Kind.OTHERS_OUT})  # closing is free


async def _end(db: AsyncSession, meeting: int, kind: Kind, now: datetime) -> None:
    row = await marks.standing(db, meeting, kind)
    if row is not None:
        row.ended_at = now
