"""A link is opened: its token becomes a session, and the link is not used up by it (L4)."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import links
from server.domain.errors import NotFound
from server.domain.links import LinkKind
from server.domain.roles import Role
from server.services import arriving, sessions
from server.services.sessions import Live, Opened
from server.store import accounts, seats
from server.store.tables import Seat

NOBODY = "0" * 10  # a handle that no seat has, so that an unknown link costs the same work


async def opens(
    db: AsyncSession, key: bytes, token: str, *, now: datetime, device: str = ""
) -> Seat:
    """Find the seat whose link this is, while it opens anything; it only reads.

    Unknown, renewed and expired links raise the same `NotFound` after the same work. `device`
    is the cookie of a device admitted before, if the browser has one.
    """
    handle = links.handle_of(token)
    seat = await seats.by_handle(db, handle)
    generation = seat.generation if seat is not None else 0
    fits = links.opens(key, LinkKind.SEAT, handle if seat else NOBODY, generation, token)
    if seat is None or not fits or seat.role == Role.CASEWORKER:
        raise NotFound("link-unknown")
    held = arriving.of_role(links.rights(await arriving.times(db, seat.meeting), now), seat.role)
    if not (
        links.opens_bare(held)
        or (held and await seats.let_in(db, seat.id, sessions.digest(device)))
    ):
        raise NotFound("link-unknown")
    return seat


async def swap(
    db: AsyncSession,
    key: bytes,
    token: str,
    *,
    now: datetime,
    device: str = "",
    here: Live | None = None,
    awake: Collection[int] = (),
) -> Opened:
    """Turn a link's token into a session. Opening uses nothing up: any number may (L4).

    `here` is the session a browser came with: whoever opens their own link again in the same
    browser goes on where they were. Sessions that ran out unused make room; `awake` are those
    that clicked later than their row knows.
    """
    seat = await opens(db, key, token, now=now, device=device)
    if here is not None and here.owner == seat.id:
        return await sessions.move_to_new_cookie(db, here.id, now=now)
    ran_out = now - sessions.IDLE[sessions.Kind.GUEST]
    await accounts.forget_empty_sessions(db, seat.id, ran_out, awake)
    return await sessions.open_for(
        db, now=now, seat=seat.id, generation=seat.generation, device=device or None
    )
