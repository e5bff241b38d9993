"""What arrived: counted for every packet, decrypted and looked into for every eighth."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from server.media.rewrite import payload_start
from server.media.srtp import SIZE
from tests.bench.load.crowd import Crowd
from tests.bench.load.latency import Latencies
from tests.bench.load.leg import Leg
from tests.bench.load.streams import AUDIO, VIDEO

CHECKED = 8  # one packet in so many is decrypted
_STRIDES = 4096


@dataclass(slots=True)
class Arriving:
    """One SSRC a leg receives."""

    leg: Leg
    kind: str


class Reception:
    def __init__(
        self,
        crowd: Crowd,
        legs: dict[int, Leg],
        last: dict[int, int],
        lack: Callable[[Leg, int, int], None],
    ) -> None:
        """`last` is where the last number of every SSRC is kept; `lack` is told now and then of
        a video packet (leg, SSRC, number) that a client could as well have lost."""
        self._crowd = crowd
        self.last = last
        self._lack = lack
        self._legs = legs
        self.arriving: dict[int, Arriving] = {}
        # In random steps: a regular one would look at the same few streams for ever.
        self._strides = [random.randint(1, 2 * CHECKED - 1) for _ in range(_STRIDES)]
        self._stride = 0
        self._skip = 0
        self.begin()

    def begin(self) -> None:
        """Start a window: everything is counted from here."""
        self._before = dict(self.last)
        self._counts: Counter[int] = Counter()
        self.latencies = Latencies()
        self.checked = self.failed = self.strayed = 0

    def add(self, leg: Leg) -> None:
        for ssrc, kind in leg.wanted.receives:
            self.arriving[ssrc] = Arriving(leg, kind)

    def remove(self, leg: Leg) -> None:
        for ssrc, _ in leg.wanted.receives:
            self.arriving.pop(ssrc, None)
            self.last.pop(ssrc, None)

    def take(self, count: int) -> None:
        """Count a batch of which all is RTP."""
        sequences, ssrcs = self._crowd.heads(count)
        self.last.update(zip(ssrcs, sequences, strict=True))
        self._counts.update(ssrcs)
        index = self._skip
        while index < count:
            arriving = self.arriving.get(ssrcs[index])
            if arriving is not None:
                self._check(arriving, index)
                if arriving.kind == "video" and arriving.leg.wanted.repairs:
                    self._lack(arriving.leg, ssrcs[index], sequences[index])
            self._stride = (self._stride + 1) % _STRIDES
            index += self._strides[self._stride]
        self._skip = index - count

    def take_one(self, index: int, sequence: int, ssrc: int) -> None:
        """Count a packet out of a batch that holds other things as well."""
        self.last[ssrc] = sequence
        self._counts[ssrc] += 1
        if self._skip:
            self._skip -= 1

    def _check(self, arriving: Arriving, index: int) -> None:
        crowd = self._crowd
        inbox = crowd.inbox
        length = arriving.leg.inbound.unprotect(inbox.pointers[index], crowd.lengths[index])
        self.checked += 1
        if length < 0:
            self.failed += 1
            return
        if arriving.kind == "rtx":
            return
        at = index * SIZE
        start = payload_start(inbox.view, at, at + length)
        if arriving.kind == "video":
            stamp, sender = VIDEO.unpack_from(inbox.view, start)[-2:]
        else:
            stamp, sender = AUDIO.unpack_from(inbox.view, start)
        owner = self._legs.get(sender)
        if owner is None or owner.wanted.room != arriving.leg.wanted.room:
            self.strayed += 1
            return
        self.latencies.add(crowd.arrival(index)[0] - stamp)

    def figures(self) -> dict[str, Any]:
        """The window so far. `expected` goes by the numbers in the packets (RFC 3550)."""
        received = expected = repeated = 0
        for ssrc, count in self._counts.items():
            arriving = self.arriving.get(ssrc)
            if arriving is None:
                continue
            if arriving.kind == "rtx":
                repeated += count
                continue
            received += count
            before = self._before.get(ssrc)
            last = self.last[ssrc]
            expected += count if before is None else (last - before) & 0xFFFF
        taken = self.latencies
        return {
            "received": received,
            "expected": expected,
            "retransmitted": repeated,
            "checked": self.checked,
            "failed": self.failed,
            "strayed": self.strayed,
            "p50_ms": taken.quantile(0.5),
            "p90_ms": taken.quantile(0.9),
            "p99_ms": taken.quantile(0.99),
            "p999_ms": taken.quantile(0.999),
            "most_ms": taken.most / 1e6,
        }
