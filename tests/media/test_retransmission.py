"""Which packets a sender is asked for again, and when that ends."""

from hypothesis import given
from hypothesis import strategies as st

from server.media.retransmission import (
    AGAIN,
    AT_ONCE,
    DEAF,
    GIVEN_UP,
    JUMP,
    MOST_REQUESTS,
    PATIENCE,
    UNHEARD,
    Holes,
)


def holes(*numbers: int, now: float = 0.0) -> Holes:
    made = Holes()
    for number in numbers:
        made.arrived(number, now)
    return made


def test_a_hole_is_asked_for_after_ten_milliseconds_and_every_forty():
    missing = holes(5, 8)
    for request in range(MOST_REQUESTS):
        at = PATIENCE + request * (AGAIN + 0.001)
        assert missing.due(at - 0.002) == []
        assert missing.due(at) == [6, 7]
    assert [missing.due(tenth / 10) for tenth in range(6, 30)] == [[]] * 24


def test_sound_is_given_up_sooner():
    """R4: a word that comes a quarter of a second late is not waited for."""
    missing = Holes(UNHEARD)
    for number in (5, 7):
        missing.arrived(number, 0.0)
    asked = [now / 100 for now in range(100) if missing.due(now / 100)]
    assert 5 <= len(asked) <= 7
    assert asked[-1] <= UNHEARD
    assert missing.arrived(6, 0.9) is False


def lossy(missing: Holes, seconds: int, *, answers: bool = False) -> int:
    """Every tenth of a hundred packets a second is lost; how many requests that makes."""
    asked = 0
    for step in range(100 * seconds):
        now = step / 100
        if step % 10:
            missing.arrived(step & 0xFFFF, now)
        for number in missing.due(now):
            asked += 1
            if answers:
                missing.arrived(number, now + 0.001)
    return asked


def test_a_sender_that_never_answers_is_asked_now_and_then_only():
    """Firefox knows no repairs for sound: asking for each word it lost would only be noise."""
    assert lossy(Holes(UNHEARD), 60) < 400
    assert lossy(Holes(UNHEARD), 60, answers=True) > 590


def test_one_that_answered_once_is_asked_for_ever():
    missing = Holes(UNHEARD)
    lossy(missing, 1, answers=True)
    opened = 10.0
    for step in range(2 * DEAF):
        missing.arrived(2 * step + 101, opened + step / 10)
        assert missing.due(opened + step / 10 + 2 * PATIENCE)


def test_a_packet_that_was_only_late_is_no_answer():
    missing = Holes(UNHEARD)
    missing.arrived(1, 0.0)
    missing.arrived(3, 0.0)
    missing.arrived(2, 0.001)
    assert lossy(missing, 60) < 400


def test_a_packet_in_order_asks_for_nothing():
    assert holes(*range(65000, 65536), *range(1000)).due(5.0) == []


def test_what_was_only_overtaken_is_not_asked_for():
    missing = holes(1, 4)
    missing.arrived(3, 0.002)
    missing.arrived(2, 0.004)
    assert missing.due(1.0) == []


def test_an_answer_ends_the_asking():
    missing = holes(1, 3)
    assert missing.due(0.02) == [2]
    missing.arrived(2, 0.05)
    assert [missing.due(second / 10) for second in range(1, 20)] == [[]] * 19


def test_the_numbers_wrap():
    missing = holes(65533, 2)
    assert missing.due(0.02) == [65534, 65535, 0, 1]
    missing.arrived(0, 0.03)
    assert missing.due(0.1) == [65534, 65535, 1]


def test_a_stream_that_was_not_looked_after_for_a_second_is_not_asked_for():
    missing = holes(1, 3)
    assert missing.due(GIVEN_UP + 0.01) == []
    assert missing.due(0.02) == []


def test_a_jump_is_a_new_stream():
    """RFC 3550 appendix A.1: a restarted sender, not half a thousand losses."""
    assert holes(1, 2 + JUMP).due(0.02) == list(range(2, 2 + AT_ONCE))
    for restarted in (4 + JUMP, 5000, 30_000, 60_000):
        missing = holes(1, 3, restarted)
        assert missing.due(0.02) == []
        missing.arrived(restarted + 2, 1.0)
        assert missing.due(1.02) == [restarted + 1]


def test_going_back_a_little_is_an_old_packet_and_far_is_a_new_stream():
    missing = holes(1000, 1000 - JUMP + 1, 1002)
    assert missing.due(0.02) == [1001]
    missing = holes(1000, 1000 - JUMP, 1000 - JUMP + 2)
    assert missing.due(0.02) == [1000 - JUMP + 1]


def test_a_stream_with_too_many_holes_needs_a_key_frame_instead():
    """A sender that leaves holes on purpose costs neither memory nor time without end."""
    missing = holes(*range(0, 2 * JUMP + 3, 2))
    assert missing.due(0.02) == []
    few = holes(*range(0, 2 * JUMP + 1, 2))
    asked = few.due(0.02)
    assert asked == list(range(1, 2 * AT_ONCE, 2))
    while more := few.due(0.02):
        asked += more
    assert asked == list(range(1, 2 * JUMP, 2))


@given(
    st.integers(0, 0xFFFF),
    st.sets(st.integers(1, 299), max_size=60),
    st.lists(st.integers(0, 8), min_size=300, max_size=300),
)
def test_exactly_what_is_lost_is_asked_for(first, lost, delays):
    """Whatever overtakes whatever: nothing that came is asked for once it came."""
    missing = Holes()
    order = sorted(range(300), key=lambda place: place + delays[place] * (place > 0))
    here: set[int] = set()
    asked: set[int] = set()
    now = 0.0
    for place in order:
        now += 0.003
        if place in lost:
            continue
        here.add(place)
        missing.arrived((first + place) & 0xFFFF, now)
        due = {(number - first) & 0xFFFF for number in missing.due(now)}
        assert not due & here
        asked |= due
    asked |= {(number - first) & 0xFFFF for number in missing.due(now + PATIENCE)}
    last = max(here)
    assert {place for place in lost if place < last} <= asked


@given(st.lists(st.tuples(st.integers(0, 0xFFFF), st.floats(0, 3))))
def test_whatever_numbers_come_the_list_stays_short(packets):
    missing = Holes()
    for number, now in packets:
        missing.arrived(number, now)
        due = missing.due(now)
        assert len(due) <= AT_ONCE
        assert all(0 <= number <= 0xFFFF for number in due)
