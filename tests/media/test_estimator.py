"""The estimate finds a narrow line, leaves it again, and is not fooled by a busy phone."""

import math
import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.media.delay import POINTS, REMEMBERED, Delay
from server.media.estimator import CEILING, FLOOR, START, Estimator
from server.media.transport_cc import PERIOD
from tests.media.bottleneck import JITTER, SECOND, Line, jitter, mobile, narrow, run


@pytest.mark.parametrize("most", [600_000, 1_000_000, 2_500_000])
def test_a_line_that_becomes_narrow_is_noticed_within_a_second(most):
    """Must show 3: into 300 kbit/s, then back up; what is sent never stands in a queue for long."""
    trace = run(Line(narrow(8, 28)), 40, most=most)
    before = trace.between(7, 8)[-1]
    assert before >= most
    assert min(trace.between(8, 9)) < 330_000
    assert max(trace.between(9, 28)) < 350_000
    # The queue of the first moment is empty two seconds later, and none grows after it beyond
    # what a jitter buffer holds.
    assert max(trace.queues(10.5, 28)) < 100_000
    # And the line is used, not only spared.
    assert sum(trace.between(16, 28)) / len(trace.between(16, 28)) > 240_000
    assert trace.between(37.9, 38.1)[0] > 0.8 * most


def test_what_falls_off_a_full_queue_does_not_hide_what_the_line_carries():
    """R4: a line of 300 kbit/s has room for one face beside two voices, from the first moment."""
    trace = run(Line(narrow(8, 28)), 28)
    assert min(trace.between(8, 12)) > 0.7 * 300_000


def test_it_is_noticed_as_well_after_a_long_call():
    """The running sums move their origin; the gradient stays the same."""
    trace = run(Line(narrow(130, 140)), 134, most=600_000)
    assert not any(trace.overusing[: trace.at.index(130.0)])
    assert min(trace.between(130, 131)) < 330_000


@pytest.mark.parametrize("kind", JITTER)
def test_a_busy_phone_on_a_good_line_loses_nothing(kind):
    trace = run(Line(lambda at: 50_000_000, jitter=jitter(kind)), 30)
    assert all(b >= a for a, b in pairwise(trace.rate))
    assert trace.rate[-1] > 2_500_000


@pytest.mark.parametrize("kind", JITTER)
@pytest.mark.parametrize("gap", [2_000, 8_000, 20_000, 33_000])
def test_nor_does_it_when_packets_come_evenly(kind, gap):
    """Pictures come in bundles, sound does not; a minute of each, with no false alarm."""
    late = jitter(kind)
    estimator = Estimator()
    stream = [(at, at + late(at), 1100) for at in range(10**9, 10**9 + 60 * SECOND, gap)]
    assert not any(fed(estimator, stream))


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("pictures", [170_000, 1_000_000])
def test_a_mobile_networks_jitter_is_not_taken_for_a_full_line(seed, pictures):
    """R4: on such a line every picture went dark for as long as the jitter lasted."""
    line = Line(lambda at: 50_000_000, loss=0.05, jitter=mobile(seed))
    trace = run(line, 30, estimator=Estimator(1_500_000), video=lambda at, estimator: pictures)
    assert min(trace.rate) > 0.8 * (pictures + 60_000)
    assert sum(trace.overusing) < 0.01 * len(trace.overusing)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_line_that_becomes_narrow_is_noticed_through_a_mobile_networks_jitter(seed):
    trace = run(Line(narrow(8, 28), jitter=mobile(seed)), 28, most=2_500_000)
    assert trace.between(7, 8)[-1] > 2_000_000
    assert min(trace.between(8, 9.2)) < 330_000
    assert sum(trace.between(10, 28)) / len(trace.between(10, 28)) < 330_000


@pytest.mark.parametrize("loss", [0.2, 0.3, 0.5])
def test_what_is_lost_brings_it_down_until_less_is_seen_not_to_help(loss):
    """A bad radio loses as much of little as of much: no face goes dark for it."""
    trace = run(Line(lambda at: 5_000_000, loss=loss), 30, estimator=Estimator(1_500_000))
    assert min(trace.rate) < 0.5 * 1_500_000
    assert min(trace.between(1, 30)) > 200_000
    assert trace.rate[-1] > 2_500_000


def test_a_fiftieth_lost_brings_nothing_down():
    trace = run(Line(lambda at: 5_000_000, loss=0.02), 20)
    assert trace.rate[-1] > 2_500_000


@pytest.mark.parametrize("capacity", [600_000, 1_000_000])
def test_a_line_that_drops_what_is_too_much_is_not_taken_for_a_bad_radio(capacity):
    """There is no queue to see, but less sent is less lost."""
    line = Line(lambda at: capacity, longest=10_000)
    trace = run(line, 40, estimator=Estimator(1_500_000))
    assert max(trace.between(3, 40)) < 1.1 * capacity


def test_it_does_not_grow_on_sound_alone():
    """What is not sent proves nothing: growth ends at one and a half times what arrives."""
    trace = run(Line(lambda at: 5_000_000), 20, video=lambda at, estimator: 0)
    assert trace.rate[-1] == START
    low = Estimator(FLOOR)
    trace = run(Line(lambda at: 5_000_000), 20, estimator=low, video=lambda at, estimator: 0)
    assert 40_000 < low.acked < 50_000
    assert 1.4 * low.acked < trace.rate[-1] < 1.6 * low.acked + 20_000


def packets(seconds: float, *, offset: int = 0, skew: float = 1.0, start: int = 10**12):
    """An even stream of about 880 kbit/s, as a receiver with that clock reports it."""
    for at in range(start, start + round(seconds * SECOND), 10_000):
        yield (at, round((at - start) * skew) + offset, 1100)


