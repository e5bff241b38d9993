"""What the first and the last section of a note say by themselves: who met when, and how the note
came about. A meeting that was called off, or to which nobody came, has them too (S22)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import aids, checklist
from server.domain.aids import Aid
from server.domain.meeting import Standing
from server.domain.roles import Role
from server.services import room
from server.store import chats


class Held(StrEnum):
    """What became of the meeting."""

    COMING = "coming"
    CALLED_OFF = "called_off"
    NOBODY_CAME = "nobody_came"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Facts:
    held: Held
    title: str
    starts: datetime
    minutes: int
    present: tuple[tuple[Role, str], ...]  # who was let in, beside the caseworker
    told_it_is_written: datetime | None  # read the card before knocking (S23, U13)
    invited_bisidder: bool
    topics: tuple[str, ...]  # what the young person wanted to talk about
    written_lines: int  # of chat; all of it is in the file
    aids_asked_for: tuple[str, ...]  # what makes it easier for them (S9)
    aids_used: tuple[Aid, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """One line of the chat as it stands in the file."""

    id: int
    role: Role
    by: str
    text: str
    at: datetime


async def of(db: AsyncSession, meeting: int, now: datetime) -> Facts:
    """Read what a note says by itself. Ask beforehand whose meeting it is."""
    shot = await room.snapshot(db, meeting, now)
    guests = [person for person in shot.people if person.role != Role.CASEWORKER]
    present = tuple((p.role, p.name) for p in guests if p.first_in is not None)
    ends = shot.starts + timedelta(minutes=shot.minutes)
    read = [reply.at for reply in shot.young.replies if reply.question == "written"]
    asked = [reply for reply in shot.young.replies if reply.question == "topics"]
    chosen = checklist.topics(asked[-1] if asked else None)
    own = [reply for reply in shot.young.replies if reply.admitted]
    interpreted = any(role == Role.INTERPRETER for role, _ in present)
    return Facts(
        held=_held(shot.standing, over=now >= ends, came=bool(present)),
        title=shot.title,
        starts=shot.starts,
        minutes=shot.minutes,
        present=present,
        told_it_is_written=min(read, default=None),
        invited_bisidder=any(p.role == Role.BISIDDER and not p.removed for p in guests),
        topics=tuple(topic for topic, said in chosen.items() if said == "yes"),
        written_lines=len(await chats.of_meeting(db, meeting)),
        aids_asked_for=aids.asked_for(own),
        aids_used=aids.used(own, shot.marks, interpreted=interpreted) if present else (),
    )


async def chat(db: AsyncSession, meeting: int) -> list[Written]:
    """Everything that was written in the call: it all belongs to the file (P7, S55)."""
    return [
        Written(line.id, seat.role, seat.name, line.text, line.at)
        for line, seat in await chats.all_with_senders(db, meeting)
    ]


def _held(standing: Standing, *, over: bool, came: bool) -> Held:
    if standing == Standing.CALLED_OFF:
        return Held.CALLED_OFF
    if came:
        return Held.HELD
    return Held.NOBODY_CAME if over else Held.COMING
