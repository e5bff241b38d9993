"""Migrations make exactly the tables that the code believes in."""

from io import StringIO

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, create_mock_engine, text
from sqlalchemy.exc import IntegrityError

from server.domain.vouching import CodeKind
from server.services import sessions
from server.store.database import MIGRATIONS, Database
from server.store.protection_tables import Code
from server.store.schema import METADATA
from tests.conftest import NOON
from tests.factories import store_admission, store_cast

BEFORE = "back_after_leaving"
COUNTS = text(
    "SELECT (SELECT count(*) FROM seats), (SELECT count(*) FROM replies), "
    "(SELECT count(*) FROM visits), (SELECT count(*) FROM sessions)"
)


async def test_an_upgraded_database_is_what_the_tables_say(tmp_path):
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/new.db")
    await database.upgrade()
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await database.close()


async def test_starting_twice_changes_nothing(tmp_path):
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/new.db")
    await database.upgrade()
    async with database.begin() as db:
        await store_cast(db, NOON)
        before = (await db.execute(COUNTS)).all()
    await database.upgrade()
    async with database.read() as db:
        assert (await db.execute(COUNTS)).all() == before
        assert await (await db.connection()).run_sync(differences) == []
    await database.close()


async def test_every_step_can_be_taken_back_and_taken_again(tmp_path):
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/new.db")
    await database.upgrade()

    def back(connection: Connection) -> None:
        command.downgrade(config(connection), "base")

    async with database.engine.begin() as connection:
        await connection.run_sync(back)
    await database.upgrade()
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await database.close()


def test_every_step_can_be_said_to_postgresql():
    """Design 4.2. Whether it takes them is asked of a real one with `--all`."""
    said = in_postgresql()
    assert "CREATE TABLE sessions" in said
    checks = [c for table in METADATA.tables.values() for c in table.constraints]
    rules = [str(c.sqltext) for c in checks if isinstance(c, CheckConstraint)]
    # It has no sum of truths.
    assert [words for words in (said, *rules) if "NULL) +" in words] == []


async def test_a_code_is_for_one_link(database, cast):
    links = {"seat_id": cast.sofies_seat, "placement_id": cast.holms}
    row = {"kind": CodeKind.DIGITS, "digest": "", "made_at": NOON, "tries": 0}
    for owners in ({}, links):
        with pytest.raises(IntegrityError, match="one_link"):
            async with database.begin() as db:
                db.add(Code(**row, **owners))
    for name, owner in links.items():
        async with database.begin() as db:
            db.add(Code(**row, **{name: owner}))


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return compare_metadata(context, METADATA)


def in_postgresql() -> str:
    """All migrations, as SQL for a new PostgreSQL."""
    said = StringIO()
    to_nobody = create_mock_engine("postgresql://", lambda *_: None)
    command.upgrade(config(to_nobody, said), "head", sql=True)
    return said.getvalue()


def config(connection: object, output: StringIO | None = None) -> Config:
    made = Config(output_buffer=output)
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["connection"] = connection
    return made


async def test_a_table_made_anew_loses_nothing_that_belongs_to_it(tmp_path):
    """P10: SQLite drops the old table in between, and what belongs to its rows stays."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/new.db")

    def go(connection: Connection, to: str) -> None:
        step = command.downgrade if to == BEFORE else command.upgrade
        step(config(connection), to)

    await database.upgrade()
    async with database.begin() as db:
        cast = await store_cast(db, NOON)
        await sessions.open_for(db, now=NOON, seat=cast.sofies_seat)
        await store_admission(db, cast.sofies_seat, NOON)
        before = (await db.execute(COUNTS)).all()
    going = database.engine.execution_options(writes=True, upgrades=True)
    for to in (BEFORE, "head"):
        async with going.begin() as connection:
            await connection.run_sync(go, to)
    async with database.read() as db:
        assert (await db.execute(COUNTS)).all() == before
    await database.close()
