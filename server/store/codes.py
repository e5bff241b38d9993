"""Queries: the codes said to people, and the devices a home has typed one on."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.store.protection_tables import Code, KnownDevice


async def newest(
    db: AsyncSession, *, seat: int | None = None, placement: int | None = None
) -> Code | None:
    """The newest code of one link, held so that tries at once are counted one by one."""
    owner = Code.seat_id == seat if seat is not None else Code.placement_id == placement
    query = select(Code).where(owner).order_by(Code.id.desc()).limit(1).with_for_update()
    return (await db.scalars(query)).one_or_none()


async def device(db: AsyncSession, placement: int, digest: str) -> KnownDevice | None:
    query = select(KnownDevice).where(
        KnownDevice.placement_id == placement, KnownDevice.digest == digest
    )
    return (await db.scalars(query)).one_or_none()
