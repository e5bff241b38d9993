"""Whether the queue before a line's narrowest place grows. Pure.

A delay gradient after draft-ietf-rmcat-gcc-02 section 5, over groups of packets sent together. As
jitter of a busy phone looks like the beginning of a queue, it counts only while a queue really
stands.
"""

from collections import deque

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
REMEMBERED = 10  # seconds the shortest way is remembered
REBASED = 60_000.0  # milliseconds


class Delay:
    """Whether the way grows longer: the slope of the smoothed delay over the last groups."""

    __slots__ = (
        "draining", "overusing", "_above", "_at", "_groups", "_jitter", "_origin", "_points",
        "_queued", "_second", "_send", "_shortest", "_signal", "_smoothed", "_threshold", "_total",
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
        self._second = -(1 << 62)  # when the next second begins: at once, whatever our clock says
        self._shortest = self._way = 0
        self._jitter = 0.0  # microseconds

    @property
    def queueing(self) -> bool:
        """Whether a queue stands, growing or not."""
        return self._queued >= QUEUED

    def add(self, send: int, at: int) -> None:
        """A group, sent and arrived at these microseconds of two clocks.

        One function in two halves, as a call costs as much as half of what it does.
        """
        passed = (send - self._send) / 1000
        since = (at - self._at) / 1000
        self._send, self._at = send, at
        self._groups += 1
        if self._groups == 1:
            self._origin = at
            self._way = at - send
            return
        self._total += since - passed
        self._smoothed = y = SMOOTH * self._smoothed + (1 - SMOOTH) * self._total
        x = (at - self._origin) / 1000
        # Least squares, kept as running sums.
        points = self._points
        points.append((x, y))
        sum_x, sum_y = self._x + x, self._y + y
        sum_xx, sum_xy = self._xx + x * x, self._xy + x * y
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
                groups = self._groups
                signal = GAIN * (groups if groups < GAIN_GROUPS else GAIN_GROUPS) * slope
        self._x, self._y, self._xx, self._xy = sum_x, sum_y, sum_xx, sum_xy
        if x > REBASED:
            self._rebase(x)
        way = at - send
        if way < self._shortest or send >= self._second:
            self._remember(send, way)
        change = way - self._way
        self._way = way
        self._jitter += ((change if change >= 0 else -change) - self._jitter) / STEADILY
        longest = STANDING + UNSTEADY * self._jitter
        self._queued = self._queued + 1 if way - self._shortest > longest else 0
        # The judgement.
        threshold = self._threshold
        size = signal if signal >= 0.0 else -signal
        if signal > threshold:
            self._above += passed if self._above else passed / 2
            # After a pause everything comes at once: late, but each less so than the last.
            rising = signal >= self._signal and since >= passed
            if self._above > PERSISTENT and (self.overusing or rising):
                self.overusing = self._queued >= QUEUED
            self.draining = False
        else:
            self._above = 0.0
            self.overusing = False
            self.draining = size > threshold
        self._signal = signal
        # What is far outside is an event of its own, not what this line is usually like.
        if size < threshold + 15.0 and since > 0.0:
            follow = SLOWER if size < threshold else FASTER
            threshold += follow * (size - threshold) * (since if since < 100.0 else 100.0)
            if LOWEST < threshold < HIGHEST:
                self._threshold = threshold
            else:
                self._threshold = LOWEST if threshold <= LOWEST else HIGHEST

    def _rebase(self, x: float) -> None:
        """Move the origin of the sums on: the squares of a long call would drown the rest."""
        moved = [(old - x, y) for old, y in self._points]
        self._origin += round(x * 1000)
        self._points = deque(moved)
        self._x, self._y = sum(x for x, _ in moved), sum(y for _, y in moved)
        self._xx, self._xy = sum(x * x for x, _ in moved), sum(x * y for x, y in moved)

    def _remember(self, send: int, way: int) -> None:
        """Keep the shortest way of the last ten seconds, by our clock, one of each second."""
        ways = self._ways
        if send >= self._second:
            ways.append(way)
            self._second = send + 1_000_000
        ways[-1] = min(ways[-1], way)
        self._shortest = min(ways)
