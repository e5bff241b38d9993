"""A caseworker signs in and out."""

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.errors import NotFound
from server.domain.roles import AccountId, Caseworker, SessionId
from server.services.sessions import Live
from server.store.tables import Account


async def who(db: AsyncSession, live: Live) -> Caseworker:
    """Say which caseworker holds this session."""
    account = await db.get(Account, live.owner)
    if account is None:
        raise NotFound
    return Caseworker(AccountId(account.id), SessionId(live.id), account.first_name)
