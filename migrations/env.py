"""Runs migrations on the connection handed over by server/store/database.py."""

from alembic import context

from server.store.base import UTCDateTime
from server.store.schema import METADATA


def render(kind: str, item: object, _context: object) -> str | bool:
    """Write our moments as what the database sees, so that a migration imports nothing of ours."""
    return "sa.DateTime(timezone=True)" if isinstance(item, UTCDateTime) else False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=True,  # SQLite cannot ALTER; a batch copies the table
    compare_type=True,
    render_item=render,
)
with context.begin_transaction():
    context.run_migrations()
