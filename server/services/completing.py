"""Before a note can be read: what the municipality's own template asks for (S56)."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import completing as rules
from server.domain.completing import Lack
from server.domain.roles import Caseworker
from server.domain.sections import Section
from server.domain.writing import Written
from server.services import note_facts
from server.services.note_facts import Held
from server.store import notes, trail


async def unsaid(
    db: AsyncSession,
    who: Caseworker,
    meeting: int,
    must: Iterable[Lack],
    said: Iterable[Lack],
    *,
    now: datetime,
) -> dict[str, str]:
    """Give what is mandatory and lacking, and what nobody said "not this time" about, as the fields
    that are wrong; what was said so stands in the trail. A meeting that was not held lacks nothing,
    nor does a note that is ready already.
    """
    row = await notes.own_meeting(db, who.account, meeting)
    wanted = frozenset(must)
    if row.note_ready_at is not None or not wanted:
        return {}
    if (await note_facts.of(db, meeting, now)).held != Held.HELD:
        return {}
    lines = [
        Written(Section(one.section), notes.line(one).text, is_quote=bool(one.said_by))
        for one in await notes.items(db, meeting)
    ]
    lacking, given = rules.lacks(lines), frozenset(said)
    for lack in lacking:
        if lack in given & wanted:
            deed = f"ready-without-{lack}"
            trail.add(db, f"account:{who.account}", deed, f"meeting:{meeting}", now=now)
    return {f"without_{lack}": "without-say" for lack in rules.unsaid(lacking, wanted, given)}
