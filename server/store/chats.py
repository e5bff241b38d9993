"""Queries: what was written in a meeting."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.store import reading
from server.store.note_tables import Chat
from server.store.tables import Seat


async def by_ref(db: AsyncSession, seat: int, ref: str) -> Chat | None:
    return (
        await db.scalars(select(Chat).where(Chat.seat_id == seat, Chat.ref == ref))
    ).one_or_none()


async def count(db: AsyncSession, seat: int) -> int:
    query = select(func.count()).select_from(Chat).where(Chat.seat_id == seat)
    return (await db.execute(query)).scalar_one()


async def with_sender(db: AsyncSession, meeting: int, chat: int) -> tuple[Chat, Seat] | None:
    query = select(Chat, Seat).join(Seat, Seat.id == Chat.seat_id)
    found = (await db.execute(query.where(Chat.id == chat, Chat.meeting_id == meeting))).first()
    return None if found is None else (found[0], found[1])


@reading.once
async def all_with_senders(db: AsyncSession, meeting: int) -> Sequence[tuple[Chat, Seat]]:
    """Everything written in a meeting, in its order, with whose it is."""
    query = select(Chat, Seat).join(Seat, Seat.id == Chat.seat_id)
    found = await db.execute(query.where(Chat.meeting_id == meeting).order_by(Chat.id))
    return [(row[0], row[1]) for row in found]


@reading.once
async def of_meeting(db: AsyncSession, meeting: int) -> Sequence[Chat]:
    return (
        await db.scalars(select(Chat).where(Chat.meeting_id == meeting).order_by(Chat.id))
    ).all()
