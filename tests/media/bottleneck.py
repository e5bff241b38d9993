"""A line with a narrow place, by arithmetic alone: a queue, a rate, a delay, and reports back.

Nothing waits: time is counted in microseconds, so a minute takes a moment and every run is the
same. A sender fills what the estimate allows with sound and pictures of thirty a second.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from server.media.estimator import Estimator, Sent

SECOND = 1_000_000
REPORT_EVERY = 50_000
FRAME = 33_333


@dataclass
class Line:
    """`rate` is bit/s at a moment (s); `jitter` microseconds added at a moment; loss a share."""

    rate: Callable[[float], float]
    delay: int = 20_000
    longest: int = 400_000  # microseconds of queue, then packets fall off its end
    loss: float = 0.0
    jitter: Callable[[int], int] = lambda at: 0
    free_at: int = 0
    dropped: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    def carry(self, at: int, size: int) -> int | None:
        begin = max(at, self.free_at)
        if begin - at > self.longest or self.chance.random() < self.loss:
            self.dropped += 1
            return None
        self.free_at = begin + round(8 * SECOND * size / self.rate(begin / SECOND))
        return self.free_at + self.delay + self.jitter(self.free_at)

    def queue(self, at: int) -> int:
        return max(0, self.free_at - at)


@dataclass
class Trace:
    """What was seen at every report: the moment (s), the estimate, the queue (us)."""

    at: list[float] = field(default_factory=list)
    rate: list[float] = field(default_factory=list)
    queue: list[int] = field(default_factory=list)
    overusing: list[bool] = field(default_factory=list)

    def between(self, start: float, end: float) -> list[float]:
        return [rate for at, rate in zip(self.at, self.rate, strict=True) if start <= at < end]

    def queues(self, start: float, end: float) -> list[int]:
        return [queue for at, queue in zip(self.at, self.queue, strict=True) if start <= at < end]


def run(
    line: Line,
    seconds: float,
    *,
    estimator: Estimator | None = None,
    most: float = 2_500_000,
    video: Callable[[float, Estimator], float] | None = None,
) -> Trace:
    """Send for so long; `video` says what the pictures take at a moment (s), in bit/s.

    Else they fill the estimate up to `most`.
    """
    estimator = estimator or Estimator()
    trace = Trace()
    waiting: list[tuple[int, Sent]] = []
    for at in range(0, round(seconds * SECOND), 1000):
        sizes = [120] if at % 20_000 == 0 else []
        if at % FRAME < 1000:
            filled = max(0.0, min(estimator.rate, most) - 60_000)
            rate = video(at / SECOND, estimator) if video else filled
            octets = int(rate / 8 * FRAME / SECOND)
            sizes += [1100] * (octets // 1100) + ([octets % 1100] if octets % 1100 > 60 else [])
        for place, size in enumerate(sizes):
            arrived = line.carry(at + 50 * place, size)
            # A receiver learns of a loss when the next packet comes.
            known = arrived or max(at, line.free_at) + line.delay
            waiting.append((known, (at + 50 * place, arrived, size)))
        if at % REPORT_EVERY == 0:
            here = [sent for known, sent in waiting if known + line.delay <= at]
            waiting = [entry for entry in waiting if entry[0] + line.delay > at]
            estimator.update(at / SECOND, here)
            trace.at.append(at / SECOND)
            trace.rate.append(estimator.rate)
            trace.queue.append(line.queue(at))
            trace.overusing.append(estimator.overusing)
    return trace


def narrow(start: float, end: float, rate: float = 300_000) -> Callable[[float], float]:
    """A line of 5 Mbit/s that carries 300 kbit/s for a while."""
    return lambda at: rate if start <= at < end else 5_000_000


def jitter(kind: str) -> Callable[[int], int]:
    chance = random.Random(3)
    return {
        "up to 30 ms on every packet": lambda at: chance.randrange(30_000),
        "nothing for 40 ms, twice a second": lambda at: max(0, 40_000 - at % 500_000),
        "packets in bundles of 50 ms": lambda at: 50_000 - at % 50_000,
        "a stop of 150 ms every two seconds": lambda at: max(0, 150_000 - at % 2_000_000),
    }[kind]


JITTER = [
    "up to 30 ms on every packet",
    "nothing for 40 ms, twice a second",
    "packets in bundles of 50 ms",
    "a stop of 150 ms every two seconds",
]


def mobile(seed: int) -> Callable[[int], int]:
    """100 ms and 25 more or less, with a heavy tail, and nothing overtakes (trust R4, Moderate)."""
    chance = random.Random(seed)
    newest = 0

    def late(at: int) -> int:
        nonlocal newest
        more = (chance.paretovariate(3.0) - 1.5) / 0.866 * 25_000
        newest = max(newest, at + max(0, round(100_000 + more)))
        return newest - at

    return late
