"""The young person and the bisidder keep a list of their own (domain/team_list.py)."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import team_list
from server.domain.errors import NotFound, Refused
from server.domain.roles import Role
from server.domain.team_list import About
from server.services import room
from server.services.snapshot import Person, Snapshot
from server.store import team_tables
from server.store.team_tables import TeamLine


async def add(
    db: AsyncSession,
    shot: Snapshot,
    by: Person,
    bisidder: int,
    session: int,
    about: About,
    text: str,
    *,
    now: datetime,
) -> None:
    """Put one line on the list. Twice the same is once, as after a lost answer (P10).

    What counts is what this device may read: a copy of the link fills up nobody else's list, and
    keeps no line of theirs off it by having written the same.
    """
    _require_theirs(shot, by, bisidder)
    known = [x for x in await team_tables.of_meeting(db, shot.meeting) if x.seat_id == bisidder]
    let_in = {call.session for p in shot.people for call in p.calls if call.was_admitted}
    mine = {session} | (let_in if session in let_in else set())
    theirs = [x for x in known if x.session_id in mine]
    line = team_list.check(text, len(theirs))
    if any((x.about, x.text) == (about, line) for x in theirs):
        return
    if not theirs and session not in let_in and len(known) >= team_list.MOST_OF_LINK:
        raise Refused("too-often")
    db.add(
        TeamLine(
            meeting_id=shot.meeting, seat_id=bisidder, session_id=session,
            about=about, text=line, at=now,
        )
    )  # fmt: skip


async def remove(db: AsyncSession, shot: Snapshot, by: Person, line: int) -> None:
    """Either of the two takes a line off."""
    row = await db.get(TeamLine, line)
    if row is None or row.meeting_id != shot.meeting:
        return  # the other one was quicker
    _require_theirs(shot, by, row.seat_id)
    await db.delete(row)


async def forget_what_is_over(db: AsyncSession, *, now: datetime) -> int:
    """Delete the lists of meetings that are over; returns of how many."""
    over = [
        row.id
        for row in await team_tables.meetings_with_lines(db)
        if team_list.is_over(room.facts(row), now)
    ]
    for meeting in over:
        await team_tables.forget(db, meeting)
    return len(over)


async def count_what_is_over(db: AsyncSession, *, now: datetime) -> int:
    """How many lines that would be."""
    found = await team_tables.meetings_with_lines(db)
    over = [row.id for row in found if team_list.is_over(room.facts(row), now)]
    return sum([len(await team_tables.of_meeting(db, meeting)) for meeting in over])


async def is_any_over(db: AsyncSession, *, now: datetime) -> bool:
    found = await team_tables.meetings_with_lines(db)
    return any(team_list.is_over(room.facts(row), now) for row in found)


def _require_theirs(shot: Snapshot, by: Person, bisidder: int) -> None:
    """Whoever was taken off the list writes on as before: they must not see that they were (P2)."""
    if by.role == Role.BISIDDER and by.seat == bisidder:
        return
    other = shot.person(bisidder)
    if other is None or other.role != Role.BISIDDER or by.role != Role.YOUNG_PERSON:
        raise NotFound
