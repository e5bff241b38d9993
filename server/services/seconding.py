"""Somebody stood beside in a step that takes two: one row with both names, and one line of the
trail (C11, domain pack 5.6)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.roles import AccountId, Caseworker
from server.store import trail
from server.store.passing_tables import Seconded, Step


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
    trail.add(db, f"account:{second}", f"second-{beside.step}", subject, now=now)
