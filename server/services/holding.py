"""A hold: nothing about a young person is deleted by the clock while somebody still has to look at
it, as in a complaint, a request for access or a case with the police (D13).

What was promised to be gone at once, on the page it was answered on, goes all the same: a hold
keeps what would have been kept a while, a while longer.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.roles import Caseworker
from server.domain.words import require
from server.store import holds, trail, young_people
from server.store.hold_tables import Hold

WHY_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """The hold that stands, who set it and why."""

    by: str
    why: str
    since: datetime


async def of(db: AsyncSession, who: Caseworker, young_person: int) -> Standing | None:
    """The hold on a caseworker's own young person's case, if one stands."""
    young = await young_people.own(db, who.account, young_person)
    found = await holds.standing(db, young.id)
    return None if found is None else Standing(found[1], found[0].why, found[0].at)


async def hold(
    db: AsyncSession, who: Caseworker, young_person: int, why: str, *, now: datetime
) -> None:
    """Set a hold, with its ground. While one stands, another changes nothing."""
    young = await young_people.own(db, who.account, young_person)
    ground = require("why", " ".join(why.split()), WHY_LIMIT, "hold-why-missing")
    if await holds.standing(db, young.id) is None:
        db.add(Hold(young_person_id=young.id, account_id=who.account, why=ground, at=now))
        _trail(db, who, "hold", young.id, now)


async def lift(db: AsyncSession, who: Caseworker, young_person: int, *, now: datetime) -> None:
    """Let go of it: within a day what is over its time is deleted. Twice is once."""
    young = await young_people.own(db, who.account, young_person)
    found = await holds.standing(db, young.id)
    if found is not None:
        found[0].lifted_at, found[0].lifted_by = now, who.account
        _trail(db, who, "lift-hold", young.id, now)


def _trail(db: AsyncSession, who: Caseworker, deed: str, young: int, now: datetime) -> None:
    trail.add(db, f"account:{who.account}", deed, f"young_person:{young}", now=now)
