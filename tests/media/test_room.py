"""The pure room: events in, commands out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.media.room import (
    Command,
    Connected,
    Connection,
    Edge,
    Forward,
    Gone,
    Renew,
    Replace,
    Room,
    Ruled,
    Seat,
    StopForwarding,
    Ticked,
    check,
)

METTE, SOFIE = Seat("mette"), Seat("sofie")
PC, PHONE, TAB = Connection("pc"), Connection("phone"), Connection("tab")
BOTH_WAYS = frozenset(
    {Edge("mette", "sofie", 0, True, True), Edge("sofie", "mette", 0, True, False)}
)


def seated() -> Room:
    return Room(seats={METTE: PC, SOFIE: PHONE})


def test_being_connected_alone_forwards_nothing():
    room = Room()
    assert room.handle(Connected(METTE, PC)) == []
    assert room.handle(Connected(SOFIE, PHONE)) == []


def test_a_matrix_puts_tracks_into_slots():
    assert seated().handle(Ruled(1, BOTH_WAYS, 10.0)) == [
        Renew(10.0),
        Forward(PC, "audio", PHONE, 0),
        Forward(PC, "camera", PHONE, 0),
        Forward(PHONE, "audio", PC, 0),
    ]


def test_a_late_joiner_gets_what_the_matrix_already_says():
    room = Room(seats={METTE: PC})
    assert room.handle(Ruled(1, BOTH_WAYS, 10.0)) == [Renew(10.0)]
    assert Forward(PHONE, "audio", PC, 0) in room.handle(Connected(SOFIE, PHONE))


def test_what_has_to_stop_stops_before_anything_is_renewed():
    room = seated()
    room.handle(Ruled(1, BOTH_WAYS, 10.0))
    commands = room.handle(Ruled(2, frozenset(), 20.0))
    assert commands[-1] == Renew(20.0)
    assert {type(command) for command in commands[:-1]} == {StopForwarding}


def test_without_renewal_nothing_is_left():
    room = seated()
    room.handle(Ruled(1, BOTH_WAYS, 10.0))
    assert room.handle(Ticked(10.0)) == []
    assert len(room.handle(Ticked(10.1))) == 3
    assert room.handle(Connected(SOFIE, TAB)) == [Replace(PHONE)]


def test_a_second_connection_takes_over_and_the_first_is_closed():
    room = seated()
    room.handle(Ruled(1, BOTH_WAYS, 10.0))
    commands = room.handle(Connected(SOFIE, TAB))
    assert StopForwarding(PHONE, "audio", PC, 0) in commands
    assert Replace(PHONE) in commands
    assert Forward(TAB, "audio", PC, 0) in commands
    assert room.handle(Gone(SOFIE, PHONE)) == []


def test_leaving_stops_every_copy():
    room = seated()
    room.handle(Ruled(1, BOTH_WAYS, 10.0))
    assert len(room.handle(Gone(SOFIE, PHONE))) == 3
    assert room.handle(Gone(SOFIE, PHONE)) == []


def test_the_shared_screen_stands_where_the_camera_would():
    edge = Edge("mette", "sofie", 1, False, True, screen=True)
    commands = seated().handle(Ruled(1, frozenset({edge}), 10.0))
    assert commands[1:] == [Forward(PC, "screen", PHONE, 1)]


def test_two_may_not_have_the_same_half_of_a_slot():
    with pytest.raises(ValueError, match="matrix-slot-taken"):
        check([Edge("a", "c", 0, True, False), Edge("b", "c", 0, True, False)])
    check([Edge("a", "c", 0, True, False), Edge("b", "c", 0, False, True)])


seats = st.sampled_from(["mette", "sofie", "aya"])
names = st.sampled_from(["one", "two", "three"])
edges = st.builds(Edge, seats, seats, st.integers(0, 1), st.booleans(), st.booleans())
events = st.one_of(
    st.builds(Connected, seats, names),
    st.builds(Gone, seats, names),
    st.builds(Ruled, st.integers(0, 9), st.frozensets(edges, max_size=4), st.integers(0, 30)),
    st.builds(Ticked, st.integers(0, 40)),
)


@given(st.lists(events))
def test_what_flows_is_exactly_what_matrix_seats_and_lease_allow(happenings):
    """The law, as a property: replay the commands, and compare with the definition."""
    room, flowing = Room(), set()
    for event in happenings:
        try:
            commands: list[Command] = room.handle(event)
        except ValueError:
            commands = []
        for command in commands:
            if isinstance(command, StopForwarding):
                flowing.remove((command.source, command.track, command.target, command.slot))
            elif isinstance(command, Forward):
                flow = (command.source, command.track, command.target, command.slot)
                assert flow not in flowing
                flowing.add(flow)
        allowed = {
            (room.seats[e.source], track, room.seats[e.target], e.slot)
            for e in room.edges
            if e.source in room.seats and e.target in room.seats
            for track, on in (("audio", e.audio), ("camera", e.video))
            if on
        }
        assert flowing == allowed
