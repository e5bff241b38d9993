"""Queries: the codes said to people, and the devices a home has typed one on."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.store.protection_tables import Code, CodeTry, KnownDevice


async def newest(
    db: AsyncSession, *, seat: int | None = None, placement: int | None = None
) -> Code | None:
    """The newest code of one link, held so that tries at once are counted one by one."""
    owner = Code.seat_id == seat if seat is not None else Code.placement_id == placement
    query = select(Code).where(owner).order_by(Code.id.desc()).limit(1).with_for_update()
    return (await db.scalars(query)).one_or_none()


async def tries_of(db: AsyncSession, code: int, session: int) -> CodeTry | None:
    """How often one device has tried one code; None where it has not."""
    query = select(CodeTry).where(CodeTry.code_id == code, CodeTry.session_id == session)
    return (await db.scalars(query)).one_or_none()


async def newest_of(db: AsyncSession, seats: Collection[int]) -> dict[int, Code]:
    """The newest code of each of these seats that has one."""
    query = select(Code).where(Code.seat_id.in_(seats)).order_by(Code.id)
    return {row.seat_id: row for row in await db.scalars(query) if row.seat_id is not None}


async def tries_of_all(db: AsyncSession, codes: Collection[int]) -> dict[int, list[CodeTry]]:
    """Who has tried these codes, by code."""
    if not codes:
        return {}
    found: dict[int, list[CodeTry]] = {}
    for row in await db.scalars(select(CodeTry).where(CodeTry.code_id.in_(codes))):
        found.setdefault(row.code_id, []).append(row)
    return found


async def device(db: AsyncSession, placement: int, digest: str) -> KnownDevice | None:
    query = select(KnownDevice).where(
        KnownDevice.placement_id == placement, KnownDevice.digest == digest
    )
    return (await db.scalars(query)).one_or_none()
