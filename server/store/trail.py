"""The append-only record: who did what, when; never the words."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.store.tables import Trail


def add(db: AsyncSession, who: str, deed: str, subject: str, *, now: datetime) -> None:
    """Add one deed, such as ("account:3", "admit", "visit:9"), in the caller's transaction."""
    db.add(Trail(at=now, who=who, deed=deed, subject=subject))
