"""A code said by voice, and what typing it opens (design 2, L6, L7, V6.5).

Trying goes in three steps, because hashing takes a while and nothing may wait for it: the try is
counted first, then looked at, then it counts. So of many tries at once no more are looked at than
a code bears from one device, and from all together (domain/vouching.py has the arithmetic), and a
wrong one, one too late and one of somebody else's all answer alike.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import vouching as rules
from server.domain.errors import Invalid
from server.domain.vouching import CodeKind
from server.services import sessions
from server.services.passwords import Passwords
from server.services.sessions import Opened
from server.store import codes, trail
from server.store.protection_tables import Code, CodeTry, KnownDevice
from server.store.tables import Placement, Session


@dataclass(frozen=True, slots=True)
class Link:
    """Whose link a code stands beside: one seat, or one placement."""

    seat: int | None = None
    placement: int | None = None

    @property
    def subject(self) -> str:
        return f"seat:{self.seat}" if self.seat is not None else f"placement:{self.placement}"


@dataclass(frozen=True, slots=True)
class Counted:
    """A try that was counted; `digest` is None where there is nothing to compare it with."""

    code: int | None
    digest: str | None


class WrongCode(Invalid):
    """Wrong, too late, used, too often, or nobody's: one answer for all of them."""

    def __init__(self) -> None:
        super().__init__(code="code-wrong")


def new_code(kind: CodeKind) -> str:
    """Draw the code to be said; what is kept of it is its hash."""
    return rules.draw(kind, secrets.randbelow)


async def say(
    db: AsyncSession, link: Link, kind: CodeKind, digest: str, account: int, *, now: datetime
) -> None:
    """Keep the hash of a code a caseworker is about to say. The one before it is dead."""
    before = await codes.newest(db, seat=link.seat, placement=link.placement)
    if before is not None and before.replaced_at is None:
        before.replaced_at = now
    db.add(
        Code(
            seat_id=link.seat,
            placement_id=link.placement,
            kind=kind,
            digest=digest,
            made_at=now,
        )
    )
    trail.add(db, f"account:{account}", "say-code", link.subject, now=now)


async def count(
    db: AsyncSession, link: Link, session: int, *, now: datetime, pictures: bool = True
) -> Counted:
    """Count one try of one device, before anybody looks at it. `pictures` says whether a code of
    pictures is good here; it never is for reading."""
    code = await codes.newest(db, seat=link.seat, placement=link.placement)
    if code is None or (code.kind == CodeKind.PICTURES and not pictures):
        return Counted(None, None)
    own = await codes.tries_of(db, code.id, session)
    if not rules.may_be_tried(_facts(code), own.tries if own is not None else 0, now):
        return Counted(None, None)
    if own is None:
        own = CodeTry(code_id=code.id, session_id=session, tries=0)
        db.add(own)
    own.tries += 1
    code.tries += 1
    return Counted(code.id, code.digest)


async def look(passwords: Passwords, counted: Counted, typed: str) -> bool:
    """Compare, with the same work whether or not there is a code."""
    return await passwords.fits(rules.tidy(typed), counted.digest)


async def count_right(
    db: AsyncSession, link: Link, counted: Counted, session: int, *, now: datetime
) -> Opened:
    """The code was right: it is used up, and this browser goes on under a new cookie (L10)."""
    code = await codes.newest(db, seat=link.seat, placement=link.placement)
    if code is None or code.id != counted.code or code.used_at or code.replaced_at:
        raise WrongCode
    code.used_at = now
    row = await db.get_one(Session, session)
    row.vouched_at, row.vouched_as = now, code.kind
    trail.add(db, link.subject, "code-typed", link.subject, now=now)
    return await sessions.move_to_new_cookie(db, session, now=now)


async def try_code(  # one try: where, whose, what, by whom and when
    begin: sessions.Begin,
    passwords: Passwords,
    link: Link,
    session: int,
    typed: str,
    *,
    now: datetime,
    pictures: bool = True,
) -> Opened:
    """Try a code; the browser that typed the right one is vouched for. Raises `WrongCode`."""
    async with begin() as db:
        counted = await count(db, link, session, now=now, pictures=pictures)
    if not await look(passwords, counted, typed):
        raise WrongCode
    async with begin() as db:
        return await count_right(db, link, counted, session, now=now)


async def typed(db: AsyncSession, session: int) -> CodeKind | None:
    """Which kind of code was typed in this browser, if any. Pictures let somebody knock, and
    nothing more."""
    row = await db.get(Session, session)
    return CodeKind(row.vouched_as) if row is not None and row.vouched_as else None


async def standing(db: AsyncSession, seats: Sequence[int], *, now: datetime) -> dict[int, str]:
    """How the newest code of each of these seats' links stands, for the caseworker: "waits",
    "tried_out", "used", "past", or "elsewhere" where more than one device has tried it. A link
    without a code has no standing."""
    newest = await codes.newest_of(db, seats)
    tried = await codes.tries_of_all(db, [code.id for code in newest.values()])
    return {seat: _standing(code, tried.get(code.id, []), now) for seat, code in newest.items()}


def _standing(code: Code, tried: Sequence[CodeTry], now: datetime) -> str:
    if code.used_at is not None:
        return "used"
    if len(tried) > 1 and not rules.is_past(_facts(code), now):
        return "elsewhere"
    if any(own.tries >= rules.TRIES[code.kind] for own in tried):
        return "tried_out"
    return "past" if rules.is_past(_facts(code), now) else "waits"


async def remember_home(db: AsyncSession, placement: int, device: str, *, now: datetime) -> None:
    """The home's own device, where a code was typed once: the link alone opens there later."""
    row = await db.get_one(Placement, placement)
    db.add(
        KnownDevice(
            placement_id=placement,
            digest=sessions.digest(device),
            generation=row.generation,
            at=now,
        )
    )


async def knows_home(db: AsyncSession, placement: int, generation: int, device: str) -> bool:
    """Whether this is such a device, of the link as it is now: a new link asks again."""
    if not device:
        return False
    found = await codes.device(db, placement, sessions.digest(device))
    return found is not None and found.generation == generation


def _facts(code: Code) -> rules.Code:
    return rules.Code(
        kind=code.kind,
        made_at=code.made_at,
        tries=code.tries,
        used=code.used_at is not None,
        replaced=code.replaced_at is not None,
    )
