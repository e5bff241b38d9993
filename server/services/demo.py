"""The demo's cast (`python3 run.py --demo`): a caseworker, a young person, a home, a bisidder.

They are nobody's names. Started again, it is the same cast; the meeting is planned anew when
the last one is over, so that there is always one to walk into.
"""

import secrets
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import meeting as rules
from server.domain.roles import AccountId, Caseworker, MeetingId, Role, SessionId
from server.services import inviting, room, scheduling, young_people
from server.services.scheduling import Companion, Plan
from server.services.young_people import About
from server.store import accounts, meetings, seats
from server.store import young_people as young_rows
from server.store.tables import Account, Meeting

LOGIN = "mette.demo"  # nobody else's: its password changes at every start
STARTS_IN = timedelta(minutes=10)
ABOUT = About(name="Sofie", age=13, phone="12 34 56 90", home="Lene og Karl")
Lines = list[tuple[str, str]]


def new_password() -> str:
    """A password for this start alone: a fixed one would be a key to every demo."""
    return secrets.token_urlsafe(12)


async def fill(
    db: AsyncSession, key: bytes, origin: str, password_hash: str, *, now: datetime
) -> Lines:
    """See to it that the cast and a meeting are there; returns who gets in how, one line each.

    `{password}` stands for the password itself, which is not known here. A database with
    anybody else in it is left alone: those may be real people.
    """
    mette = await _mette(db, password_hash, now)
    if mette is None:
        return [("The demo", "left out: this database has accounts of other people")]
    who = Caseworker(AccountId(mette.id), SessionId(0), mette.first_name)
    sofie = await young_people.add(db, who, ABOUT, now=now)
    meeting = await _meeting(db, who, sofie, now)
    row = await seats.meeting(db, meeting)
    home = await young_rows.placement(db, sofie)
    guests = [seat for seat in row.seats if seat.role != Role.CASEWORKER and not seat.removed_at]
    return [
        ("Mette, caseworker", f"{origin}/signing-in  user name {LOGIN}  password {{password}}"),
        *((f"{seat.name}", origin + inviting.path(key, seat)) for seat in guests),
        (home.home_name, origin + young_people.home_path(key, home)),
    ]


async def _mette(db: AsyncSession, password_hash: str, now: datetime) -> Account | None:
    if await accounts.any_but(db, LOGIN):
        return None
    found = await accounts.by_login(db, LOGIN)
    if found is None:
        found = Account(
            login=LOGIN,
            name="Mette Lund",
            first_name="Mette",
            phone="12 34 56 78",
            password_hash="",
            keeps_list=True,
            created_at=now,
        )
        db.add(found)
    found.password_hash = password_hash
    await db.flush()
    return found


async def _meeting(db: AsyncSession, who: Caseworker, sofie: int, now: datetime) -> MeetingId:
    """The meeting people can walk into now, or a new one in a few minutes."""
    for row in await meetings.of_young_person(db, sofie, now - timedelta(days=1)):
        if _can_be_held(row, now):
            return MeetingId(row.id)
    starts = (now + STARTS_IN).replace(second=0, microsecond=0)
    wanted = Plan(
        title="Hvordan du har det i skolen",
        why="Jeg vil gerne høre, hvordan det går med den nye klasse",
        starts=starts,
        minutes=30,
    )
    return await scheduling.plan(
        db, who, sofie, wanted, Companion("Aya", "Er på dit hold"), tell_home=True, now=now
    )


def _can_be_held(row: Meeting, now: datetime) -> bool:
    return rules.standing(room.facts(row), now) in (rules.Standing.PLANNED, rules.Standing.OPEN)
