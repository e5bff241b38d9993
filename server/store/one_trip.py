"""SQLite's statements in one trip each to the thread they run in.

aiosqlite asks a connection's thread four times for every statement: for a cursor, to run it, for
its rows, and to close it. Each time two threads wake one another, which with short queries costs
more than the query. Here it is asked once, and the rows come along: SQLAlchemy reads them all
at once anyway.
"""

import asyncio
import sqlite3
from collections.abc import Iterable, Sequence
from threading import Thread
from typing import Any
from weakref import WeakSet

import aiosqlite

Description = tuple[tuple[str, None, None, None, None, None, None], ...]


class Cursor:
    """What SQLAlchemy takes for a cursor: one statement, with all that came of it."""

    def __init__(self, connection: "Connection") -> None:
        self._connection = connection
        self._rows: Sequence[Any] = ()
        self.description: Description | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> "Cursor":
        return self

    async def execute(self, sql: str, parameters: Iterable[Any] = ()) -> "Cursor":
        return await self._connection.ask(self._run, sql, parameters)

    async def executemany(self, sql: str, parameters: Iterable[Iterable[Any]]) -> "Cursor":
        return await self._connection.ask(self._run_many, sql, parameters)

    async def fetchall(self) -> Sequence[Any]:
        rows, self._rows = self._rows, ()
        return rows

    async def close(self) -> None:
        """It is closed already, in the trip that ran it."""

    def _run(self, sql: str, parameters: Any) -> "Cursor":
        return self._keep(self._connection.plain.execute(sql, parameters))

    def _run_many(self, sql: str, parameters: Any) -> "Cursor":
        return self._keep(self._connection.plain.executemany(sql, parameters))

    def _keep(self, cursor: sqlite3.Cursor) -> "Cursor":
        try:
            self.description = cursor.description
            # Rows before the count: of an UPDATE that returns some it is known only then.
            self._rows = cursor.fetchall() if cursor.description else ()
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()
        return self


class Connection(aiosqlite.Connection):
    """aiosqlite's own, with such cursors."""

    def cursor(self) -> Cursor:  # type: ignore[override]  # not one more trip for a cursor
        return Cursor(self)

    @property
    def plain(self) -> sqlite3.Connection:
        """For use in its thread only."""
        return self._conn

    async def ask(self, work: Any, *given: Any) -> Cursor:
        """Have something done in the connection's thread."""
        done: Cursor = await self._execute(work, *given)  # type: ignore[no-untyped-call]
        return done

    def stop(self) -> asyncio.Future[Any] | None:
        """Once: a thread that has ended answers nobody, and a second wait would have no end."""
        if not self._running:
            return None
        stopped: asyncio.Future[Any] | None = super().stop()
        return stopped


class Connections:
    """All connections of one database, so that nothing of them outlives it."""

    def __init__(self) -> None:
        self._made: WeakSet[Connection] = WeakSet()
        self._threads: WeakSet[Thread] = WeakSet()  # one may outlive its connection

    def connect(self, database: str, **options: Any) -> Connection:
        """Make a connection as aiosqlite does; it is opened by awaiting it."""
        made = Connection(lambda: sqlite3.connect(database, **options), iter_chunk_size=64)
        made._thread.daemon = True  # as SQLAlchemy has it with its own
        self._made.add(made)
        self._threads.add(made._thread)
        return made

    async def end(self, seconds: float) -> None:
        """Stop those nobody has stopped, and wait for their threads.

        A task cancelled while it connects leaves a thread that still has an answer to bring: to an
        event loop that may be closed by then.
        """
        for made in list(self._made):
            made.stop()
        for thread in list(self._threads):
            if thread.is_alive():
                await asyncio.to_thread(thread.join, seconds)
