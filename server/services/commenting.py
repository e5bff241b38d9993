"""A young person says something about a line of their note, and it stays beside it (S54).

There is no way to change it or to take it away, for anybody: not for the caseworker, who can only
write the line anew, and then both stand there.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import commenting as rules
from server.domain.commenting import Comment, Stand
from server.domain.errors import Refused, Stale
from server.domain.roles import Caseworker, Guest
from server.services import choosing
from server.store import comments, notes, trail
from server.store.choosing_tables import Commented
from server.store.note_tables import Item

MOST = 50  # beside one line


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said about a line. `wording` is the revision that had been read."""

    stand: Stand | None
    words: str
    at: datetime
    wording: int
    heard: bool = False  # written down by the caseworker, as it was said


async def comment(
    db: AsyncSession,
    guest: Guest,
    item: int,
    seen: int,
    stand: str,
    words: str,
    *,
    in_call: bool,
    now: datetime,
) -> None:
    """Keep what was said about the line that was on the screen. The same again is one.

    Raises `Stale` where the line has other words by now: nobody is made to have said something
    about words they have not read.
    """
    said = rules.comment(stand, words)
    who = await choosing.reading(db, guest, in_call=in_call, now=now)
    row = await notes.item(db, who.meeting, item)
    if await _keep(db, row, seen, said, guest.session, heard=False, now=now):
        trail.add(db, f"seat:{guest.seat}", "comment", f"item:{row.id}", now=now)


async def hear(
    db: AsyncSession,
    who: Caseworker,
    meeting: int,
    item: int,
    seen: int,
    stand: str,
    words: str,
    *,
    now: datetime,
) -> None:
    """Keep what the young person said aloud about a line, or wrote on the sheet of paper: not
    everybody has a device of their own to say it on (U8). It stays like any other, and says that
    the caseworker wrote it down."""
    said = rules.comment(stand, words)
    await notes.own_meeting(db, who.account, meeting)
    row = await notes.item(db, meeting, item)
    if await _keep(db, row, seen, said, who.session, heard=True, now=now):
        trail.add(db, f"account:{who.account}", "hear-comment", f"item:{row.id}", now=now)
    await notes.drop_draft(db, who.account, f"item:{row.id}:heard")


async def _keep(
    db: AsyncSession,
    row: Item,
    seen: int,
    said: Comment,
    session: int,
    *,
    heard: bool,
    now: datetime,
) -> bool:
    """Whether something new is kept."""
    line = notes.line(row)
    if seen != line.id:
        raise Stale("words-changed")
    known = await comments.of_item(db, row.id)
    if known and (known[-1].wording_id, known[-1].stand, known[-1].words) == (
        line.id,
        said.stand or "",
        said.words,
    ):
        return False
    if len(known) >= MOST:
        raise Refused("too-often")
    db.add(
        Commented(
            item_id=row.id,
            wording_id=line.id,
            session_id=session,
            stand=said.stand or "",
            words=said.words,
            at=now,
            heard=heard,
        )
    )
    return True


async def of_note(db: AsyncSession, meeting: int) -> dict[int, list[Said]]:
    """What was said beside each line of a note. Ask beforehand whose note it is."""
    found: dict[int, list[Said]] = {}
    for row in await comments.of_meeting(db, meeting):
        stand = Stand(row.stand) if row.stand else None
        found.setdefault(row.item_id, []).append(
            Said(stand, row.words, row.at, row.wording_id, row.heard)
        )
    return found
