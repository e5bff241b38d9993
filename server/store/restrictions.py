"""Queries: the register of a young person's decisions on contact and address."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.store.protection_tables import Restriction


async def of_young_person(db: AsyncSession, young_person: int) -> Sequence[Restriction]:
    """Every line that was not lifted, also those whose last day has passed."""
    query = (
        select(Restriction)
        .where(Restriction.young_person_id == young_person, Restriction.lifted_at.is_(None))
        .order_by(Restriction.id)
    )
    return (await db.scalars(query)).all()
