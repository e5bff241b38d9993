"""A real worker on loopback, and people in it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from server.media.gateway import Event, Gateway
from tests.media.client import Client


class Happened:
    """What the gateway told, in order, and a way to wait for more."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._more = asyncio.Event()

    def __call__(self, event: Event) -> None:
        self.events.append(event)
        self._more.set()

    async def wait(self, kind: type[Event], **fields: str) -> Any:
        """Give the first such event, past or to come."""
        async with asyncio.timeout(25):
            while True:
                for event in self.events:
                    if isinstance(event, kind) and all(
                        getattr(event, name) == value for name, value in fields.items()
                    ):
                        return event
                self._more.clear()
                await self._more.wait()


@pytest.fixture
def happened() -> Happened:
    return Happened()


@pytest.fixture(params=[True], ids=["batched"])
def batched(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
async def gateway(happened: Happened, batched: bool) -> AsyncIterator[Gateway]:
    made = Gateway(
        addresses=["127.0.0.1"], port=0, on_event=happened, realtime=False, batched=batched
    )
    await made.start()
    yield made
    await made.close()


@pytest.fixture
async def seat(gateway: Gateway) -> AsyncIterator[Callable[..., Awaitable[Client]]]:
    """Seat somebody, connected and ready. Everybody is in room "r" unless said otherwise."""
    made: list[Client] = []

    async def join(name: str, room: str = "r", **options: Any) -> Client:
        client = Client(gateway, room, name, **options)
        made.append(client)
        return await client.join()

    yield join
    for client in made:
        client.close()
