"""Queries: a caseworker's young people, and where they live now."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.errors import NotFound
from server.store import reading
from server.store.tables import Placement, YoungPerson


@reading.once
async def own(db: AsyncSession, account: int, young_person: int) -> YoungPerson:
    """Fetch a caseworker's own young person and hold the row. Another's looks like none (L11)."""
    query = (
        select(YoungPerson)
        .where(YoungPerson.id == young_person, YoungPerson.account_id == account)
        .with_for_update()
    )
    found = (await db.scalars(query)).one_or_none()
    if found is None:
        raise NotFound
    return found


async def of_account(db: AsyncSession, account: int) -> Sequence[tuple[YoungPerson, Placement]]:
    """Fetch a caseworker's young people, each with the home they live in now."""
    query = (
        select(YoungPerson, Placement)
        .join(Placement, Placement.young_person_id == YoungPerson.id)
        .where(YoungPerson.account_id == account, Placement.ended_at.is_(None))
        .order_by(YoungPerson.name, YoungPerson.id)
    )
    return [(row[0], row[1]) for row in await db.execute(query)]


@reading.once
async def placement(db: AsyncSession, young_person: int) -> Placement:
    """Fetch where a young person lives now."""
    query = (
        select(Placement)
        .where(Placement.young_person_id == young_person, Placement.ended_at.is_(None))
        .order_by(Placement.id.desc())
        .with_for_update()
    )
    found = (await db.scalars(query)).first()
    if found is None:
        raise NotFound
    return found
