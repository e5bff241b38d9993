"""What each receiver gets to see, when their line carries less than there is."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from server.media.allocation import DOWN, DOWN_EVERY, OFF, UP_AFTER
from server.media.probing import PROBE_AT_MOST
from tests.media.receiver import CAMERA, OTHER, SCREEN, SILENT, SPEAKER, Receiver, need


def test_where_everything_fits_everything_is_there_at_once():
    assert Receiver().step(10_000_000).layers == {SPEAKER: 2, SILENT: 2, OTHER: 2}


LADDER = [  # what is needed for the speaker and the two others in these layers
    (4_560_000, (2, 2, 2)),
    (3_560_000, (2, 2, 1)),
    (2_560_000, (2, 1, 1)),
    (2_210_000, (2, 1, 0)),
    (1_860_000, (2, 0, 0)),
    (860_000, (1, 0, 0)),
    (510_000, (0, 0, 0)),
    (360_000, (0, 0, OFF)),
    (210_000, (0, OFF, OFF)),
    (60_000, (OFF, OFF, OFF)),
]


def test_who_does_not_speak_shrinks_first_then_who_speaks_and_nobody_vanishes_before():
    """B5 and design 4.1: pictures before sound, and the pictures of the silent first."""
    receiver = Receiver()
    receiver.step(10_000_000)
    assert [receiver.seen(rate) for rate, _ in LADDER] == [seen for _, seen in LADDER]


def test_it_all_comes_back_when_the_line_does():
    """1.06 times what is needed, for the way up."""
    receiver = Receiver()
    receiver.step(10_000)
    for rate, seen in reversed(LADDER):
        assert receiver.seen(1.07 * rate) == seen
    receiver = Receiver()
    receiver.settle(150_000)
    assert receiver.seen(1.06 * 210_000 - 1) == (OFF, OFF, OFF)
    assert receiver.seen(1.06 * 210_000 + 1) == (0, OFF, OFF)


def test_sound_is_paid_for_first():
    """Three people talking at once: their sound leaves no room for a picture."""
    receiver = Receiver(audio=150_000)
    assert receiver.settle(240_000) == {SPEAKER: OFF, SILENT: OFF, OTHER: OFF}
    receiver.audio = 60_000
    assert receiver.settle(240_000) == {SPEAKER: 0, SILENT: OFF, OTHER: OFF}


def test_a_shared_screen_comes_before_who_speaks():
    screen = (1_200_000,)
    rates = {SILENT: CAMERA, SPEAKER: CAMERA, SCREEN: screen}
    receiver = Receiver(rates=rates, priority=(SCREEN, SPEAKER))
    assert receiver.settle(1_800_000) == {SCREEN: 0, SPEAKER: 0, SILENT: 0}
    assert receiver.settle(1_400_000) == {SCREEN: 0, SPEAKER: OFF, SILENT: OFF}
    # What cannot fit at all keeps nothing from the others.
    assert receiver.settle(600_000) == {SCREEN: OFF, SPEAKER: 0, SILENT: 0}


def test_who_begins_to_speak_gets_the_room_of_who_stopped():
    receiver = Receiver()
    assert receiver.seen(1_100_000) == (1, 0, 0)
    receiver.priority = (SILENT,)
    receiver.step(1_100_000)
    assert receiver.switches[-1][1] == {SPEAKER: 0, SILENT: 1, OTHER: 0}


def test_who_comes_in_is_seen_at_once_at_the_others_expense():
    receiver = Receiver(rates={SPEAKER: CAMERA, SILENT: CAMERA})
    assert receiver.settle(1_000_000) == {SPEAKER: 1, SILENT: 0}
    receiver.rates[OTHER] = CAMERA
    assert receiver.step(800_000).layers == {SPEAKER: 0, SILENT: 0, OTHER: 0}
    receiver = Receiver(rates={SPEAKER: CAMERA, SILENT: CAMERA})
    receiver.settle(3_200_000, 1)
    assert receiver.step(1_000_000).layers == {SPEAKER: 1, SILENT: 0}
    receiver.rates[OTHER] = CAMERA  # also when something was taken away a moment ago
    assert receiver.step(600_000).layers == {SPEAKER: 0, SILENT: 0, OTHER: 0}
    del receiver.rates[SPEAKER]
    assert set(receiver.step(800_000).layers) == {SILENT, OTHER}


def test_a_layer_that_is_no_longer_sent_is_replaced_by_a_smaller_one():
    """A sender on a bad line stops its large layers; waiting for them would be a still picture."""
    receiver = Receiver(rates={SPEAKER: CAMERA})
    assert receiver.settle(2_000_000) == {SPEAKER: 2}
    receiver.rates[SPEAKER] = (150_000, 500_000, 0)
    assert receiver.step(2_000_000).layers == {SPEAKER: 1}
    receiver.rates[SPEAKER] = (150_000, 0, 0)  # soon after, and not to wait for two seconds
    assert receiver.step(2_000_000).layers == {SPEAKER: 0}
    receiver.rates[SPEAKER] = CAMERA
    receiver.settle(2_000_000)
    receiver.rates[SPEAKER] = (0, 500_000, 0)
    assert receiver.step(2_000_000).layers == {SPEAKER: 1}


def test_a_camera_nobody_has_measured_yet_is_asked_for_in_its_smallest():
    receiver = Receiver(rates={SPEAKER: (0, 0, 0), SILENT: ()})
    assert receiver.step(100_000).layers == {SPEAKER: 0, SILENT: OFF}
    receiver.rates = {SPEAKER: CAMERA, SILENT: ()}
    assert receiver.step(2_000_000).layers == {SPEAKER: 2, SILENT: OFF}


def test_a_camera_without_simulcast_is_there_or_not():
    receiver = Receiver(rates={SPEAKER: (800_000,)})
    assert receiver.settle(1_000_000) == {SPEAKER: 0}
    assert receiver.settle(700_000) == {SPEAKER: OFF}


# Calm


def test_between_the_two_limits_nothing_changes():
    """An estimate that sways and rates that sway make no picture flap."""
    receiver = Receiver()
    receiver.settle(1_000_000)
    count = len(receiver.switches)
    for place in range(600):
        receiver.rates = {s: [r * (1 + place % 5 / 50) for r in CAMERA] for s in receiver.rates}
        receiver.step((1_000_000, 1_060_000, 890_000)[place % 3])
    assert len(receiver.switches) == count


def test_down_again_after_half_a_second_up_again_after_two():
    receiver = Receiver()
    receiver.settle(6_000_000)
    for estimate in (4_000_000, 3_000_000, 2_000_000, 1_000_000, 900_000, 200_000):
        receiver.step(estimate)
    first, second = [at for at, _ in receiver.switches[1:]]
    assert second - first == DOWN_EVERY
    receiver.settle(10_000_000)
    assert receiver.switches[3][0] - second == UP_AFTER


def test_nothing_goes_up_while_the_line_is_full():
    receiver = Receiver()
    receiver.settle(300_000)
    for _ in range(50):
        assert receiver.step(10_000_000, overusing=True).layers[SPEAKER] == 0


# Always

ladders = st.lists(st.integers(0, 3_000_000), max_size=4).map(sorted)
moments = st.tuples(
    st.floats(1_000, 8_000_000),
    st.booleans(),
    st.sampled_from([0.0, 0.0, 0.04, 0.3]),
    st.lists(st.integers(0, 4), max_size=4),
)


@given(
    st.dictionaries(st.integers(0, 4), ladders, max_size=5),
    st.floats(0, 200_000),
    st.lists(moments, min_size=1, max_size=40),
)
def test_whatever_happens_what_is_chosen_exists_and_soon_fits(rates, audio, moments):
    receiver = Receiver(audio=audio, rates={9: ()} | rates)
    ups: list[float] = []
    before: dict[int, int] | None = None
    for estimate, overusing, loss, priority in moments:
        receiver.priority = priority
        choice = receiver.step(estimate, overusing=overusing, loss=loss)
        assert set(choice.layers) == set(receiver.rates)
        assert all(OFF <= at < max(len(receiver.rates[s]), 0) for s, at in choice.layers.items())
        assert 0 <= choice.probe <= PROBE_AT_MOST * 8_000_000
        if before is not None and any(choice.layers[s] > at for s, at in before.items()):
            ups.append(receiver.now)
        before = choice.layers
    assert all(b - a >= UP_AFTER for a, b in pairwise(ups))
    layers = receiver.settle(estimate, 3)
    pictures = need(receiver, layers) - audio
    assert not pictures or need(receiver, layers) <= estimate / DOWN + 0.01


@given(
    st.lists(st.integers(1_000, 2_000_000), min_size=1, max_size=3).map(sorted),
    st.lists(st.floats(1_000, 8_000_000), min_size=1, max_size=10),
    st.integers(1, 5),
)
def test_who_speaks_is_never_seen_smaller_than_who_is_silent(ladder, estimates, count):
    receiver = Receiver(rates=dict.fromkeys(range(count + 1), ladder), priority=(count,))
    for estimate in estimates:
        layers = receiver.settle(estimate, 0.3)
        assert layers[count] == max(layers.values())


def test_on_a_flooded_line_one_small_picture_is_left_at_once():
    """R4: nobody knows yet what the line carries, and each moment of more costs sound. Whoever
    speaks stays; the others come back when they are seen to fit."""
    receiver = Receiver()
    receiver.settle(10_000_000)
    one = {SPEAKER: 0, SILENT: OFF, OTHER: OFF}
    assert receiver.step(3_000_000).layers != one
    assert receiver.step(2_000_000, flooded=True).layers == one
    assert receiver.step(400_000, flooded=True).layers == one
    assert receiver.settle(400_000, 3) == {SPEAKER: 0, SILENT: 0, OTHER: OFF}
