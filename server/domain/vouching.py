"""A code said by voice, that a link needs beside itself (design 2, V6.5, V6.6, L6, L7).

Six digits live ten minutes, count once and bear five tries on each device. Three pictures in order
are for those under ten: 1,320 ways are too few to stand alone, so they bear three tries on each and
only ever let somebody knock; the host's door is behind it.

Tries are counted by device, so that a copy of the link that guesses takes none from the child. What
all devices together may try is bounded too, and its last part is kept for devices that have not
tried yet, one try each: who types rightly the first time gets in even after a copy has used up all
the rest. That gives, for one code that was said:

    digits:   ALL 100 + FIRSTS 100 = 200 looks at most;  200 / 1,000,000 = 1 in 5,000
    pictures: ALL  12 + FIRSTS  12 =  24 looks at most;   24 / 1,320     = 1 in 55, to a knock that
              the host still sees, hears and turns away

To shut a child out somebody has to open the link on 20 devices and then on 100 more (4 and 12 for
pictures) within the ten minutes of one code; the caseworker, who is on the telephone just then,
reads that it was typed elsewhere and makes a new link, which ends every one of those sessions.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from server.domain.ages import Band

LIFE = timedelta(minutes=10)
DIGITS = 6
PICTURES = (
    "apple", "bike", "car", "cat", "fish", "flower", "house", "moon", "sailboat", "star", "sun",
    "tree-deciduous",
)  # fmt: skip
CHOSEN = 3


class CodeKind(StrEnum):
    DIGITS = "digits"
    PICTURES = "pictures"  # with admission only: they never open the note


class Why(StrEnum):
    """Why a link needs a code beside it."""

    NOT_NEEDED = ""
    PROTECTED = "protected"  # the case is marked
    NOT_OWN = "not_own"  # it went to a phone or an inbox that is not the person's own
    PAPER = "paper"
    ASKED = "asked"  # the caseworker wants it


TRIES = {CodeKind.DIGITS: 5, CodeKind.PICTURES: 3}  # of one device
ALL = {CodeKind.DIGITS: 100, CodeKind.PICTURES: 12}  # of all devices together
FIRSTS = {CodeKind.DIGITS: 100, CodeKind.PICTURES: 12}  # after that, of devices new to it


@dataclass(frozen=True, slots=True)
class Code:
    kind: CodeKind
    made_at: datetime
    tries: int  # of all devices together
    used: bool = False
    replaced: bool = False


def kind_for(band: Band, *, to_read: bool) -> CodeKind:
    """Pictures are for the youngest, and only for coming in."""
    return CodeKind.PICTURES if band == Band.SIX and not to_read else CodeKind.DIGITS


def draw(kind: CodeKind, below: Callable[[int], int]) -> str:
    """Draw a code; `below(n)` gives a number from 0 to n-1 nobody can foresee."""
    if kind == CodeKind.DIGITS:
        return "".join(str(below(10)) for _ in range(DIGITS))
    left = list(PICTURES)
    return " ".join(left.pop(below(len(left))) for _ in range(CHOSEN))


def may_be_tried(code: Code, own: int, now: datetime) -> bool:
    """Whether one more try of a device that has tried `own` times is looked at. All that fail here
    answer as a wrong one does."""
    if is_past(code, now) or own >= TRIES[code.kind]:
        return False
    left_to_all = code.tries < ALL[code.kind]
    return left_to_all or (own == 0 and code.tries < ALL[code.kind] + FIRSTS[code.kind])


def is_past(code: Code, now: datetime) -> bool:
    return code.used or code.replaced or now - code.made_at > LIFE


def tidy(typed: str) -> str:
    """What was typed, as codes are kept: digits without spaces, or picture names in order."""
    if re.fullmatch(r"[\d\s-]*", typed):
        return re.sub(r"\D", "", typed)[:20]
    return " ".join(typed.split())[:60]


def said_aloud(code: str) -> Sequence[str]:
    """How a code is written to be said: "482 913", or the pictures one by one."""
    return (code[:3], code[3:]) if code.isdigit() else code.split()
