"""What a caseworker keeps about themselves: name, number, photograph, password."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.errors import NotFound
from server.domain.roles import Caseworker, Guest, Role
from server.services import portrait, sessions
from server.services.sessions import Opened
from server.store import accounts, meetings, seats, trail
from server.store.tables import Account


@dataclass(frozen=True, slots=True)
class Own:
    """An account as its owner sees it."""

    name: str
    login: str
    phone: str
    has_photo: bool
    greeting: str = ""


async def of(db: AsyncSession, who: Caseworker) -> Own:
    row = await _row(db, who)
    return Own(row.name, row.login, row.phone, row.has_photo, row.greeting)


async def change(
    db: AsyncSession,
    who: Caseworker,
    name: str,
    phone: str,
    greeting: str = "",
    *,
    now: datetime,
) -> None:
    """Another name or number, also in the meetings to come; and what whoever waits reads."""
    row = await _row(db, who)
    row.name, row.phone, row.greeting = name, phone, greeting
    row.first_name = name.split()[0][:40]
    for meeting in await meetings.hosted_after(db, who.account, now):
        for seat in meeting.seats:
            if seat.role == Role.CASEWORKER:
                seat.name = row.first_name
    _trail(db, who, "change-account", now)


async def put_photo(db: AsyncSession, who: Caseworker, photo: bytes, *, now: datetime) -> None:
    """Keep a photograph, without its metadata. Raises `Invalid` for anything else."""
    (await _row(db, who)).photo = portrait.tidy(photo)
    _trail(db, who, "put-photo", now)


async def drop_photo(db: AsyncSession, who: Caseworker, *, now: datetime) -> None:
    (await _row(db, who)).photo = None
    _trail(db, who, "drop-photo", now)


async def photo(db: AsyncSession, who: Caseworker) -> bytes:
    return await _photo(db, who.account)


async def photo_for_guest(db: AsyncSession, guest: Guest) -> bytes:
    """The photograph of the caseworker a guest is to meet, and of nobody else."""
    meeting = await seats.meeting(db, guest.meeting)
    return await _photo(db, meeting.account_id)


async def _photo(db: AsyncSession, account: int) -> bytes:
    found = await accounts.photo(db, account)
    if found is None:
        raise NotFound
    return found


async def change_password(
    db: AsyncSession, who: Caseworker, password_hash: str, *, now: datetime
) -> Opened:
    """Keep a new password. Every browser signed in before is out, this one gets a new session."""
    await _put_password(db, await _row(db, who), password_hash, now)
    _trail(db, who, "change-password", now)
    return await sessions.open_for(db, now=now, account=who.account)


async def reset_password(
    db: AsyncSession, login: str, password_hash: str, *, now: datetime
) -> None:
    """The operator gives somebody a new password who has forgotten theirs; all browsers are out."""
    row = await accounts.by_login(db, login.strip().casefold())
    if row is None:
        raise NotFound
    await _put_password(db, row, password_hash, now)
    trail.add(db, "operator", "reset-password", f"account:{row.id}", now=now)


async def _put_password(db: AsyncSession, row: Account, password_hash: str, now: datetime) -> None:
    row.password_hash = password_hash
    for session in await accounts.living_sessions(db, row.id):
        session.ended_at = now


async def _row(db: AsyncSession, who: Caseworker) -> Account:
    row = await db.get(Account, who.account)
    if row is None:
        raise NotFound
    return row


def _trail(db: AsyncSession, who: Caseworker, deed: str, now: datetime) -> None:
    trail.add(db, f"account:{who.account}", deed, f"account:{who.account}", now=now)
