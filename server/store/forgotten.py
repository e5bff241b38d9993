"""Queries: answers whose time is over, and meetings nothing has been forgotten of yet."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, CursorResult, and_, delete, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.forgetting import CODE_KEPT, GUESSED_AT_KEPT, Keep
from server.domain.roles import Role
from server.domain.vouching import TRIES
from server.store import keeping
from server.store.jobs import Job
from server.store.protection_tables import Code
from server.store.tables import Meeting, Reply, Seat


async def without_job(db: AsyncSession, kind: str, now: datetime) -> Sequence[int]:
    """Meetings whose hour has come, or that were called off, without a job of this kind."""
    has_one = exists().where(Job.kind == kind, Job.subject == Meeting.id)
    come = (Meeting.starts_at <= now) | (Meeting.called_off_at.is_not(None))
    return (await db.scalars(select(Meeting.id).where(come, ~has_one))).all()


async def unfinished(db: AsyncSession, kind: str) -> Sequence[Meeting]:
    """Every meeting whose job of this kind is not done with, or has not begun."""
    done = exists().where(Job.kind == kind, Job.subject == Meeting.id, Job.done_at.is_not(None))
    return (await db.scalars(select(Meeting).where(~done).order_by(Meeting.id))).all()


async def newest(db: AsyncSession, meeting: int, question: str) -> str | None:
    """What the young person last answered to a question, before it is deleted."""
    query = (
        select(Reply.answer)
        .join(Seat, Seat.id == Reply.seat_id)
        .where(Seat.meeting_id == meeting, Seat.role == Role.YOUNG_PERSON)
        .where(Reply.question == question)
        .order_by(Reply.id.desc())
    )
    return (await db.scalars(query.limit(1))).first()


async def delete_replies(db: AsyncSession, meeting: int, questions: Iterable[str]) -> int:
    """Delete the guests' answers to these questions in one meeting; returns how many."""
    gone = await db.execute(delete(Reply).where(*_guests_replies(meeting, questions)))
    return gone.rowcount if isinstance(gone, CursorResult) else 0


async def count_replies(db: AsyncSession, meeting: int, questions: Iterable[str]) -> int:
    """How many that would be."""
    query = select(func.count()).select_from(Reply).where(*_guests_replies(meeting, questions))
    return (await db.execute(query)).scalar_one()


def _guests_replies(meeting: int, questions: Iterable[str]) -> tuple[ColumnElement[bool], ...]:
    guests = select(Seat.id).where(Seat.meeting_id == meeting, Seat.role != Role.CASEWORKER)
    return Reply.seat_id.in_(guests), Reply.question.in_(list(questions))


async def delete_rows(db: AsyncSession, meeting: int, classes: Iterable[Keep]) -> int:
    """Delete one meeting's rows of every table of these classes; returns how many."""
    gone = 0
    for table in keeping.of_classes(classes):
        done = await db.execute(delete(table).where(keeping.of_meeting(table, meeting)))
        gone += done.rowcount if isinstance(done, CursorResult) else 0
    return gone


async def count_rows(db: AsyncSession, meeting: int, classes: Iterable[Keep]) -> Counter[str]:
    """How many that would be, by table."""
    found: Counter[str] = Counter()
    for table in keeping.of_classes(classes):
        query = select(func.count()).select_from(table)
        rows = await db.execute(query.where(keeping.of_meeting(table, meeting)))
        found[table.name] = rows.scalar_one()
    return found


def _dead(now: datetime) -> ColumnElement[bool]:
    """Codes nobody can use, but for those somebody guessed at lately."""
    old = Code.made_at <= now - CODE_KEPT
    fine = or_(Code.used_at.is_not(None), Code.tries < min(TRIES.values()))
    return and_(old, or_(fine, Code.made_at <= now - GUESSED_AT_KEPT))


async def has_dead_codes(db: AsyncSession, now: datetime) -> bool:
    return (await db.scalars(select(Code.id).where(_dead(now)).limit(1))).first() is not None


async def count_dead_codes(db: AsyncSession, now: datetime) -> int:
    query = select(func.count()).select_from(Code).where(_dead(now))
    return (await db.execute(query)).scalar_one()


async def delete_dead_codes(db: AsyncSession, now: datetime) -> int:
    gone = await db.execute(delete(Code).where(_dead(now)))
    return gone.rowcount if isinstance(gone, CursorResult) else 0
