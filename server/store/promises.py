"""Queries: what a caseworker has promised, and the emergency card of a meeting."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import sections
from server.domain.promising import PromiseKind
from server.store import reading
from server.store.protection_tables import EmergencyCard, Promise
from server.store.tables import YoungPerson

OPEN = (Promise.kept_at.is_(None), Promise.missed_at.is_(None))


async def open_of(db: AsyncSession, account: int) -> Sequence[tuple[Promise, str]]:
    """Everything a caseworker has not done yet, the next first, each with the young person's
    name."""
    query = (
        select(Promise, YoungPerson.name)
        .join(YoungPerson, YoungPerson.id == Promise.young_person_id)
        .where(Promise.account_id == account, *OPEN)
        .order_by(Promise.due_at, Promise.id)
    )
    return [(row[0], row[1]) for row in await db.execute(query)]


async def told_since(
    db: AsyncSession, account: int, since: datetime
) -> Sequence[tuple[Promise, str]]:
    """What a caseworker has just said to be done, or not done, each with whose it was."""
    query = (
        select(Promise, YoungPerson.name)
        .join(YoungPerson, YoungPerson.id == Promise.young_person_id)
        .where(
            Promise.account_id == account,
            or_(Promise.kept_at > since, Promise.missed_at > since),
        )
        .order_by(Promise.due_at, Promise.id)
    )
    return [(row[0], row[1]) for row in await db.execute(query)]


@reading.once
async def open_to(db: AsyncSession, young_person: int) -> Sequence[Promise]:
    query = (
        select(Promise)
        .where(Promise.young_person_id == young_person, *OPEN)
        .order_by(Promise.due_at, Promise.id)
    )
    return (await db.scalars(query)).all()


async def following(db: AsyncSession, meeting: int, kind: PromiseKind) -> Promise | None:
    """What follows from a meeting by itself, such as a call back."""
    query = select(Promise).where(Promise.meeting_id == meeting, Promise.kind == kind)
    return (await db.scalars(query)).first()


async def of_item(db: AsyncSession, item: int) -> Promise | None:
    """The agreement that stands in one line of a note."""
    return (await db.scalars(select(Promise).where(Promise.item_id == item))).first()


async def agreements(db: AsyncSession, meeting: int) -> dict[int, Promise]:
    """The agreements of one meeting's note, by line."""
    query = select(Promise).where(Promise.meeting_id == meeting, Promise.item_id.is_not(None))
    return {row.item_id: row for row in await db.scalars(query) if row.item_id is not None}


async def of_home(db: AsyncSession, meeting: int, home: str) -> dict[int, datetime]:
    """What in a note is a task of the home's: by when, by line."""
    found = (await agreements(db, meeting)).items()
    return {item: row.due_at for item, row in found if sections.is_homes(row.owner, home)}


@reading.once
async def card(db: AsyncSession, meeting: int) -> EmergencyCard | None:
    query = select(EmergencyCard).where(EmergencyCard.meeting_id == meeting)
    return (await db.scalars(query)).one_or_none()
