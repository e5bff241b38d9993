"""Closing the database: whoever still uses a connection gives it back first."""

import asyncio
import sqlite3
import threading
import time
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.pool import AsyncAdaptedQueuePool

from server.settings import Settings
from server.store import database as module
from server.store.database import Database
from server.store.one_trip import Connections
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


async def test_who_is_stopped_while_connecting_leaves_no_thread_behind(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    """P10: its answer came to an event loop that was closed, some tests later and far away."""
    connecting, connect = threading.Event(), sqlite3.connect

    def slow(where: str, **options: Any) -> sqlite3.Connection:
        connecting.set()
        time.sleep(0.1)  # still opening it when all is closed, as on a busy disk
        return connect(where, **options)

    monkeypatch.setattr(sqlite3, "connect", slow)
    database = Database(settings.database)
    before = set(threading.enumerate())

    async def page() -> None:
        async with database.read() as db:
            await db.execute(select(Seat))

    reading = asyncio.create_task(page())
    await asyncio.to_thread(connecting.wait)
    reading.cancel()
    await asyncio.wait([reading])
    del reading  # nobody holds the connection any more, only its thread runs on
    await database.close()
    left = [one for one in set(threading.enumerate()) - before if "connection" in one.name]
    assert not left


async def test_a_connection_nobody_gives_back_is_closed_with_the_rest(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    """P10, D3: whoever holds on too long is not waited for, and keeps no file open either."""
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    database = Database(settings.database)
    before = set(threading.enumerate())
    holding = await database.engine.connect()
    database._in_use().__enter__()
    await database.close()
    assert not [one for one in set(threading.enumerate()) - before if "connection" in one.name]
    await holding.close()


async def test_what_was_stopped_is_closed_without_waiting_for_its_thread(settings: Settings):
    """P10: the thread ends at the first word, and who closed it as well waited without end."""
    connection = await Connections().connect(str(settings.data_dir / "enerum.db"))
    stopped = connection.stop()
    assert stopped is not None
    async with asyncio.timeout(1):
        with suppress(ValueError):  # as SQLAlchemy does: it is closed
            await connection.close()
    await stopped
