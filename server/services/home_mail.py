"""Where a home's mail goes: set by the caseworker, switched off by whoever gets it.

Switching off is free; only the caseworker sets an address, and what is switched off at the home is
switched on there. The address goes with the placement: none is kept of a home they moved from.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import mailing as rules
from server.domain.roles import Caseworker, FosterHome
from server.services import secret_places
from server.store import mails, trail, young_people
from server.store.mail_tables import HomeMail


@dataclass(frozen=True, slots=True)
class Address:
    """How it stands with a home's mail."""

    address: str = ""
    language: str = ""
    off: bool = False  # by the home itself
    refused: bool = False  # the last mail could not be delivered
    kept: bool = False  # there is an address


async def of(db: AsyncSession, who: Caseworker, young_person: int, *, now: datetime) -> Address:
    """For the caseworker's page of a young person. Where their address is protected this one is
    not shown again once it is kept: that screen may be shared, or seen over a shoulder."""
    young = await young_people.own(db, who.account, young_person)
    found = _shown(await mails.of(db, (await young_people.placement(db, young.id)).id))
    if await secret_places.is_protected(db, young.id, now):
        return replace(found, address="")
    return found


async def own(db: AsyncSession, home: FosterHome) -> Address:
    """For the home itself."""
    return _shown(await mails.of(db, home.placement))


async def put(
    db: AsyncSession,
    who: Caseworker,
    young_person: int,
    address: str,
    language: str,
    *,
    now: datetime,
) -> None:
    """Keep the address a home is written to, or raise `Invalid`. What the home switched off stays
    off, whatever the address."""
    row = await _row(db, who, young_person)
    tidy = rules.address(address)
    if (row.address, row.language) == (tidy, language):
        return
    if row.address != tidy:
        row.refused_at = None
    row.address, row.language = tidy, language
    _trail(db, f"account:{who.account}", "put-home-mail", row, now)


async def remove(db: AsyncSession, who: Caseworker, young_person: int, *, now: datetime) -> None:
    """Keep no address any more. Twice is once."""
    row = await _row(db, who, young_person)
    if row.address:
        row.address, row.refused_at = "", None
        _trail(db, f"account:{who.account}", "remove-home-mail", row, now)


async def switch(db: AsyncSession, home: FosterHome, *, on: bool, now: datetime) -> None:
    """The home wants mails, or none."""
    row = await mails.of(db, home.placement)
    if row is None or (row.off_at is None) == on:
        return
    row.off_at = None if on else now
    deed = "home-mail-on" if on else "home-mail-off"
    _trail(db, f"placement:{home.placement}", deed, row, now)


async def _row(db: AsyncSession, who: Caseworker, young_person: int) -> HomeMail:
    young = await young_people.own(db, who.account, young_person)
    placement = (await young_people.placement(db, young.id)).id
    row = await mails.of(db, placement)
    if row is None:
        row = HomeMail(placement_id=placement, address="", language="")
        db.add(row)
        await db.flush()
    return row


def _shown(row: HomeMail | None) -> Address:
    if row is None:
        return Address()
    return Address(
        row.address,
        row.language,
        off=row.off_at is not None,
        refused=row.refused_at is not None,
        kept=row.address != "",
    )


def _trail(db: AsyncSession, who: str, deed: str, row: HomeMail, now: datetime) -> None:
    trail.add(db, who, deed, f"placement:{row.placement_id}", now=now)