def fed(estimator: Estimator, stream, now: float = 0.0) -> list[bool]:
    stream = list(stream)
    overusing = []
    for begin in range(0, len(stream), 10):
        now += 0.1
        estimator.update(now, stream[begin : begin + 10])
        overusing.append(estimator.overusing)
    return overusing


@pytest.mark.parametrize("skew", [0.9998, 1.0002], ids=["slow", "fast"])
def test_a_clock_that_runs_a_little_otherwise_is_no_queue(skew):
    estimator = Estimator()
    assert not any(fed(estimator, packets(60, skew=skew)))
    assert estimator.acked == pytest.approx(880_000, rel=0.03)
    assert estimator.rate > 880_000


def test_a_receivers_clock_that_begins_anew_is_only_a_new_beginning():
    """The reference time of the feedback wraps every 12 days, perhaps in a meeting."""
    estimator = Estimator()
    stream = [
        (sent, at % PERIOD, size) for sent, at, size in packets(20, offset=PERIOD - 10_000_000)
    ]
    assert not any(fed(estimator, stream))
    assert estimator.acked == pytest.approx(880_000, rel=0.03)
    assert estimator.rate > 880_000


def test_our_own_clock_that_begins_anew_stops_nothing():
    """Such as moments of 32 bits, which wrap after 72 minutes: the estimate must live on."""
    estimator = Estimator()
    busy = jitter("a stop of 150 ms every two seconds")
    even = packets(20, start=2**32 - 10_000_000)
    stream = [(sent % 2**32, at + busy(at), size) for sent, at, size in even]
    assert not any(fed(estimator, stream))
    assert estimator.rate > 880_000
    narrow = packets(2, start=10_000_000, offset=20_000_000, skew=1.3)
    assert any(fed(estimator, narrow, 20.0))


def test_what_comes_faster_than_the_estimate_raises_it():
    """A probe: what arrived undelayed for half a second is proven, whatever was thought."""
    estimator = Estimator(FLOOR)
    fed(estimator, packets(1))
    assert estimator.rate > 0.9 * 880_000


def test_nothing_reported_changes_nothing():
    estimator = Estimator()
    assert estimator.update(1.0, []) == START
    assert (estimator.acked, estimator.overusing, estimator.loss) == (0.0, False, 0.0)


def test_a_receiver_that_claims_that_nothing_came_ends_nothing():
    """W9: the worker ended with everybody in it when somebody said so for a second."""
    estimator = Estimator()
    fed(estimator, packets(2))
    for step in range(40):
        now = 10.0 + step / 10
        lost = [(10**12 + 2_000_000 + 1000 * n, None, 1100) for n in range(30)]
        estimator.update(now, lost)
    assert estimator.loss == 1.0
    sane(estimator)


def test_one_lost_packet_of_few_is_chance():
    estimator = Estimator()
    lost = [(place * 20_000, None, 120) for place in range(5)]
    assert estimator.update(1.0, lost) == START
    assert estimator.loss == 0.0


def test_the_gradient_is_as_exact_after_two_days_as_at_first():
    """Least squares over the last 20 smoothed delays, worked out anew at every group."""
    chance = random.Random(5)
    delay = Delay()
    points: list[tuple[float, float]] = []
    sent = at = 0
    total = smoothed = 0.0
    for index, gap in enumerate([*[3600 * SECOND, *[6_000] * 60] * 50, *[700_000] * 200]):
        sent += gap
        arrived = sent + chance.randrange(5_000)
        total += (arrived - at - gap) / 1000 if index else 0
        smoothed += 0.1 * (total - smoothed)
        at = arrived
        delay.add(sent, at)
        points = [*points, (at / 1000, smoothed)][-20:]
        if index >= 60:
            x, y = sum(x for x, _ in points) / 20, sum(y for _, y in points) / 20
            slope = sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)
            assert delay._signal == pytest.approx(4 * 60 * slope, rel=1e-3, abs=1e-3)


times = st.integers(-(10**13), 10**13)
anything = st.lists(st.tuples(times, st.none() | times, st.integers(0, 1500)), max_size=40)
near = st.lists(
    st.tuples(st.integers(0, 60_000), st.none() | st.integers(-20_000, 200_000)), max_size=40
)


def sane(estimator: Estimator) -> None:
    assert FLOOR <= estimator.rate <= CEILING
    assert math.isfinite(estimator.rate)
    assert math.isfinite(estimator.acked)
    assert estimator.acked >= 0
    assert 0 <= estimator.loss <= 1


@given(st.lists(st.tuples(st.floats(0, 1000), anything), max_size=20))
def test_whatever_a_receiver_claims_the_estimate_stays_within_its_bounds(reports):
    estimator = Estimator()
    for now, report in reports:
        assert estimator.update(now, report) == estimator.rate
        sane(estimator)


@given(st.lists(near, max_size=30))
def test_whatever_delays_and_losses_come_the_estimate_stays_within_its_bounds(reports):
    estimator = Estimator()
    sent, at = 10**9, 5 * 10**9
    for index, report in enumerate(reports):
        given_in = []
        for pause, later in report:
            sent, at = sent + pause, at + pause
            given_in.append((sent, None if later is None else at + later, 1100))
        estimator.update(index * 0.05, given_in)
        sane(estimator)


def test_a_receivers_claims_cost_no_memory():
    """Its clock may stand still or run backwards: nothing is kept for longer than it is of use."""
    estimator = Estimator()
    for place in range(5000):
        estimator.update(place * 0.1, [(place * 100_000, -place * 9_000, 1100)])
    assert len(estimator._losses) <= 11
    assert len(estimator._delay._points) == POINTS
    assert len(estimator._delay._ways) <= REMEMBERED
