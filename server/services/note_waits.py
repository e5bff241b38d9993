"""What waits for a caseworker in notes a young person is reading: it must stand where they look.

Somebody who was told "{navn} spørger dig først" waits for a call; whoever asked for other words
waits for a proposal; and what they said about the note is read within days, not by chance (C20).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.rounds import Turn
from server.domain.sharing import Outcome
from server.services import items
from server.services.items import Shown
from server.store import comments, notes
from server.store.choosing_tables import Commented

SAID_BACK = timedelta(days=14)


class Waits(StrEnum):
    """In the order of a caseworker's list."""

    TELL = "tell"  # what must be passed on: the young person hears it first
    VOICE = "voice"  # a choice only their voice is missing for ("spurgt alene", P4)
    WORDS = "words"  # other words are asked for
    SAID = "said"  # a mark, words beside a line, or a line of their own


@dataclass(frozen=True, slots=True)
class Waiting:
    meeting: int
    what: Waits
    lines: int


async def of(db: AsyncSession, meetings: Sequence[int], *, now: datetime) -> list[Waiting]:
    """What waits in these notes, note by note. Ask beforehand whose they are."""
    if not meetings:
        return []
    rows = await notes.of_meetings(db, meetings)
    said: dict[int, Commented] = {
        one.item_id: one
        for one in await comments.of_meetings(db, meetings)
        if _is_new(one.at, now) and not one.heard
    }
    counted: dict[tuple[int, Waits], int] = {}
    for row in rows:
        own_line = row.own and _is_new(row.written_at, now)
        for what in _waits(items.shown(row), said, own_line=own_line):
            counted[row.meeting_id, what] = counted.get((row.meeting_id, what), 0) + 1
    return [
        Waiting(meeting, what, counted[meeting, what])
        for meeting in meetings
        for what in Waits
        if (meeting, what) in counted
    ]


def _waits(one: Shown, said: Mapping[int, Commented], *, own_line: bool) -> list[Waits]:
    found = []
    if one.outcome == Outcome.MUST_BE_TOLD:
        found.append(Waits.TELL)
    if one.outcome == Outcome.WAITS_FOR_VOICE:
        found.append(Waits.VOICE)
    if one.turn == Turn.CASEWORKER:
        found.append(Waits.WORDS)
    beside = said.get(one.item)
    # A line written anew since has been answered: both stand in the note.
    if own_line or (beside is not None and beside.wording_id == one.line_revision):
        found.append(Waits.SAID)
    return found


def _is_new(at: datetime, now: datetime) -> bool:
    return now - at <= SAID_BACK
