"""What the foster home receives: this module alone makes a `Handover` (P4, third lock).

Nothing here knows of a note, an item or a choice. The words were copied out at the hour of
release; the times are those the home was told beforehand, held or not.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import links
from server.domain.errors import NotFound
from server.domain.links import LinkKind, handle_of
from server.domain.meeting import LONGEST
from server.domain.roles import FosterHome, PlacementId
from server.domain.words import pasted, require
from server.services import sessions, vouching
from server.services.sessions import Opened
from server.store import handovers, seats, trail
from server.store.note_tables import HomeAnswer
from server.store.tables import Placement

TEXT_LIMIT = 2000
SAME_AGAIN = timedelta(minutes=10)


class Answer(StrEnum):
    READ = "read"
    QUESTION = "question"
    AFTERWARDS = "afterwards"  # "Sådan gik det bagefter"
    CANNOT = "cannot"  # "Vi kan ikke holde aftalen, fordi ..."


@dataclass(frozen=True, slots=True)
class Time:
    """When a meeting was told to begin, and how long it takes."""

    starts: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class Task:
    """An agreement the young person chose to tell, where the task is the home's."""

    due: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Handover:
    """The home's page: five fixed blocks and nothing else. Add no field lightly.

    There is no count, id or time of anything the young person chose. Locked before release,
    unanswered, kept back and empty are the same value.
    """

    home_name: str
    young_name: str
    caseworker_name: str
    caseworker_phone: str
    words: tuple[str, ...]
    tasks: tuple[Task, ...]  # the next one first
    support: tuple[str, ...]  # wished for afterwards, and said aloud (S44)
    times: tuple[Time, ...]  # the next one first; each is also the home's task that day


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of the home; what is written here the young person can read."""

    kind: Answer
    text: str
    at: datetime
    about: str = ""  # the agreement they cannot keep, as they read it


async def opens(db: AsyncSession, key: bytes, token: str) -> Placement:
    """Find the placement whose link this is. Unknown, renewed and ended links look alike (L11)."""
    placement = await seats.placement_by_handle(db, handle_of(token))
    if placement is None or not links.opens(
        key, LinkKind.HOME, placement.handle, placement.generation, token
    ):
        raise NotFound("link-unknown")
    return placement


async def open_link(
    db: AsyncSession, key: bytes, token: str, *, now: datetime, device: str = ""
) -> Opened:
    """Swap a home's link for a session.

    On a `device` where a code was typed before, the link is enough; elsewhere one is asked for.
    """
    placement = await opens(db, key, token)
    trail.add(db, f"placement:{placement.id}", "open-link", f"placement:{placement.id}", now=now)
    return await sessions.open_for(
        db,
        now=now,
        placement=placement.id,
        generation=placement.generation,
        vouched=await vouching.knows_home(db, placement.id, placement.generation, device),
    )


async def show(db: AsyncSession, home: FosterHome, *, now: datetime) -> Handover:
    """Put the home's page together."""
    people = await handovers.people(db, home.placement)
    if people is None:
        raise NotFound("link-unknown")
    placement, young, caseworker = people
    told = await handovers.told_times(db, home.placement, now - timedelta(minutes=LONGEST))
    return Handover(
        home_name=placement.home_name,
        young_name=young.name,
        caseworker_name=caseworker.first_name,
        caseworker_phone=caseworker.phone,
        words=await handovers.words(db, home.placement),
        tasks=tuple(Task(*row) for row in await handovers.tasks(db, home.placement)),
        support=await handovers.support(db, home.placement, now),
        times=tuple(
            Time(starts, minutes)
            for starts, minutes in told
            if starts + timedelta(minutes=minutes) > now
        ),
    )


async def answers(db: AsyncSession, placement: int) -> list[Answered]:
    """What the home has answered, newest first, for the young person and their caseworker."""
    return [
        Answered(Answer(row.kind), row.text, row.at, row.about)
        for row in await handovers.answers(db, placement)
    ]


async def answer(
    db: AsyncSession,
    home: FosterHome,
    kind: Answer,
    text: str,
    *,
    about: str = "",
    now: datetime,
) -> None:
    """Keep what the home answers. Sent twice, as after a lost reply, it is kept once."""
    words = pasted(text).strip()
    require("text", words, TEXT_LIMIT, "" if kind == Answer.READ else "answer-missing")
    last = next(iter(await handovers.answers(db, home.placement)), None)
    again = last is not None and (last.kind, last.text, last.about) == (kind, words, about)
    if last is not None and again and now - last.at < SAME_AGAIN:
        return
    db.add(HomeAnswer(placement_id=home.placement, kind=kind, text=words, about=about, at=now))
    who = f"placement:{PlacementId(home.placement)}"
    trail.add(db, who, "answer", who, now=now)
