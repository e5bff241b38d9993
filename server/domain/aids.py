"""What a young person was helped by in one meeting: what they asked for, and what was used (S9).

Read from what was answered and from what happened; nobody ticks it off. The bisidder and the
written word have lines of their own in the note. What is pressed to get out of a talk is no aid,
and is not told here.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from server.domain import checklist, circle
from server.domain.checklist import Reply
from server.domain.during import Ask, Kind, Mark
from server.domain.helping import QUESTION as HELP
from server.domain.helping import Step

NO_SESSION = 0
WISHES = "easier"


class Aid(StrEnum):
    INTERPRETER = "interpreter"
    LARGER_TEXT = "larger_text"
    WRITING = "writing"  # a meeting in writing
    HELPED = "helped"  # an adult helped with the device, and went
    YES_NO = "yes_no"  # questions one can answer with yes or no, on the screen
    CARDS = "cards"
    CALM = "calm"


_MARKED: Mapping[Kind, Aid] = {Kind.CARD: Aid.CARDS, Kind.CALM: Aid.CALM}


def asked_for(replies: Iterable[Reply]) -> tuple[str, ...]:
    """What they said makes it easier for them, in the order it is asked about (U12)."""
    said = checklist.standing(replies, NO_SESSION).get(WISHES)
    return tuple(said.answer.split()) if said is not None else ()


def used(replies: Iterable[Reply], marks: Iterable[Mark], *, interpreted: bool) -> tuple[Aid, ...]:
    """What was in fact used, as far as anybody can know; `interpreted`: an interpreter came in."""
    known, happened = tuple(replies), tuple(marks)
    found = {_MARKED[mark.kind] for mark in happened if mark.kind in _MARKED}
    if any(mark.kind == Kind.ASK and mark.value == Ask.YES_NO for mark in happened):
        found.add(Aid.YES_NO)
    if interpreted:
        found.add(Aid.INTERPRETER)
    if Aid.LARGER_TEXT in asked_for(known):  # it is given with the answer
        found.add(Aid.LARGER_TEXT)
    if circle.write_only(known):
        found.add(Aid.WRITING)
    if any(r.question == HELP and r.answer == Step.HELPED for r in known):
        found.add(Aid.HELPED)
    return tuple(aid for aid in Aid if aid in found)
