"""The cast as rows, and single rows for tests that need one more."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.roles import Role
from server.store.tables import (
    Account,
    Meeting,
    Placement,
    Reply,
    Seat,
    Session,
    ToldTime,
    Visit,
    YoungPerson,
)

# The same hashes at a thousandth of the cost: what they cost is tested where they are made.
QUICKLY = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "et langt kodeord til mettes test"


@dataclass(frozen=True, slots=True)
class Cast:
    """Ids of everybody in the play."""

    mette: int
    sofie: int
    holms: int
    meeting: int
    mettes_seat: int
    sofies_seat: int
    ayas_seat: int
    jens: int
    mikkel: int
    dahls: int
    other_meeting: int
    mikkels_seat: int


@cache
def hashed(password: str = PASSWORD) -> str:
    return QUICKLY.hash(password)


async def store_cast(db: AsyncSession, now: datetime) -> Cast:
    mette = await store_account(db, now, "mette", "Mette Lund")
    sofie, holms = await store_young_person(db, now, mette, "Sofie", 13, "Lene og Karl")
    meeting, seats = await store_meeting(db, now, mette, sofie, holms, bisidder="Aya")
    jens = await store_account(db, now, "jens", "Jens Toft")
    mikkel, dahls = await store_young_person(db, now, jens, "Mikkel", 17, "Bo og Gitte Dahl")
    other, others = await store_meeting(db, now, jens, mikkel, dahls)
    return Cast(
        mette, sofie, holms, meeting, seats[Role.CASEWORKER], seats[Role.YOUNG_PERSON],
        seats[Role.BISIDDER], jens, mikkel, dahls, other, others[Role.YOUNG_PERSON],
    )  # fmt: skip


async def store_account(db: AsyncSession, now: datetime, login: str, name: str) -> int:
    row = Account(
        login=login,
        password_hash=hashed(),
        name=name,
        first_name=name.split()[0],
        phone="12 34 56 78",
        created_at=now,
    )
    db.add(row)
    await db.flush()
    return row.id


async def store_young_person(
    db: AsyncSession, now: datetime, account: int, name: str, age: int, home: str
) -> tuple[int, int]:
    """Returns the young person's id and their placement's."""
    person = YoungPerson(
        account_id=account, name=name, age_told=age, age_told_on=now.date(), phone="12 34 56 90",
        created_at=now,
    )  # fmt: skip
    db.add(person)
    await db.flush()
    placement = Placement(
        young_person_id=person.id, home_name=home, handle=secrets.token_hex(5), began_at=now
    )
    db.add(placement)
    await db.flush()
    return person.id, placement.id


async def store_meeting(
    db: AsyncSession,
    now: datetime,
    account: int,
    young_person: int,
    placement: int,
    *,
    starts_in: timedelta = timedelta(hours=1),
    minutes: int = 30,
    bisidder: str | None = None,
) -> tuple[int, dict[Role, int]]:
    """Returns the meeting's id and its seats' ids by role."""
    meeting = Meeting(
        account_id=account,
        young_person_id=young_person,
        placement_id=placement,
        room=secrets.token_hex(8),
        title="Hvordan har du det i skolen",
        starts_at=now + starts_in,
        minutes=minutes,
        planned_at=now - timedelta(days=1),
    )
    db.add(meeting)
    await db.flush()
    db.add(
        ToldTime(
            placement_id=placement,
            meeting_id=meeting.id,
            starts_at=meeting.starts_at,
            minutes=minutes,
            told_at=meeting.planned_at,
        )  # fmt: skip
    )
    host = await db.get_one(Account, account)
    young = await db.get_one(YoungPerson, young_person)
    people = [
        (Role.CASEWORKER, host.first_name, "Vil høre, hvordan du har det i skolen"),
        (Role.YOUNG_PERSON, young.name, ""),
    ]
    if bisidder:
        people.append((Role.BISIDDER, bisidder, "Er på dit hold"))
    seats = {}
    for role, name, why in people:
        seat = Seat(
            meeting_id=meeting.id, role=role, name=name, why=why, handle=secrets.token_hex(5),
            added_at=meeting.planned_at,
        )  # fmt: skip
        db.add(seat)
        await db.flush()
        seats[role] = seat.id
    return meeting.id, seats


async def store_admission(
    db: AsyncSession, seat: int, now: datetime, *, device: str | None = "own"
) -> int:
    """Let the newest session of a seat in, and answer whose device it is; returns the session."""
    newest = select(Session.id).where(Session.seat_id == seat).order_by(Session.id.desc())
    session = (await db.execute(newest.limit(1))).scalar_one()
    db.add(Visit(seat_id=seat, session_id=session, knocked_at=now, door_at=now, admitted_at=now))
    if device is not None:
        db.add(Reply(seat_id=seat, session_id=session, question="device", answer=device, at=now))
    await db.flush()
    return session


async def store_brought(db: AsyncSession, meeting: int, role: Role, now: datetime) -> int:
    """Leyla who interprets, or Birk who works with Mette, on a meeting's list; returns the seat."""
    name, why = {
        Role.INTERPRETER: ("Leyla", "Taler både dansk og tigrinya"),
        Role.SECOND_PROFESSIONAL: ("Birk", "Er ny og skal lære af Mette"),
    }[role]
    seat = Seat(
        meeting_id=meeting, role=role, name=name, why=why, handle=secrets.token_hex(5),
        added_at=now - timedelta(hours=2),
    )  # fmt: skip
    db.add(seat)
    await db.flush()
    return seat.id
