"""Queries: caseworkers, their first link, and everybody's sessions."""

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.store.tables import Account, FirstLink, Session


async def session(db: AsyncSession, digest: str) -> Session | None:
    return (await db.scalars(select(Session).where(Session.digest == digest))).one_or_none()


async def sessions(db: AsyncSession, ids: Sequence[int]) -> Sequence[Session]:
    return (await db.scalars(select(Session).where(Session.id.in_(ids)))).all()


async def is_open(db: AsyncSession, account: int | None) -> bool:
    row = await db.get(Account, account) if account is not None else None
    return row is not None and row.closed_at is None


async def photo(db: AsyncSession, account: int) -> bytes | None:
    return (await db.scalars(select(Account.photo).where(Account.id == account))).one_or_none()


async def by_login(db: AsyncSession, login: str) -> Account | None:
    query = select(Account).where(Account.login == login, Account.closed_at.is_(None))
    return (await db.scalars(query)).one_or_none()


async def any_at_all(db: AsyncSession) -> bool:
    return (await db.scalars(select(Account.id).limit(1))).first() is not None


async def any_but(db: AsyncSession, login: str) -> bool:
    """Whether anybody has an account beside this login."""
    return (await db.scalars(select(Account.id).where(Account.login != login))).first() is not None


async def first_link(db: AsyncSession, digest: str) -> FirstLink | None:
    """Fetch an unused first link and hold its row."""
    query = (
        select(FirstLink)
        .where(FirstLink.digest == digest, FirstLink.used_at.is_(None))
        .with_for_update()
    )
    return (await db.scalars(query)).one_or_none()


async def drop_first_links(db: AsyncSession) -> None:
    """Forget first links that nobody used."""
    await db.execute(delete(FirstLink).where(FirstLink.used_at.is_(None)))


async def living_sessions(db: AsyncSession, account: int) -> Sequence[Session]:
    query = select(Session).where(Session.account_id == account, Session.ended_at.is_(None))
    return (await db.scalars(query)).all()
