"""Migrations make exactly the tables that the code believes in."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from server.store.database import Database
from server.store.schema import METADATA


async def test_an_upgraded_database_is_what_the_tables_say(tmp_path):
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/new.db")
    await database.upgrade()

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, METADATA)

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await database.close()


async def test_starting_twice_changes_nothing(tmp_path):
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/new.db")
    await database.upgrade()
    await database.upgrade()
    await database.close()
