"""Write a new migration from the difference between the tables and an up-to-date database.

python -m server.tools.new_migration "add photo to accounts"
"""

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from server.store.database import Database

MIGRATIONS = Path(__file__).parents[2] / "migrations"
LONGEST = 32  # letters: Alembic's column for it


def _write(connection: Connection, message: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    name = re.sub(r"\W+", "_", message.lower()).strip("_")
    if len(name) > LONGEST:
        raise SystemExit(f"At most {LONGEST} letters: the database keeps it as its version.")
    last = max(int(path.name[:4]) for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    config.set_main_option("file_template", f"{last + 1:04}_{name}")
    command.revision(config, message, autogenerate=True, rev_id=name)


async def main(message: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite+aiosqlite:///{folder}/new.db")
        await database.upgrade()
        async with database.engine.begin() as connection:
            await connection.run_sync(_write, message)
        await database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
