"""What is asked of the database: which statements, and which of them twice."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from server.store.database import Database

PAGES = "RequestHandler._handle_request"
LOOKS = "Rooms._look"
OURS = ("BEGIN", "PRAGMA")  # of how the database is used, not of what is wanted


class Asked:
    """The statements that tasks of these names asked, with their values."""

    def __init__(self, tasks: tuple[str, ...]) -> None:
        self.tasks = tasks
        self.statements: list[tuple[str, str]] = []
        self.values: dict[str, Any] = {}  # the last ones of each statement

    def note(self, statement: str, values: object) -> None:
        task = asyncio.current_task()
        coroutine = task.get_coro() if task is not None else None
        name = getattr(coroutine, "__qualname__", "")
        if name.endswith(self.tasks) and not statement.startswith(OURS):
            self.statements.append((statement, repr(values)))
            self.values[statement] = values

    @property
    def twice(self) -> list[str]:
        """What was read more than once though nothing can have changed."""
        counted = Counter(s for s in self.statements if s[0].startswith("SELECT"))
        return [
            f"{times} x {sql} {values}" for (sql, values), times in counted.items() if times > 1
        ]

    async def plans(self, database: Database) -> list[tuple[str, str]]:
        """How SQLite goes about each question: its steps, such as "SCAN jobs", with its words."""
        asked = [(sql, values) for sql, values in self.values.items() if sql.startswith("SELECT")]
        found: list[tuple[str, str]] = []
        async with database.engine.connect() as connection:
            for sql, values in asked:
                rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
                found += [(row.detail, sql) for row in rows]
        return found

    def __len__(self) -> int:
        return len(self.statements)


@contextmanager
def asked(database: Database, *tasks: str) -> Iterator[Asked]:
    """Listen to what is asked in tasks of these names: by default in those of pages, so that what
    the server does by itself is left out. "" is every task."""
    found = Asked(tasks or (PAGES,))

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        found.note(statement, values)

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)
