"""A caseworker plans a meeting, moves it or calls it off, and decides what the home is told of it.

A time on the home's page changes only when the caseworker confirms it (design 3): moving or
calling off leaves it standing until then, so that the page never gives away whose wish it was.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import meeting as rules
from server.domain.errors import Invalid, Stale
from server.domain.meeting import Step
from server.domain.roles import Caseworker, MeetingId, Role
from server.services import breaking_up, calling, room, secret_places
from server.store import meetings, seats, trail, young_people
from server.store.tables import Account, Meeting, Seat, ToldTime, YoungPerson

HANDLE_BYTES = 5  # names a seat in its link; what opens it is the keyed hash beside it
ROOM_BYTES = 8
WHY_LIMIT = 120


@dataclass(frozen=True, slots=True)
class Plan:
    """What a meeting is to be. `why` is the caseworker's reason, as the young person reads it."""

    title: str
    why: str
    starts: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody to be invited: a bisidder of the young person's own, or whom the caseworker
    brings, an interpreter or a second professional."""

    name: str
    why: str
    role: Role = Role.BISIDDER


async def plan(
    db: AsyncSession,
    who: Caseworker,
    young_person: int,
    wanted: Plan,
    companion: Companion | None,
    *,
    brought: Companion | None = None,
    tell_home: bool,
    now: datetime,
) -> MeetingId:
    """Plan a meeting with its seats. Sent twice, it is one meeting; another one at the same moment
    is refused, since nobody sits in two at once."""
    young = await young_people.own(db, who.account, young_person)
    checked = rules.plan(wanted.title, wanted.starts, wanted.minutes, now)
    besides = {"companion_why": companion.why} if companion else {}
    besides |= {"brought_why": brought.why} if brought else {}
    await secret_places.keep_out(
        db, young.id, now=now, title=wanted.title, why=wanted.why, **besides
    )
    already = await meetings.same_hour(db, young.id, checked.starts)
    if already is not None:
        if (already.title, already.minutes) != (wanted.title, checked.minutes):
            raise Invalid(starts="starts-taken")
        return MeetingId(already.id)
    placement = await young_people.placement(db, young.id)
    row = Meeting(
        account_id=who.account,
        young_person_id=young.id,
        placement_id=placement.id,
        room=secrets.token_hex(ROOM_BYTES),
        title=wanted.title,
        starts_at=checked.starts,
        minutes=checked.minutes,
        home_knows=tell_home,
        planned_at=now,
    )
    db.add(row)
    await db.flush()
    coming = [one for one in (companion, brought) if one is not None]
    await _seat_people(db, row, young, wanted.why, coming, now)
    if tell_home:
        _tell(db, row, now)
    _trail(db, who, "plan", row.id, now)
    return MeetingId(row.id)


async def move(
    db: AsyncSession,
    who: Caseworker,
    meeting: MeetingId,
    wanted: Plan,
    *,
    seen: str,
    tell_home: bool,
    now: datetime,
) -> None:
    """Give a meeting another time, title or reason.

    `seen` is the mark of the time on the screen; raises `Stale` if it has been moved since.

    Links stay as they are: they belong to the meeting and its people, not to its hour.
    """
    row = await calling.own_meeting(db, who, meeting)
    rules.require(room.facts(row), Step.MOVE, now)
    if mark(row.starts_at) != seen:
        raise Stale("meeting-moved-meanwhile")
    # A meeting under way keeps its hour, and may still get another title or length.
    since = now if wanted.starts != row.starts_at else row.planned_at
    checked = rules.plan(wanted.title, wanted.starts, wanted.minutes, since)
    await secret_places.keep_out(
        db, row.young_person_id, now=now, title=wanted.title, why=wanted.why
    )
    if checked.starts != row.starts_at:
        await breaking_up.moved(db, row, now=now)
    row.title, row.starts_at, row.minutes = wanted.title, checked.starts, checked.minutes
    seats.of_role(row, Role.CASEWORKER).why = wanted.why
    if tell_home:
        await _tell_instead(db, row, now)
    _trail(db, who, "move", row.id, now)


async def call_off(
    db: AsyncSession, who: Caseworker, meeting: MeetingId, *, tell_home: bool, now: datetime
) -> None:
    """The meeting is not held. Calling it off twice is calling it off."""
    row = await calling.own_meeting(db, who, meeting)
    if row.called_off_at is None:
        rules.require(room.facts(row), Step.CALL_OFF, now)
        row.called_off_at = now
        _trail(db, who, "call-off", row.id, now)
    if tell_home:
        await _take_back(db, row, now)


async def tell_home(
    db: AsyncSession, who: Caseworker, meeting: MeetingId, *, told: bool, now: datetime
) -> None:
    """Let the home's page show the meeting as it is planned now, or not show it at all."""
    row = await calling.own_meeting(db, who, meeting)
    if told:
        rules.require(room.facts(row), Step.TELL_HOME, now)
        await _tell_instead(db, row, now)
    else:
        await _take_back(db, row, now)
    _trail(db, who, "tell-home" if told else "untell-home", row.id, now)


async def told_time(db: AsyncSession, meeting: MeetingId) -> tuple[datetime, int] | None:
    """Say which time of this meeting stands on the home's page, if any."""
    row = await meetings.told(db, meeting)
    return None if row is None else (row.starts_at, row.minutes)


def mark(starts: datetime) -> str:
    """What a form carries to say which time it was looking at."""
    return str(int(starts.timestamp()))


def seat(meeting: int, role: Role, name: str, why: str, now: datetime) -> Seat:
    """A new place in a meeting, under a handle of its own."""
    return Seat(
        meeting_id=meeting,
        role=role,
        name=name,
        why=why,
        handle=secrets.token_hex(HANDLE_BYTES),
        added_at=now,
    )


async def _seat_people(
    db: AsyncSession,
    row: Meeting,
    young: YoungPerson,
    why: str,
    coming: Sequence[Companion],
    now: datetime,
) -> None:
    host = await db.get_one(Account, row.account_id)
    db.add(seat(row.id, Role.CASEWORKER, host.first_name, why, now))
    await db.flush()  # the order of seats is the order of the roster
    db.add(seat(row.id, Role.YOUNG_PERSON, young.name, "", now))
    await db.flush()
    for one in coming:
        db.add(seat(row.id, one.role, one.name, one.why, now))
        await db.flush()


async def _tell_instead(db: AsyncSession, row: Meeting, now: datetime) -> None:
    """Put the time as it is now in the place of any told before. A meeting called off has none."""
    before = await meetings.told(db, row.id)
    wanted = (row.placement_id, row.starts_at, row.minutes)
    if (
        before is not None
        and row.called_off_at is None
        and (before.placement_id, before.starts_at, before.minutes) == wanted
    ):
        return
    await _take_back(db, row, now)
    if row.called_off_at is None:
        _tell(db, row, now)


async def _take_back(db: AsyncSession, row: Meeting, now: datetime) -> None:
    for told in await meetings.told_rows(db, row.id):
        told.taken_back_at = now
    row.home_knows = False


def _tell(db: AsyncSession, row: Meeting, now: datetime) -> None:
    row.home_knows = True
    db.add(
        ToldTime(
            placement_id=row.placement_id,
            meeting_id=row.id,
            starts_at=row.starts_at,
            minutes=row.minutes,
            told_at=now,
        )
    )


def _trail(db: AsyncSession, who: Caseworker, deed: str, meeting: int, now: datetime) -> None:
    trail.add(db, f"account:{who.account}", deed, f"meeting:{meeting}", now=now)
