"""Queries: caseworkers, their first link, and everybody's sessions."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.base import ExecutableOption

from server.store.base import Base
from server.store.tables import Account, FirstLink, Reply, Session, Visit


def with_owner() -> tuple[ExecutableOption, ...]:
    """How to fetch a session with whose it is: one row each, without a question of theirs."""
    return tuple(joinedload(owner) for owner in (Session.account, Session.seat, Session.placement))


async def session(db: AsyncSession, digest: str) -> Session | None:
    """Fetch the session of a cookie, its own or the one it was given at an admission, with
    whose it is."""
    query = select(Session).where(or_(Session.digest == digest, Session.next_digest == digest))
    return (await db.scalars(query.options(*with_owner()))).one_or_none()


async def sessions(db: AsyncSession, ids: Sequence[int]) -> Sequence[Session]:
    """Fetch sessions with whose they are."""
    query = select(Session).where(Session.id.in_(ids))
    return (await db.scalars(query.options(*with_owner()))).all()


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


async def forget_empty_sessions(
    db: AsyncSession, seat: int, before: datetime, awake: Collection[int]
) -> None:
    """Delete sessions of one link that ran out before a moment and that nothing ever came from.

    `awake` are those that clicked later than their row knows.
    """
    sent = [exists().where(column == Session.id) for column in _pointing_at_sessions()]
    query = select(Session.id).where(Session.seat_id == seat, Session.seen_at < before)
    ids = set((await db.scalars(query.where(*(~one for one in sent)))).all()) - set(awake)
    await db.execute(delete(Session).where(Session.id.in_(ids)))


async def sent_by_link(db: AsyncSession, seat: int, generation: int) -> int:
    """How many answers and knocks came by a link as it is now; a new link begins anew."""
    total = 0
    for kind in (Reply, Visit):
        query = (
            select(func.count())
            .select_from(kind)
            .join(Session, Session.id == kind.session_id)
            .where(kind.seat_id == seat, Session.generation == generation)
        )
        total += (await db.execute(query)).scalar_one()
    return total


def _pointing_at_sessions() -> Iterator[ColumnElement[int | None]]:
    """Every column that names a session, in whichever table: none is ever forgotten here."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table is Session.__table__:
                yield key.parent
