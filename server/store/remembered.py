"""Queries: what makes it easier for a young person, as it was last time."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.store.remembered_tables import Remembered
from server.store.tables import Meeting, Seat, Visit


async def of_meeting(db: AsyncSession, meeting: int) -> Remembered | None:
    """What is remembered of the young person of one meeting."""
    query = (
        select(Remembered)
        .join(Meeting, Meeting.young_person_id == Remembered.young_person_id)
        .where(Meeting.id == meeting)
    )
    return (await db.scalars(query)).one_or_none()


async def forget(db: AsyncSession, young_person: int) -> None:
    await db.execute(delete(Remembered).where(Remembered.young_person_id == young_person))


async def forget_before(db: AsyncSession, moment: datetime) -> None:
    await db.execute(delete(Remembered).where(Remembered.at < moment))


async def count_before(db: AsyncSession, moment: datetime) -> int:
    query = select(func.count()).select_from(Remembered).where(Remembered.at < moment)
    return (await db.execute(query)).scalar_one()


async def is_own_device(db: AsyncSession, seat: int, device: str) -> bool:
    """Whether this device was called one's own and admitted, at this role's seat in any meeting of
    the same young person, and not turned away since."""
    here = select(Meeting.young_person_id, Seat.role).join(Seat).where(Seat.id == seat).subquery()
    query = (
        select(Visit.id)
        .join(Seat, Seat.id == Visit.seat_id)
        .join(Meeting, Meeting.id == Seat.meeting_id)
        .join(
            here, (here.c.young_person_id == Meeting.young_person_id) & (here.c.role == Seat.role)
        )
        .where(
            Visit.device == device,
            Visit.admitted_at.is_not(None),
            Visit.turned_away_at.is_(None),
        )
    )
    return (await db.scalars(query.limit(1))).first() is not None
