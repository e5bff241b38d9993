"""Queries: the municipality's list of what must be passed on, and who was the second person."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from server.store.note_tables import Item, Told, Wording
from server.store.passing_tables import PassOnEntry, PassOnList, Seconded, Step
from server.store.tables import Account


async def lists(db: AsyncSession) -> Sequence[PassOnList]:
    """Every version, the one in force first."""
    query = select(PassOnList).options(selectinload(PassOnList.entries))
    return (await db.scalars(query.order_by(PassOnList.id.desc()))).all()


async def in_force(db: AsyncSession) -> PassOnList | None:
    query = select(PassOnList).options(selectinload(PassOnList.entries))
    return (await db.scalars(query.order_by(PassOnList.id.desc()).limit(1))).first()


async def marked(db: AsyncSession, meeting: int) -> dict[int, PassOnEntry]:
    """Which line of the list each item of a note is passed on by."""
    query = (
        select(Item.id, PassOnEntry)
        .join(PassOnEntry, PassOnEntry.id == Item.entry_id)
        .where(Item.meeting_id == meeting)
    )
    return {row[0]: row[1] for row in await db.execute(query)}


async def seconded(db: AsyncSession, meeting: int, step: Step) -> dict[int, tuple[str, datetime]]:
    """The second person of each step of one kind, by what it was about: the newest one."""
    query = (
        select(Seconded.subject, Account.name, Seconded.at)
        .join(Account, Account.id == Seconded.second_id)
        .where(Seconded.meeting_id == meeting, Seconded.step == step)
        .order_by(Seconded.id)
    )
    return {subject: (name, at) for subject, name, at in (await db.execute(query)).all()}


async def phoned(db: AsyncSession, meeting: int) -> dict[int, Told]:
    """The telephone calls to the home about a note's words, by wording."""
    query = (
        select(Told)
        .join(Wording, Wording.id == Told.wording_id)
        .join(Item, Item.id == Wording.item_id)
        .where(Item.meeting_id == meeting, Told.to == "home")
    )
    return {row.wording_id: row for row in await db.scalars(query)}


async def keepers(db: AsyncSession) -> Sequence[Account]:
    """Who looks after the list, by name."""
    query = select(Account).where(Account.keeps_list, Account.closed_at.is_(None))
    return (await db.scalars(query.order_by(Account.name, Account.id))).all()


async def colleagues(db: AsyncSession) -> Sequence[Account]:
    query = select(Account).where(Account.closed_at.is_(None), Account.keeps_list.is_(False))
    return (await db.scalars(query.order_by(Account.name, Account.id))).all()
