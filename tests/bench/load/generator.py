"""The load generator, a program of its own, started by `Load` and nobody else.

One process for all synthetic clients, so that they cost as little as they can: it sends what is
due, takes in what has come, and does what it is told by JSON lines on its standard input. What
it was and was not able to send is part of its figures: a slow generator must not pass for a
fast server.
"""

import ctypes
import gc
import json
import os
import re
import select
import sys
import time
from contextlib import suppress
from typing import Any

from aiortc import RTCCertificate

from server.media.srtp import SIZE
from tests.bench.load.crowd import BATCH, Crowd
from tests.bench.load.latency import Latencies
from tests.bench.load.leg import Leg, Wanted
from tests.bench.load.reception import Reception
from tests.bench.load.reports import Reports
from tests.bench.load.streams import KINDS, Pace

LOOK = 0.005  # seconds between two looks at the commands
TICK = 0.05  # and at what time asks of the legs
NAP = 0.0001
BURST = 64  # packets sent before anything is received again
GIVE_UP = 0.25  # seconds late after which packets are left out, and counted
_BELOW_RTP = re.compile(rb"[\x00-\x7f]")
_RTCP = re.compile(rb"[\xc0-\xdf]")


class Generator:
    def __init__(self) -> None:
        self._certificate = RTCCertificate.generateCertificate()
        self._crowd = Crowd()
        self._legs: dict[int, Leg] = {}
        self._by_source: dict[bytes, Leg] = {}
        self._joining: dict[int, float] = {}
        last: dict[int, int] = {}
        self._reports = Reports(self._crowd, last)
        self._reception = Reception(self._crowd, self._legs, last, self._reports.lack)
        self._paces = {name: Pace(kind.rate) for name, kind in KINDS.items()}
        self._commands = b""
        self._window_ends = 0.0
        self._begin()

    def run(self) -> None:
        prints = {p.algorithm: p.value for p in self._certificate.getFingerprints()}
        tell({"fingerprint": prints["sha-256"], "port": self._crowd.port})
        looked = ticked = 0.0
        while True:
            now = time.monotonic()
            behind = self._send(now)
            count = self._receive()
            if now - looked > LOOK:
                looked = now
                if not self._look(now):
                    return
                if now - ticked > TICK:
                    ticked = now
                    self._tick(now)
            if not behind and count < BATCH // 4:
                time.sleep(NAP)

    # ── media ──

    def _send(self, now: float) -> bool:
        """Send what is due; True when more is due than was sent."""
        crowd = self._crowd
        view, pointers = crowd.outbox.view, crowd.outbox.pointers
        left = BURST
        for pace in self._paces.values():
            if not pace.streams or pace.due > now:
                continue
            late = now - pace.due
            self._lateness.add(int(late * 1e9))
            if late > GIVE_UP:
                self._left_out += int(late * pace.rate * len(pace.streams))
                pace.due = now
            while pace.due <= now and left:
                left -= 1
                stream = pace.next()
                index = crowd.queued
                length = stream.write(view, index * SIZE, time.time_ns())
                leg = stream.leg
                crowd.send(leg.outbound.protect(pointers[index], length), leg.source, leg.target)
                self._sent += 1
                self._owed += stream.fan
        crowd.flush()
        return not left

    def _receive(self) -> int:
        crowd = self._crowd
        count = crowd.receive()
        if not count:
            return 0
        if _BELOW_RTP.search(crowd.firsts(count)) or _RTCP.search(crowd.firsts(count, 1)):
            self._sort(count)
        else:
            self._reception.take(count)
            self._reports.note(count)
        return count

    def _sort(self, count: int) -> None:
        """Take in a batch that is not all RTP, one by one."""
        crowd = self._crowd
        sequences, ssrcs = crowd.heads(count)
        view = crowd.inbox.view
        for index in range(count):
            at = index * SIZE
            if view[at] >= 128 and not 192 <= view[at + 1] < 224:
                self._reception.take_one(index, sequences[index], ssrcs[index])
                self._reports.note_one(index, ssrcs[index])
                continue
            leg = self._by_source.get(crowd.arrival(index)[1])
            if leg is None:
                continue
            leg.take(bytes(view[at : at + crowd.lengths[index]]))
            if leg.wanted.number in self._joining and leg.connected:
                self._connect(leg)
            if leg.rtcp:
                self._reports.take(leg)

    def _connect(self, leg: Leg) -> None:
        taken = time.monotonic() - self._joining.pop(leg.wanted.number)
        now = time.monotonic()
        self._reception.add(leg)
        self._reports.add(leg)
        for stream in leg.streams:
            self._paces[stream.kind].add(stream, now)
        tell({"connected": leg.wanted.number, "ms": 1000 * taken})

    # ── what it is told ──

    def _look(self, now: float) -> bool:
        if self._window_ends and now >= self._window_ends:
            self._window_ends = 0.0
            tell({"window": self._figures()})
        if select.select([0], [], [], 0)[0]:
            more = os.read(0, 1 << 20)
            if not more:
                return False
            *lines, self._commands = (self._commands + more).split(b"\n")
            for line in lines:
                self._obey(json.loads(line), now)
        return True

    def _obey(self, command: dict[str, Any], now: float) -> None:
        match command:
            case {"leg": wanted}:
                leg = Leg(Wanted(**wanted), self._certificate, self._crowd)
                self._legs[leg.wanted.number] = leg
                self._by_source[leg.source_bytes] = leg
                self._joining[leg.wanted.number] = now
                leg.tick(now)
            case {"end": number}:
                self._end(self._legs.pop(number))
            case {"window": seconds}:
                self._begin()
                self._reception.begin()
                self._reports.begin()
                self._window_ends = now + seconds

    def _end(self, leg: Leg) -> None:
        leg.goodbye()
        self._joining.pop(leg.wanted.number, None)
        self._by_source.pop(leg.source_bytes, None)
        self._reception.remove(leg)
        self._reports.remove(leg)
        for pace in self._paces.values():
            pace.remove({stream.ssrc for stream in leg.streams})

    def _tick(self, now: float) -> None:
        for leg in self._legs.values():
            leg.tick(now)
        self._reports.tick(now)
        self._crowd.flush()

    def _begin(self) -> None:
        self._sent = self._owed = self._left_out = 0
        self._lateness = Latencies()
        self._began = time.monotonic(), time.process_time()

    def _figures(self) -> dict[str, Any]:
        began, worked = self._began
        taken = time.monotonic() - began
        return {
            **self._reception.figures(),
            **self._reports.figures(),
            "seconds": taken,
            "sent": self._sent,
            "owed": self._owed,
            "left_out": self._left_out,
            "unsent": self._crowd.unsent,
            "late_p99_ms": self._lateness.quantile(0.99),
            "generator_cpu": (time.process_time() - worked) / taken,
        }


def tell(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def main() -> None:
    # The kernel rounds sleeps up by 50 us unless asked not to.
    ctypes.CDLL(None).prctl(29, 1000, 0, 0, 0)
    if "--realtime" in sys.argv:
        with suppress(PermissionError):
            os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(5))
    gc.collect()
    gc.freeze()
    gc.disable()
    Generator().run()


if __name__ == "__main__":
    main()
