"""Looking for the words together: the young person asks for others, the caseworker proposes some,
and so on until they say yes to exact words or choose otherwise (domain pack 5.3, "med andre ord").

A round is read from what was said, in its order, and is kept nowhere besides. While it is open
nothing leaves: that is the choice's own doing (sharing.py), since only a yes about the very words
that would leave lets anything out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from server.domain.note import WordKind
from server.domain.sharing import Choice, Revision
from server.domain.words import require

WISH_LIMIT = 500


class Step(StrEnum):
    ASKED = "asked"  # for other words, perhaps with their own for it
    PROPOSED = "proposed"  # by the caseworker
    APPROVED = "approved"  # these very words
    DROPPED = "dropped"  # something else was chosen


class Turn(StrEnum):
    NOBODY = "nobody"
    CASEWORKER = "caseworker"
    YOUNG_PERSON = "young_person"


@dataclass(frozen=True, slots=True)
class Words:
    """One wording of an item, its line or for the home."""

    revision: Revision
    kind: WordKind
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Made:
    """One choice, with how they would want it said where they asked for other words."""

    revision: Revision
    choice: Choice
    at: datetime
    wish: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    step: Step
    text: str
    at: datetime


def wish(words: str) -> str:
    """Take how somebody would want it said, or raise `Invalid`. Nothing is fine: then the
    caseworker finds the words."""
    return require("words", words.strip(), WISH_LIMIT)


def of(words: Sequence[Words], made: Sequence[Made]) -> tuple[Moved, ...]:
    """Tell the rounds about one item from the first time other words were asked for."""
    moved: list[Moved] = []
    is_open = False
    for one in _leaving(words):
        if is_open:
            moved.append(Moved(Step.PROPOSED, one.text, one.at))
        for choice in made:
            if choice.revision != one.revision:
                continue
            if choice.choice == Choice.OTHER_WORDS:
                moved.append(Moved(Step.ASKED, choice.wish, choice.at))
                is_open = True
            elif is_open:
                yes = choice.choice == Choice.AS_WRITTEN
                moved.append(Moved(Step.APPROVED if yes else Step.DROPPED, "", choice.at))
                is_open = False
    return tuple(moved)


def turn(moved: Sequence[Moved]) -> Turn:
    """Say whose turn it is."""
    if not moved:
        return Turn.NOBODY
    waits = {Step.ASKED: Turn.CASEWORKER, Step.PROPOSED: Turn.YOUNG_PERSON}
    return waits.get(moved[-1].step, Turn.NOBODY)


def _leaving(words: Sequence[Words]) -> list[Words]:
    """The words that would have left, one after another: the line's, and from the first wording
    for the home on only those for the home. A choice is always about the newest of them."""
    found: list[Words] = []
    has_home = False
    for one in sorted(words, key=lambda w: w.revision):
        has_home = has_home or one.kind == WordKind.HOME
        if one.kind == WordKind.HOME or not has_home:
            found.append(one)
    return found
