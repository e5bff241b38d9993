"""Queries: which holds stand."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.store.hold_tables import Hold
from server.store.tables import Account


async def standing(db: AsyncSession, young_person: int) -> tuple[Hold, str] | None:
    """The hold on one young person's case that stands, with the name of who set it."""
    query = (
        select(Hold, Account.name)
        .join(Account, Account.id == Hold.account_id)
        .where(Hold.young_person_id == young_person, Hold.lifted_at.is_(None))
        .order_by(Hold.id)
    )
    found = (await db.execute(query)).first()
    return None if found is None else (found[0], found[1])


async def held(db: AsyncSession) -> frozenset[int]:
    """Every young person on whose case a hold stands."""
    return frozenset(await db.scalars(select(Hold.young_person_id).where(Hold.lifted_at.is_(None))))
