"""How much one receiver's line carries, from when our packets came to it. Pure.

Two signs say that a line is full: packets come later and later (delay.py), or not at all. Of a
line that loses as much however little is sent, loss says nothing. The figures are those measured
in Chromium and Firefox on an emulated 300 kbit/s line.
"""

from collections import deque
from collections.abc import Sequence

from server.media.delay import Delay, Group

Sent = tuple[int, int | None, int]
"""When we sent a packet, when it came (None: it did not), both in microseconds of two clocks
that need not agree; and its size in bytes."""

START = 600_000.0  # bit/s until we know better: a small picture and sound
FLOOR = 30_000.0  # bit/s: sound alone
CEILING = 20_000_000.0  # bit/s

GROUP = 5_000  # microseconds; what is sent within them arrives as one
ASTRAY = 10_000_000  # microseconds; a clock began anew, or its machine slept

BUCKET, BUCKETS = 50_000, 10  # microseconds: half a second of arrivals

BACK_OFF, BACK_OFF_EVERY = 0.85, 0.3
LOSSY, VERY_LOSSY, LOSS_WINDOW, LOSS_EVERY = 0.10, 0.20, 1.0, 0.5
# What is sent is brought down to `MUCH_LESS`; is then still `AS_MUCH` lost, the line is like that.
MUCH_LESS, AS_MUCH, TRIED, FORGIVEN = 0.7, 0.7, 1.5, 5.0  # shares; seconds
MOST_USUAL = 0.6
DRAINS = 0.75  # of what a line carries: with so much sent, half a second of queue is gone in two
FEWEST = 20  # packets; of fewer, one lost by chance would count too much
# A queue shrinks where less is sent than comes through. One that does not was none: the way itself
# became longer (another cell, another network), and what came before fits on.
TAKES_EFFECT, SHRINKS = 1.0, 2.0  # seconds since less is sent; the shortest of each of them counts
LESS, SHRUNK = 0.9, 0.5  # of what came through; of what would have gone
BACK = 2.0  # of what comes through now: the way may have become narrower as well
EMPTIED = 200_000  # microseconds of queue that are surely gone in a second
GIVEN_UP, AT_ONCE, STAYS_SURE = 5.0, 2.0, 30.0  # seconds
HOLD = 0.5  # seconds after a decrease without growth
GROWTH, CAREFUL, NEAR = 0.25, 30_000.0, 0.15  # per second; bit/s per second near capacity
HEADROOM, MORE = 1.5, 20_000.0  # growth ends at so much above what arrives
# While it is known what the line carries, an estimate beyond that has to be seen to arrive.
KNOWN, BARELY = 20.0, 1.1  # seconds; of what arrives


