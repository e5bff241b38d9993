"""The append-only record: who did what, when; never the words."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.store.tables import Trail


def add(db: AsyncSession, who: str, deed: str, subject: str, *, now: datetime) -> None:
    """Add one deed, such as ("account:3", "admit", "visit:9"), in the caller's transaction."""
    db.add(Trail(at=now, who=who, deed=deed, subject=subject))


async def of(
    db: AsyncSession, who: str, deeds: Collection[str], *, since: datetime, at_most: int
) -> Sequence[Trail]:
    """The deeds of these kinds that stand in somebody's name, the newest first."""
    query = (
        select(Trail)
        .where(Trail.who == who, Trail.deed.in_(deeds), Trail.at >= since)
        .order_by(Trail.id.desc())
        .limit(at_most)
    )
    return (await db.scalars(query)).all()
