"""Queries: the times and places on offer, what was picked, and a caseworker's open meetings."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from server.domain import visit
from server.domain.visit import Standing
from server.store import reading
from server.store.seats import whole
from server.store.tables import Meeting, Reply, Seat
from server.store.way_tables import Interruption, Option, Pick, SupportRequest


@reading.once
async def options(db: AsyncSession, meeting: int) -> Sequence[Option]:
    """Fetch what a meeting's caseworker can do instead, times first."""
    query = select(Option).where(Option.meeting_id == meeting, Option.withdrawn_at.is_(None))
    rows = (await db.scalars(query.order_by(Option.starts_at, Option.id))).all()
    return sorted(rows, key=lambda row: (row.starts_at is None, row.id if not row.starts_at else 0))


async def option(db: AsyncSession, option_id: int) -> Option | None:
    return await db.get(Option, option_id)


@reading.once
async def picks(db: AsyncSession, meeting: int) -> Sequence[Pick]:
    """Fetch every pick of a meeting, oldest first, with what was picked."""
    query = (
        select(Pick)
        .join(Option, Option.id == Pick.option_id)
        .where(Option.meeting_id == meeting)
        .options(joinedload(Pick.option))
        .order_by(Pick.id)
    )
    return (await db.scalars(query)).all()


async def interruption(db: AsyncSession, seat: int) -> Interruption | None:
    """Fetch the interruption of one seat that nobody has come back from."""
    query = select(Interruption).where(Interruption.seat_id == seat, Interruption.back_at.is_(None))
    return (await db.scalars(query.order_by(Interruption.id.desc()))).first()


async def support_requests(db: AsyncSession, meeting: int) -> Sequence[SupportRequest]:
    """Fetch what a home was asked for after a meeting and still reads."""
    query = select(SupportRequest).where(
        SupportRequest.meeting_id == meeting, SupportRequest.taken_back_at.is_(None)
    )
    return (await db.scalars(query)).all()


@reading.once
async def with_tasks(
    db: AsyncSession, account: int, since: datetime, until: datetime
) -> Sequence[Meeting]:
    """Fetch a caseworker's meetings whose young person may wait for something. One called off
    counts too: who asked to meet instead still waits."""
    query = (
        select(Meeting)
        .where(
            Meeting.account_id == account,
            Meeting.starts_at >= since,
            Meeting.starts_at < until,
        )
        .options(*whole())
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return (await db.scalars(query)).all()


async def of_young_person(
    db: AsyncSession, young_person: int, since: datetime
) -> Sequence[Meeting]:
    """Fetch a young person's meetings with their ticks and visits, oldest first."""
    query = (
        select(Meeting)
        .where(Meeting.young_person_id == young_person, Meeting.starts_at >= since)
        .options(selectinload(Meeting.seats).selectinload(Seat.visits), selectinload(Meeting.ticks))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return (await db.scalars(query)).all()


async def presses(
    db: AsyncSession, young_person: int, since: datetime
) -> dict[int, list[datetime]]:
    """Fetch when the neutral button was pressed in each of a young person's meetings."""
    query = (
        select(Seat.meeting_id, Reply.at)
        .join(Reply, Reply.seat_id == Seat.id)
        .join(Meeting, Meeting.id == Seat.meeting_id)
        .where(
            Meeting.young_person_id == young_person,
            Reply.question == "another_way",
            Reply.at >= since,
        )
        .order_by(Reply.at)
    )
    found: dict[int, list[datetime]] = {}
    for meeting, at in await db.execute(query):
        found.setdefault(meeting, []).append(at)
    return found


def broken_at(row: Meeting, young: Seat) -> datetime | None:
    """Since when the young person's line is broken, if they have neither come back nor gone."""
    inside = any(visit.standing(v.facts()) == Standing.ADMITTED for v in young.visits)
    own = [i for i in row.interruptions if i.seat_id == young.id]
    if row.finished_at is not None or not inside or not own:
        return None
    return own[-1].at if own[-1].back_at is None else None


def left_at(young: Seat) -> datetime | None:
    """When the young person went from the talk, if that was the last they did."""
    last = young.visits[-1] if young.visits else None
    return last.left_at if last is not None and last.admitted_at is not None else None
