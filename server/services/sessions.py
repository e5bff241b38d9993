"""Browsers that are let look: a cookie's digest, its owner, and how long it lasts (design 2).

The cookie is 256 random bits; the database keeps its digest. Guests are forgotten 15 minutes
after the last click, staff after an hour of silence and twelve hours at most. A GET writes
nothing: the last click of a page view is kept in memory, of everything else in the row.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.vouching import CodeKind
from server.store import accounts
from server.store.tables import Session

TOKEN_BYTES = 32
Begin = Callable[[], AbstractAsyncContextManager[AsyncSession]]  # how a deed writes, and commits


class Kind(StrEnum):
    STAFF = "staff"
    GUEST = "guest"
    HOME = "home"


IDLE = {
    Kind.STAFF: timedelta(hours=1),
    Kind.GUEST: timedelta(minutes=15),
    Kind.HOME: timedelta(hours=1),
}
LONGEST = {
    Kind.STAFF: timedelta(hours=12),
    Kind.GUEST: timedelta(hours=12),
    Kind.HOME: timedelta(hours=12),
}


@dataclass(frozen=True, slots=True)
class Live:
    """A living session; `owner` is an account, a seat or a placement by its kind."""

    id: int
    kind: Kind
    owner: int
    arrived: bool = False  # with the cookie of its admission, which is the only one from now on
    device: str | None = None  # the digest of one admitted before
    typed: CodeKind | None = None  # the code somebody typed right here
    first_name: str = ""  # of a caseworker


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session. `cookie` exists only here and in the browser."""

    id: int
    cookie: str


def new_cookie() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()


async def open_for(
    db: AsyncSession,
    *,
    now: datetime,
    account: int | None = None,
    seat: int | None = None,
    placement: int | None = None,
    generation: int = 0,
    device: str | None = None,
    vouched: bool = False,
) -> Opened:
    """Begin a session for exactly one owner, always under a new id (L10). `vouched`: a code was
    typed on this device before, and it may count as typed here."""
    cookie = new_cookie()
    row = Session(
        digest=digest(cookie),
        account_id=account,
        seat_id=seat,
        placement_id=placement,
        generation=generation,
        device=digest(device) if device else None,
        vouched_at=now if vouched else None,
        vouched_as=CodeKind.DIGITS if vouched else "",
        created_at=now,
        seen_at=now,
    )
    db.add(row)
    await db.flush()
    return Opened(row.id, cookie)


async def find(
    db: AsyncSession,
    kind: Kind,
    cookie: str,
    *,
    now: datetime,
    seen: Mapping[int, datetime] | None = None,
) -> Live | None:
    """Find a living session of this kind by its cookie; a link renewed since ends its sessions.

    `seen` holds later clicks than the rows know of, by session.
    """
    row = await accounts.session(db, digest(cookie))
    if row is None or row.ended_at is not None or kind_of(row) != kind:
        return None
    if not _in_time(row, max(row.seen_at, (seen or {}).get(row.id, row.seen_at)), now):
        return None
    owner = row.account_id or row.seat_id or row.placement_id
    if owner is None or not _owner_lives(row):
        return None
    return Live(
        row.id,
        kind,
        owner,
        arrived=row.digest != digest(cookie),
        device=row.device,
        typed=CodeKind(row.vouched_as) if row.vouched_as else None,
        first_name=row.account.first_name if row.account is not None else "",
    )


async def alive(db: AsyncSession, ids: Sequence[int], *, now: datetime) -> frozenset[int]:
    """Which of these sessions still stand: in time, not ended, their link not renewed since."""
    return frozenset(
        row.id
        for row in await accounts.sessions(db, ids)
        if row.ended_at is None and _in_time(row, row.seen_at, now) and _owner_lives(row)
    )


async def move_to_new_cookie(db: AsyncSession, session: int, *, now: datetime) -> Opened:
    """Go on with a session under a new id: whoever knew the old one is out (L10)."""
    row = await db.get_one(Session, session)
    cookie = new_cookie()
    row.digest, row.next_digest, row.seen_at = digest(cookie), None, now
    return Opened(row.id, cookie)


async def cookie_of_admission(
    db: AsyncSession, key: bytes, session: int, cookie: str
) -> str | None:
    """The cookie to go on with for a device that was let in, or None where it has it (L10).

    The old one holds until this one comes back, since the answer that carries it may be lost. It
    is made of the old one and the key outside the database, so that asking again, also from two
    tabs at once, gives the same. Raises nothing: an old cookie that is dead finds no session.
    """
    row = await db.get_one(Session, session)
    if row.next_digest == row.digest:
        return None
    message = f"enerum admitted 1|{session}|{cookie}".encode()
    made = base64.urlsafe_b64encode(hmac.digest(key, message, hashlib.sha256)).rstrip(b"=").decode()
    row.next_digest = digest(made)
    return made


async def arrive(db: AsyncSession, session: int, cookie: str) -> None:
    """The cookie of an admission came back: whoever knew the one before is out."""
    row = await db.get_one(Session, session)
    if row.next_digest == digest(cookie):
        row.digest = row.next_digest


async def forget_admission(db: AsyncSession, session: int) -> None:
    """Let in anew: the next cookie is another one again. One that is still on its way to the
    browser stays good, since the browser may have it already."""
    row = await db.get(Session, session)
    if row is not None and row.next_digest == row.digest:
        row.next_digest = None


async def touch(db: AsyncSession, session: int, *, now: datetime) -> None:
    row = await db.get(Session, session)
    if row is not None:
        row.seen_at = now


async def end(db: AsyncSession, session: int, *, now: datetime) -> None:
    row = await db.get(Session, session)
    if row is not None and row.ended_at is None:
        row.ended_at = now


def kind_of(row: Session) -> Kind:
    if row.account_id is not None:
        return Kind.STAFF
    return Kind.GUEST if row.seat_id is not None else Kind.HOME


def _in_time(row: Session, last: datetime, now: datetime) -> bool:
    kind = kind_of(row)
    return now - last <= IDLE[kind] and now - row.created_at <= LONGEST[kind]


def _owner_lives(row: Session) -> bool:
    """An account that is open; a link that was not renewed since, of a placement that goes on."""
    if row.account is not None:
        return row.account.closed_at is None
    if row.seat is not None:
        return row.seat.generation == row.generation
    home = row.placement
    return home is not None and home.ended_at is None and home.generation == row.generation
