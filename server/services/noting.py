"""The caseworker writes the note, item by item, during and after the call.

The note belongs to the file and waits for nobody; what the home gets of it is another matter
(choosing, releasing). New words are a new revision, and a choice about older ones is undone.
"""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import note as rules
from server.domain.ages import Band, age_now, band
from server.domain.errors import Refused, Stale
from server.domain.note import WordKind
from server.domain.roles import Caseworker
from server.services import items, releasing
from server.services.items import Shown
from server.store import notes, trail
from server.store.note_tables import Item, Wording
from server.store.tables import Meeting

MOST_ITEMS = 100


async def items_for_host(db: AsyncSession, meeting: int) -> list[Shown]:
    """Read a note's items for the host's screen."""
    return [items.shown(row) for row in await notes.items(db, meeting)]


async def write(
    db: AsyncSession, who: Caseworker, meeting: int, text: str, *, now: datetime
) -> int:
    """Write a new item. Sending the same words twice, as after a lost answer, keeps one."""
    words = rules.words(text)
    await notes.own_meeting(db, who.account, meeting)
    for row in await notes.items(db, meeting):
        if notes.line(row).text == words:
            return row.id
    if await notes.count(db, meeting) >= MOST_ITEMS:
        raise Refused("note-full")
    row = Item(meeting_id=meeting, written_at=now)
    db.add(row)
    await db.flush()
    db.add(Wording(item_id=row.id, kind=WordKind.LINE, text=words, at=now))
    await notes.drop_draft(db, who.account, f"meeting:{meeting}:line")
    _trail(db, who, "write-item", row.id, now)
    return row.id


async def reword(
    db: AsyncSession,
    who: Caseworker,
    meeting: int,
    item: int,
    kind: WordKind,
    seen: int,
    text: str,
    *,
    now: datetime,
) -> None:
    """Give an item's line, or its wording for the home, other words.

    `seen` is the revision that was on the screen, 0 where there was no wording for the home;
    raises `Stale` if somebody has changed it since. The same words again change nothing.
    """
    words = rules.words(text)
    row = await own_item(db, who, meeting, item)
    before = notes.line(row) if kind == WordKind.LINE else notes.home_wording(row)
    if before is None or before.text != words:
        if seen != (before.id if before else 0):
            raise Stale("words-changed")
        db.add(Wording(item_id=row.id, kind=kind, text=words, at=now))
        _trail(db, who, f"reword-{kind}", row.id, now)
    await notes.drop_draft(db, who.account, f"item:{item}:{kind}")


async def strike(
    db: AsyncSession, who: Caseworker, meeting: int, item: int, *, now: datetime
) -> None:
    """Take an item out of the note. Words the home has can only be taken back by whose they are."""
    row = await own_item(db, who, meeting, item)
    if notes.out(row) is not None:
        raise Refused("at-home-already")
    row.struck_at = now
    _trail(db, who, "strike-item", row.id, now)


async def make_ready(
    db: AsyncSession,
    who: Caseworker,
    meeting: int,
    *,
    now: datetime,
    zone: ZoneInfo,
    reading: Mapping[Band, int] = rules.READING_WEEKDAYS,
) -> None:
    """Begin the reading window and set the hour of release; doing it twice changes nothing."""
    row = await notes.own_meeting(db, who.account, meeting)
    if row.note_ready_at is not None:
        return
    if now < row.starts_at:
        raise Refused("note-before-meeting")
    row.note_ready_at = now
    weekdays = reading[reader_band(row, now)]
    await releasing.set_hour(db, row, now=now, zone=zone, reading=weekdays)
    trail.add(db, f"account:{who.account}", "note-ready", f"meeting:{meeting}", now=now)


async def own_item(db: AsyncSession, who: Caseworker, meeting: int, item: int) -> Item:
    await notes.own_meeting(db, who.account, meeting)
    return await notes.item(db, meeting, item)


def reader_band(row: Meeting, now: datetime) -> Band:
    """Which words the young person reads; `row` comes with them."""
    young = row.young_person
    return band(age_now(young.age_told, young.age_told_on, now.date()))


async def own_note(db: AsyncSession, who: Caseworker, meeting: int) -> Meeting:
    return await notes.own_meeting(db, who.account, meeting)


def _trail(db: AsyncSession, who: Caseworker, deed: str, item: int, now: datetime) -> None:
    trail.add(db, f"account:{who.account}", deed, f"item:{item}", now=now)
