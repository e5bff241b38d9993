"""Queries: who supports a young person after a talk."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.store import reading
from server.store.choosing_tables import Aftercare


@reading.once
async def of_meeting(db: AsyncSession, meeting: int) -> Aftercare | None:
    """Fetch what was agreed last about one meeting."""
    query = select(Aftercare).where(Aftercare.meeting_id == meeting)
    return (await db.scalars(query.order_by(Aftercare.id.desc()).limit(1))).one_or_none()
