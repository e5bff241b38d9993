"""How much one receiver's line carries, from when our packets came to it. Pure.

Two signs say that a line is full: packets come later and later (the queue before its narrowest
place grows), or not at all. The first is a delay gradient after draft-ietf-rmcat-gcc-02 section
5, over groups of packets sent together; as jitter of a busy phone looks like the beginning of a
queue, it counts only while a queue really stands. The figures are those measured in Chromium
and Firefox on an emulated 300 kbit/s line.
"""

from collections import deque
from collections.abc import Sequence

Sent = tuple[int, int | None, int]
"""When we sent a packet, when it came (None: it did not), both in microseconds of two clocks
that need not agree; and its size in bytes."""

START = 600_000.0  # bit/s until we know better: a small picture and sound
FLOOR = 30_000.0  # bit/s: sound alone
CEILING = 20_000_000.0  # bit/s

GROUP = 5_000  # microseconds; what is sent within them arrives as one
POINTS = 20  # groups the gradient is taken over
SMOOTH = 0.9
GAIN, GAIN_GROUPS = 4.0, 60
THRESHOLD, LOWEST, HIGHEST = 12.5, 6.0, 600.0  # milliseconds
SLOWER, FASTER = 0.039, 0.0087  # how fast the threshold follows down, and up
PERSISTENT = 10.0  # milliseconds above the threshold
STANDING, QUEUED = 25_000, 3  # microseconds of queue, met by so many groups one after another
REMEMBERED = 10  # seconds the shortest way is remembered
REBASED = 60_000.0  # milliseconds
ASTRAY = 10_000_000  # microseconds; a clock began anew, or its machine slept

BUCKET, BUCKETS = 50_000, 10  # microseconds: half a second of arrivals

BACK_OFF, BACK_OFF_EVERY = 0.85, 0.3
LOSSY, VERY_LOSSY, LOSS_WINDOW, LOSS_EVERY = 0.10, 0.20, 1.0, 0.5
FEWEST = 20  # packets; of fewer, one lost by chance would count too much
HOLD = 0.5  # seconds after a decrease without growth
GROWTH, CAREFUL, NEAR = 0.25, 30_000.0, 0.15  # per second; bit/s per second near capacity
HEADROOM, MORE = 1.5, 20_000.0  # growth ends at so much above what arrives


