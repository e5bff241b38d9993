"""Rooms of three at aiortc's relay: people with a ready-made picture, and what they get to see.

The relay decodes, so the packets must hold a real picture: two seconds of a moving pattern,
encoded once beforehand at 1 Mbit/s and played over and over. What travels encrypted does not
survive encoding anew, so there is no latency here; a room is held when everybody gets nearly all
of the others' frames.
"""

import asyncio
import fractions
import json
import sys
from contextlib import suppress
from typing import Any

import av
from aiortc import (
    AudioStreamTrack,
    MediaStreamTrack,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.mediastreams import MediaStreamError

from tests.bench.load import cpu
from tests.bench.load.cpu import on
from tests.bench.load.ladder import Window
from tests.bench.load.load import ROOT

PEOPLE, RATE, SECONDS, BITS = 3, 30, 2, 1_000_000
NEARLY = 0.95  # of the frames
_LINE = 1 << 20
_CLOCK = fractions.Fraction(1, 90000)


def picture() -> list[bytes]:
    """Encode the pattern; the first frame is a key frame."""
    codec = av.CodecContext.create("libvpx", "w")
    codec.width, codec.height, codec.pix_fmt = 640, 480, "yuv420p"
    codec.bit_rate, codec.framerate = BITS, fractions.Fraction(RATE)
    codec.time_base = fractions.Fraction(1, RATE)
    codec.options = {"deadline": "realtime", "cpu-used": "8", "lag-in-frames": "0"}
    frames = []
    for number in range(RATE * SECONDS):
        frame = av.VideoFrame(640, 480, "yuv420p")
        for plane in frame.planes:
            row = bytes((x * 3 + number * 5) & 0xFF for x in range(plane.line_size))
            plane.update(row * plane.height)
        frame.pts = number
        frames += [bytes(packet) for packet in codec.encode(frame)]
    return frames


class Played(MediaStreamTrack):
    """Plays ready-made VP8 frames in a ring."""

    kind = "video"

    def __init__(self, frames: list[bytes]) -> None:
        super().__init__()
        self._frames = frames
        self._number = 0
        self._began = 0.0

    async def recv(self) -> av.Packet:
        now = asyncio.get_running_loop().time()
        self._began = self._began or now
        await asyncio.sleep(self._began + self._number / RATE - now)
        packet = av.Packet(self._frames[self._number % len(self._frames)])
        packet.pts, packet.time_base = self._number * 90000 // RATE, _CLOCK
        self._number += 1
        return packet


class Relayed:
    """The relay on its core, the people in this process."""

    def __init__(self) -> None:
        self.rooms = 0
        self.processes: list[int] = []
        self._frames = picture()
        self._watching: list[RTCPeerConnection] = []
        self._all: list[RTCPeerConnection] = []
        self._asking = asyncio.Lock()
        self._consuming: set[asyncio.Task[None]] = set()
        self._seen = 0

    async def start(self, core: int) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *(*on(core), sys.executable, "-m", "tests.bench.load.relay"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            cwd=ROOT,
            limit=_LINE,
        )
        self.processes = [self._process.pid]

    async def close(self) -> None:
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
        await asyncio.gather(*(connection.close() for connection in self._all))

    async def add_room(self) -> None:
        for person in range(PEOPLE):
            connection = self._connection()
            connection.addTrack(AudioStreamTrack())
            connection.addTrack(Played(self._frames))
            await self._join(connection, person, publishes=True)
        for person in range(PEOPLE):
            connection = self._connection()
            connection.on("track", self._watch)
            for kind in ("audio", "video") * (PEOPLE - 1):
                connection.addTransceiver(kind, direction="recvonly")
            await self._join(connection, person, publishes=False)
            self._watching.append(connection)
        self.rooms += 1

    def _connection(self) -> RTCPeerConnection:
        connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self._all.append(connection)
        return connection

    def _watch(self, track: MediaStreamTrack) -> None:
        task = asyncio.create_task(self._consume(track))
        self._consuming.add(task)
        task.add_done_callback(self._consuming.discard)

    async def _consume(self, track: MediaStreamTrack) -> None:
        with suppress(MediaStreamError):
            while True:
                await track.recv()
                self._seen += track.kind == "video"

    async def _join(self, connection: RTCPeerConnection, person: int, *, publishes: bool) -> None:
        await connection.setLocalDescription(await connection.createOffer())
        told = {"room": self.rooms, "person": person, "publishes": publishes}
        answer = await self._ask(told | {"sdp": connection.localDescription.sdp})
        await connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))

    async def _ask(self, told: dict[str, Any]) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        async with self._asking:
            self._process.stdin.write(json.dumps(told).encode() + b"\n")
            return str(json.loads(await self._process.stdout.readline()))

    async def sample(self, seconds: float) -> Window:
        """One window, judged by frames alone."""
        before = await self._count()
        spent = cpu.seconds(self.processes)
        await asyncio.sleep(seconds)
        spent = cpu.seconds(self.processes) - spent
        packets, frames = (
            now - then for now, then in zip(await self._count(), before, strict=True)
        )
        owed = self.rooms * PEOPLE * (PEOPLE - 1) * RATE * seconds
        return Window(
            rooms=self.rooms, received=packets, p50_ms=0.0, p99_ms=0.0, loss=0.0,
            starved=max(0.0, 1 - frames / (NEARLY * owed)), core=spent / seconds,
            us_per_packet=1e6 * spent / max(packets, 1),
        )  # fmt: skip

    async def _count(self) -> tuple[int, int]:
        """RTP packets and picture frames that have come to everybody so far."""
        packets = 0
        for connection in self._watching:
            for entry in (await connection.getStats()).values():
                if entry.type == "inbound-rtp":
                    packets += entry.packetsReceived
        return packets, self._seen
