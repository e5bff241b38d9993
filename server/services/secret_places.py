"""Where an address is protected, no text that a meeting's guests read may name a place (C13).

Whoever has a link reads what the meeting is about and why somebody comes. What is found is said at
its field and nothing is sent; a false alarm is worded otherwise, which costs nobody anything.
"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import places, restricting
from server.domain.errors import Invalid
from server.store import restrictions, young_people


async def keep_out(db: AsyncSession, young_person: int, *, now: datetime, **texts: str) -> None:
    """Raise `Invalid` with each field that may name a place, or the home, where neither must be
    known."""
    register = [row.facts() for row in await restrictions.of_young_person(db, young_person)]
    today = now.date()
    held = [line for line in register if restricting.is_active(line, today)]
    if not restricting.is_protected(held):
        return
    home = places.names_in((await young_people.placement(db, young_person)).home_name)
    wrong = {f: "names-a-place" for f, text in texts.items() if places.find(text, home)}
    if wrong:
        raise Invalid(**wrong)
