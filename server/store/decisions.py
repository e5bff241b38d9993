"""Queries: the decisions recorded about people in a young person's case."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.store import reading
from server.store.protection_tables import DecisionMade


@reading.once
async def of_young_person(db: AsyncSession, young_person: int) -> Sequence[DecisionMade]:
    """Every decision that stands, newest first."""
    query = (
        select(DecisionMade)
        .where(DecisionMade.young_person_id == young_person, DecisionMade.taken_back_at.is_(None))
        .order_by(DecisionMade.id.desc())
    )
    return (await db.scalars(query)).all()


async def about_seat(db: AsyncSession, seat: int) -> DecisionMade | None:
    """The decision that keeps one invited person out, if there is one that stands."""
    query = (
        select(DecisionMade)
        .where(DecisionMade.seat_id == seat, DecisionMade.taken_back_at.is_(None))
        .order_by(DecisionMade.id.desc())
    )
    return (await db.scalars(query)).first()


async def one(db: AsyncSession, young_person: int, decision: int) -> DecisionMade | None:
    found = await db.get(DecisionMade, decision)
    return found if found is not None and found.young_person_id == young_person else None
