"""Somebody stood beside in a step that takes two: one row with both names, and one line of the
trail (C11, domain pack 5.6)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.roles import AccountId, Caseworker
from server.store import trail
from server.store.passing_tables import Seconded, Step

TOLD_FOR, TOLD_AT_MOST = timedelta(days=90), 10  # to whoever stood beside
PREFIX, UNLOCK = "second-", "to-unlock"


@dataclass(frozen=True, slots=True)
class Beside:
    """Which step of which meeting, and what it was about: `kind` and `subject` of the trail."""

    step: Step
    meeting: int
    kind: str
    subject: int


def keep(
    db: AsyncSession, who: Caseworker, second: AccountId, beside: Beside, *, now: datetime
) -> None:
    """Write down that a colleague stood beside. The caseworker's own deed is their own line."""
    db.add(
        Seconded(
            meeting_id=beside.meeting,
            step=beside.step,
            subject=beside.subject,
            account_id=who.account,
            second_id=second,
            at=now,
        )
    )
    subject = f"{beside.kind}:{beside.subject}"
    trail.add(db, f"account:{second}", PREFIX + beside.step, subject, now=now)


async def stood(db: AsyncSession, who: Caseworker, *, now: datetime) -> list[tuple[datetime, str]]:
    """When and for which step a caseworker's own code was used of late, and nothing of the case:
    a step they had not heard of is theirs to ask about."""
    steps = [PREFIX + step for step in (UNLOCK, *Step)]
    since = now - TOLD_FOR
    rows = await trail.of(db, f"account:{who.account}", steps, since=since, at_most=TOLD_AT_MOST)
    return [(row.at, row.deed.removeprefix(PREFIX)) for row in rows]
