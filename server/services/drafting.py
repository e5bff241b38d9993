"""An adult's unsent words are kept as they type, so that a dead browser loses none (P10)."""

import re
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.errors import Invalid, NotFound
from server.domain.roles import Caseworker
from server.store import notes
from server.store.note_tables import Draft

LIMIT = 4000  # more than a field takes: what is too long to send is still not lost
PLACE = re.compile(r"(meeting):([0-9]{1,9}):line|(item):([0-9]{1,9}):(line|home|reason)")


async def keep(db: AsyncSession, who: Caseworker, place: str, text: str, *, now: datetime) -> None:
    """Keep what stands in a field of one's own note now; an empty field keeps nothing."""
    found = PLACE.fullmatch(place)
    if found is None:
        raise Invalid(place="unknown-place")
    if len(text) > LIMIT:
        raise Invalid(text="too-long")
    if found[1]:
        await notes.own_meeting(db, who.account, int(found[2]))
    elif not await notes.is_own_item(db, who.account, int(found[4])):
        raise NotFound
    if not text.strip():
        await notes.drop_draft(db, who.account, place)
        return
    row = await notes.draft(db, who.account, place)
    if row is None:
        db.add(Draft(account_id=who.account, place=place, text=text, at=now))
    else:
        row.text = text
        row.at = now


async def of_note(
    db: AsyncSession, who: Caseworker, meeting: int, items: Iterable[int]
) -> dict[str, str]:
    """Give the unsent words of one note's fields, by place."""
    places = [f"meeting:{meeting}:line"]
    places += [f"item:{item}:{field}" for item in items for field in ("line", "home", "reason")]
    return await notes.drafts(db, who.account, places)
