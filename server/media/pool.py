"""Several media workers as one: a room lives on one of them, and speaks to it alone.

The web process uses this like a single gateway. A worker per core is the simple way to use
them all: a packet never crosses from one to another, and each has a UDP port of its own.
"""

import asyncio
import os
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any

from server.media import public
from server.media.events import Answer, Event, MediaFull, WorkerBack, WorkerLost
from server.media.gateway import Gateway
from server.media.room import Edge


class Pool:
    def __init__(
        self,
        *,
        addresses: Sequence[str],
        port: int,
        on_event: Callable[[Event], None],
        workers: int = 0,
        **options: Any,
    ) -> None:
        """`workers` 0 is one for each core. The first one has `port` and the told ports as they
        are, each other one the next (with port 0 each takes a free one). `options` are the
        gateways' own."""
        self._on_event = on_event
        self._rooms: dict[str, int] = {}
        self._joining: dict[str, asyncio.Lock] = {}
        self.gateways = [
            Gateway(
                addresses=[public.shifted(address, number) for address in addresses],
                port=port + number if port else 0,
                on_event=partial(self._happened, number),
                **options,
            )
            for number in range(workers or os.cpu_count() or 1)
        ]

    async def start(self) -> None:
        """Start every worker. Raises OSError when one cannot open its port; none is left then."""
        try:
            for gateway in self.gateways:
                await gateway.start()
        except OSError:
            await self.close()
            raise

    async def close(self) -> None:
        for gateway in self.gateways:
            await gateway.close()

    async def join(self, room: str, seat: str, sdp: str, seats: int) -> Answer:
        """As `Gateway.join`, on the room's worker; a new room for which that one is too full goes
        to the next."""
        full: set[int] = set()
        self._of(room)
        async with self._joining.setdefault(room, asyncio.Lock()):  # a room is on one worker only
            while True:
                gateway = self._of(room)
                try:
                    return await gateway.join(room, seat, sdp, seats)
                except MediaFull:
                    full.add(self.gateways.index(gateway))
                    if len(full) == len(self.gateways):
                        raise
                    self._rooms[room] = self._emptiest(full)

    async def restart(self, room: str, seat: str, connection: str, sdp: str) -> Answer:
        """As `Gateway.restart`, on the room's worker."""
        return await self._of(room).restart(room, seat, connection, sdp)

    async def matrix(
        self, room: str, version: int, edges: Collection[Edge], lease: float = 10.0
    ) -> None:
        """As `Gateway.matrix`, on the room's worker."""
        await self._of(room).matrix(room, version, edges, lease)

    async def leave(self, room: str, seat: str) -> None:
        """Close every connection of a seat now."""
        if room in self._rooms:
            await self._of(room).leave(room, seat)

    async def forget(self, room: str) -> None:
        """Close a room with everybody in it, and let its worker have another one."""
        if room in self._rooms:
            gateway = self._of(room)
            del self._rooms[room]  # also when its worker is away, which took it along
            self._joining.pop(room, None)
            await gateway.forget(room)

    async def statistics(self) -> dict[str, Any]:
        """Counts since the workers' start, added up."""
        total: Counter[str] = Counter()
        for gateway in self.gateways:
            total.update({name: int(value) for name, value in (await gateway.statistics()).items()})
        return dict(total)

    def _of(self, room: str) -> Gateway:
        """The room's worker; a new room goes to the one with the fewest."""
        if room not in self._rooms:
            self._rooms[room] = self._emptiest()
        return self.gateways[self._rooms[room]]

    def _emptiest(self, but: Collection[int] = ()) -> int:
        held = Counter(self._rooms.values())
        numbers = (number for number in range(len(self.gateways)) if number not in but)
        return min(numbers, key=lambda number: held[number])

    def _happened(self, number: int, event: Event) -> None:
        """Pass on what a worker tells; what became of a whole worker concerns its rooms alone."""
        if isinstance(event, WorkerLost | WorkerBack):
            rooms = frozenset(room for room, at in self._rooms.items() if at == number)
            event = type(event)(rooms)
        self._on_event(event)
