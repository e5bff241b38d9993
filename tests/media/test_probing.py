"""Trying out whether a line carries more, and a whole call into a narrow line and out again."""

from itertools import pairwise

import pytest

from server.media.estimator import Estimator
from server.media.probing import PROBE, PROBE_AT_LATEST, PROBE_AT_MOST, PROBE_FOR
from tests.media.bottleneck import Line, Trace, run
from tests.media.receiver import CAMERA, OTHER, SILENT, SPEAKER, TICK, Receiver, need


def test_a_larger_picture_is_tried_out_before_it_is_promised():
    """B5: 1.14 times what is wanted for half a second, after 2 s x 1.4 each."""
    receiver = Receiver(rates={SPEAKER: CAMERA})
    receiver.settle(500_000, 45)
    # First, while nothing is known of the line, for all there is.
    assert [probe for _, probe in receiver.probes[:3]] == [
        1_000_000,
        PROBE * 560_000,
        PROBE * 560_000,
    ]
    starts = [at for at, _ in receiver.probes]
    gaps = [b - a for a, b in pairwise([receiver.switches[0][0], *starts])]
    waits = [
        2.0,
        *(0.5 + min(2.0 * 1.4**tries, PROBE_AT_LATEST) for tries in (1, 2)),
        *[0.5 + PROBE_AT_LATEST] * 9,
    ]
    assert gaps[:10] == pytest.approx(waits[:10], abs=TICK)
    lasting = 1
    until_probing(receiver, 500_000)
    while receiver.step(500_000).probe:
        lasting += 1
    assert lasting * TICK == PROBE_FOR


def until_probing(receiver: Receiver, estimate: float) -> float:
    for _ in range(200):
        if probe := receiver.step(estimate).probe:
            return probe
    raise AssertionError("no probe in 20 seconds")


@pytest.mark.parametrize("sign", [{"overusing": True}, {"loss": 0.06}], ids=["queue", "loss"])
def test_a_probe_that_does_harm_ends_at_once_and_is_tried_later(sign):
    receiver = Receiver(rates={SPEAKER: CAMERA})
    until_probing(receiver, 500_000)
    assert receiver.step(500_000, **sign).probe == 0
    ended = receiver.now
    until_probing(receiver, 500_000)
    assert receiver.now - ended == pytest.approx(2.8, abs=TICK)


def test_a_probe_that_is_proven_is_followed_by_the_larger_picture():
    receiver = Receiver(rates={SPEAKER: CAMERA})
    until_probing(receiver, 500_000)
    assert receiver.step(700_000).layers == {SPEAKER: 1}
    assert receiver.step(700_000).probe == 0


def test_a_probe_asks_at_most_for_twice_what_is_known():
    """A line that is as narrow as it seems must not lose its sound to a curious server."""
    receiver = Receiver(rates={SPEAKER: (150_000, 3_000_000)})
    assert until_probing(receiver, 300_000) == PROBE_AT_MOST * 300_000
    receiver.settle(550_000, 0.5)
    proved = receiver.now
    assert until_probing(receiver, 550_000) == PROBE_AT_MOST * 550_000
    assert receiver.now - proved < 1.3


def test_nothing_is_tried_out_where_there_is_nothing_more_to_see():
    receiver = Receiver(rates={SPEAKER: CAMERA, SILENT: ()})
    receiver.settle(10_000_000, 30)
    empty = Receiver(rates={7: ()})
    empty.settle(100_000, 30)
    assert not receiver.probes + empty.probes


def played(line: Line, seconds: float) -> tuple[list[tuple[float, dict[int, int]]], Trace]:
    """A receiver behind this line, with the estimator and probes, as the worker plays it."""
    receiver = Receiver()
    receiver.now = 0.0
    pictures = 0.0

    def video(at: float, estimator: Estimator) -> float:
        nonlocal pictures
        while receiver.now + TICK <= at:
            choice = receiver.step(
                estimator.rate, overusing=estimator.overusing, loss=estimator.loss
            )
            pictures = max(need(receiver, choice.layers), choice.probe) - receiver.audio
        return pictures

    trace = run(line, seconds, video=video)
    return receiver.switches, trace


@pytest.mark.parametrize("seconds", [8, 17, 30])
def test_into_a_narrow_line_and_out_of_it_again(seconds):
    """Must show 3: pictures shrink within a second, and are all back 10 s after its end."""
    begin, end = 20, 20 + seconds
    line = Line(lambda at: 300_000 if begin <= at < end else 6_000_000)
    switches, trace = played(line, end + 15)
    assert [layers for at, layers in switches if at < begin][-1] == {
        SPEAKER: 2,
        SILENT: 2,
        OTHER: 2,
    }
    assert min(at for at, layers in switches if at > begin and layers[SPEAKER] < 2) < begin + 1
    # Two seconds later it is calm: the speaker's smallest stays, whatever is tried out, and
    # the sound never waits behind pictures for longer than a jitter buffer holds.
    calm = [layers for at, layers in switches if begin + 2 <= at < end]
    assert len(calm) <= 2
    assert all(layers[SPEAKER] == 0 for layers in calm)
    assert max(trace.queues(begin + 3, end)) < 150_000
    assert switches[-1][1] == {SPEAKER: 2, SILENT: 2, OTHER: 2}
    assert switches[-1][0] < end + 10


def test_a_good_line_is_used_within_a_few_seconds():
    """A call begins small and grows with what proves true."""
    switches, _ = played(Line(lambda at: 6_000_000), 20)
    assert switches[0][1] == {SPEAKER: 0, SILENT: 0, OTHER: 0}
    assert switches[-1][1] == {SPEAKER: 2, SILENT: 2, OTHER: 2}
    assert switches[-1][0] < 8
    assert all(min(layers.values()) >= 0 for _, layers in switches)