class Estimator:
    """One receiver's estimate. `rate` is in bit/s, `acked` what arrived in the last half second."""

    __slots__ = (
        "acked", "rate", "_acquitted", "_arrivals", "_begun", "_blamed", "_bytes", "_capacity",
        "_closed", "_decreased", "_delay", "_doubted", "_first", "_full", "_grew", "_last", "_lost",
        "_losses", "_loss_acted", "_reported", "_send", "_stood", "_sure",
        "_tried", "_usual",
    )  # fmt: skip

    def __init__(self, start: float = START) -> None:
        self.rate = start
        self.acked = 0.0
        self._delay = Delay()
        self._arrivals = _Arrivals()
        self._begun = False
        self._first = self._send = self._last = self._bytes = 0  # the group that is being filled
        self._closed = 0  # when the last one before it was sent
        self._capacity, self._full = (
            0.0,
            float("-inf"),
        )  # what it carried when full, and when
        # When a queue was first taken for the reason, and what came through then; when less was
        # sent to see it shrink, and how long it was once that took effect, in microseconds.
        self._blamed: tuple[float, float] | None = None
        self._doubted: float | None = None
        self._stood: float | None = None
        self._acquitted = self._sure = float("-inf")
        self._decreased = self._loss_acted = float("-inf")
        self._grew: float | None = None
        self._losses: deque[tuple[float, int, int]] = deque()
        self._lost = self._reported = 0
        self._usual = 0.0  # the share that is lost however little is sent
        self._tried: tuple[float, float, float] | None = None

    @property
    def overusing(self) -> bool:
        return self._delay.overusing

    def update(self, now: float, packets: Sequence[Sent]) -> float:
        """Take in what a receiver reported, in the order it was sent; the new estimate in bit/s.

        A packet is given once; one that was lost may be given again when it came after all.
        """
        lost = 0
        first, send, last, size = self._first, self._send, self._last, self._bytes
        begun, groups = self._begun, []
        for sent, arrived, length in packets:
            if arrived is None:
                lost += 1
                continue
            if -ASTRAY < sent - first < GROUP and begun:
                size += length
                if sent >= send:
                    send = sent
                    if arrived > last:
                        last = arrived
                continue
            if begun:
                groups.append((send, last, size))
            begun = True
            first, send, last, size = sent, sent, arrived, length
        self._begun = begun
        self._first, self._send, self._last, self._bytes = first, send, last, size
        self._close(groups)
        if packets:
            self._count(now, lost, len(packets))
            self._decide(now)
        return self.rate

    def _close(self, groups: Sequence[Group]) -> None:
        """Take in groups that are complete: all that follow one another together."""
        begin, newest, closed = 0, self._arrivals.newest, self._closed
        for place, (send, at, _) in enumerate(groups):
            if abs(at - newest) > ASTRAY or abs(send - closed) > ASTRAY:
                self._note(groups[begin:place])
                self._delay, self._arrivals = Delay(), _Arrivals()
                begin, newest = place, at
            elif at > newest or not newest:
                newest = at
            closed = send
        self._closed = closed
        self._note(groups[begin:])

    def _note(self, groups: Sequence[Group]) -> None:
        self._arrivals.add_all(groups)
        self._delay.add_all(groups)

    def _count(self, now: float, lost: int, reported: int) -> None:
        self.acked = self._arrivals.rate() / (1 - self._usual)
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

    @property
    def excess(self) -> float:
        """The loss beyond what this line loses anyway, 0..1."""
        return max(0.0, self.loss - self._usual)

    def _decide(self, now: float) -> None:
        passed = 0.0 if self._grew is None else min(max(0.0, now - self._grew), 1.0)
        self._grew = now
        self._know_usual(now, passed)
        self._know_way(now)
        loss = self.excess
        if self._delay.overusing and now - self._decreased >= BACK_OFF_EVERY and self.acked:
            self._blame(now)
            self._decrease(now, BACK_OFF * self.acked)
        if loss > LOSSY and now - self._loss_acted >= LOSS_EVERY:
            self._loss_acted = now
            kept = self.rate * (1 - loss / 2)
            if loss > VERY_LOSSY and self.acked:
                kept = min(kept, self.acked)
            # Of a line with a queue before it we know what comes through, and that is what it
            # carries: what fell off the queue's end says no more than the queue does.
            known = DRAINS * self.acked if self._delay.queueing else 0.0
            self._decrease(now, max(kept, known))
        full = self._delay.overusing or self._delay.draining or loss > LOSSY
        full = full or self._doubted is not None
        if not full and now - self._decreased >= HOLD:
            self._grow(now, passed)

    def _know_way(self, now: float) -> None:
        """Find out whether a way that is longer than before is so because of us: send less than
        comes through, and see whether it shrinks."""
        if self._blamed is None:
            return
        began, came = self._blamed
        stands = self._delay.standing
        if self._doubted is None:
            if stands and self.excess <= LOSSY:
                self._doubted, self._stood = now, None
                self._decrease(now, DRAINS * self.acked)
            elif now - began >= GIVEN_UP:
                self._blamed = None
        elif self._stood is None and now - self._doubted >= TAKES_EFFECT:
            self._stood = stands
        elif self._stood is not None and now - self._doubted >= SHRINKS:
            shrunk = self._stood - stands >= SHRUNK * min(self._stood, EMPTIED)
            self._blamed = self._doubted = None
            if self.acked <= LESS * came and stands and not shrunk:
                self._acquitted = now
                self._delay.settle()
                self._capacity, self._full = 0.0, float("-inf")
                self.rate = max(self.rate, min(came, BACK * self.acked))

    def _blame(self, now: float) -> None:
        """What comes through while a queue seems to grow. Where it grew again at once after it
        had been taken for none, it was one."""
        if now - self._acquitted < AT_ONCE:
            self._sure = now + STAYS_SURE
        if self._blamed is None and now >= self._sure:
            self._blamed = now, self.acked
        self._capacity, self._full = self.acked, now

    def _know_usual(self, now: float, passed: float) -> None:
        """Find out whether what is lost is lost because of us: if we send much less and as much
        is lost as before, it is what the line is like (a bad radio), and no reason for less."""
        if self.loss < self._usual:
            self._usual += (self.loss - self._usual) * min(1.0, passed / FORGIVEN)
        if self.excess <= LOSSY or not self.acked:
            self._tried = None
            return
        # Nothing may have come at all, or somebody says so.
        sent = self.acked * (1 - self._usual) / max(1 - self.loss, 0.01)
        if self._tried is None:
            self._tried = now, sent, self.loss
        began, before, lost = self._tried
        lost = max(lost, self.loss)
        self._tried = began, before, lost
        if now - began >= TRIED and sent <= MUCH_LESS * before:
            if self.loss >= AS_MUCH * lost:
                self._usual = min(self.loss, MOST_USUAL)
            self._tried = now, sent, self.loss

    def _decrease(self, now: float, rate: float) -> None:
        self._decreased = now
        self.rate = max(FLOOR, min(self.rate, rate))

    def _grow(self, now: float, passed: float) -> None:
        self.rate = max(self.rate, min(0.95 * self.acked, CEILING))
        most = min(HEADROOM * self.acked + MORE, CEILING)
        if now - self._full < KNOWN:
            most = max(BARELY * self.acked, min(most, self._capacity))
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

    def add_all(self, groups: Sequence[Group]) -> None:
        buckets, newest = self._buckets, self.newest
        for _, at, size in groups:
            before, place = newest // BUCKET, at // BUCKET
            if not self._begun:
                self._begun = newest = at
            elif place > before:
                for passed in range(before + 1, min(place, before + BUCKETS) + 1):
                    self._total -= buckets[passed % BUCKETS]
                    buckets[passed % BUCKETS] = 0
            if at > newest:
                newest = at
            self._total += size
            buckets[newest // BUCKET % BUCKETS] += size
        self.newest = newest

    def rate(self) -> float:
        """Bit/s; 0 as long as too little came to tell."""
        window = (BUCKETS - 1) * BUCKET + self.newest % BUCKET
        window = min(window, self.newest - self._begun)
        return 8e6 * self._total / window if window >= 2 * BUCKET else 0.0
