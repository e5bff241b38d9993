"""A way that becomes longer is not a queue, and a queue is not a way that became longer."""

from dataclasses import dataclass

import pytest

from server.media.estimator import Estimator
from tests.media.bottleneck import JITTER, SECOND, Line, jitter, mobile, narrow, run


@dataclass
class Moved(Line):
    """A good line until ten seconds, then another network's."""

    then: float = 0.0  # share lost there

    def carry(self, at: int, size: int) -> int | None:
        self.loss = self.then if at > 10 * SECOND else 0.0
        return super().carry(at, size)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_way_that_becomes_longer_is_soon_not_taken_for_a_queue(seed):
    """R4: from an office into a mobile network's 100 ms, one of two pictures stayed dark for half
    a minute, and the estimate far below what came through for as long."""
    late = mobile(seed)
    line = Moved(
        lambda at: 50_000_000, jitter=lambda at: late(at) if at > 10 * SECOND else 0, then=0.05
    )
    trace = run(line, 30, estimator=Estimator(1_500_000), most=900_000)
    assert trace.between(9, 10)[-1] > 900_000
    assert min(trace.between(13.5, 30)) > 600_000
    assert trace.rate[-1] > 900_000


@pytest.mark.parametrize("capacity", [150_000, 300_000, 600_000, 1_000_000])
@pytest.mark.parametrize("longest", [100_000, 400_000, 1_000_000])
@pytest.mark.parametrize("kind", ["a mobile network", *JITTER])
def test_a_queue_is_never_taken_for_a_way_that_became_longer(capacity, longest, kind):
    """However long a queue there is room for, it is kept short; behind a mobile network's jitter
    that takes longer, since a queue shows only above it."""
    is_mobile = kind == "a mobile network"
    late = mobile(1) if is_mobile else jitter(kind)
    line = Line(narrow(8, 40, capacity), longest=longest)
    line.jitter = lambda at: late(at) if at > 8 * SECOND else 0
    trace = run(line, 40)
    assert max(trace.between(12, 40)) < 1.6 * capacity
    queues = trace.queues(12, 40)
    assert sum(queues) / len(queues) < (200_000 if is_mobile else 80_000)
