"""Whether the queue before a line's narrowest place grows. Pure.

A delay gradient after draft-ietf-rmcat-gcc-02 section 5, over groups of packets sent together. As
jitter of a busy phone looks like the beginning of a queue, it counts only while a queue really
stands.
"""

from collections import deque
from collections.abc import Iterable
from itertools import islice

Group = tuple[int, int, int]
"""Packets that were sent together: when the last one was sent and came, in microseconds of two
clocks, and their bytes."""

POINTS = 20  # groups the gradient is taken over
SMOOTH = 0.9
GAIN, GAIN_GROUPS = 4.0, 60
THRESHOLD, LOWEST, HIGHEST = 12.5, 6.0, 600.0  # milliseconds
SLOWER, FASTER = 0.039, 0.0087  # how fast the threshold follows down, and up
PERSISTENT = 10.0  # milliseconds above the threshold
STANDING, QUEUED = 25_000, 3  # microseconds of queue, met by so many groups one after another
# And beyond that, so many times what the way differs from one group to the next of late (over so
# many groups): on a mobile network that is more than a queue. A real one soon outgrows it.
UNSTEADY, STEADILY = 1.8, 32
SPELL, REMEMBERED = 500_000, 20  # microseconds; so many of them the shortest way is remembered
REBASED = 60_000.0  # milliseconds


class Delay:
    """Whether the way grows longer: the slope of the smoothed delay over the last groups."""

    __slots__ = (
        "draining", "overusing", "_above", "_at", "_groups", "_jitter", "_next", "_origin",
        "_points", "_queued", "_send", "_shortest", "_signal", "_smoothed", "_threshold", "_total",
        "_way", "_ways", "_x", "_xx", "_xy", "_y",
    )  # fmt: skip

    def __init__(self) -> None:
        self.overusing = self.draining = False
        self._groups = self._queued = 0
        self._send = self._at = self._origin = 0
        self._total = self._smoothed = 0.0  # milliseconds
        self._points: deque[tuple[float, float]] = deque()
        self._x = self._y = self._xx = self._xy = 0.0  # their sums
        self._threshold = THRESHOLD
        self._signal = self._above = 0.0
        self._ways: deque[int] = deque(maxlen=REMEMBERED)
        self._next = -(1 << 62)  # when the next spell begins: at once, whatever our clock says
        self._shortest = self._way = 0
        self._jitter = 0.0  # microseconds

    @property
    def queueing(self) -> bool:
        """Whether a queue stands, growing or not."""
        return self._queued >= QUEUED

    @property
    def standing(self) -> float:
        """By how much the way was at least longer of late than it can be, in microseconds; 0 for
        what this way's unsteadiness alone may be."""
        longer = min(islice(reversed(self._ways), 2), default=0) - self._shortest
        return longer if longer > STANDING + UNSTEADY * self._jitter else 0.0

    def settle(self) -> None:
        """Take what the way was like of late for what it is like."""
        while len(self._ways) > 2:
            self._ways.popleft()
        self._shortest = min(self._ways)
        self._queued, self._above, self.overusing = 0, 0.0, False

    def add(self, send: int, at: int) -> None:
        """A group, sent and arrived at these microseconds of two clocks."""
        self.add_all([(send, at, 0)])

    def add_all(self, groups: Iterable[Group]) -> None:
        """Several, one after another.

        One function in two halves, and everything in it a name of its own: with ten people a
        worker goes through a thousand groups a second.
        """
        before, arrived, origin = self._send, self._at, self._origin
        count, queued, way = self._groups, self._queued, self._way
        total, smoothed, jitter = self._total, self._smoothed, self._jitter
        sum_x, sum_y, sum_xx, sum_xy = self._x, self._y, self._xx, self._xy
        threshold, last, above = self._threshold, self._signal, self._above
        overusing, draining = self.overusing, self.draining
        points = self._points
        for send, at, _ in groups:
            passed = (send - before) / 1000
            since = (at - arrived) / 1000
            before, arrived = send, at
            count += 1
            if count == 1:
                origin = at
                way = at - send
                continue
            total += since - passed
            smoothed = y = SMOOTH * smoothed + (1 - SMOOTH) * total
            x = (at - origin) / 1000
            # Least squares, kept as running sums.
            points.append((x, y))
            sum_x += x
            sum_y += y
            sum_xx += x * x
            sum_xy += x * y
            signal = 0.0
            if len(points) > POINTS:
                old_x, old_y = points.popleft()
                sum_x -= old_x
                sum_y -= old_y
                sum_xx -= old_x * old_x
                sum_xy -= old_x * old_y
                spread = POINTS * sum_xx - sum_x * sum_x
                if spread > 1.0:
                    slope = (POINTS * sum_xy - sum_x * sum_y) / spread
                    signal = GAIN * (count if count < GAIN_GROUPS else GAIN_GROUPS) * slope
            if x > REBASED:
                origin += round(x * 1000)
                sum_x, sum_y, sum_xx, sum_xy = _rebase(points, x)
            now = at - send
            if now < self._shortest or send >= self._next:
                self._remember(send, now)
            change = now - way
            way = now
            jitter += ((change if change >= 0 else -change) - jitter) / STEADILY
            queued = queued + 1 if way - self._shortest > STANDING + UNSTEADY * jitter else 0
            # The judgement.
            size = signal if signal >= 0.0 else -signal
            if signal > threshold:
                above += passed if above else passed / 2
                # After a pause everything comes at once: late, but each less so than the last.
                rising = signal >= last and since >= passed
                if above > PERSISTENT and (overusing or rising):
                    overusing = queued >= QUEUED
                draining = False
            else:
                above = 0.0
                overusing = False
                draining = size > threshold
            last = signal
            # What is far outside is an event of its own, not what this line is usually like.
            if size < threshold + 15.0 and since > 0.0:
                follow = SLOWER if size < threshold else FASTER
                lasted = since if since < 100.0 else 100.0
                moved = threshold + follow * (size - threshold) * lasted
                if LOWEST < moved < HIGHEST:
                    threshold = moved
                else:
                    threshold = LOWEST if moved <= LOWEST else HIGHEST
        self._send, self._at, self._origin = before, arrived, origin
        self._groups, self._queued, self._way = count, queued, way
        self._total, self._smoothed, self._jitter = total, smoothed, jitter
        self._x, self._y, self._xx, self._xy = sum_x, sum_y, sum_xx, sum_xy
        self._threshold, self._signal, self._above = threshold, last, above
        self.overusing, self.draining = overusing, draining

    def _remember(self, send: int, way: int) -> None:
        """Keep the shortest way of the last ten seconds, by our clock, one of each spell."""
        ways = self._ways
        if send >= self._next:
            ways.append(way)
            self._next = send + SPELL
        ways[-1] = min(ways[-1], way)
        self._shortest = min(ways)


def _rebase(points: deque[tuple[float, float]], by: float) -> tuple[float, float, float, float]:
    """Move the origin of the points on, and give their sums: the squares of a long call would
    drown the rest."""
    for _ in range(len(points)):
        x, y = points.popleft()
        points.append((x - by, y))
    return (
        sum(x for x, _ in points),
        sum(y for _, y in points),
        sum(x * x for x, _ in points),
        sum(x * y for x, y in points),
    )
