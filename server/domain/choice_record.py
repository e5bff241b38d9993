"""What was agreed about each line, as a record of its own (D11): in the shape of ISO/IEC TS 27560,
which is about agreements in general. Here it is a choice about the home and nothing else (P5).

The steps are told from the history, and told from the beginning they give the choice as it stands.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from server.domain.history import Did, Event, Stands, after
from server.domain.sharing import Choice, Chosen, Revision


class Step(StrEnum):
    GIVEN = "given"  # the first choice about a line
    CHANGED = "changed"
    CONFIRMED = "confirmed"  # asked again by voice, alone
    EXPIRED = "expired"  # the words are others: a choice about the old ones counts no more
    TOLD = "told"  # words that must be passed on, to the young person
    PHONED = "phoned"  # the same to the home
    HANDED_OVER = "handed_over"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    TAKEN_AWAY = "taken_away"  # by others: hidden by two, or not to be passed on after all


class How(StrEnum):
    IN_CALL = "in_call"  # on the admitted device, with the caseworker there
    BY_VOICE = "by_voice"  # to the caseworker, alone
    BY_PHONE = "by_phone"  # to the home
    OUTSIDE = "outside_the_call"
    BY_ADULTS = "by_adults"  # the caseworker, with or without a second person
    BY_CLOCK = "by_clock"  # at the hour, or with new words


@dataclass(frozen=True, slots=True)
class Entry:
    """One step: when and how, and about which words."""

    step: Step
    at: datetime
    how: How
    revision: Revision
    choice: Choice | None = None
    notice: str = ""  # which text on who sees what was read before


_OTHER = {
    Did.ASKED_ALONE: (Step.CONFIRMED, How.BY_VOICE),
    Did.TOLD: (Step.TOLD, How.BY_VOICE),
    Did.PHONED: (Step.PHONED, How.BY_PHONE),
    Did.HANDED_OVER: (Step.HANDED_OVER, How.BY_CLOCK),
    Did.REPLACED: (Step.REPLACED, How.BY_CLOCK),
    Did.TAKEN_BACK: (Step.WITHDRAWN, How.OUTSIDE),
    Did.TAKEN_AWAY: (Step.TAKEN_AWAY, How.BY_ADULTS),
}


def entries(events: Iterable[Event]) -> tuple[Entry, ...]:
    """The record of one line, from its history in order."""
    found: list[Entry] = []
    stands = Stands()
    for event in events:
        before, stands = stands, after(stands, event)
        if event.did == Did.CHOSE:
            step = Step.GIVEN if before.chosen is None else Step.CHANGED
            found.append(
                Entry(step, event.at, _how(event), event.revision, event.choice, event.notice)
            )
        elif event.did == Did.WORDS:
            chosen = before.chosen
            if chosen and chosen.revision == before.leaving != stands.leaving:
                found.append(Entry(Step.EXPIRED, event.at, How.BY_CLOCK, chosen.revision))
        elif event.did in _OTHER:
            step, how = _OTHER[event.did]
            found.append(Entry(step, event.at, how, event.revision))
    return tuple(found)


def chosen(record: Iterable[Entry]) -> Chosen | None:
    """Tell it from the beginning: what was chosen last, about which words, and if it counts."""
    stands: Chosen | None = None
    for entry in record:
        if entry.choice is not None:
            stands = Chosen(entry.revision, entry.choice, entry.how != How.OUTSIDE)
        elif entry.step == Step.CONFIRMED and stands is not None:
            stands = replace(stands, in_the_call_or_by_voice=True)
    return stands


def _how(event: Event) -> How:
    if event.by_voice:
        return How.BY_VOICE
    return How.IN_CALL if event.checked else How.OUTSIDE
