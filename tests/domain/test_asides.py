"""Talks beside the room: when one is open, who is where, and who may open it."""

from datetime import UTC, datetime, timedelta

import pytest

from server.domain import asides, permissions
from server.domain.asides import Aside, Kind, Moment, Place
from server.domain.errors import Refused
from server.domain.meeting import Meeting
from server.domain.permissions import Talk
from server.domain.roles import Role

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
AYA, OTHER = 3, 4
YOUNG, HOST = 2, 1


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def together(moment: Moment = Moment.PAUSE, closed: float | None = None) -> Aside:
    return Aside(Kind.TOGETHER, AYA, moment, at(5), None if closed is None else at(closed))


ALONE = Aside(Kind.ALONE, None, Moment.PAUSE, at(5))
GOING = Meeting(NOON, 30)
ENDED = Meeting(NOON, 30, finished_at=at(5))
OFF = Meeting(NOON, 30, called_off_at=at(5))


@pytest.mark.parametrize(
    ("rows", "meeting", "minutes", "young_in", "is_open"),
    [
        ([], GOING, 6, True, False),
        ([together()], GOING, 6, True, True),
        ([together()], GOING, 100, True, True),  # the host need not be there, nor the hour
        ([together(closed=6)], GOING, 7, True, False),
        ([together()], GOING, 6, False, False),  # it is the young person's
        ([together()], OFF, 6, True, False),
        ([together()], ENDED, 6, True, False),  # a pause does not go on into the time after
        ([together(Moment.AFTER)], ENDED, 19.9, True, True),
        ([together(Moment.AFTER)], ENDED, 20, True, False),
        ([ALONE], GOING, 6, True, True),
        ([ALONE], ENDED, 6, True, False),
    ],
)
def test_an_aside_is_open_until_it_is_closed_or_its_time_is_over(
    rows, meeting, minutes, young_in, is_open
):
    """Design 2, B7: before and during the meeting without end, after it a quarter of an hour."""
    found = asides.standing(rows, meeting, at(minutes), young_in=young_in)
    assert (found is not None) == is_open


def test_of_two_the_newest_is_open():
    assert asides.standing([ALONE, together()], GOING, at(6), young_in=True) in (ALONE, together())


@pytest.mark.parametrize("over", [False, True])
@pytest.mark.parametrize(
    ("aside", "seat", "role", "where"),
    [
        (None, YOUNG, Role.YOUNG_PERSON, Place.ROOM),
        (together(), YOUNG, Role.YOUNG_PERSON, Place.OWN_ROOM),
        (together(), AYA, Role.BISIDDER, Place.OWN_ROOM),
        (together(), HOST, Role.CASEWORKER, Place.ROOM),
        (together(), AYA, Role.CASEWORKER, Place.ROOM),  # whatever a row may say
        (together(), OTHER, Role.BISIDDER, Place.ROOM),
        (ALONE, YOUNG, Role.YOUNG_PERSON, Place.ROOM),
        (ALONE, HOST, Role.CASEWORKER, Place.ROOM),
        (ALONE, AYA, Role.BISIDDER, Place.OUTSIDE),
    ],
)
def test_everybody_is_in_one_place(aside, seat, role, where, over):
    """P1, P9, U5: the caseworker is never in the bisidder's room."""
    found = asides.place(aside, seat, role, start_is_over=over and role == Role.BISIDDER)
    moved_out = over and role == Role.BISIDDER and where == Place.ROOM
    assert found == (Place.OUTSIDE if moved_out else where)


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.YOUNG_PERSON])
def test_the_room_is_had_with_a_bisidder_and_nobody_else(role):
    with pytest.raises(Refused, match="own-room-not-theirs"):
        asides.require_together(role, both_in=True, here=Place.ROOM)


@pytest.mark.parametrize(("both", "here"), [(False, Place.ROOM), (True, Place.OUTSIDE)])
def test_the_room_is_had_only_when_both_are_in(both, here):
    """Design 2: admitted by the host in this meeting, both of them."""
    with pytest.raises(Refused, match="own-room-not-both"):
        asides.require_together(Role.BISIDDER, both_in=both, here=here)


def test_what_was_said_alone_is_not_for_whoever_waited_outside():
    assert asides.waited([ALONE, together()], Role.BISIDDER) == ((at(5), None),)
    assert asides.waited([ALONE], Role.YOUNG_PERSON) == ()


def test_nobody_but_the_two_is_in_their_own_room():
    """Domain pack 3.1; whom they ask in stands in tests/domain/test_by_name.py."""
    there = {role for role in Role if permissions.may_be_in(Talk.OWN_ROOM, role)}
    assert there == {Role.YOUNG_PERSON, Role.BISIDDER}
