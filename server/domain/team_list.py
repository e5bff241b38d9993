"""The list of the young person and their bisidder: what is to be said, what is not, and their
sign for a break (B2, B6).

Only those two read it, on devices that have been let in; a bare link reads what was written on it
itself and nothing else (P6). It is deleted when their room after the meeting has closed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from server.domain import meeting as meetings
from server.domain.asides import AFTER_ROOM
from server.domain.errors import Refused
from server.domain.words import require

TEXT_LIMIT = 200
MOST_LINES = 30  # of one pair: each is read at every look
MOST_OF_LINK = 300  # of one bisidder's link by devices nobody knows; who was let in goes on


class About(StrEnum):
    SAY = "say"
    NOT_SAY = "not_say"
    SIGN = "sign"


# Which of them a question of the bisidder's asks for.
ASKED: Mapping[str, tuple[About, ...]] = {
    "our_list": (About.SAY, About.NOT_SAY),
    "our_sign": (About.SIGN,),
}


@dataclass(frozen=True, slots=True)
class Line:
    id: int
    bisidder: int  # whose list with the young person it is
    about: About
    text: str
    session: int
    admitted: bool  # the device it was written on has been let in


def check(text: str, already: int) -> str:
    """Give a line as it is kept, or raise what is wrong with it."""
    line = require("text", " ".join(text.split()), TEXT_LIMIT, "missing")
    if already >= MOST_LINES:
        raise Refused("too-often")
    return line


def readable(lines: Iterable[Line], bisidder: int, session: int, *, let_in: bool) -> list[Line]:
    """The lines one device may read. What a device wrote that was never let in stays its own:
    somebody else with the link must not put words into the young person's mouth."""
    own = [line for line in lines if line.bisidder == bisidder]
    return [line for line in own if line.session == session or (let_in and line.admitted)]


def is_over(meeting: meetings.Meeting, now: datetime) -> bool:
    """Whether the list has done its work."""
    if meeting.finished_at is not None:
        return now >= meeting.finished_at + AFTER_ROOM
    return meetings.standing(meeting, now) in (
        meetings.Standing.OVER,
        meetings.Standing.CALLED_OFF,
    )
