"""The database: one engine, sessions that write and sessions that read.

SQLite is set as design 4 says. Writes begin with BEGIN IMMEDIATE: two writers then wait for
each other at the start instead of failing in the middle (`with_for_update` is silently ignored
by SQLite and works on PostgreSQL, so both are asked for).
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import (
    AbstractAsyncContextManager,
    asynccontextmanager,
    closing,
    contextmanager,
    nullcontext,
    suppress,
)
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, event, make_url
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from server.store import (
    one_trip,
    reading,
    schema,  # noqa: F401  (tables name one another: all are known, or none is)
)

MIGRATIONS = Path(__file__).parents[2] / "migrations"
PATIENCE = 5.0  # seconds for what has begun to come to its end, when all is closed
BUSY = "PRAGMA busy_timeout=5000"
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    BUSY,
    "PRAGMA secure_delete=ON",
)


class NewerTables(Exception):
    """The tables were made by a later version of Enerum than this one, which cannot read them."""


class Database:
    """Hands out sessions. `begin()` commits at the end of its block, or rolls back on an error."""

    def __init__(self, url: str) -> None:
        self._connections = one_trip.Connections()
        own = {"async_creator_fn": self._connections.connect} if _is_sqlite(url) else {}
        self.engine: AsyncEngine = create_async_engine(url, connect_args=own)
        self._deleted = False  # words that still stand in the files
        if self.engine.dialect.name == "sqlite":
            _set_sqlite(self.engine)
            event.listen(self.engine.sync_engine, "after_cursor_execute", self._note_deleted)
        writing = self.engine.execution_options(writes=True)
        self._write = async_sessionmaker(writing, expire_on_commit=False)
        self._read = async_sessionmaker(self.engine, expire_on_commit=False)
        # SQLite's own waiting is by chance: many writers of one meeting would let another's
        # give up after five seconds. In line, each waits for those before it and no longer.
        one_at_a_time = self.engine.dialect.name == "sqlite"
        self._turn: AbstractAsyncContextManager[None] = (
            asyncio.Lock() if one_at_a_time else nullcontext()
        )
        self._writer: asyncio.Task[object] | None = None
        self._uses = 0
        self._unused = asyncio.Event()
        self._unused.set()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """Write. A second one inside the first would wait for itself: that is an error of ours."""
        task = asyncio.current_task()
        if task is not None and self._writer is task:
            raise RuntimeError("a transaction is open already in this task")
        with self._in_use():
            async with self._turn, self._write.begin() as session:
                self._writer = task
                try:
                    yield session
                finally:
                    self._writer = None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """One look, at one moment: what is asked twice in it is read once (store/reading.py)."""
        with self._in_use():
            async with self._read() as session:
                reading.begin(session)
                yield session

    @contextmanager
    def _in_use(self) -> Iterator[None]:
        self._uses += 1
        self._unused.clear()
        try:
            yield
        finally:
            self._uses -= 1
            if not self._uses:
                self._unused.set()

    async def leave_no_trace(self) -> None:
        """Take what was deleted out of the files, where SQLite would keep it for hours.

        A deleted row is overwritten in the database, but the log beside it still holds the page as
        it was, and until the log is copied back so does the database. While somebody reads, the log
        cannot be cut; then it is owed, and the next call does it.
        """
        if not self._deleted:
            return
        with self._in_use():
            # Nobody else writes meanwhile: what is deleted has been committed.
            async with self._turn, self.engine.connect() as connection:
                await connection.exec_driver_sql("PRAGMA busy_timeout=0")
                try:
                    cut = await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                    self._deleted = bool(cut.scalar_one())  # whether somebody was in the way
                finally:
                    await connection.exec_driver_sql(BUSY)

    def _note_deleted(self, _connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("DELETE") and cursor.rowcount:
            self._deleted = True

    async def upgrade(self) -> None:
        """Bring the tables to the newest form; a second starter waits for the first.

        All of it happens or nothing. Raises `NewerTables`, and SQLAlchemy's `DatabaseError` where
        the file cannot be read or written.
        """
        upgrading = self.engine.execution_options(writes=True, upgrades=True)
        try:
            async with upgrading.begin() as connection:
                await connection.run_sync(_upgrade)
        finally:
            await self.engine.dispose()  # the connection that knew no foreign keys

    async def close(self) -> None:
        """Close every connection, once whoever uses one has given it back. A task whose browser has
        gone is still on its way, and a connection given back too late is closed by nobody."""
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self._unused.wait()
        await self.engine.dispose()
        await self._connections.end(PATIENCE)


def _is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def _set_sqlite(engine: AsyncEngine) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("upgrades", False):
            # A table that is made anew is dropped in between: whatever belongs to its rows must
            # not go with it. SQLite takes this word only before BEGIN.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes", False) else "BEGIN")


def _upgrade(connection: Connection) -> None:
    # Alembic takes a quarter of a second to import and is needed once a start.
    from alembic import command
    from alembic.config import Config
    from alembic.migration import MigrationContext

    stands_at = MigrationContext.configure(connection).get_current_revision()
    if stands_at == _versions()[0]:
        return
    if stands_at is not None and stands_at not in _versions():
        raise NewerTables("its tables are of a later version of Enerum than this one")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if lost:
            raise RuntimeError(f"{len(lost)} rows belong to nothing after the upgrade")


@cache
def _versions() -> tuple[str, ...]:
    """All forms the tables ever had, the newest first."""
    from alembic.script import ScriptDirectory

    steps = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    return tuple(step.revision for step in steps)


def is_in_use(file: Path) -> bool:
    """Whether there is a database with an account in it: then links have been sent."""
    if not file.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)) as database:
            return database.execute("SELECT id FROM accounts LIMIT 1").fetchone() is not None
    except sqlite3.Error:  # no tables yet, or no database: opening it will tell
        return False
