"""Queries: what a young person said about the lines of a note."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.store.choosing_tables import Commented
from server.store.note_tables import Item


async def of_meeting(db: AsyncSession, meeting: int) -> Sequence[Commented]:
    """Everything said beside one meeting's note, in the order it was said."""
    query = select(Commented).join(Item, Item.id == Commented.item_id)
    query = query.where(Item.meeting_id == meeting).order_by(Commented.id)
    return (await db.scalars(query)).all()


async def of_meetings(db: AsyncSession, meetings: Collection[int]) -> Sequence[Commented]:
    """The same of several notes."""
    query = select(Commented).join(Item, Item.id == Commented.item_id)
    query = query.where(Item.meeting_id.in_(meetings)).order_by(Commented.id)
    return (await db.scalars(query)).all()


async def of_item(db: AsyncSession, item: int) -> Sequence[Commented]:
    query = select(Commented).where(Commented.item_id == item).order_by(Commented.id)
    return (await db.scalars(query)).all()
