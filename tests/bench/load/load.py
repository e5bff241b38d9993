"""The parent's side of the load generator: tells it who joins, asks what arrived."""

import asyncio
import json
import os
import secrets
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.bench.load.leg import Wanted

ROOT = Path(__file__).parents[3]
GENERATOR = Path(__file__).with_name("generator.py")
PATIENCE = 20.0  # seconds a leg may take to connect on a busy machine


class Load:
    """One generator process. `network` is what its clients' addresses begin with."""

    def __init__(self, network: str = "127.1") -> None:
        self.network = network
        self.fingerprint = ""
        self.joins_ms: list[float] = []
        self._connecting: dict[int, asyncio.Future[None]] = {}
        self._window: asyncio.Future[dict[str, Any]] | None = None
        self._numbers = 0
        self._port = 0

    async def start(self, core: int | None = None, prefix: Sequence[str] = ()) -> None:
        """Start it, on a core of its own and before everybody else there if one is named;
        `prefix` is a command that runs commands elsewhere."""
        self._process = await asyncio.create_subprocess_exec(
            *(*prefix, sys.executable, str(GENERATOR)),
            *([] if core is None else ["--realtime"]),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )
        if core is not None:
            os.sched_setaffinity(self._process.pid, {core})
        hello = json.loads(await self._out().readline())
        self.fingerprint, self._port = hello["fingerprint"], hello["port"]
        self._hearing = asyncio.create_task(self._hear())

    async def close(self) -> None:
        self._hearing.cancel()
        with suppress(asyncio.CancelledError):
            await self._hearing
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()

    @property
    def process(self) -> int:
        return self._process.pid

    @property
    def port(self) -> int:
        return self._port

    def name_leg(self) -> tuple[int, str]:
        """A number and an address nobody has yet."""
        self._numbers += 1
        return self._numbers, f"{self.network}.{1 + (self._numbers >> 8)}.{self._numbers & 255}"

    @staticmethod
    def credentials() -> tuple[str, str]:
        return secrets.token_hex(4), secrets.token_hex(16)

    async def join(self, wanted: Wanted) -> None:
        """Have a leg connected. Raises TimeoutError when it does not come about."""
        connected = asyncio.get_running_loop().create_future()
        self._connecting[wanted.number] = connected
        await self._say({"leg": asdict(wanted)})
        try:
            async with asyncio.timeout(PATIENCE):
                await connected
        finally:
            del self._connecting[wanted.number]

    async def leave(self, number: int) -> None:
        await self._say({"end": number})

    async def window(self, seconds: float) -> dict[str, Any]:
        """What arrived within this time, from now on."""
        self._window = asyncio.get_running_loop().create_future()
        await self._say({"window": seconds})
        return await self._window

    async def _say(self, what: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(what).encode() + b"\n")
        await self._process.stdin.drain()

    def _out(self) -> asyncio.StreamReader:
        assert self._process.stdout is not None
        return self._process.stdout

    async def _hear(self) -> None:
        while line := await self._out().readline():
            match json.loads(line):
                case {"connected": number, "ms": taken}:
                    self.joins_ms.append(taken)
                    if number in self._connecting:
                        self._connecting[number].set_result(None)
                case {"window": figures}:
                    assert self._window is not None
                    self._window.set_result(figures)
        broken = RuntimeError("the load generator has ended; its message stands above")
        waiting = [*self._connecting.values(), *([self._window] if self._window else [])]
        for future in waiting:
            if not future.done():
                future.set_exception(broken)
