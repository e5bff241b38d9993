"""The register (R5): decisions on contact and a protected address, and what they do to a meeting.

What an active line does is worked out with everything else in room.py: whoever it concerns is
held outside in the words of a smaller circle, every link asks for a code, the place is named to
nobody, and the young person's picture is blurred whole.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import restricting as rules
from server.domain.errors import NotFound
from server.domain.restricting import RestrictionKind
from server.domain.roles import Caseworker
from server.store import restrictions, trail, young_people
from server.store.protection_tables import Restriction


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the register on the caseworker's page."""

    id: int
    kind: RestrictionKind
    whom: str
    until: date | None
    active: bool
    ends_soon: bool


async def of(db: AsyncSession, who: Caseworker, young_person: int, *, now: datetime) -> list[Shown]:
    """The register of a caseworker's own young person; nobody else's can be asked for."""
    young = await young_people.own(db, who.account, young_person)
    return [_shown(row, now.date()) for row in await restrictions.of_young_person(db, young.id)]


async def add(
    db: AsyncSession,
    who: Caseworker,
    young_person: int,
    wanted: rules.Restriction,
    *,
    now: datetime,
) -> int:
    """Write one line. The same line again is the same line, with the newer end."""
    young = await young_people.own(db, who.account, young_person)
    for row in await restrictions.of_young_person(db, young.id):
        if (row.kind, row.whom) == (wanted.kind, wanted.whom):
            if row.until != wanted.until:
                row.until = wanted.until
                _trail(db, who, "restrict-until", row.id, now)
            return row.id
    made = Restriction(
        young_person_id=young.id,
        account_id=who.account,
        kind=wanted.kind,
        whom=wanted.whom,
        until=wanted.until,
        at=now,
    )
    db.add(made)
    await db.flush()
    _trail(db, who, "restrict", made.id, now)
    return made.id


async def lift(
    db: AsyncSession, who: Caseworker, young_person: int, restriction: int, *, now: datetime
) -> None:
    """The decision is over before its day. Twice is once."""
    young = await young_people.own(db, who.account, young_person)
    row = await db.get(Restriction, restriction)
    if row is None or row.young_person_id != young.id:
        raise NotFound
    if row.lifted_at is None:
        row.lifted_at = now
        _trail(db, who, "lift", row.id, now)


def _shown(row: Restriction, today: date) -> Shown:
    facts = row.facts()
    return Shown(
        id=row.id,
        kind=row.kind,
        whom=row.whom,
        until=row.until,
        active=rules.is_active(facts, today),
        ends_soon=rules.ends_soon(facts, today),
    )


def _trail(db: AsyncSession, who: Caseworker, deed: str, restriction: int, now: datetime) -> None:
    trail.add(db, f"account:{who.account}", deed, f"restriction:{restriction}", now=now)
