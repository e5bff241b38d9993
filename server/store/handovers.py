"""Queries: what the foster home's page rests on, and what the home answered (P4, first lock).

The words come from `handovers` and the times from `told_times`; neither is joined to a
meeting, a note, an item or a choice. Add no such join: the page would begin to tell.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.store.home_tables import HomeReply
from server.store.note_tables import Handover, HomeAnswer
from server.store.tables import Account, Meeting, Placement, ToldTime, YoungPerson


async def words(
    db: AsyncSession, placement: int, *, without: Collection[int] = ()
) -> tuple[str, ...]:
    """Fetch the words handed over to a home and not taken back, oldest first."""
    query = (
        select(Handover.text)
        .where(
            Handover.placement_id == placement,
            Handover.taken_back_at.is_(None),
            Handover.wish == "",
            Handover.task_due.is_(None),
            Handover.id.not_in(without),
        )
        .order_by(Handover.released_at, Handover.id)
    )
    return tuple((await db.scalars(query)).all())


async def tasks(
    db: AsyncSession, placement: int, *, without: Collection[int] = ()
) -> Sequence[tuple[datetime, str]]:
    """Fetch the agreements handed over where the task is the home's, and by when, the next first.
    The handover itself says that it is one: no note is asked."""
    query = (
        select(Handover.task_due, Handover.text)
        .where(
            Handover.placement_id == placement,
            Handover.taken_back_at.is_(None),
            Handover.task_due.is_not(None),
            Handover.id.not_in(without),
        )
        .order_by(Handover.task_due, Handover.id)
    )
    return [(due, text) for due, text in await db.execute(query) if due is not None]


async def support(db: AsyncSession, placement: int, now: datetime) -> tuple[str, ...]:
    """Fetch what a home is asked for afterwards, and is still to read (S44)."""
    query = (
        select(Handover.wish)
        .where(
            Handover.placement_id == placement,
            Handover.taken_back_at.is_(None),
            Handover.wish != "",
            Handover.until > now,
        )
        .order_by(Handover.released_at, Handover.id)
    )
    return tuple((await db.scalars(query)).all())


async def told_times(
    db: AsyncSession, placement: int, since: datetime
) -> Sequence[tuple[datetime, int]]:
    """Fetch when the home was told that meetings start, and how long they take."""
    query = (
        select(ToldTime.starts_at, ToldTime.minutes)
        .where(
            ToldTime.placement_id == placement,
            ToldTime.taken_back_at.is_(None),
            ToldTime.starts_at >= since,
        )
        .order_by(ToldTime.starts_at, ToldTime.id)
    )
    return [(row.starts_at, row.minutes) for row in await db.execute(query)]


async def next_told(db: AsyncSession, placement: int, now: datetime) -> ToldTime | None:
    """The next talk a home was told of and that has not begun."""
    query = (
        select(ToldTime)
        .where(
            ToldTime.placement_id == placement,
            ToldTime.taken_back_at.is_(None),
            ToldTime.starts_at > now,
        )
        .order_by(ToldTime.starts_at, ToldTime.id)
        .limit(1)
    )
    return (await db.scalars(query)).first()


async def told_of_meeting(db: AsyncSession, meeting: int) -> Sequence[int]:
    """What the home stands as told of one meeting, for whoever holds it."""
    query = select(ToldTime.id).where(
        ToldTime.meeting_id == meeting, ToldTime.taken_back_at.is_(None)
    )
    return (await db.scalars(query)).all()


async def replies(db: AsyncSession, told: Collection[int]) -> Sequence[HomeReply]:
    """What a home answered about talks it was told of, oldest first."""
    query = select(HomeReply).where(HomeReply.told_time_id.in_(told)).order_by(HomeReply.id)
    return (await db.scalars(query)).all()


async def people(db: AsyncSession, placement: int) -> tuple[Placement, YoungPerson, Account] | None:
    """Fetch whose page it is: the home, the young person living there and their caseworker."""
    query = (
        select(Placement, YoungPerson, Account)
        .join(YoungPerson, YoungPerson.id == Placement.young_person_id)
        .join(Account, Account.id == YoungPerson.account_id)
        .where(Placement.id == placement, Placement.ended_at.is_(None))
    )
    found = (await db.execute(query)).one_or_none()
    return None if found is None else (found[0], found[1], found[2])


async def answers(db: AsyncSession, placement: int) -> Sequence[HomeAnswer]:
    """Fetch what the home answered, newest first."""
    query = select(HomeAnswer).where(HomeAnswer.placement_id == placement)
    return (await db.scalars(query.order_by(HomeAnswer.at.desc(), HomeAnswer.id.desc()))).all()


async def answers_to(
    db: AsyncSession, account: int, since: datetime
) -> Sequence[tuple[HomeAnswer, str, int | None]]:
    """Fetch what homes answered a caseworker, newest first: with the home's name and the meeting
    held last or coming, on whose note page the answers of that home stand."""
    meeting = (
        select(Meeting.id)
        .where(Meeting.placement_id == Placement.id, Meeting.account_id == account)
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
        .limit(1)
        .correlate(Placement)
        .scalar_subquery()
    )
    query = (
        select(HomeAnswer, Placement.home_name, meeting)
        .join(Placement, Placement.id == HomeAnswer.placement_id)
        .join(YoungPerson, YoungPerson.id == Placement.young_person_id)
        .where(YoungPerson.account_id == account, HomeAnswer.at >= since)
        .order_by(HomeAnswer.at.desc(), HomeAnswer.id.desc())
    )
    return [(row[0], row[1], row[2]) for row in await db.execute(query)]
