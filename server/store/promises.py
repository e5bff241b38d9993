"""Queries: what a caseworker has promised, and the emergency card of a meeting."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.promising import PromiseKind
from server.store.protection_tables import EmergencyCard, Promise
from server.store.tables import YoungPerson


async def open_of(db: AsyncSession, account: int) -> Sequence[tuple[Promise, str]]:
    """Everything a caseworker has not done yet, the next first, each with the young person's
    name."""
    query = (
        select(Promise, YoungPerson.name)
        .join(YoungPerson, YoungPerson.id == Promise.young_person_id)
        .where(Promise.account_id == account, Promise.kept_at.is_(None))
        .order_by(Promise.due_at, Promise.id)
    )
    return [(row[0], row[1]) for row in await db.execute(query)]


async def open_to(db: AsyncSession, young_person: int) -> Sequence[Promise]:
    query = (
        select(Promise)
        .where(Promise.young_person_id == young_person, Promise.kept_at.is_(None))
        .order_by(Promise.due_at, Promise.id)
    )
    return (await db.scalars(query)).all()


async def following(db: AsyncSession, meeting: int, kind: PromiseKind) -> Promise | None:
    """What follows from a meeting by itself, such as a call back."""
    query = select(Promise).where(Promise.meeting_id == meeting, Promise.kind == kind)
    return (await db.scalars(query)).first()


async def card(db: AsyncSession, meeting: int) -> EmergencyCard | None:
    query = select(EmergencyCard).where(EmergencyCard.meeting_id == meeting)
    return (await db.scalars(query)).one_or_none()
