"""Queries: what was written in a meeting."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.store.note_tables import Chat


async def by_ref(db: AsyncSession, seat: int, ref: str) -> Chat | None:
    return (
        await db.scalars(select(Chat).where(Chat.seat_id == seat, Chat.ref == ref))
    ).one_or_none()


async def count(db: AsyncSession, seat: int) -> int:
    query = select(func.count()).select_from(Chat).where(Chat.seat_id == seat)
    return (await db.execute(query)).scalar_one()


async def of_meeting(db: AsyncSession, meeting: int) -> Sequence[Chat]:
    return (
        await db.scalars(select(Chat).where(Chat.meeting_id == meeting).order_by(Chat.id))
    ).all()
