"""Closing the database: whoever still uses a connection gives it back first."""

import asyncio

from sqlalchemy import select, text
from sqlalchemy.pool import AsyncAdaptedQueuePool

from server.settings import Settings
from server.store.database import Database
from server.store.tables import Seat


async def test_it_waits_for_who_still_reads_and_closes_their_connection(settings: Settings):
    """P10, D3: a page whose browser has gone is still being made when the server stops. Its
    connection came back to a pool nobody looked at any more, and stayed open."""
    database = Database(settings.database)
    before = database.engine.pool
    assert isinstance(before, AsyncAdaptedQueuePool)
    reads, go_on = asyncio.Event(), asyncio.Event()

    async def page() -> None:
        async with database.read() as db:
            await db.execute(select(Seat))
            reads.set()
            await go_on.wait()

    reading = asyncio.create_task(page())
    await reads.wait()
    closing = asyncio.create_task(database.close())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert not closing.done()
    go_on.set()
    await asyncio.gather(reading, closing)
    assert before.checkedin() == 0


async def test_a_writer_that_is_stopped_meanwhile_keeps_nothing_open(settings: Settings):
    """P10: cancelled in the middle of a transaction it is undone, and its connection closed."""
    database = Database(settings.database)
    before = database.engine.pool
    assert isinstance(before, AsyncAdaptedQueuePool)
    writes = asyncio.Event()

    async def deed() -> None:
        async with database.begin() as db:
            await db.execute(text("UPDATE seats SET name = 'Nobody'"))
            writes.set()
            await asyncio.Event().wait()

    writing = asyncio.create_task(deed())
    await writes.wait()
    writing.cancel()
    await database.close()
    assert writing.cancelled()
    assert (before.checkedin(), before.checkedout()) == (0, 0)
