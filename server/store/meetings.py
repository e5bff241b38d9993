"""Queries: a caseworker's meetings, and the times the home was told."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from server.store.seats import whole
from server.store.tables import Meeting, Placement, Seat, ToldTime, Visit


async def between(
    db: AsyncSession, account: int, since: datetime, until: datetime
) -> Sequence[Meeting]:
    """Fetch a caseworker's meetings of some days with all that their rows rest on."""
    query = (
        select(Meeting)
        .where(
            Meeting.account_id == account,
            Meeting.starts_at >= since,
            Meeting.starts_at < until,
            Meeting.called_off_at.is_(None),
        )
        .options(*whole())
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return (await db.scalars(query)).all()


async def next_start(db: AsyncSession, row: Meeting, until: datetime) -> datetime | None:
    """When the next meeting of the same caseworker begins after this one."""
    query = (
        select(Meeting.starts_at)
        .where(
            Meeting.account_id == row.account_id,
            Meeting.starts_at > row.starts_at,
            Meeting.starts_at < until,
            Meeting.called_off_at.is_(None),
        )
        .order_by(Meeting.starts_at)
        .limit(1)
    )
    return (await db.scalars(query)).first()


async def of_young_person(
    db: AsyncSession, young_person: int, since: datetime
) -> Sequence[Meeting]:
    """Fetch a young person's meetings that start later than a moment, called off or not."""
    query = (
        select(Meeting)
        .where(Meeting.young_person_id == young_person, Meeting.starts_at >= since)
        .options(selectinload(Meeting.seats))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return (await db.scalars(query)).all()


async def hosted_after(db: AsyncSession, account: int, since: datetime) -> Sequence[Meeting]:
    query = (
        select(Meeting)
        .where(Meeting.account_id == account, Meeting.starts_at >= since)
        .options(selectinload(Meeting.seats))
    )
    return (await db.scalars(query)).all()


async def same_hour(db: AsyncSession, young_person: int, starts: datetime) -> Meeting | None:
    """Fetch the meeting a young person already has at this very moment."""
    query = select(Meeting).where(
        Meeting.young_person_id == young_person,
        Meeting.starts_at == starts,
        Meeting.called_off_at.is_(None),
    )
    return (await db.scalars(query)).first()


async def told(db: AsyncSession, meeting: int) -> ToldTime | None:
    """Fetch the time of a meeting that the home was told and that still stands on its page."""
    query = (
        select(ToldTime)
        .join(Placement, Placement.id == ToldTime.placement_id)
        .where(
            ToldTime.meeting_id == meeting,
            ToldTime.taken_back_at.is_(None),
            Placement.ended_at.is_(None),
        )
        .order_by(ToldTime.id.desc())
    )
    return (await db.scalars(query)).first()


async def told_rows(db: AsyncSession, meeting: int) -> Sequence[ToldTime]:
    """Fetch every time of a meeting told to any home and not taken back."""
    query = select(ToldTime).where(ToldTime.meeting_id == meeting, ToldTime.taken_back_at.is_(None))
    return (await db.scalars(query)).all()


async def still_in(db: AsyncSession) -> Sequence[Meeting]:
    """Fetch the meetings that were ended, with a visit that nothing has ended."""
    inside = (
        select(Seat.meeting_id)
        .join(Visit, Visit.seat_id == Seat.id)
        .where(Visit.left_at.is_(None), Visit.turned_away_at.is_(None))
    )
    ended = Meeting.finished_at.is_not(None) | Meeting.called_off_at.is_not(None)
    return (await db.scalars(select(Meeting).where(ended, Meeting.id.in_(inside)))).all()
