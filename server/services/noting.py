"""The caseworker writes the note, item by item, during and after the call.

The note belongs to the file and waits for nobody; what the home gets of it is another matter
(choosing, releasing). New words are a new revision, and a choice about older ones is undone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import note as rules
from server.domain import sections
from server.domain.aftercare import Aftercare
from server.domain.ages import Band, age_now, band
from server.domain.errors import Invalid, NotFound, Refused, Stale
from server.domain.note import WordKind
from server.domain.roles import Caseworker, Role
from server.domain.sections import NAME_LIMIT, Agreement, Quote, Section
from server.services import items, note_facts, promising, releasing
from server.services.items import Shown
from server.store import chats, comments, notes, trail
from server.store.choosing_tables import Aftercare as AftercareRow
from server.store.note_tables import Item, Wording
from server.store.tables import Meeting

MOST_ITEMS = 100
UTC_ZONE = ZoneInfo("UTC")


async def items_for_host(db: AsyncSession, meeting: int) -> list[Shown]:
    """Read a note's items for the host's screen."""
    return [items.shown(row) for row in await notes.items(db, meeting)]


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a line belongs, as it was typed: whose words it is, or whose task it is by when."""

    zone: ZoneInfo
    section: str = Section.TALKED_ABOUT
    said_by: str = ""
    said_on: date | None = None
    owner: str = ""
    due: date | None = None


async def write(
    db: AsyncSession,
    who: Caseworker,
    meeting: int,
    text: str,
    *,
    now: datetime,
    entry: Entry | None = None,
) -> int:
    """Write a new item. Sending the same words twice, as after a lost answer, keeps one.

    An agreement is also a promise: it is brought up before the next meeting (S46, R15).
    """
    into = entry or Entry(UTC_ZONE)
    today = now.astimezone(into.zone).date()
    words, section, quoted, agreed = _all_at_once(text, into, today)
    row = await notes.own_meeting(db, who.account, meeting)
    for known in await notes.items(db, meeting):
        if (notes.line(known).text, known.section) == (words, section):
            return known.id
    if await notes.count(db, meeting) >= MOST_ITEMS:
        raise Refused("note-full")
    item = Item(
        meeting_id=meeting,
        written_at=now,
        section=section,
        said_by=quoted.by if quoted else "",
        said_on=quoted.day if quoted else None,
    )
    db.add(item)
    await db.flush()
    db.add(Wording(item_id=item.id, kind=WordKind.LINE, text=words, at=now))
    if agreed is not None:
        await promising.agree(db, who, row, item.id, words, agreed, now=now, zone=into.zone)
    await notes.drop_draft(db, who.account, f"meeting:{meeting}:{section}")
    _trail(db, who, "write-item", item.id, now)
    return item.id


async def take_from_chat(
    db: AsyncSession, who: Caseworker, meeting: int, chat: int, *, now: datetime, zone: ZoneInfo
) -> int:
    """Take one written line into the note as a quote, with its sender and its day (S55). It stands
    as it was written: nobody puts other words into somebody's mouth."""
    await notes.own_meeting(db, who.account, meeting)
    found = await chats.with_sender(db, meeting, chat)
    if found is None:
        raise NotFound
    line, seat = found
    known = await notes.item_of_chat(db, meeting, chat)
    if known is not None:
        return known
    if await notes.count(db, meeting) >= MOST_ITEMS:
        raise Refused("note-full")
    is_theirs = seat.role == Role.YOUNG_PERSON
    item = Item(
        meeting_id=meeting,
        written_at=now,
        section=Section.OWN_WORDS if is_theirs else Section.TALKED_ABOUT,
        said_by=seat.name[:NAME_LIMIT],
        said_on=line.at.astimezone(zone).date(),
        chat_id=line.id,
    )
    db.add(item)
    await db.flush()
    db.add(Wording(item_id=item.id, kind=WordKind.LINE, text=line.text, at=now))
    _trail(db, who, "take-from-chat", item.id, now)
    return item.id


