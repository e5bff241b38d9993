"""Our own media worker under load: rooms of three, driven as the web process drives it."""

import asyncio
import os
from contextlib import suppress
from typing import Any

from server.media.gateway import Answer, Edge, Event, Gateway, MediaAway, MediaFull
from tests.bench.load import cpu, offers
from tests.bench.load.leg import Wanted
from tests.bench.load.load import Load

SEATS = ("a", "b", "c")
RENEW = 1.0  # seconds between two matrices of a room
FULL_TRIES, FULL_PAUSE = 20, 0.25  # seconds; how long somebody waits for a room
EDGES = [
    Edge(source, target, [s for s in SEATS if s != target].index(source), True, True)
    for source in SEATS
    for target in SEATS
    if source != target
]


class Ours:
    """A worker on a core, and rooms in it."""

    def __init__(self, load: Load, *, full: bool) -> None:
        self._load = load
        self._full = full
        self.rooms = 0
        self.processes: list[int] = []
        self._version = 1
        self.gateway = Gateway(addresses=["127.0.0.1"], port=0, on_event=self._happened)

    async def start(self, core: int | None = None) -> None:
        await self.gateway.start()
        worker = self.gateway.worker
        assert worker is not None
        self.processes = cpu.children(worker)
        if core is not None:
            for process in self.processes:
                os.sched_setaffinity(process, {core})
        self.port = self.gateway.port
        self._renewing = asyncio.create_task(self._renew())

    async def close(self) -> None:
        self._renewing.cancel()
        with suppress(asyncio.CancelledError):
            await self._renewing
        await self.gateway.close()

    async def add_room(self) -> None:
        """Seat three people and let everybody hear and see everybody."""
        number = self.rooms
        await asyncio.gather(*(self._seat(number, seat) for seat in SEATS))
        await self.gateway.matrix(f"room{number}", self._version, EDGES)
        self.rooms += 1

    async def statistics(self) -> dict[str, Any]:
        return await self.gateway.statistics()

    def dropped(self) -> int:
        """What the kernel had no room for, on the worker's side."""
        return cpu.dropped(self.port, self.processes[0])

    async def _seat(self, room: int, seat: str) -> None:
        number, source = self._load.name_leg()
        credentials = self._load.credentials()
        offered = offers.write(self._load.fingerprint, credentials, slots=2, full=self._full)
        answer = await self._answer(f"room{room}", seat, offered.sdp)
        told = offers.read(answer.sdp)
        await self._load.join(
            Wanted(
                number=number,
                room=room,
                source=source,
                server=("127.0.0.1", self.port),
                local=credentials,
                remote=(told.ufrag, told.password),
                sends=told.sends(offered, len(SEATS) - 1),
                talkative=self._full,
                **told.coming(full=self._full),
            )
        )

    async def _answer(self, room: str, seat: str, sdp: str) -> Answer:
        """Join, and try again for a while where the worker says that it is full, as a page does."""
        for _ in range(FULL_TRIES):
            try:
                return await self.gateway.join(room, seat, sdp, 2)
            except MediaFull:
                await asyncio.sleep(FULL_PAUSE)
        return await self.gateway.join(room, seat, sdp, 2)

    async def _renew(self) -> None:
        """Renew all leases each second, all rooms at once, as the web process does."""
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            self._version += 1
            await asyncio.gather(*(self._rule(room, self._version) for room in range(self.rooms)))
            await asyncio.sleep(began + RENEW - loop.time())

    async def _rule(self, room: int, version: int) -> None:
        # An overloaded worker may be ended by its gateway: then nothing arrives any more, and
        # that is what the window shows.
        with suppress(MediaAway):
            await self.gateway.matrix(f"room{room}", version, EDGES)

    @staticmethod
    def _happened(event: Event) -> None:
        """Nobody listens: what matters is what arrives."""
