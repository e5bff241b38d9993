"""Queries: seats, their visits and replies, and the owner behind a link's handle."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from server.domain.asides import Kind
from server.domain.errors import NotFound
from server.domain.roles import Role
from server.store import reading
from server.store.aside_tables import Aside
from server.store.tables import (
    AskedAgain,
    Meeting,
    Placement,
    Reply,
    Seat,
    Visit,
    YoungPerson,
)


def keep_reply(
    db: AsyncSession,
    seat: int,
    session: int,
    question: str,
    answer: str,
    text: str = "",
    *,
    now: datetime,
) -> None:
    """Keep one answer of one device's, as a row of its own: so is a change of mind (ADR 2)."""
    db.add(
        Reply(seat_id=seat, session_id=session, question=question, answer=answer, text=text, at=now)
    )


def whole() -> tuple[ExecutableOption, ...]:
    """How to fetch a meeting with all that its gate, door and screens rest on."""
    return (
        selectinload(Meeting.seats).selectinload(Seat.replies),
        selectinload(Meeting.seats).selectinload(Seat.visits),
        # One row each: they come along with the meeting's own, without a question of theirs.
        joinedload(Meeting.young_person, innerjoin=True).selectinload(YoungPerson.restrictions),
        selectinload(Meeting.asides),
        joinedload(Meeting.placement, innerjoin=True),
        joinedload(Meeting.account, innerjoin=True),
        selectinload(Meeting.ticks),
        selectinload(Meeting.interruptions),
    )


async def by_handle(db: AsyncSession, handle: str) -> Seat | None:
    """The seat behind a link, in one query whether there is one or not (L11). Somebody taken
    off the list keeps a link that opens: it must look like that of one said no to (P2)."""
    query = select(Seat).where(Seat.handle == handle).options(joinedload(Seat.meeting))
    return (await db.scalars(query)).one_or_none()


async def placement_by_handle(db: AsyncSession, handle: str) -> Placement | None:
    query = select(Placement).where(Placement.handle == handle, Placement.ended_at.is_(None))
    return (await db.scalars(query)).one_or_none()


async def with_visits(db: AsyncSession, seat: int) -> Seat | None:
    query = select(Seat).where(Seat.id == seat).options(selectinload(Seat.visits))
    return (await db.scalars(query)).one_or_none()


@reading.once
async def meeting(db: AsyncSession, meeting_id: int) -> Meeting:
    """Fetch a meeting with all that its gate, door and screens rest on; held by who writes."""
    query = (
        select(Meeting)
        .where(Meeting.id == meeting_id)
        .options(*whole())
        .execution_options(populate_existing=True)
    )
    if not reading.is_one(db):
        query = query.with_for_update(of=Meeting)
    found = (await db.scalars(query)).one_or_none()
    if found is None:
        raise NotFound
    return found


async def let_in(db: AsyncSession, seat: int, device: str) -> bool:
    """Whether a device with this digest was admitted at that seat and not turned away since."""
    query = select(Visit.id).where(
        Visit.seat_id == seat,
        Visit.device == device,
        Visit.admitted_at.is_not(None),
        Visit.turned_away_at.is_(None),
    )
    return (await db.scalars(query.limit(1))).first() is not None


async def visit(db: AsyncSession, visit_id: int) -> Visit | None:
    return await db.get(Visit, visit_id, options=[joinedload(Visit.seat, innerjoin=True)])


async def visit_of_session(db: AsyncSession, session: int) -> Visit | None:
    """The newest knock of one device."""
    query = (
        select(Visit)
        .where(Visit.session_id == session)
        .order_by(Visit.id.desc())
        .limit(1)
        .options(joinedload(Visit.seat, innerjoin=True))
    )
    return (await db.scalars(query)).one_or_none()


async def inside(db: AsyncSession, meeting_id: int) -> Sequence[Visit]:
    """Fetch the visits of a meeting that nothing has ended: knocking, at the door or admitted."""
    query = (
        select(Visit)
        .join(Seat, Seat.id == Visit.seat_id)
        .where(Seat.meeting_id == meeting_id)
        .where(Visit.left_at.is_(None), Visit.turned_away_at.is_(None))
    )
    return (await db.scalars(query)).all()


async def open_asides(db: AsyncSession, meeting_id: int) -> Sequence[Aside]:
    """Fetch the talks beside the room that nobody has closed."""
    query = select(Aside).where(Aside.meeting_id == meeting_id, Aside.closed_at.is_(None))
    return (await db.scalars(query)).all()


async def own_room_closed_at(db: AsyncSession, meeting_id: int) -> datetime | None:
    """Fetch when the bisidder's room was last closed in a meeting."""
    query = (
        select(Aside.closed_at)
        .where(Aside.meeting_id == meeting_id, Aside.kind == Kind.TOGETHER)
        .where(Aside.closed_at.is_not(None))
        .order_by(Aside.closed_at.desc())
        .limit(1)
    )
    return (await db.scalars(query)).one_or_none()


async def visits(db: AsyncSession, seat: int) -> Sequence[Visit]:
    return (await db.scalars(select(Visit).where(Visit.seat_id == seat))).all()


@reading.once
async def asked_again(db: AsyncSession, meeting_id: int) -> Sequence[AskedAgain]:
    query = select(AskedAgain).where(AskedAgain.meeting_id == meeting_id).order_by(AskedAgain.at)
    return (await db.scalars(query)).all()


def of_role(meeting: Meeting, role: Role) -> Seat:
    """The one seat of a role that a meeting always has."""
    return next(seat for seat in meeting.seats if seat.role == role and seat.removed_at is None)
