"""What makes it easier is remembered to the next meeting, asked about, and forgotten (U12)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import remembering as rules
from server.domain.checklist import Reply
from server.domain.roles import Guest, Role
from server.store import remembered
from server.store.remembered_tables import Remembered
from server.store.tables import Meeting


@dataclass(frozen=True, slots=True)
class LastTime:
    """What was picked last time; `wishes` is empty on a device that may not read it."""

    wishes: tuple[str, ...]
    text: str


async def last_time(db: AsyncSession, guest: Guest, *, now: datetime) -> LastTime | None:
    """What a young person can be asked to have again; None where there is nothing to ask about."""
    row = await row_of(db, guest, now)
    if row is None:
        return None
    shown = guest.known or guest.own_device
    return LastTime(tuple(row.wishes.split()) if shown else (), row.text if shown else "")


async def remember(
    db: AsyncSession, meeting: int, session: int, replies: tuple[Reply, ...], *, now: datetime
) -> None:
    """Remember, or forget, what the admitted device said about it; called when it is admitted and
    whenever it says something new."""
    said = rules.to_remember(replies, session)
    if said is None:
        return
    owner = (await db.get_one(Meeting, meeting)).young_person_id
    row = await remembered.of_meeting(db, meeting)
    if not said.answer:
        await remembered.forget(db, owner)
    elif row is None:
        db.add(Remembered(young_person_id=owner, wishes=said.answer, text=said.text, at=now))
    else:
        row.wishes, row.text, row.at = said.answer, said.text, now


async def row_of(db: AsyncSession, guest: Guest, now: datetime) -> Remembered | None:
    """The row behind it, while it is kept."""
    if guest.role != Role.YOUNG_PERSON:
        return None
    row = await remembered.of_meeting(db, guest.meeting)
    return row if row is not None and rules.is_kept(row.at, now) else None
