"""The server's database, for a tool the operator runs beside it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from server.settings import Settings, SettingsError
from server.store.database import Database


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database in its newest form, closed at the end.

    A tool makes none: typed in a shell that does not have the server's settings, it would speak of
    an empty one. Raises `SettingsError`.
    """
    if not settings.database_file.is_file():
        raise SettingsError(
            f"There is no database at {settings.database_file}. Does this shell have the server's "
            "settings? docs/deploy.md says how to have them."
        )
    database = Database(settings.database)
    try:
        await database.upgrade()
        yield database
    finally:
        await database.close()
