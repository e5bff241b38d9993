"""A concern ("underretning") is assessed by two, and the young person hears what happens (§ 137).

Tagged in the note it has its words, its hour, its owner and a day. Here it gets a second person,
who was not in it before, and what the young person is told. The words are said, never shown on a
screen: whom it is about could be reading along.
"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.errors import Invalid, NotFound
from server.domain.roles import AccountId, Caseworker, MeetingId
from server.domain.sections import Tag
from server.domain.words import fault
from server.services import calling, seconding
from server.services.seconding import Beside
from server.store import marks, pass_on, trail
from server.store.during_tables import Request
from server.store.passing_tables import Step

TOLD_LIMIT = 400


async def assess(
    db: AsyncSession,
    who: Caseworker,
    meeting: MeetingId,
    concern: int,
    told: str,
    *,
    second: AccountId | None,
    now: datetime,
) -> None:
    """Keep who stood beside and what the young person is told; both, or what is missing is said.
    Once somebody has stood beside, the words alone can be put better."""
    await calling.own_meeting(db, who, meeting)
    row = await db.get(Request, concern)
    if row is None or row.meeting_id != meeting or row.tag != Tag.CONCERN:
        raise NotFound
    wrong: dict[str, str] = {}
    words = told.strip()
    if amiss := fault(words, TOLD_LIMIT, "told-missing"):
        wrong["told"] = amiss
    before = (await pass_on.seconded(db, meeting, Step.CONCERN)).get(concern)
    if before is None and second is None:
        wrong["code"] = "second-for-concern"
    if wrong:
        raise Invalid(**wrong)
    row.told = words
    if second is None:
        return
    trail.add(db, f"account:{who.account}", "assess-concern", f"request:{concern}", now=now)
    beside = Beside(Step.CONCERN, meeting, "request", concern)
    seconding.keep(db, who, second, beside, now=now)


async def waits_for_two(db: AsyncSession, meeting: int) -> frozenset[int]:
    """The concerns of a meeting that nobody has stood beside yet. Ask first whose it is."""
    done = await pass_on.seconded(db, meeting, Step.CONCERN)
    rows = await marks.requests(db, meeting)
    return frozenset(row.id for row in rows if row.tag == Tag.CONCERN and row.id not in done)


async def seconds(db: AsyncSession, meeting: int) -> dict[int, tuple[str, datetime]]:
    """Who stood beside, and when, by concern. Ask first whose meeting it is."""
    return await pass_on.seconded(db, meeting, Step.CONCERN)
