"""A young person writes a line of the note themselves: what is missing, in their own words (C20).

It stands among their own words, as a quote of theirs. The caseworker reads it at once and can
neither change it nor take it out; what the home is told of it they choose as about any other line.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import note as rules
from server.domain.ages import Band
from server.domain.errors import NotFound, Refused
from server.domain.note import WordKind
from server.domain.roles import Guest
from server.domain.sections import NAME_LIMIT, Section
from server.services import choosing
from server.services.noting import MOST_ITEMS
from server.store import notes, trail
from server.store.note_tables import Item, Wording

MOST_OWN = 30  # in one note


async def write(
    db: AsyncSession, guest: Guest, text: str, *, in_call: bool, now: datetime, zone: ZoneInfo
) -> int:
    """Keep what they wrote, and give its line. The same words twice are one line (P10).

    Six to nine years type nothing: what they say is written down by their caseworker, as a quote.
    """
    words = rules.words(text)
    who = await choosing.reading(db, guest, in_call=in_call, now=now)
    if who.band == Band.SIX:
        raise NotFound
    own = [row for row in await notes.items(db, who.meeting) if row.own]
    for known in own:
        if notes.line(known).text == words:
            return known.id
    if len(own) >= MOST_OWN or await notes.count(db, who.meeting) >= MOST_ITEMS:
        raise Refused("note-full")
    item = Item(
        meeting_id=who.meeting,
        written_at=now,
        section=Section.OWN_WORDS,
        said_by=who.name[:NAME_LIMIT],
        said_on=now.astimezone(zone).date(),
        own=True,
    )
    db.add(item)
    await db.flush()
    db.add(Wording(item_id=item.id, kind=WordKind.LINE, text=words, at=now))
    trail.add(db, f"seat:{guest.seat}", "write-own-line", f"item:{item.id}", now=now)
    return item.id
