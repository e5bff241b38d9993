"""A caseworker's incidents: what happened around their own meetings, and what they did about it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import incidents as rules
from server.domain.errors import NotFound
from server.domain.incidents import Incident
from server.domain.roles import Caseworker
from server.store import incidents as store
from server.store import trail
from server.store.incidents import IncidentTick


async def of(db: AsyncSession, who: Caseworker) -> list[Incident]:
    """Every incident of their own meetings; another's is not found by anybody else."""
    return rules.in_order(await store.of_account(db, who.account))


async def counted(db: AsyncSession, who: Caseworker) -> tuple[int, int]:
    """How many there are to see to, and how many there are."""
    known = await store.of_account(db, who.account)
    return sum(one.handled is None for one in known), len(known)


async def handle(
    db: AsyncSession,
    who: Caseworker,
    kind: str,
    subject: int,
    done: str,
    words: str,
    *,
    now: datetime,
) -> None:
    """Say what was done about one of them. Said again, the newer word stands; twice is once."""
    known = await store.of_account(db, who.account)
    incident = next((one for one in known if (one.kind, one.subject) == (kind, subject)), None)
    if incident is None:
        raise NotFound
    what, line = rules.check(done, words)
    row = await store.tick(db, incident)
    if row is None:
        row = IncidentTick(
            meeting_id=incident.meeting,
            kind=incident.kind,
            subject=incident.subject,
            happened_at=incident.at,
        )
        db.add(row)
    row.account_id, row.done, row.words, row.at = who.account, what, line, now
    deed = f"handle-{kind.replace('_', '-')}"
    trail.add(db, f"account:{who.account}", deed, f"meeting:{incident.meeting}", now=now)
