"""Talks beside the room: the young person with their bisidder, and with the host alone.

*Together*: the young person and their bisidder are in a room of their own, before the meeting,
as a pause in it, and for a quarter of an hour after it. The host neither hears, sees nor enters
it. It opens only for people the host has admitted in this meeting, with the host stepped out; a
device that comes later waits for the host's door; the young person closes it with one tap
(design 2).

*Alone*: the young person and the host, while everybody else waits outside.

An interpreter is in neither unless the young person asks them in; then they are where the young
person is, until the young person has them wait outside again, or the talk is over.

An aside holds until the young person closes it or leaves: that somebody else goes must not put
their words before the host unasked. Start reading at `standing`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from server.domain import meeting as meetings
from server.domain.circle import Span
from server.domain.errors import Refused
from server.domain.permissions import Talk, may_be_asked_in, may_be_in
from server.domain.roles import Role

AFTER_ROOM = timedelta(minutes=15)


class Kind(StrEnum):
    TOGETHER = "together"
    ALONE = "alone"


class Moment(StrEnum):
    """When in the meeting the two talk together; each has prompts of its own."""

    BEFORE = "before"
    PAUSE = "pause"
    AFTER = "after"


class Place(StrEnum):
    """Where somebody admitted is just now."""

    ROOM = "room"
    OWN_ROOM = "own_room"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Aside:
    """`seat` is the bisidder's; an aside with the host alone has none. `interpreter` is the seat
    of whom the young person has asked in."""

    kind: Kind
    seat: int | None
    moment: Moment
    opened_at: datetime
    closed_at: datetime | None = None
    interpreter: int | None = None
    asked_in_at: datetime | None = None


def standing(
    asides: Iterable[Aside], meeting: meetings.Meeting, now: datetime, *, young_in: bool
) -> Aside | None:
    """The aside that is open now: one at most, and none without the young person."""
    if not young_in:
        return None
    still = [aside for aside in asides if aside.closed_at is None]
    newest = max(still, key=lambda aside: aside.opened_at, default=None)
    if newest is None:
        return None
    match meetings.standing(meeting, now):
        case meetings.Standing.OPEN:
            return newest
        case meetings.Standing.OVER if meeting.finished_at is not None:
            after = newest.moment == Moment.AFTER and now < meeting.finished_at + AFTER_ROOM
            return newest if after else None
        case _:
            return None


def place(aside: Aside | None, seat: int, role: Role, *, start_is_over: bool) -> Place:
    """Say where somebody admitted is; `start_is_over` for whom was wanted at the start only."""
    asked_in = aside is not None and aside.interpreter == seat
    if aside is not None and aside.kind == Kind.TOGETHER:
        owner = role == Role.YOUNG_PERSON or seat == aside.seat
        if owner and may_be_in(Talk.OWN_ROOM, role):
            return Place.OWN_ROOM
        if asked_in and may_be_asked_in(Talk.OWN_ROOM, role):
            return Place.OWN_ROOM
    if aside is not None and aside.kind == Kind.ALONE and not may_be_in(Talk.ALONE, role):
        if asked_in and may_be_asked_in(Talk.ALONE, role):
            return Place.ROOM
        return Place.OUTSIDE
    return Place.OUTSIDE if start_is_over else Place.ROOM


def waited(asides: Iterable[Aside], role: Role, seat: int | None = None) -> tuple[Span, ...]:
    """When somebody of this role was to wait outside while the two talked alone: an interpreter
    until they were asked in."""
    if may_be_in(Talk.ALONE, role):
        return ()
    return tuple(
        (a.opened_at, a.asked_in_at if seat and a.interpreter == seat else a.closed_at)
        for a in asides
        if a.kind == Kind.ALONE
    )


def require_asked_in(aside: Aside | None, role: Role, *, both_in: bool) -> None:
    """Raise `Refused` where the young person cannot have this person with them there now."""
    talk = Talk.OWN_ROOM if aside is not None and aside.kind == Kind.TOGETHER else Talk.ALONE
    if aside is None:
        raise Refused("no-aside-now")
    if not may_be_asked_in(talk, role) or not both_in:
        raise Refused("not-an-interpreter")


def require_together(role: Role, *, both_in: bool, here: Place) -> None:
    """Raise `Refused` where these two cannot have a room of their own now."""
    if not may_be_in(Talk.OWN_ROOM, role) or role == Role.YOUNG_PERSON:
        raise Refused("own-room-not-theirs")
    if not both_in or here == Place.OUTSIDE:
        raise Refused("own-room-not-both")
