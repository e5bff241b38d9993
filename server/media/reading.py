"""Reads offers beside the event loop, one at a time: a long one takes milliseconds, and meanwhile
the rooms' matrices must be renewed and everybody's words go on."""

import asyncio
import functools
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from server.media.events import MediaAway
from server.media.negotiation import Agreed, negotiate

MOST_WAITING = 200  # beyond it a browser is told to come back, which it does by itself


class Reader:
    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="offers")
        self._waiting = 0

    async def read(
        self,
        offer: str,
        *,
        seats: int,
        addresses: Sequence[str],
        port: int,
        fingerprint: str,
        before: Agreed | None,
    ) -> Agreed:
        """As `negotiate`. Raises BadOffer, or MediaAway where too many wait already."""
        if self._waiting >= MOST_WAITING:
            raise MediaAway("media-away")
        self._waiting += 1
        read = functools.partial(
            negotiate,
            offer,
            seats=seats,
            addresses=addresses,
            port=port,
            fingerprint=fingerprint,
            before=before,
        )
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, read)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)
