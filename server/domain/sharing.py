"""What of a note reaches the foster home (P4).

Each item has its line in the note and at most one wording meant for the home. The young
person chooses item by item, about the exact words on the screen: new words get a new
revision, and a choice about an older one no longer counts. Silence is not a yes.

Two things stand above the choice. What the law obliges us to pass on goes out once the young
person has been told *these very words*. And a choice that shares more counts only if it was
made in the call on the admitted device, or asked again by voice ("spurgt alene"): the phone it
came from may be in someone else's hand. Sharing less needs no such check.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from server.domain.errors import Refused, Stale

ItemId = NewType("ItemId", int)
Revision = NewType("Revision", int)


class Choice(StrEnum):
    AS_WRITTEN = "as_written"
    OTHER_WORDS = "other_words"  # asks for a wording; shares nothing yet
    NOT_TO_HOME = "not_to_home"
    TELL_MYSELF = "tell_myself"
    TELL_TOGETHER = "tell_together"


class ToldTo(StrEnum):
    YOUNG_PERSON = "young_person"
    HOME = "home"


class Outcome(StrEnum):
    """What becomes of an item as things stand; the young person reads it in words."""

    UNANSWERED = "unanswered"
    GOES = "goes"
    WAITS_FOR_VOICE = "waits_for_voice"  # "{navn} spørger dig først"
    WAITS_FOR_WORDS = "waits_for_words"
    WAITS_FOR_LOOK = "waits_for_look"  # may name a place, and nobody has looked yet (C13)
    STAYS = "stays"
    CHANGED = "changed"  # the words are others than those chosen about
    MUST_GO = "must_go"
    MUST_BE_TOLD = "must_be_told"  # may not leave before the young person has heard it


@dataclass(frozen=True, slots=True)
class Chosen:
    revision: Revision
    choice: Choice
    in_the_call_or_by_voice: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """`text` and `revision` are those of the wording for the home, or of the note's own line
    where there is none."""

    id: ItemId
    revision: Revision
    text: str
    chosen: Chosen | None = None
    must_pass_on: bool = False
    told: Revision | None = None  # the young person heard these words
    opened_at: datetime | None = None  # when the last thing happened that lets the words leave
    place_unseen: bool = False  # the words may name a place that nobody has looked at (C13)


@dataclass(frozen=True, slots=True)
class Released:
    """All that a foster home ever learns about an item. Add no field lightly."""

    text: str


def release(items: Iterable[Item]) -> tuple[Released, ...]:
    """Pick what may reach the home now. Unclear, unanswered and kept back all come to nothing."""
    return tuple(Released(item.text) for item in items if may_leave(item))


def due(
    items: Iterable[Item],
    out: Mapping[ItemId, Revision],
    hour: datetime | None = None,
    *,
    since: datetime,
) -> tuple[Item, ...]:
    """Pick the items whose words leave at this hour; `out` says which words are at the home, and
    `since` when the young person came there: what they said before was about another home.

    What was opened after the hour waits for the next one, also where the server slept through
    the hour and comes late: the home must not see that somebody has just been asked (P4).
    Without an hour: what would leave if nothing more were said.
    """
    return tuple(
        item
        for item in items
        if may_leave(item)
        and out.get(item.id) != item.revision
        and item.opened_at is not None
        and item.opened_at >= since
        and (hour is None or item.opened_at <= hour)
    )


def may_leave(item: Item) -> bool:
    return outcome(item) in (Outcome.GOES, Outcome.MUST_GO)


def outcome(item: Item) -> Outcome:
    """Say what becomes of an item, and thereby whether its words may leave."""
    chosen = _chosen_for(item)
    if item.place_unseen and chosen in (Outcome.GOES, Outcome.MUST_GO):
        return Outcome.WAITS_FOR_LOOK
    return chosen


def _chosen_for(item: Item) -> Outcome:
    if item.must_pass_on:
        return Outcome.MUST_GO if item.told == item.revision else Outcome.MUST_BE_TOLD
    if item.chosen is None:
        return Outcome.UNANSWERED
    if item.chosen.revision != item.revision:
        return Outcome.CHANGED
    match item.chosen.choice:
        case Choice.AS_WRITTEN:
            checked = item.chosen.in_the_call_or_by_voice
            return Outcome.GOES if checked else Outcome.WAITS_FOR_VOICE
        case Choice.OTHER_WORDS:
            return Outcome.WAITS_FOR_WORDS
        case Choice.NOT_TO_HOME | Choice.TELL_MYSELF | Choice.TELL_TOGETHER:
            return Outcome.STAYS


def choose(item: Item, seen: Revision, choice: Choice, *, checked: bool) -> Chosen:
    """Take a choice about the words that were on the screen.

    Raises `Stale` if the words have changed since: nobody shares words they have not read.
    Raises `Refused` for an item that must be passed on; nothing about it is theirs to choose.
    Saying the same again changes nothing: what a voice has said yes to stays said.
    """
    if item.must_pass_on:
        raise Refused("must-pass-on")
    if seen != item.revision:
        raise Stale("words-changed")
    standing = item.chosen
    if standing is not None and (standing.revision, standing.choice) == (seen, choice):
        checked = checked or standing.in_the_call_or_by_voice
    return Chosen(seen, choice, checked)


def may_stay(*, told: bool, chosen: Chosen | None) -> bool:
    """Whether words the home has may stay there: they had to be passed on and still have to, or
    they are what the young person said yes to. `told` and `chosen` are about those very words."""
    if told:
        return True
    return (
        chosen is not None and chosen.choice == Choice.AS_WRITTEN and chosen.in_the_call_or_by_voice
    )


def goes_against(item: Item) -> bool:
    """Whether passing an item on would overrule the young person: what they said last is that the
    home is not to have it from us, or not in these words. It takes a second person then (C11)."""
    if item.chosen is None or item.chosen.choice == Choice.AS_WRITTEN:
        return False
    if item.chosen.choice == Choice.OTHER_WORDS:
        return item.chosen.revision == item.revision
    return True


def may_be_asked_alone(item: Item) -> bool:
    """Whether a choice stands that only the young person's voice is missing for."""
    return outcome(item) == Outcome.WAITS_FOR_VOICE
