"""A caller of another make: aiortc's RTCPeerConnection, as it comes."""

import asyncio
from collections import Counter
from typing import Any

from aiortc import (
    RTCBundlePolicy,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.mediastreams import AudioStreamTrack, VideoStreamTrack

from server.media.gateway import Gateway

UP = 2  # lines: sound, camera
MOST_KEPT = 200  # frames nobody has asked for; a picture has half a megabyte


class Caller:
    """One aiortc client, and the frames it decoded."""

    def __init__(self, sound: Any = None, picture: Any = None, slots: int = 2) -> None:
        self.connection = RTCPeerConnection(
            RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
        )
        self.slots = slots
        self.frames: asyncio.Queue[Any] = asyncio.Queue()
        self.decoded: Counter[tuple[int, str]] = Counter()
        """How many frames, by slot and "audio" or "video"."""
        self._listening: list[asyncio.Task[None]] = []
        self.connection.addTransceiver(sound or AudioStreamTrack(), direction="sendonly")
        self.connection.addTransceiver(picture or VideoStreamTrack(), direction="sendonly")
        for _ in range(slots):
            self.connection.addTransceiver("audio", direction="recvonly")
            self.connection.addTransceiver("video", direction="recvonly")

    async def join(self, gateway: Gateway, room: str, seat: str) -> None:
        await self.connection.setLocalDescription(await self.connection.createOffer())
        offer = self.connection.localDescription.sdp
        answer = await gateway.join(room, seat, offer, self.slots)
        await self.connection.setRemoteDescription(RTCSessionDescription(answer.sdp, "answer"))
        for at, transceiver in enumerate(self.connection.getTransceivers()[UP:]):
            listening = self._listen(at // 2, transceiver.receiver.track)
            self._listening.append(asyncio.create_task(listening))

    async def _listen(self, slot: int, track: Any) -> None:
        while True:
            frame = await track.recv()
            self.decoded[slot, track.kind] += 1
            if self.frames.qsize() < MOST_KEPT:
                self.frames.put_nowait(frame)

    async def enough(self, kind: type, count: int) -> list[Any]:
        """Wait until this many frames of a kind were decoded."""
        found: list[Any] = []
        async with asyncio.timeout(20):
            while len(found) < count:
                frame = await self.frames.get()
                if isinstance(frame, kind):
                    found.append(frame)
        return found

    async def close(self) -> None:
        for task in self._listening:
            task.cancel()
        await asyncio.gather(*self._listening, return_exceptions=True)
        await self.connection.close()