async def taken_from_chat(db: AsyncSession, meeting: int) -> dict[int, int]:
    """Which written words stand in the note as a quote, and in which line."""
    rows = await notes.items(db, meeting)
    return {row.chat_id: row.id for row in rows if row.chat_id is not None}


def _all_at_once(
    text: str, entry: Entry, today: date
) -> tuple[str, Section, Quote | None, Agreement | None]:
    """Read a line with all that belongs to it; what is wrong is said about every field at once."""
    section = sections.written_in(entry.section)
    wrong: dict[str, str] = {}
    words, quoted, agreed = "", None, None
    try:
        words = rules.words(text)
    except Invalid as invalid:
        wrong |= invalid.fields
    try:
        quoted = sections.quote(section, entry.said_by, entry.said_on, today)
        agreed = sections.agreement(section, entry.owner, entry.due, today)
    except Invalid as invalid:
        wrong |= invalid.fields
    if wrong:
        raise Invalid(**wrong)
    return words, section, quoted, agreed


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
    if kind == WordKind.LINE and row.chat_id is not None:
        raise Refused("quote-stays")
    if kind == WordKind.LINE and row.own:
        raise Refused("own-line-stays")
    before = notes.line(row) if kind == WordKind.LINE else notes.home_wording(row)
    if before is None or before.text != words:
        if seen != (before.id if before else 0):
            raise Stale("words-changed")
        db.add(Wording(item_id=row.id, kind=kind, text=words, at=now))
        if kind == WordKind.LINE:
            await promising.reword_agreement(db, row.id, words)
        _trail(db, who, f"reword-{kind}", row.id, now)
    await notes.drop_draft(db, who.account, f"item:{item}:{kind}")


async def move(
    db: AsyncSession, who: Caseworker, meeting: int, item: int, section: str, *, now: datetime
) -> None:
    """Put a line where it belongs: seen, thought, talked about, or for next time. The words, and
    what was chosen about them, stay as they are."""
    row = await own_item(db, who, meeting, item)
    found = sections.moved(Section(row.section), bool(row.said_by), section)
    if found != row.section:
        row.section = found
        _trail(db, who, "move-item", row.id, now)


async def strike(
    db: AsyncSession, who: Caseworker, meeting: int, item: int, *, now: datetime
) -> None:
    """Take an item out of the note. Words the home has can only be taken back by whose they are,
    and a line the young person has said something about stays with what they said (S54)."""
    row = await own_item(db, who, meeting, item)
    if notes.out(row) is not None:
        raise Refused("at-home-already")
    if await comments.of_item(db, row.id):
        raise Refused("has-own-words")
    if row.own:
        raise Refused("own-line-stays")
    row.struck_at = now
    await promising.drop_agreement(db, row.id)
    _trail(db, who, "strike-item", row.id, now)


async def make_ready(
    db: AsyncSession,
    who: Caseworker,
    meeting: int,
    *,
    now: datetime,
    zone: ZoneInfo,
    reading: Mapping[Band, int] = rules.READING_WEEKDAYS,
    supports: Aftercare | None = None,
) -> None:
    """Begin the reading window and set the hour of release; doing it twice changes nothing.

    A talk that was held is not finished before it stands who supports the young person after it,
    or that they wanted nobody (C30).
    """
    row = await notes.own_meeting(db, who.account, meeting)
    if row.note_ready_at is not None:
        return
    if now < row.starts_at:
        raise Refused("note-before-meeting")
    if supports is not None:
        db.add(
            AftercareRow(
                meeting_id=row.id,
                account_id=who.account,
                who=supports.who,
                said_no=supports.said_no,
                at=now,
            )
        )
    elif (await note_facts.of(db, row.id, now)).asks_aftercare:
        raise Invalid(supports="supports-missing")
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