class Estimator:
    """One receiver's estimate. `rate` is in bit/s, `acked` what arrived in the last half second."""

    __slots__ = (
        "acked", "rate", "_arrivals", "_begun", "_bytes", "_capacity", "_closed", "_decreased",
        "_delay",
        "_first", "_grew", "_last", "_lost", "_losses", "_loss_acted", "_reported", "_send",
    )  # fmt: skip

    def __init__(self, start: float = START) -> None:
        self.rate = start
        self.acked = 0.0
        self._delay = _Delay()
        self._arrivals = _Arrivals()
        self._begun = False
        self._first = self._send = self._last = self._bytes = 0  # the group that is being filled
        self._closed = 0  # when the last one before it was sent
        self._capacity = 0.0
        self._decreased = self._loss_acted = float("-inf")
        self._grew: float | None = None
        self._losses: deque[tuple[float, int, int]] = deque()
        self._lost = self._reported = 0

    @property
    def overusing(self) -> bool:
        return self._delay.overusing

    def update(self, now: float, packets: Sequence[Sent]) -> float:
        """Take in what a receiver reported, in the order it was sent; the new estimate in bit/s.

        A packet is given once; one that was lost may be given again when it came after all.
        """
        lost = 0
        first, send, last, size = self._first, self._send, self._last, self._bytes
        for sent, arrived, length in packets:
            if arrived is None:
                lost += 1
                continue
            if -ASTRAY < sent - first < GROUP and self._begun:
                size += length
                if sent >= send:
                    send = sent
                    if arrived > last:
                        last = arrived
                continue
            if self._begun:
                self._close(send, last, size)
            self._begun = True
            first, send, last, size = sent, sent, arrived, length
        self._first, self._send, self._last, self._bytes = first, send, last, size
        if packets:
            self._count(now, lost, len(packets))
            self._decide(now)
        return self.rate

    def _close(self, send: int, at: int, size: int) -> None:
        strange = abs(at - self._arrivals.newest) > ASTRAY or abs(send - self._closed) > ASTRAY
        self._closed = send
        if strange:
            self._delay, self._arrivals = _Delay(), _Arrivals()
        self._arrivals.add(at, size)
        self._delay.add(send, at)

    def _count(self, now: float, lost: int, reported: int) -> None:
        self.acked = self._arrivals.rate()
        losses = self._losses
        losses.append((now, lost, reported))
        self._lost += lost
        self._reported += reported
        while losses[0][0] < now - LOSS_WINDOW:
            _, old_lost, old_reported = losses.popleft()
            self._lost -= old_lost
            self._reported -= old_reported

    @property
    def loss(self) -> float:
        """The share of the last second's packets that did not come, 0..1."""
        return self._lost / self._reported if self._reported >= FEWEST else 0.0

    def _decide(self, now: float) -> None:
        passed = 0.0 if self._grew is None else min(max(0.0, now - self._grew), 1.0)
        self._grew = now
        loss = self.loss
        if self._delay.overusing and now - self._decreased >= BACK_OFF_EVERY and self.acked:
            self._capacity = self.acked
            self._decrease(now, BACK_OFF * self.acked)
        if loss > LOSSY and now - self._loss_acted >= LOSS_EVERY:
            self._loss_acted = now
            kept = self.rate * (1 - loss / 2)
            self._decrease(now, min(kept, self.acked) if loss > VERY_LOSSY else kept)
        full = self._delay.overusing or self._delay.draining or loss > LOSSY
        if not full and now - self._decreased >= HOLD:
            self._grow(passed)

    def _decrease(self, now: float, rate: float) -> None:
        self._decreased = now
        self.rate = max(FLOOR, min(self.rate, rate))

    def _grow(self, passed: float) -> None:
        self.rate = max(self.rate, min(0.95 * self.acked, CEILING))
        most = min(HEADROOM * self.acked + MORE, CEILING)
        if self.rate < most:
            near = abs(self.rate - self._capacity) <= NEAR * self._capacity
            step = CAREFUL if near else GROWTH * self.rate
            self.rate = min(self.rate + step * passed, most)


class _Arrivals:
    """The bytes of the last half second, by the receiver's clock."""

    __slots__ = ("newest", "_begun", "_buckets", "_total")

    def __init__(self) -> None:
        self.newest = 0
        self._begun = 0  # when the first packet came; 0 before
        self._buckets = [0] * BUCKETS
        self._total = 0

    def add(self, at: int, size: int) -> None:
        before, place = self.newest // BUCKET, at // BUCKET
        if not self._begun:
            self._begun = at
            self.newest = at
        elif place > before:
            for passed in range(before + 1, min(place, before + BUCKETS) + 1):
                self._total -= self._buckets[passed % BUCKETS]
                self._buckets[passed % BUCKETS] = 0
        self.newest = max(at, self.newest)
        self._total += size
        self._buckets[self.newest // BUCKET % BUCKETS] += size

    def rate(self) -> float:
        """Bit/s; 0 as long as too little came to tell."""
        window = (BUCKETS - 1) * BUCKET + self.newest % BUCKET
        window = min(window, self.newest - self._begun)
        return 8e6 * self._total / window if window >= 2 * BUCKET else 0.0


class _Delay:
    """Whether the way grows longer: the slope of the smoothed delay over the last groups."""

    __slots__ = (
        "draining", "overusing", "_above", "_at", "_groups", "_origin", "_points", "_queued",
        "_second", "_send", "_shortest", "_signal", "_smoothed", "_threshold", "_total", "_ways",
        "_x", "_xx", "_xy", "_y",
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
        self._shortest = 0

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
        self._queued = self._queued + 1 if way - self._shortest > STANDING else 0
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
