"""A caseworker opens an account, signs in and out, and looks after what others see of them.

Hashing takes a while, so it is never done while the database waits: the page checks what was
typed, hashes, and then writes.
"""

import base64
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import passwords as rules
from server.domain.errors import Invalid, Refused
from server.domain.roles import AccountId, Caseworker, SessionId
from server.services import sessions
from server.services.passwords import Passwords
from server.services.sessions import Live, Opened
from server.services.throttling import Throttle
from server.store import accounts, trail
from server.store.tables import Account, FirstLink

CODE_BYTES = 15  # 120 bits, 24 letters: long enough to be kept as a plain digest (V6.5.2)
FIRST_LINK_LASTS = timedelta(hours=24)


@dataclass(slots=True)
class Desk:
    """What signing in needs beside the database: one for each web process."""

    passwords: Passwords = field(default_factory=Passwords)
    throttle: Throttle = field(default_factory=Throttle)


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What somebody typed about themselves, tidied."""

    name: str
    login: str
    phone: str
    password: str = field(repr=False)

    def check(self) -> None:
        rules.check(self.password, (self.name, self.login))


def who(live: Live) -> Caseworker:
    """Say which caseworker holds this session."""
    return Caseworker(AccountId(live.owner), SessionId(live.id), live.first_name)


async def first_link(db: AsyncSession, now: datetime) -> str | None:
    """Make the path that opens the first account, or None where somebody has one.

    The code stands after the `#`, where no server sees it. An older, unused one is dead.
    """
    if await accounts.any_at_all(db):
        return None
    await accounts.drop_first_links(db)
    return await _new_link(db, now)


async def invite_colleague(db: AsyncSession, who: Caseworker, *, now: datetime) -> str:
    """Make the path by which one colleague opens an account of their own."""
    trail.add(db, f"account:{who.account}", "invite-colleague", "account:new", now=now)
    return await _new_link(db, now)


async def check_code(db: AsyncSession, code: str, *, now: datetime) -> FirstLink:
    """Find the one-time link a code belongs to, or raise `Invalid`. Ask before hashing anything:
    strangers are not to make this machine work."""
    link = await accounts.first_link(db, sessions.digest(_tidy(code)))
    if link is None or now - link.made_at > FIRST_LINK_LASTS:
        raise Invalid(code="code-unknown")
    return link


async def open_account(
    db: AsyncSession, code: str, wanted: NewAccount, password_hash: str, *, now: datetime
) -> Opened:
    """Open an account by a one-time code and sign its owner in. A code is used up by this alone."""
    link = await check_code(db, code, now=now)
    if await accounts.by_login(db, wanted.login) is not None:
        raise Invalid(login="login-taken")
    link.used_at = now
    account = Account(
        login=wanted.login,
        password_hash=password_hash,
        name=wanted.name,
        first_name=wanted.name.split()[0][:40],
        phone=wanted.phone,
        keeps_list=not await accounts.any_at_all(db),  # until they hand it on
        created_at=now,
    )
    db.add(account)
    await db.flush()
    trail.add(db, f"account:{account.id}", "open-account", f"account:{account.id}", now=now)
    return await sessions.open_for(db, now=now, account=account.id)


async def check(
    db: AsyncSession, desk: Desk, login: str, password: str, address: str, *, now: datetime
) -> AccountId:
    """Say whose login and password these are, or raise `Refused`.

    A wrong password and an unknown login have the same answer and cost the same (V6.3.8). The
    try counts as wrong before it is looked at, so that many at once get no further.
    """
    login = login.strip().casefold()[:120]
    if desk.throttle.must_wait(login, address, now):
        raise Refused("sign-in-wait")
    desk.throttle.count(login, address, now)
    account = await accounts.by_login(db, login)
    kept = account.password_hash if account is not None else None
    fits = await desk.passwords.fits(password[: rules.LONGEST + 1], kept)
    if account is None or not fits:
        raise Refused("sign-in-wrong")
    desk.throttle.right(login, address)
    return AccountId(account.id)


async def sign_in(
    db: AsyncSession, account: AccountId, before: Live | None, *, now: datetime
) -> Opened:
    """Begin a session under a new id; the one this browser had before is over (L10)."""
    if before is not None:
        await sessions.end(db, before.id, now=now)
    trail.add(db, f"account:{account}", "sign-in", f"account:{account}", now=now)
    return await sessions.open_for(db, now=now, account=account)


async def sign_out(db: AsyncSession, who: Caseworker, *, now: datetime) -> None:
    await sessions.end(db, who.session, now=now)
    trail.add(db, f"account:{who.account}", "sign-out", f"account:{who.account}", now=now)


async def _new_link(db: AsyncSession, now: datetime) -> str:
    code = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode()
    db.add(FirstLink(digest=sessions.digest(code), made_at=now))
    return "/first#" + "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def _tidy(code: str) -> str:
    """The code as it was made, however it was typed or pasted."""
    return "".join(c for c in code.upper() if c.isalnum())[:40]
