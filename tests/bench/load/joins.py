"""People who come and go while others talk: whole joins at a steady rate."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count

from server.media.gateway import Gateway, MediaAway
from tests.media.client import Client

STAY = 0.5  # seconds somebody stays


class Joins:
    """Joins that are going on; `taken` holds how long each one took, in ms."""

    def __init__(self, gateway: Gateway, rate: float) -> None:
        self._gateway = gateway
        self._rate = rate
        self._tasks: set[asyncio.Task[None]] = set()
        self.taken: list[float] = []
        self.failed = 0

    @asynccontextmanager
    async def going_on(self) -> AsyncIterator[None]:
        running = asyncio.create_task(self._run())
        try:
            yield
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            await asyncio.gather(*self._tasks)

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        for number in count():
            await asyncio.sleep(began + number / self._rate - loop.time())
            task = asyncio.create_task(self._one(f"visit{number}"))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _one(self, name: str) -> None:
        """Offer, check, handshake, and after a moment goodbye; each in a room of its own."""
        loop = asyncio.get_running_loop()
        client = Client(self._gateway, name, "guest")
        began = loop.time()
        try:
            await client.join()
            self.taken.append(1000 * (loop.time() - began))
            await asyncio.sleep(STAY)
            client.goodbye()
        except (TimeoutError, MediaAway):
            self.failed += 1
        finally:
            client.close()
