"""What the web process does by itself: at the fixed hour, let out what may leave; after a
meeting, let out whoever is still in it and forget what has been kept long enough; send notes to
the case system, and homes their mail."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from functools import partial

from aiohttp import web

from server import keys, log
from server.http.changed import ROOMS
from server.http.exporting import export_due
from server.http.leased import Work, by_lease, in_one
from server.http.mailing import keep_mailing
from server.http.turns import rest
from server.services import breaking_up, forgetting, releasing, teaming_up

WAKES_EVERY = 5.0  # seconds
PATIENCE = 5.0  # seconds for a turn that has begun, when the server stops


async def lifetime(app: web.Application) -> AsyncIterator[None]:
    """Look for what has to be done for as long as the server runs."""
    over = asyncio.Event()
    tasks = [
        asyncio.create_task(_keep_looking(app, over)),
        asyncio.create_task(keep_mailing(app, WAKES_EVERY, over)),
    ]
    yield
    # Between two turns if it can be: who is cancelled while a database connection is being opened
    # leaves it to nobody.
    over.set()
    _, late = await asyncio.wait(tasks, timeout=PATIENCE)
    for task in late:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def release_due(app: web.Application) -> int:
    """Release every note whose hour has come; returns how many."""
    release = in_one(partial(releasing.release, zone=app[keys.SETTINGS].zone))
    work = Work("release", releasing.is_any_due, releasing.take, release)
    return await _tell(app, await by_lease(app, work))


async def end_what_is_over(app: web.Application) -> int:
    """Let out whoever is still in a meeting that is over; returns of how many."""
    now, database = app[keys.CLOCK].now(), app[keys.DATABASE]
    async with database.read() as db:
        if not await breaking_up.is_anybody_left(db, now=now):
            return 0
    async with database.begin() as db:
        over = await breaking_up.end_what_is_over(db, now=now)
    for meeting in over:
        await app[ROOMS].changed(meeting)
    return len(over)


async def forget_lists(app: web.Application) -> int:
    """Delete what the young person and the bisidder wrote for themselves, once it is over (B2)."""
    now, database = app[keys.CLOCK].now(), app[keys.DATABASE]
    async with database.read() as db:
        if not await teaming_up.is_any_over(db, now=now):
            return 0
    async with database.begin() as db:
        return await teaming_up.forget_what_is_over(db, now=now)


async def forget_codes(app: web.Application) -> int:
    """Delete codes that were said and nobody can use any more; returns how many."""
    now, database = app[keys.CLOCK].now(), app[keys.DATABASE]
    async with database.read() as db:
        if not await forgetting.is_any_code_dead(db, now=now):
            return 0
    async with database.begin() as db:
        return await forgetting.forget_codes(db, now=now)


async def forget_due(app: web.Application) -> int:
    """Forget what has been kept long enough; returns of how many meetings."""
    forget = in_one(forgetting.forget)
    work = Work("forget", forgetting.is_any_due, forgetting.take, forget)
    return await _tell(app, await by_lease(app, work))


async def leave_no_trace(app: web.Application) -> int:
    """Take what was deleted out of the database's files as well; says nothing of how much."""
    await app[keys.DATABASE].leave_no_trace()
    return 0


async def _tell(app: web.Application, meetings: Sequence[int]) -> int:
    """Let everybody in these meetings see it; returns how many there are."""
    for meeting in meetings:
        await app[ROOMS].changed(meeting)
    return len(meetings)


# What there is to do, in this order, by the name the operator's log knows it by.
WORK: Mapping[str, Callable[[web.Application], Awaitable[int]]] = {
    "end": end_what_is_over,
    "release": release_due,
    "export": export_due,
    "forget lists": forget_lists,
    "forget codes": forget_codes,
    "forget": forget_due,
    "leave no trace": leave_no_trace,
}


async def look(app: web.Application) -> None:
    """Do once whatever is due. What fails costs the others nothing, and is tried again."""
    for name, do in WORK.items():
        try:
            await do(app)
        except Exception as error:  # whatever it is: a database that is away comes back
            log.fault(name, error)


async def _keep_looking(app: web.Application, over: asyncio.Event) -> None:
    while not over.is_set():
        await look(app)
        await rest(over, WAKES_EVERY)
