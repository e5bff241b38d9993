"""A young person's own copy of a note, to keep on a device of their own (trust pack C24).

A file lies where others can find it. So it is offered only on the device the host let in and the
young person called their own (U8), never while the note is to be locked (domain pack 5.6), and it
is made only when they ask for it, after reading where it lands.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.errors import Refused
from server.domain.roles import Guest
from server.services import choosing, commenting, items, note_facts, promising, requesting
from server.services.choosing import Reader
from server.services.commenting import Said
from server.services.items import Shown
from server.services.note_facts import Written
from server.services.promising import Agreed
from server.services.requesting import Wanted
from server.store import marks, notes, seats, trail


@dataclass(frozen=True, slots=True)
class OwnCopy:
    """What stands in it; the lines are those the young person reads on the screen."""

    starts: datetime
    lines: tuple[Shown, ...]
    agreed: dict[int, Agreed]
    said: dict[int, list[Said]]  # beside a line
    asked_for: tuple[Wanted, ...]
    chat: tuple[Written, ...]


async def is_offered(db: AsyncSession, guest: Guest, who: Reader) -> bool:
    """Whether there is something to keep, and this is a device to keep it on."""
    if not who.opens or not guest.admitted or await marks.is_locked(db, who.meeting):
        return False
    row = await seats.meeting(db, guest.meeting)
    seat = next(s for s in row.seats if s.id == guest.seat)
    return row.note_ready_at is not None and choosing.is_own(seat, guest)


async def take(db: AsyncSession, guest: Guest, *, in_call: bool, now: datetime) -> OwnCopy:
    """Read all of it, and write down that a copy was made, not what stood in it."""
    who = await choosing.reader(db, guest, in_call=in_call, now=now)
    if not await is_offered(db, guest, who):
        raise Refused("not-on-this-device", navn=who.caseworker)
    row = await seats.meeting(db, guest.meeting)
    trail.add(db, f"seat:{guest.seat}", "own-copy", f"meeting:{who.meeting}", now=now)
    asked_for = await requesting.for_young_person(db, guest)
    return OwnCopy(
        starts=row.starts_at,
        lines=tuple(items.shown(one) for one in await notes.items(db, who.meeting)),
        agreed=await promising.agreements(db, who.meeting),
        said=await commenting.of_note(db, who.meeting),
        asked_for=tuple(one for one in asked_for if one.meeting == who.meeting),
        chat=tuple(await note_facts.chat(db, who.meeting)),
    )
