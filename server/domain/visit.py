"""A visit: one knock from one device, and where it stands (P1).

The only way to a seat runs knock → door → admit, and only the host opens the door and
admits. A reload, a second tab or a reconnect is not a step here: it changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from server.domain.errors import Refused


class Standing(StrEnum):
    KNOCKING = "knocking"  # waits; nobody hears or sees them
    AT_DOOR = "door"  # the host talks with this one person only
    ADMITTED = "admitted"
    TURNED_AWAY = "turned_away"
    LEFT = "left"


class Step(StrEnum):
    OPEN_DOOR = "open_door"
    CLOSE_DOOR = "close_door"
    ADMIT = "admit"
    TURN_AWAY = "turn_away"
    LEAVE = "leave"
    PAUSE = "pause"
    RESUME = "resume"


ALLOWED: Mapping[Standing, frozenset[Step]] = {
    Standing.KNOCKING: frozenset({Step.OPEN_DOOR, Step.TURN_AWAY, Step.LEAVE}),
    Standing.AT_DOOR: frozenset({Step.CLOSE_DOOR, Step.ADMIT, Step.TURN_AWAY, Step.LEAVE}),
    Standing.ADMITTED: frozenset({Step.TURN_AWAY, Step.LEAVE, Step.PAUSE, Step.RESUME}),
    Standing.TURNED_AWAY: frozenset(),
    Standing.LEFT: frozenset(),
}

REFUSALS: Mapping[Step, str] = {
    Step.ADMIT: "door-first",
    Step.OPEN_DOOR: "not-knocking",
    Step.CLOSE_DOOR: "not-at-door",
    Step.TURN_AWAY: "not-here",
    Step.LEAVE: "not-here",
    Step.PAUSE: "not-admitted",
    Step.RESUME: "not-admitted",
}


@dataclass(frozen=True, slots=True)
class Visit:
    knocked_at: datetime
    door_at: datetime | None = None
    admitted_at: datetime | None = None
    turned_away_at: datetime | None = None
    left_at: datetime | None = None
    paused_at: datetime | None = None


def standing(visit: Visit) -> Standing:
    if visit.turned_away_at is not None:
        return Standing.TURNED_AWAY
    if visit.left_at is not None:
        return Standing.LEFT
    if visit.admitted_at is not None:
        return Standing.ADMITTED
    return Standing.KNOCKING if visit.door_at is None else Standing.AT_DOOR


def require(visit: Visit, step: Step) -> None:
    """Raise `Refused` where the table does not allow this step now."""
    if step not in ALLOWED[standing(visit)]:
        raise Refused(REFUSALS[step])


def was_admitted(visit: Visit) -> bool:
    """Whether the host let this device in and did not take it back. Leaving does not undo it."""
    return visit.admitted_at is not None and visit.turned_away_at is None
