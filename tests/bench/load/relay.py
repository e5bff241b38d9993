"""aiortc's own way of passing media on, for comparison: `python -m tests.bench.load.relay`.

`MediaRelay` hands decoded frames to each viewer's connection, which encodes them again. One JSON
line in is an offer, one out its answer: first everybody in a room publishes, then everybody
subscribes to the others.
"""

import asyncio
import json
import sys
from collections import defaultdict
from typing import Any

from aiortc import (
    MediaStreamTrack,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.contrib.media import MediaRelay


class Relaying:
    def __init__(self) -> None:
        self._relay = MediaRelay()
        self._connections: list[RTCPeerConnection] = []
        self._published: dict[int, dict[int, list[MediaStreamTrack]]] = defaultdict(dict)

    async def answer(self, told: dict[str, Any]) -> str:
        room, person = told["room"], told["person"]
        connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self._connections.append(connection)
        if told["publishes"]:
            tracks = self._published[room].setdefault(person, [])
            connection.on("track", tracks.append)
        await connection.setRemoteDescription(RTCSessionDescription(told["sdp"], "offer"))
        if not told["publishes"]:
            for other, tracks in self._published[room].items():
                if other != person:
                    for track in tracks:
                        connection.addTrack(self._relay.subscribe(track, buffered=False))
        await connection.setLocalDescription(await connection.createAnswer())
        return connection.localDescription.sdp


async def main() -> None:
    relaying = Relaying()
    loop = asyncio.get_running_loop()
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        sys.stdout.write(json.dumps(await relaying.answer(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
