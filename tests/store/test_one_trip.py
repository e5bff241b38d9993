"""A statement goes to SQLite's thread once, and comes back with all that SQLAlchemy asks for."""

import asyncio
import sqlite3

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError

from server.store import one_trip, trail
from server.store.jobs import Job
from server.store.tables import Trail


@pytest.fixture
def trips(monkeypatch):
    """The task of each that waits for the thread of a connection: the server does so as well."""
    found = []
    real = one_trip.Connection._execute

    async def count(self, work, *given, **named):
        found.append(asyncio.current_task())
        return await real(self, work, *given, **named)

    monkeypatch.setattr(one_trip.Connection, "_execute", count)
    return found


async def test_a_question_is_one_trip(database, cast, clock, trips):
    async with database.begin() as db:
        for number in range(3):
            trail.add(db, "clock", "test", f"meeting:{number}", now=clock.now())
    async with database.read() as db:
        await db.execute(text("SELECT 1"))
        trips.clear()
        rows = (await db.scalars(select(Trail).order_by(Trail.id))).all()
        assert trips.count(asyncio.current_task()) == 1
    assert [row.subject for row in rows[-3:]] == ["meeting:0", "meeting:1", "meeting:2"]


async def test_what_came_of_a_change_is_known(database, clock):
    """How many rows there were, the new row's id, and what a change returns."""
    async with database.begin() as db:
        made = [Job(kind="test", subject=n, due_at=clock.now()) for n in range(4)]
        db.add_all(made)
        await db.flush()
        assert [row.id for row in made] == sorted({row.id for row in made})
        changed = await db.execute(update(Job).where(Job.subject < 2).values(done_at=clock.now()))
        assert changed.rowcount == 2
        taking = update(Job).where(Job.subject >= 2).values(done_at=clock.now())
        assert sorted(await db.scalars(taking.returning(Job.subject))) == [2, 3]
        many = [{"kind": "many", "subject": n, "due_at": clock.now()} for n in range(3)]
        await db.execute(insert(Job), many)
    async with database.read() as db:
        known = await db.scalars(select(Job.subject).where(Job.kind == "many").order_by(Job.id))
        assert list(known) == [0, 1, 2]


async def test_a_mistake_is_told_as_before_and_the_connection_goes_on(database, clock):
    async with database.begin() as db:
        db.add(Job(kind="test", subject=1, due_at=clock.now()))
    with pytest.raises(IntegrityError) as told:
        async with database.begin() as db:
            db.add(Job(kind="test", subject=1, due_at=clock.now()))
    assert isinstance(told.value.orig, sqlite3.IntegrityError)
    with pytest.raises(OperationalError):
        async with database.read() as db:
            await db.execute(text("SELECT nothing FROM nowhere"))
    async with database.read() as db:
        assert len((await db.scalars(select(Job).where(Job.kind == "test"))).all()) == 1
