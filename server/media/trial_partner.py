"""The other end of a trial call: `python -m server.media.trial_partner`.

Writes its offer on standard output, reads the answer from standard input, and stays until
that is closed. It keeps nothing: the sound it gives back lives two seconds in memory.
"""

import asyncio
import fractions
import json
import math
import sys
import time
from array import array
from collections import deque

from aiortc import (
    MediaStreamTrack,
    RTCBundlePolicy,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame, VideoFrame
from av.audio.resampler import AudioResampler

LIFE = 150.0  # seconds, should the parent forget
RATE = 48000
FRAME = 960  # samples in 20 ms
DELAY = 75  # frames until the sound comes back: 1.5 s
SILENCE = bytes(2 * FRAME)
TUNE = ((523.25, 0.3), (659.25, 0.3), (783.99, 0.3), (1046.5, 0.6), (783.99, 0.3), (1046.5, 0.9))
WIDTH, HEIGHT, PER_SECOND = 320, 240, 10


def tune() -> bytes:
    """Six notes, soft at both ends, as 16-bit samples."""
    samples = array("h")
    for pitch, seconds in TUNE:
        count = int(seconds * RATE)
        for n in range(count):
            swell = min(1.0, n / 960, (count - n) / 4800)
            samples.append(int(6000 * swell * math.sin(2 * math.pi * pitch * n / RATE)))
    return samples.tobytes()


class Sound(MediaStreamTrack):
    """The tune first, then what was heard a moment ago."""

    kind = "audio"

    def __init__(self) -> None:
        super().__init__()
        played = tune()
        self._tune = deque(
            played[at : at + 2 * FRAME].ljust(2 * FRAME, b"\0")
            for at in range(0, len(played), 2 * FRAME)
        )
        self._heard: deque[bytes] = deque(maxlen=DELAY + 5)
        self._started = 0.0
        self._count = 0

    def hear(self, samples: bytes) -> None:
        self._heard.append(samples)

    async def recv(self) -> AudioFrame:
        await self._wait()
        frame = AudioFrame(format="s16", layout="mono", samples=FRAME)
        frame.planes[0].update(self._next())
        frame.sample_rate = RATE
        frame.pts = self._count * FRAME
        frame.time_base = fractions.Fraction(1, RATE)
        return frame

    def _next(self) -> bytes:
        if self._tune:
            return self._tune.popleft()
        return self._heard.popleft() if len(self._heard) >= DELAY else SILENCE

    async def _wait(self) -> None:
        now = time.monotonic()
        self._started = self._started or now
        self._count += 1
        await asyncio.sleep(max(0.0, self._started + self._count * 0.02 - now))


class Picture(MediaStreamTrack):
    """A warm disc that swings from side to side: moving pictures are easy to recognise."""

    kind = "video"

    def __init__(self) -> None:
        super().__init__()
        self._started = 0.0
        self._count = 0

    async def recv(self) -> VideoFrame:
        now = time.monotonic()
        self._started = self._started or now
        self._count += 1
        await asyncio.sleep(max(0.0, self._started + self._count / PER_SECOND - now))
        frame = draw(self._count)
        frame.pts = self._count * 90000 // PER_SECOND
        frame.time_base = fractions.Fraction(1, 90000)
        return frame


def draw(count: int) -> VideoFrame:
    """Paint one frame: light ground, darker disc (luma, then blue and red difference)."""
    middle = WIDTH / 2 + math.sin(count / PER_SECOND * 1.6) * (WIDTH / 2 - 60)
    frame = VideoFrame(WIDTH, HEIGHT, "yuv420p")
    for plane, scale, ground, disc in zip(
        frame.planes, (1, 2, 2), (215, 118, 134), (150, 100, 165), strict=True
    ):
        rows = bytearray()
        for y in range(0, HEIGHT, scale):
            half = math.sqrt(max(0.0, 48**2 - (y - HEIGHT / 2) ** 2))
            row = bytearray([ground]) * plane.line_size
            left, right = int((middle - half) / scale), int((middle + half) / scale)
            row[left:right] = bytes([disc]) * (right - left)
            rows += row
        plane.update(bytes(rows))
    return frame


async def listen(track: MediaStreamTrack, sound: Sound) -> None:
    """Keep what the other one says for a moment, as mono in frames of 20 ms."""
    resampler = AudioResampler(format="s16", layout="mono", rate=RATE, frame_size=FRAME)
    while True:
        try:
            frame = await track.recv()
        except MediaStreamError:
            return
        if isinstance(frame, AudioFrame):
            for part in resampler.resample(frame):
                sound.hear(bytes(part.planes[0])[: 2 * FRAME])


async def partner() -> None:
    connection = RTCPeerConnection(
        RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
    )
    sound = Sound()
    listening: set[asyncio.Task[None]] = set()
    connection.addTransceiver(sound, direction="sendonly")
    connection.addTransceiver(Picture(), direction="sendonly")
    connection.addTransceiver("audio", direction="recvonly")
    connection.addTransceiver("video", direction="recvonly")

    @connection.on("track")
    def heard(track: MediaStreamTrack) -> None:
        if track.kind == "audio":
            listening.add(asyncio.create_task(listen(track, sound)))

    await connection.setLocalDescription(await connection.createOffer())
    sys.stdout.write(json.dumps({"sdp": connection.localDescription.sdp}) + "\n")
    sys.stdout.flush()
    reader = asyncio.StreamReader(limit=1 << 17)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    answer = await reader.readline()
    if answer:
        description = RTCSessionDescription(json.loads(answer)["sdp"], "answer")
        await connection.setRemoteDescription(description)
        await reader.read()  # until the parent closes it, or is gone
    await connection.close()


async def main() -> None:
    async with asyncio.timeout(LIFE):
        await partner()


if __name__ == "__main__":
    asyncio.run(main())
