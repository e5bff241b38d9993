"""Who may hear and see whom, over every arrangement of people that can be drawn."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.forwarding import Present, Way, matrix, screen_of, slots
from server.domain.visit import Standing

SEATS = ("1", "2", "3", "4", "5", "6")
HOST = Present("1", Standing.ADMITTED, host=True, microphone=True, camera=True)


def guest(seat: str, standing: Standing, **more: bool) -> Present:
    return Present(seat, standing, **({"microphone": True, "camera": True} | more))


@st.composite
def rooms(draw: st.DrawFn) -> list[Present]:
    """Any people at all, however unlikely: two at the door, a host who has left, all paused."""
    flags = st.booleans()
    return [
        Present(seat, draw(st.sampled_from(Standing)), seat == "1", draw(flags), draw(flags),
                draw(flags), draw(flags), draw(flags), draw(flags))
        for seat in SEATS[: draw(st.integers(0, 6))]
    ]  # fmt: skip


def test_in_the_room_everybody_hears_everybody_by_their_own_switches():
    quiet = guest("2", Standing.ADMITTED, microphone=False)
    assert matrix([HOST, quiet]) == {Way("1", "2", True, True), Way("2", "1", False, True)}


@given(rooms())
def test_no_host_in_the_room_means_no_way_at_all(people):
    """P1: the room is locked while no host is in it."""
    for standing in set(Standing) - {Standing.ADMITTED}:
        people = [replace(p, own_room=False) for p in people]  # it alone needs no host: below
        away = [replace(p, standing=standing) if p.host else p for p in people]
        assert matrix(away) == frozenset()
    assert matrix([p for p in people if not p.host]) == frozenset()


@given(rooms())
def test_only_the_admitted_and_one_at_the_door_are_ever_in_a_way(people):
    """P1: no media of anybody's before the door, and none after being turned away."""
    standing = {p.seat: p.standing for p in people}
    touched = {seat for way in matrix(people) for seat in (way.source, way.target)}
    at_door = {seat for seat in touched if standing[seat] == Standing.AT_DOOR}
    assert {standing[seat] for seat in touched} <= {Standing.ADMITTED, Standing.AT_DOOR}
    assert len(at_door) <= 1


@given(rooms())
def test_while_the_door_is_open_the_host_is_heard_there_alone(people):
    """P1: the door is shared with nobody else, and the host's sound to the room is off."""
    standing = {p.seat: p.standing for p in people}
    if Standing.AT_DOOR not in standing.values():
        return
    for way in matrix(people):
        ends = {way.source, way.target}
        if "1" in ends:
            assert standing[(ends - {"1"}).pop()] == Standing.AT_DOOR
        else:
            assert {standing[seat] for seat in ends} == {Standing.ADMITTED}


@given(rooms(), st.booleans())
def test_in_a_pause_nothing_goes_anywhere(people, paused_away):
    """P8: nobody hears or sees anybody, also while the one who paused has lost their line."""
    paused = any(p.paused and p.standing == Standing.ADMITTED for p in people)
    apart = any(p.own_room for p in people)  # who have a talk of their own: below
    if (paused or paused_away) and not apart:
        assert matrix(people, paused_away) == frozenset()


@given(rooms())
def test_nobody_is_sent_back_to_themselves_and_talk_goes_both_ways(people):
    ways = {(way.source, way.target) for way in matrix(people)}
    assert ways == {(target, source) for source, target in ways}
    assert not [way for way in ways if way[0] == way[1]]


@given(rooms())
def test_a_closed_microphone_or_camera_is_not_forwarded_whatever_the_browser_sends(people):
    """P8: muted is not a wish but a wall."""
    known = {p.seat: p for p in people}
    for way in matrix(people):
        assert way.audio == known[way.source].microphone
        seen = known[way.source].camera and not known[way.target].only_sound
        assert way.video == seen


ways = st.sets(
    st.tuples(st.sampled_from(SEATS), st.sampled_from(SEATS)).filter(lambda p: p[0] != p[1])
)


@given(st.lists(ways, min_size=2, max_size=6), st.integers(1, 5))
def test_slots_are_kept_while_somebody_stays_and_never_shared(arrangements, count):
    """Somebody joining or leaving moves nobody else's picture."""
    before: dict[tuple[str, str], int] = {}
    for pairs in arrangements:
        after = slots([Way(a, b, True, True) for a, b in pairs], before, count)
        assert all(after[pair] == before[pair] for pair in pairs & before.keys())
        assert set(after) <= pairs
        assert all(0 <= slot < count for slot in after.values())
        for target in SEATS:
            mine = [slot for (_, other), slot in after.items() if other == target]
            assert len(mine) == len(set(mine))
            assert len(mine) == min(count, len([p for p in pairs if p[1] == target]))
        before = after


