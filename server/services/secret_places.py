"""What a caseworker writes and whoever has a link reads: it must not say where somebody is (C13).

Where an address is protected, what a meeting is about and why somebody comes may name no place at
all: what is found is said at its field and nothing is sent; a false alarm is worded otherwise,
which costs nobody anything. A place on offer is a place by nature: what may be more than that
waits, in every case, until the caseworker has said that they looked.
"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import places, restricting
from server.domain.errors import Invalid
from server.store import restrictions, young_people


async def keep_out(db: AsyncSession, young_person: int, *, now: datetime, **texts: str) -> None:
    """Raise `Invalid` with each field that may name a place, or the home, where neither must be
    known."""
    if not await is_protected(db, young_person, now):
        return
    home = places.names_in((await young_people.placement(db, young_person)).home_name)
    wrong = {f: "names-a-place" for f, text in texts.items() if places.find(text, home)}
    if wrong:
        raise Invalid(**wrong)


async def require_look(
    db: AsyncSession, young_person: int, place: str, looked: str, *, now: datetime
) -> bool:
    """Raise `Invalid` where a place on offer may say where they live and nobody has looked at these
    very words. Says whether a look was needed. Their home's own name is none, unless it is
    protected: to them it says nothing new."""
    home = (await young_people.placement(db, young_person)).home_name
    if await is_protected(db, young_person, now):
        found = places.find(place, places.names_in(home))
    else:
        found = places.find(place, besides=home)
    if found and looked != place:
        raise Invalid(**{"place-own": "place-look"})
    return bool(found)


async def look_where_protected(
    db: AsyncSession, young_person: int, place: str, looked: str, *, now: datetime
) -> bool:
    """The same for where the two will meet, where an address is protected. Elsewhere a café has a
    name, and it is told on the admitted device alone: a look each time would teach nobody to look.
    """
    if not await is_protected(db, young_person, now):
        return False
    home = (await young_people.placement(db, young_person)).home_name
    found = places.find(place, places.names_in(home))
    if found and looked != place:
        raise Invalid(place="place-look")
    return bool(found)


async def is_protected(db: AsyncSession, young_person: int, now: datetime) -> bool:
    """Whether the address of a young person is protected today."""
    register = [row.facts() for row in await restrictions.of_young_person(db, young_person)]
    today = now.date()
    return restricting.is_protected(
        [line for line in register if restricting.is_active(line, today)]
    )
