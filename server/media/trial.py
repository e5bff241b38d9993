"""The trial call (prøveopkald): somebody friendly at the other end, before any meeting.

Whoever tries gets a moving picture, a little tune, and then their own sound back a moment
later, through the very worker a meeting runs on. The other end is an aiortc client in a
process of its own (trial_partner.py), without database or names. It sits in the room as seat
"trial"; the caller sets the matrix.
"""

import asyncio
import json
from contextlib import suppress

from server.media import processes
from server.media.gateway import Gateway
from server.media.pool import Pool

SEAT = "trial"
SLOTS = 1
MOST = 4  # at the same time: each one encodes and decodes, as nothing else here does
LIFE = 120.0  # seconds
_PATIENCE = 10.0  # seconds a partner may take to come up
_LONGEST_OFFER = 64 * 1024


class TrialsFull(RuntimeError):
    """As many people as we can serve are trying just now."""


class Trials:
    def __init__(self, gateway: Gateway | Pool, *, most: int = MOST, life: float = LIFE) -> None:
        self._gateway = gateway
        self._most = most
        self._life = life
        self._running: dict[str, asyncio.Task[None]] = {}
        self._room_of: dict[str, str] = {}

    async def open(self, room: str, owner: str = "") -> None:
        """Seat a partner in the room. Returns when it has its answer; it is connected a moment
        later. Raises TrialsFull, or MediaAway while there is no worker.

        One owner has one trial at a time, the newest: one link in many browsers is not to
        take everybody else's place.
        """
        if self.is_open(room):
            return
        if owner:
            before, self._room_of[owner] = self._room_of.get(owner, room), room
            if before != room:
                await self.close(before)
        if len(self._running) >= self._most:
            self._room_of.pop(owner, None)
            await self._gateway.forget(room)  # whoever is in it already would hold it for good
            raise TrialsFull
        seated = asyncio.get_running_loop().create_future()
        task = self._running[room] = asyncio.create_task(self._hold(room, seated))
        task.add_done_callback(lambda _: self._ended(room))
        await seated

    def is_open(self, room: str) -> bool:
        return room in self._running

    async def close(self, room: str) -> None:
        """Send the partner home. Fine when there is none."""
        task = self._running.get(room)
        if task is not None:
            task.cancel()
            await asyncio.wait([task])

    async def close_all(self) -> None:
        for room in list(self._running):
            await self.close(room)

    def _ended(self, room: str) -> None:
        self._running.pop(room, None)
        self._room_of = {owner: at for owner, at in self._room_of.items() if at != room}

    async def _hold(self, room: str, seated: asyncio.Future[None]) -> None:
        process = await processes.start(
            "server.media.trial_partner",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=_LONGEST_OFFER * 2,
        )
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._introduce(room, process)
            if not seated.done():
                seated.set_result(None)
            async with asyncio.timeout(self._life):
                await process.wait()
        except TimeoutError:
            if not seated.done():
                seated.set_exception(TrialsFull())
        except (ConnectionError, ValueError) as error:
            if not seated.done():
                seated.set_exception(error)
        finally:
            if not seated.done():
                seated.cancel()
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            with suppress(ConnectionError):
                await self._gateway.forget(room)  # the visitor too: the trial is over

    async def _introduce(self, room: str, process: asyncio.subprocess.Process) -> None:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the partner was started without its pipes")
        offer = json.loads(await process.stdout.readline() or "{}").get("sdp", "")
        answer = await self._gateway.join(room, SEAT, offer, SLOTS)
        process.stdin.write(json.dumps({"sdp": answer.sdp}).encode() + b"\n")
        await process.stdin.drain()