@pytest.mark.parametrize("standing", [Standing.KNOCKING, Standing.TURNED_AWAY, Standing.LEFT])
def test_whoever_is_not_in_hears_nothing_of_a_talk_going_on(standing):
    """P1: the room with Sofie in it is not a way to anybody waiting outside."""
    outside = guest("3", standing)
    inside = [HOST, guest("2", Standing.ADMITTED)]
    assert matrix([*inside, outside]) == matrix(inside)


def test_at_the_door_the_room_loses_the_host_and_keeps_each_other():
    """P1: Mette talks with Aya at the door; Sofie and another hear each other, and not Mette."""
    here = [
        Present("mette", Standing.ADMITTED, host=True, microphone=True, camera=True),
        Present("sofie", Standing.ADMITTED, microphone=True, camera=True),
        Present("ida", Standing.ADMITTED, microphone=True),
        Present("aya", Standing.AT_DOOR, microphone=True),
    ]
    pairs = {(way.source, way.target) for way in matrix(here)}
    assert pairs == {("mette", "aya"), ("aya", "mette"), ("sofie", "ida"), ("ida", "sofie")}


def test_a_pause_holds_also_while_the_line_of_who_paused_is_down():
    """P8: closing outlives a lost connection."""
    here = [
        Present("mette", Standing.ADMITTED, host=True, microphone=True),
        Present("aya", Standing.ADMITTED, microphone=True),
    ]
    assert len(matrix(here)) == 2
    assert matrix(here, paused_away=True) == frozenset()


@given(rooms())
def test_only_the_hosts_screen_is_ever_forwarded(people):
    """L22, P1: whoever's browser sends one, and never past the room to the door."""
    host = {p.seat for p in people if p.host}
    shown = {(way.source, way.target) for way in matrix(people) if way.screen}
    assert {source for source, _ in shown} <= host


def test_a_window_goes_from_the_host_to_the_room_and_a_guests_to_nobody():
    """L22."""
    shows = [replace(HOST, screen=True), guest("2", Standing.ADMITTED, screen=True)]
    assert {(way.source, way.screen) for way in matrix(shows)} == {("1", True), ("2", False)}
    at_door = [*shows, guest("3", Standing.AT_DOOR)]
    assert not any(way.screen for way in matrix(at_door))


@given(rooms())
def test_who_wants_sound_alone_gets_no_picture_and_all_the_sound(people):
    """P8: the others are not asked to do anything about it, and send on to everybody else."""
    quiet = [replace(p, only_sound=True) for p in people]
    assert not any(way.video or way.screen for way in matrix(quiet))
    heard = {(way.source, way.target, way.audio) for way in matrix(people)}
    assert {(way.source, way.target, way.audio) for way in matrix(quiet)} == heard


def test_a_shown_screen_has_a_slot_of_its_own_and_moves_no_face():
    people = [HOST, guest("2", Standing.ADMITTED), guest("3", Standing.ADMITTED)]
    before = slots(matrix(people), {}, 4)
    shows = [replace(HOST, screen=True), *people[1:]]
    taken = slots(matrix(shows), before, 4)
    assert {pair: slot for pair, slot in taken.items() if pair in before} == before
    assert taken[screen_of("1"), "2"] not in {before["1", "2"], before["3", "2"]}
    assert slots(matrix(people), taken, 4) == before


@given(rooms(), st.booleans(), st.booleans())
def test_nothing_goes_in_or_out_of_the_bisidders_room(people, paused_away, is_open):
    """P1, P8, P9: its own people alone, the host never, whatever else is so; and of the others
    nobody talks meanwhile but the host with somebody at the door."""
    known = {p.seat: p for p in people}
    apart = {
        p.seat for p in people if p.own_room and p.standing == Standing.ADMITTED and not p.host
    }
    pairs = {(w.source, w.target) for w in matrix(people, paused_away, own_room=is_open)}
    for source, target in pairs:
        assert (source in apart) == (target in apart)
        if apart or is_open:
            at_door = {known[source].standing, known[target].standing} & {Standing.AT_DOOR}
            assert {source, target} <= apart or at_door


def test_the_bisidders_room_needs_no_host_and_holds_while_its_lines_are_down():
    """Design 2: the room is locked without a host, but for this one."""
    aya = guest("3", Standing.ADMITTED, own_room=True)
    sofie = guest("2", Standing.ADMITTED, own_room=True)
    two = {("2", "3"), ("3", "2")}
    for here in ([sofie, aya], [HOST, sofie, aya]):
        assert {(w.source, w.target) for w in matrix(here, own_room=True)} == two
    other = guest("4", Standing.ADMITTED)
    assert matrix([HOST, other], own_room=True) == frozenset()
    assert matrix([HOST, replace(sofie, paused=True), aya], own_room=True) == frozenset()
