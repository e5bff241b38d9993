"""Everything that was decided about a note's lines, one thing after another (D11).

Nothing in it is ever changed: where things stand is what comes of telling it from the beginning.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from server.domain.note import WordKind
from server.domain.sharing import Choice, Chosen, ItemId, Revision
from server.domain.telling import Went


class Did(StrEnum):
    """In this order where several happened at the same moment."""

    WORDS = "words"  # the line, or words for the home, with their revision
    CHOSE = "chose"
    ASKED_ALONE = "asked_alone"
    WENT = "went"  # with what somebody wanted to say themselves
    TOLD = "told"  # must-pass-on words, to the young person
    PHONED = "phoned"  # the same to the home, on the telephone
    TAKEN_BACK = "taken_back"
    TAKEN_AWAY = "taken_away"  # the same, and not by the young person
    REPLACED = "replaced"  # by new words of the same line
    HANDED_OVER = "handed_over"
    STRUCK = "struck"  # taken out of the note; what was decided about it is still told


ORDER = {did: place for place, did in enumerate(Did)}


@dataclass(frozen=True, slots=True)
class Event:
    item: ItemId
    did: Did
    at: datetime
    revision: Revision  # which words it is about
    text: str = ""  # the words, or how somebody would want it said
    kind: WordKind | None = None
    choice: Choice | None = None
    checked: bool = False  # in the call, or by voice
    by_voice: bool = False  # the caseworker kept what was said aloud
    went: Went | None = None
    notice: str = ""  # which text on who sees what stood before the choice


@dataclass(frozen=True, slots=True)
class Stands:
    """Where an item stands: its words, what was chosen, and which words are at the home."""

    line: Revision | None = None
    home: Revision | None = None
    chosen: Chosen | None = None
    out: Revision | None = None
    struck: bool = False

    @property
    def leaving(self) -> Revision | None:
        return self.home or self.line


def in_order(events: Iterable[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda one: (one.at, ORDER[one.did], one.revision)))


def replay(events: Iterable[Event]) -> dict[ItemId, Stands]:
    """Tell it from the beginning: where does each item stand?"""
    found: dict[ItemId, Stands] = {}
    for event in in_order(events):
        found[event.item] = after(found.get(event.item, Stands()), event)
    return found


def after(stands: Stands, event: Event) -> Stands:
    """Where an item stands once this has happened to it."""
    match event.did:
        case Did.WORDS if event.kind == WordKind.HOME:
            return replace(stands, home=event.revision)
        case Did.WORDS:
            return replace(stands, line=event.revision)
        case Did.CHOSE if event.choice is not None:
            return replace(stands, chosen=Chosen(event.revision, event.choice, event.checked))
        case Did.ASKED_ALONE if stands.chosen is not None:
            return replace(stands, chosen=replace(stands.chosen, in_the_call_or_by_voice=True))
        case Did.HANDED_OVER:
            return replace(stands, out=event.revision)
        case Did.TAKEN_BACK | Did.TAKEN_AWAY | Did.REPLACED:
            return replace(stands, out=None)
        case Did.STRUCK:
            return replace(stands, struck=True)
        case _:
            return stands
