"""A code said by voice, that a link needs beside itself (design 2, V6.5, V6.6, L6, L7).

Six digits live ten minutes, count once and bear five tries. Three pictures in order are for
those under ten: 1,320 ways are too few to stand alone, so they bear three tries and only ever
let somebody knock; the host's door is behind it.
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


TRIES = {CodeKind.DIGITS: 5, CodeKind.PICTURES: 3}


@dataclass(frozen=True, slots=True)
class Code:
    kind: CodeKind
    made_at: datetime
    tries: int
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


def may_be_tried(code: Code, now: datetime) -> bool:
    """Whether one more try at it is looked at. All that fail here answer as a wrong one does."""
    if code.used or code.replaced or now - code.made_at > LIFE:
        return False
    return code.tries < TRIES[code.kind]


def tidy(typed: str) -> str:
    """What was typed, as codes are kept: digits without spaces, or picture names in order."""
    if re.fullmatch(r"[\d\s-]*", typed):
        return re.sub(r"\D", "", typed)[:20]
    return " ".join(typed.split())[:60]


def said_aloud(code: str) -> Sequence[str]:
    """How a code is written to be said: "482 913", or the pictures one by one."""
    return (code[:3], code[3:]) if code.isdigit() else code.split()
