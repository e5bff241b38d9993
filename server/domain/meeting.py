"""A meeting: its plan, and how it stands at a moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from server.domain.errors import Invalid, Refused
from server.domain.links import KNOCK_AFTER, KNOCK_BEFORE

SHORTEST, LONGEST = 5, 180  # minutes
ROUNDS_OFF = timedelta(minutes=5)
FURTHEST = timedelta(days=366)
TITLE_LIMIT = 80
USUAL, USUAL_YOUNG, READS_ALONE = 30, 20, 10  # minutes, and from which age (domain pack 3.2)


class Standing(StrEnum):
    PLANNED = "planned"
    OPEN = "open"  # people may knock
    OVER = "over"
    CALLED_OFF = "called_off"


class Step(StrEnum):
    MOVE = "move"
    CALL_OFF = "call_off"
    INVITE = "invite"
    TELL_HOME = "tell_home"
    UNINVITE = "uninvite"
    RENEW = "renew"


# Closing a link is possible at any time; a meeting called off can still be told or untold.
CLOSING = frozenset({Step.UNINVITE, Step.RENEW})
ALLOWED: Mapping[Standing, frozenset[Step]] = {
    Standing.PLANNED: frozenset(Step),
    Standing.OPEN: frozenset(Step),
    Standing.OVER: CLOSING,
    Standing.CALLED_OFF: CLOSING | {Step.TELL_HOME},
}
REFUSALS: Mapping[Standing, str] = {
    Standing.OVER: "meeting-over",
    Standing.CALLED_OFF: "meeting-called-off",
}


@dataclass(frozen=True, slots=True)
class Meeting:
    starts: datetime
    minutes: int
    called_off_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes)


def standing(meeting: Meeting, now: datetime) -> Standing:
    if meeting.called_off_at is not None:
        return Standing.CALLED_OFF
    if meeting.finished_at is not None or now > meeting.ends + KNOCK_AFTER:
        return Standing.OVER
    return Standing.OPEN if now >= meeting.starts - KNOCK_BEFORE else Standing.PLANNED


def usual_minutes(age: int) -> int:
    """How long a talk is planned to be, unless somebody says otherwise: a child tires sooner."""
    return USUAL_YOUNG if age < READS_ALONE else USUAL


def left_of(starts: datetime, minutes: int, now: datetime) -> timedelta | None:
    """What is left of the agreed length; None once it is over."""
    left = min(starts + timedelta(minutes=minutes) - now, timedelta(minutes=minutes))
    return left if left > timedelta() else None


def is_ending(starts: datetime, minutes: int, now: datetime) -> bool:
    """Whether it is time to round off: the last five minutes of a talk that is longer."""
    left = left_of(starts, minutes, now)
    return left is not None and left <= ROUNDS_OFF < timedelta(minutes=minutes)


def plan(title: str, starts: datetime, minutes: int, now: datetime) -> Meeting:
    """Make a plan that can be held, or raise `Invalid` naming each field that cannot."""
    wrong: dict[str, str] = {}
    if not 1 <= len(title.strip()) <= TITLE_LIMIT:
        wrong["title"] = "title-length"
    if starts <= now:
        wrong["starts"] = "starts-in-the-past"
    elif starts > now + FURTHEST:
        wrong["starts"] = "starts-too-far"
    if not SHORTEST <= minutes <= LONGEST:
        wrong["minutes"] = "minutes-range"
    if wrong:
        raise Invalid(**wrong)
    return Meeting(starts, minutes)


def require(meeting: Meeting, step: Step, now: datetime) -> None:
    """Raise `Refused` where the table does not allow this step now."""
    found = standing(meeting, now)
    if step not in ALLOWED[found]:
        raise Refused(REFUSALS[found])
