"""What the first and the last section of a note say by themselves: who met when, and how the note
came about. A meeting that was called off, or to which nobody came, has them too (S22)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import aids
from server.domain.aftercare import Aftercare
from server.domain.aids import Aid
from server.domain.during import Kind, newest
from server.domain.meeting import Standing
from server.domain.questions import AFTER, AFTERWARDS, PARENTS, READING
from server.domain.roles import Role
from server.services import room
from server.store import aftercares, chats, forgotten
from server.store.tables import Meeting


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
    said_it_is_written: datetime | None  # the host said it in the talk (S33)
    without_parents: str  # why the talk was held without them (R14)
    there_afterwards: str  # as the caseworker knew beforehand (R9)
    calls_back: bool  # or nobody, and the caseworker rings
    wished: str  # what the young person would like afterwards (U11)
    aftercare: Aftercare | None  # who supports them, as both agreed (C30)
    reading: str  # how they would like to read the note (E4)
    invited_bisidder: bool
    topics: tuple[str, ...]  # what the young person wanted to talk about
    written_lines: int  # of chat; all of it is in the file
    aids_asked_for: tuple[str, ...]  # what makes it easier for them (S9)
    aids_used: tuple[Aid, ...]

    @property
    def asks_aftercare(self) -> bool:
        """Whether it has still to be said who supports them: of a talk that was held."""
        return self.held == Held.HELD and self.aftercare is None

    @property
    def told_how(self) -> str:
        """How the young person got to know that it is written down: `read`, `said`, or "" (S23)."""
        if self.told_it_is_written is not None:
            return "read"
        return "said" if self.said_it_is_written is not None else ""


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
    said = newest(shot.marks, Kind.SAID)
    host = {reply.question: reply for reply in shot.host.replies}
    parents, after = host.get(PARENTS.id), host.get(AFTER.id)
    young = {reply.question: reply.answer for reply in shot.young.replies}
    own = [reply for reply in shot.young.replies if reply.admitted]
    interpreted = any(role == Role.INTERPRETER for role, _ in present)
    return Facts(
        held=_held(shot.standing, over=now >= ends, came=bool(present)),
        title=shot.title,
        starts=shot.starts,
        minutes=shot.minutes,
        present=present,
        told_it_is_written=min(read, default=None),
        said_it_is_written=said.at if said is not None else None,
        without_parents=parents.text if parents and parents.answer == "without" else "",
        there_afterwards=after.text if after and after.answer == "someone" else "",
        calls_back=bool(after and after.answer == "call_back"),
        wished=young.get(AFTERWARDS.id, ""),
        aftercare=await aftercare(db, meeting),
        reading=young.get(READING.id, ""),
        invited_bisidder=any(p.role == Role.BISIDDER and not p.removed for p in guests),
        topics=_wanted(asked[-1].answer) if asked else await _kept(db, meeting),
        written_lines=len(await chats.of_meeting(db, meeting)),
        aids_asked_for=aids.asked_for(own),
        aids_used=aids.used(own, shot.marks, interpreted=interpreted) if present else (),
    )


async def aftercare(db: AsyncSession, meeting: int) -> Aftercare | None:
    """Who supports the young person after a talk. Ask beforehand whose it is."""
    row = await aftercares.of_meeting(db, meeting)
    return None if row is None else Aftercare(row.who, row.said_no)


async def keep_topics(db: AsyncSession, meeting: int) -> None:
    """What the young person wanted to talk about belongs to the record; it is kept there before
    the answer, with what they did not want to talk about, is forgotten (C16)."""
    said = await forgotten.newest(db, meeting, "topics")
    if said is not None:
        (await db.get_one(Meeting, meeting)).topics = " ".join(_wanted(said))


async def chat(db: AsyncSession, meeting: int) -> list[Written]:
    """Everything that was written in the call: it all belongs to the file (P7, S55)."""
    return [
        Written(line.id, seat.role, seat.name, line.text, line.at)
        for line, seat in await chats.all_with_senders(db, meeting)
    ]


async def _kept(db: AsyncSession, meeting: int) -> tuple[str, ...]:
    return tuple((await db.get_one(Meeting, meeting)).topics.split())


def _wanted(answer: str) -> tuple[str, ...]:
    said = (part.partition("=") for part in answer.split())
    return tuple(topic for topic, _, wanted in said if wanted == "yes")


def _held(standing: Standing, *, over: bool, came: bool) -> Held:
    if standing == Standing.CALLED_OFF:
        return Held.CALLED_OFF
    if came:
        return Held.HELD
    return Held.NOBODY_CAME if over else Held.COMING
