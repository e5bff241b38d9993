"""What strangers send, and how to wait until it is over."""

import asyncio
import os
import secrets

from server.media.gateway import Gateway


def random_datagrams(count: int) -> list[bytes]:
    return [os.urandom(1 + secrets.randbelow(200)) for _ in range(count)]


async def drained(gateway: Gateway) -> None:
    """Wait until the worker has handled all that was sent, however much of it the kernel took."""
    received = -1
    async with asyncio.timeout(10):
        while received != (received := (await gateway.statistics())["received"]):
            pass
