"""Written word in the call. It all goes to the file, and the line on top says so (P7)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.asides import Place
from server.domain.errors import Refused
from server.domain.permissions import WRITES
from server.domain.visit import Standing
from server.domain.words import require
from server.services.snapshot import Snapshot
from server.store import chats
from server.store.note_tables import Chat

TEXT_LIMIT = 2000
MOST_MESSAGES = 600  # of one person in one meeting: each is kept and read by everybody


@dataclass(frozen=True, slots=True)
class Line:
    id: int
    seat: int
    text: str
    at: datetime


async def say(
    db: AsyncSession, shot: Snapshot, seat: int, session: int, ref: str, text: str, *, now: datetime
) -> Line:
    """Keep one message; the same `ref` again is the same message (P10)."""
    person = shot.person(seat)
    call = person.call_of(session) if person is not None else None
    if person is None or call is None or call.standing != Standing.ADMITTED or person.barred:
        raise Refused("not-admitted")
    if shot.place(person) != Place.ROOM or person.role not in WRITES:
        raise Refused("no-chat-here")
    require("text", text, TEXT_LIMIT, "missing")
    row = await chats.by_ref(db, seat, ref)
    if row is None:
        if await chats.count(db, seat) >= MOST_MESSAGES:
            raise Refused("too-often")
        row = Chat(meeting_id=shot.meeting, seat_id=seat, ref=ref, text=text.strip(), at=now)
        db.add(row)
        await db.flush()
    return Line(row.id, row.seat_id, row.text, row.at)


async def so_far(db: AsyncSession, meeting: int) -> list[Line]:
    return [Line(r.id, r.seat_id, r.text, r.at) for r in await chats.of_meeting(db, meeting)]
