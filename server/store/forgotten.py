"""Queries: answers whose time is over, and meetings nothing has been forgotten of yet."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import CursorResult, delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.roles import Role
from server.store.tables import Job, Meeting, Reply, Seat


async def without_job(db: AsyncSession, kind: str, now: datetime) -> Sequence[int]:
    """Meetings whose hour has come, or that were called off, without a job of this kind."""
    has_one = exists().where(Job.kind == kind, Job.subject == Meeting.id)
    come = (Meeting.starts_at <= now) | (Meeting.called_off_at.is_not(None))
    return (await db.scalars(select(Meeting.id).where(come, ~has_one))).all()


async def delete_replies(db: AsyncSession, meeting: int, questions: Iterable[str]) -> int:
    """Delete the guests' answers to these questions in one meeting; returns how many."""
    guests = select(Seat.id).where(Seat.meeting_id == meeting, Seat.role != Role.CASEWORKER)
    gone = await db.execute(
        delete(Reply).where(Reply.seat_id.in_(guests), Reply.question.in_(list(questions)))
    )
    return gone.rowcount if isinstance(gone, CursorResult) else 0
