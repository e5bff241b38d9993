"""Work that is done again and again until the server stops."""

import asyncio
from contextlib import suppress


async def rest(over: asyncio.Event, seconds: float) -> None:
    """Wait so long before the next turn, or until it is over."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await over.wait()
