"""Queries: what of a note went to the case system, and what of it went to the home."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.store.choosing_tables import Receipt
from server.store.export_tables import Export
from server.store.note_tables import Handover, Item
from server.store.tables import Account, Meeting, YoungPerson


async def of_meeting(db: AsyncSession, meeting: int) -> Sequence[tuple[Export, str]]:
    """Every version of a note that was asked for, the newest first, with who asked."""
    query = (
        select(Export, Account.name)
        .join(Account, Account.id == Export.account_id)
        .where(Export.meeting_id == meeting)
        .order_by(Export.version.desc())
    )
    return [(row[0], row[1]) for row in await db.execute(query)]


async def last(db: AsyncSession, meeting: int) -> Export | None:
    query = select(Export).where(Export.meeting_id == meeting).order_by(Export.version.desc())
    return (await db.scalars(query.limit(1))).one_or_none()


async def before(db: AsyncSession, row: Export) -> Export | None:
    """The version this one replaces."""
    query = select(Export).where(
        Export.meeting_id == row.meeting_id, Export.version == row.version - 1
    )
    return (await db.scalars(query)).one_or_none()


async def unsent(
    db: AsyncSession, account: int, before: datetime
) -> Sequence[tuple[int, str, datetime]]:
    """Meetings of a caseworker's whose note was asked for before a moment and has not gone."""
    query = (
        select(Meeting.id, YoungPerson.name, Export.asked_at)
        .join(Export, Export.meeting_id == Meeting.id)
        .join(YoungPerson, YoungPerson.id == Meeting.young_person_id)
        .where(Meeting.account_id == account, Export.sent_at.is_(None), Export.asked_at <= before)
        .order_by(Export.asked_at, Export.id)
    )
    return [(row[0], row[1], row[2]) for row in await db.execute(query)]


async def handed_over(db: AsyncSession, meeting: int) -> Sequence[Handover]:
    """The words of a note that went to the home, each time they did: taken back, and given anew."""
    query = (
        select(Handover)
        .join(Receipt, Receipt.handover_id == Handover.id)
        .join(Item, Item.id == Receipt.item_id)
        .where(Item.meeting_id == meeting)
        .order_by(Handover.released_at, Handover.id)
    )
    return (await db.scalars(query)).all()
