"""Work that is taken under leases: by one process at a time, and by the next one where it dies."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from server import keys, log
from server.services.releasing import Lease

Do = Callable[[web.Application, Lease, datetime], Awaitable[int | None]]


@dataclass(frozen=True, slots=True)
class Work:
    """Whether any is due, taking it, and doing one of it, which returns its meeting, or None where
    nothing came of it."""

    name: str
    is_any_due: Callable[..., Awaitable[bool]]
    take: Callable[..., Awaitable[Sequence[Lease]]]
    do: Do


def in_one(do: Callable[..., Awaitable[int | None]]) -> Do:
    """Work that is one transaction."""

    async def done(app: web.Application, lease: Lease, now: datetime) -> int | None:
        async with app[keys.DATABASE].begin() as db:
            return await do(db, lease, now=now)

    return done


async def by_lease(app: web.Application, work: Work) -> list[int]:
    """Do what is due, one after another; returns of which meetings. One that fails stays leased,
    costs the others nothing and is tried again when the lease is over."""
    now, database = app[keys.CLOCK].now(), app[keys.DATABASE]
    async with database.read() as db:  # asking costs no lock
        if not await work.is_any_due(db, now=now):
            return []
    async with database.begin() as db:
        leases = await work.take(db, now=now)
    done: list[int] = []
    for lease in leases:
        try:
            meeting = await work.do(app, lease, now)
        except Exception as error:  # whatever it is, the next one is not to wait for it
            log.fault(work.name, error)
            continue
        if meeting is not None:
            done.append(meeting)
    return done
