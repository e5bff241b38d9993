"""The home is asked before a talk it was told of, and the caseworker reads what it answers.

The home's page rests on the told times alone; what it answered is not read back to it. A talk the
home does not know of has no such page (P4).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.errors import Refused
from server.domain.home_questions import Ask, Said
from server.domain.roles import FosterHome, PlacementId
from server.store import handovers, trail
from server.store.home_tables import HomeReply


@dataclass(frozen=True, slots=True)
class Coming:
    """The next talk a home was told of."""

    told: int
    starts: datetime


async def coming(db: AsyncSession, home: FosterHome, *, now: datetime) -> Coming | None:
    row = await handovers.next_told(db, home.placement, now)
    return None if row is None else Coming(row.id, row.starts_at)


async def answer(
    db: AsyncSession, home: FosterHome, said: Sequence[Said], *, now: datetime
) -> None:
    """Keep what the home answers about the next talk. The same again changes nothing."""
    talk = await coming(db, home, now=now)
    if talk is None:
        raise Refused("no-talk-coming")
    known = {one.question: one for one in await handovers.replies(db, [talk.told])}
    for one in said:
        before = known.get(one.ask)
        if before is not None and (before.answer, before.name) == (one.answer, one.name):
            continue
        db.add(
            HomeReply(
                told_time_id=talk.told,
                question=one.ask,
                answer=one.answer,
                name=one.name,
                at=now,
            )
        )
    who = f"placement:{PlacementId(home.placement)}"
    trail.add(db, who, "answer-before", who, now=now)


async def of_meeting(db: AsyncSession, meeting: int) -> list[Said]:
    """What the home answers to each question as things stand. Ask first whose meeting it is."""
    told = await handovers.told_of_meeting(db, meeting)
    newest = {one.question: one for one in await handovers.replies(db, told)}
    rows = [newest[ask] for ask in Ask if ask in newest]
    return [Said(row.question, row.answer, row.name) for row in rows]
