"""Queries: marks of a meeting, and a caseworker's open requests and promised calls."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.during import Kind, Mark
from server.domain.promising import PromiseKind
from server.store import reading
from server.store.during_tables import MarkRow, Request
from server.store.protection_tables import Promise
from server.store.tables import Meeting, YoungPerson


@reading.once
async def of_meeting(db: AsyncSession, meeting: int) -> tuple[Mark, ...]:
    rows = await db.scalars(
        select(MarkRow).where(MarkRow.meeting_id == meeting).order_by(MarkRow.id)
    )
    return tuple(row.fact() for row in rows)


async def count(db: AsyncSession, meeting: int) -> int:
    query = select(func.count()).select_from(MarkRow).where(MarkRow.meeting_id == meeting)
    return (await db.execute(query)).scalar_one()


async def standing(db: AsyncSession, meeting: int, kind: Kind) -> MarkRow | None:
    """The newest mark of a kind that has not ended."""
    query = (
        select(MarkRow)
        .where(MarkRow.meeting_id == meeting, MarkRow.kind == kind, MarkRow.ended_at.is_(None))
        .order_by(MarkRow.id.desc())
        .limit(1)
    )
    return (await db.scalars(query)).one_or_none()


async def unended(db: AsyncSession, meeting: int, kinds: Iterable[Kind]) -> Sequence[MarkRow]:
    """Fetch every mark of these kinds that has not ended."""
    query = select(MarkRow).where(
        MarkRow.meeting_id == meeting, MarkRow.kind.in_(list(kinds)), MarkRow.ended_at.is_(None)
    )
    return (await db.scalars(query)).all()


async def is_locked(db: AsyncSession, meeting: int) -> bool:
    return await standing(db, meeting, Kind.LOCK) is not None


@reading.once
async def promised_call(db: AsyncSession, meeting: int) -> Promise | None:
    """The call back that was promised in this meeting and has not been made."""
    query = (
        select(Promise)
        .where(
            Promise.meeting_id == meeting,
            Promise.kind == PromiseKind.CALL_BACK,
            Promise.kept_at.is_(None),
        )
        .order_by(Promise.id.desc())
        .limit(1)
    )
    return (await db.scalars(query)).one_or_none()


@reading.once
async def requests(db: AsyncSession, meeting: int) -> Sequence[Request]:
    query = select(Request).where(Request.meeting_id == meeting).order_by(Request.id)
    return (await db.scalars(query)).all()


async def requests_of_young_person(db: AsyncSession, meeting: int) -> Sequence[Request]:
    """Everything asked for by the young person of one meeting, in any of theirs, newest first."""
    whose = select(Meeting.young_person_id).where(Meeting.id == meeting).scalar_subquery()
    query = (
        select(Request)
        .join(Meeting, Meeting.id == Request.meeting_id)
        .where(Meeting.young_person_id == whose)
        .order_by(Request.said_at.desc(), Request.id.desc())
    )
    return (await db.scalars(query)).all()


async def open_requests(db: AsyncSession, account: int) -> Sequence[tuple[Request, str]]:
    """A caseworker's requests that nobody has answered, the most urgent first, and whose."""
    query = (
        select(Request, YoungPerson.name)
        .join(Meeting, Meeting.id == Request.meeting_id)
        .join(YoungPerson, YoungPerson.id == Meeting.young_person_id)
        .where(Meeting.account_id == account, Request.done_at.is_(None))
        .order_by(Request.due_on, Request.id)
    )
    return [(row[0], row[1]) for row in await db.execute(query)]
