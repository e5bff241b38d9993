"""Queries: homes' mail addresses, and which told times a mail is still to be made of.

They rest on the told times, the placement and the age, as the home's page does on the first two:
no meeting, note, item, choice or handover is joined here. Add no such join (P4).
"""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.store import reading
from server.store.jobs import Job
from server.store.mail_tables import HomeMail
from server.store.tables import Placement, ToldTime, YoungPerson


@reading.once
async def of(db: AsyncSession, placement: int) -> HomeMail | None:
    query = select(HomeMail).where(HomeMail.placement_id == placement)
    return (await db.scalars(query)).one_or_none()


async def forget(db: AsyncSession, placement: int) -> None:
    await db.execute(delete(HomeMail).where(HomeMail.placement_id == placement))


async def begun_without_job(
    db: AsyncSession, kind: str, since: datetime, now: datetime
) -> Sequence[tuple[int, datetime, int, int, date]]:
    """Told times that have begun and have no job of this kind: which, when, for how long, and the
    age that was told of the young person, with the day it was."""
    has_one = exists().where(Job.kind == kind, Job.subject == ToldTime.id)
    query = (
        select(
            ToldTime.id,
            ToldTime.starts_at,
            ToldTime.minutes,
            YoungPerson.age_told,
            YoungPerson.age_told_on,
        )
        .join(Placement, Placement.id == ToldTime.placement_id)
        .join(YoungPerson, YoungPerson.id == Placement.young_person_id)
        .where(
            ToldTime.starts_at > since,
            ToldTime.starts_at <= now,
            ToldTime.taken_back_at.is_(None),
            Placement.ended_at.is_(None),
            ~has_one,
        )
        .order_by(ToldTime.id)
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in await db.execute(query)]


async def to_write_to(db: AsyncSession, told: int) -> HomeMail | None:
    """The address a told time is written to: None where the home does not know of it (any more),
    where the young person has moved, and where there is no address or none is wanted."""
    query = (
        select(HomeMail)
        .join(Placement, Placement.id == HomeMail.placement_id)
        .join(ToldTime, ToldTime.placement_id == Placement.id)
        .where(
            ToldTime.id == told,
            ToldTime.taken_back_at.is_(None),
            Placement.ended_at.is_(None),
            HomeMail.address != "",
            HomeMail.off_at.is_(None),
        )
    )
    return (await db.scalars(query)).one_or_none()


async def waiting(db: AsyncSession, kind: str, before: datetime) -> int:
    """How many should have gone before a moment and have not."""
    query = select(func.count(Job.id)).where(
        Job.kind == kind, Job.done_at.is_(None), Job.due_at < before
    )
    return (await db.scalars(query)).one()
