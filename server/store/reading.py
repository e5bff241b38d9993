"""One look at the database: within it the same question has the same answer, and is asked once.

What a page shows is put together by many hands, each of which asks for what it needs. `once`
makes that cheap: in a session that only reads, the first one's rows are the others' too. A
session that writes asks each time, since what it wrote may be the answer.
"""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

P = ParamSpec("P")
Found = TypeVar("Found")
Query = Callable[Concatenate[AsyncSession, P], Awaitable[Found]]
KNOWN = "known"


def begin(db: AsyncSession) -> None:
    """From now on this session reads and nothing else."""
    db.info[KNOWN] = {}


def is_one(db: AsyncSession) -> bool:
    """Whether this session only reads: then no row has to be held for a change."""
    return KNOWN in db.info


def once(query: Query[P, Found]) -> Query[P, Found]:
    """Make a query that one look asks once, whoever in it wants to know. Its values must hash."""

    @wraps(query)
    async def asked(db: AsyncSession, /, *given: P.args, **named: P.kwargs) -> Found:
        known: dict[Any, Found] | None = db.info.get(KNOWN)
        if known is None:
            return await query(db, *given, **named)
        key = (query, given, tuple(sorted(named.items())))
        if key not in known:
            known[key] = await query(db, *given, **named)
        return known[key]

    return asked
