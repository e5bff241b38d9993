"""The table of jobs, and its queries: what is due is taken by one worker at a time by a lease."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Index,
    String,
    UniqueConstraint,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from server.store import reading
from server.store.base import Base, Key

NOT_DONE = text("done_at IS NULL")


class Job(Base):
    """Something to do at a set time, by whoever holds the lease."""

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("kind", "subject"),
        # Asked for every few seconds: the few that are not done, of all there ever were.
        Index(None, "kind", "due_at", sqlite_where=NOT_DONE, postgresql_where=NOT_DONE),
    )

    id: Mapped[Key]
    kind: Mapped[str] = mapped_column(String(32))
    subject: Mapped[int]
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]


@reading.once
async def of(db: AsyncSession, kind: str, subject: int) -> Job | None:
    query = select(Job).where(Job.kind == kind, Job.subject == subject)
    return (await db.scalars(query)).one_or_none()


async def open_of(db: AsyncSession, kind: str, subjects: Collection[int]) -> Sequence[Job]:
    """Fetch the jobs of a kind about these that are not done yet."""
    if not subjects:
        return ()
    query = select(Job).where(Job.kind == kind, Job.subject.in_(subjects), Job.done_at.is_(None))
    return (await db.scalars(query)).all()


async def is_any_due(db: AsyncSession, kind: str, now: datetime) -> bool:
    query = select(Job.id).where(*_free(kind, now)).limit(1)
    return (await db.scalars(query)).first() is not None


async def take(db: AsyncSession, kind: str, now: datetime, until: datetime) -> Sequence[int]:
    """Lease every job of a kind that is due and in nobody's hands; two takers never share one."""
    taking = update(Job).where(*_free(kind, now)).values(leased_until=until).returning(Job.id)
    return (await db.scalars(taking)).all()


async def held(db: AsyncSession, job: int, until: datetime) -> Job | None:
    """Fetch a job if the lease to this moment is still the one it is under."""
    query = select(Job).where(Job.id == job, Job.done_at.is_(None), Job.leased_until == until)
    return (await db.scalars(query.with_for_update())).one_or_none()


def _free(kind: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    unleased = or_(Job.leased_until.is_(None), Job.leased_until <= now)
    return (Job.kind == kind, Job.done_at.is_(None), Job.due_at <= now, unleased)
