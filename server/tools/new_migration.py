"""Write a new migration from the difference between the tables and an up-to-date database.

python -m server.tools.new_migration "add photo to accounts"
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from server.store.database import Database

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def _write(connection: Connection, message: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    count = len(list((MIGRATIONS / "versions").glob("*.py")))
    command.revision(config, message, autogenerate=True, rev_id=f"{count + 1:04}")


async def main(message: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{folder}/new.db")
        if any((MIGRATIONS / "versions").glob("*.py")):
            await database.upgrade()
        async with database.engine.begin() as connection:
            await connection.run_sync(_write, message)
        await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
