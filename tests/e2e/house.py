"""The whole product as its operator starts it: `python -m server` in a process of its own."""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import TypeVar

import aiohttp
from sqlalchemy.ext.asyncio import AsyncSession

from server.app import link_key
from server.clock import Clock
from server.domain import links
from server.domain.links import LinkKind
from server.services import sessions
from server.settings import Settings
from server.store.database import Database
from server.store.tables import Placement, Seat
from tests.factories import Cast, store_cast

ROOT = Path(__file__).parents[2]
Kept = TypeVar("Kept")
PATIENCE = 60.0  # seconds for a start, on a busy machine


class House:
    """One running Enerum on a free port, its database, and how to get in.

    `settings` are those of docs/deploy.md, for a house that others than this computer can reach.
    """

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.settings = settings or {}
        self.database = Database(f"sqlite+aiosqlite:///{folder / 'enerum.db'}")
        self.port = 0
        self.process: asyncio.subprocess.Process | None = None
        self.lines: list[str] = []
        self._hearing: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        return self.settings.get("ENERUM_PUBLIC_URL") or f"http://localhost:{self.port}"

    async def start(self) -> None:
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "server", "--port", str(self.port),
            cwd=ROOT,
            env=os.environ
            | {"ENERUM_DATA_DIR": str(self.folder), "PYTHONUNBUFFERED": "1"}
            | self.settings,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        opened: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._hearing = asyncio.create_task(self._hear(opened))
        line = await asyncio.wait_for(opened, PATIENCE)
        self.port = int(line.rpartition(":")[2].split()[0].strip("/"))

    async def _hear(self, opened: asyncio.Future[str]) -> None:
        assert self.process is not None
        assert self.process.stdout is not None
        async for raw in self.process.stdout:
            line = raw.decode(errors="replace").rstrip()
            self.lines.append(line)
            if "Open http" in line and not opened.done():
                opened.set_result(line)
        if not opened.done():
            opened.set_exception(RuntimeError("\n".join(self.lines)))

    async def kill(self) -> None:
        """As a power cut would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def stop(self) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.terminate()
            await self.process.wait()
        if self._hearing is not None:
            await self._hearing
        await self.database.close()

    async def workers(self) -> list[int]:
        """The process ids of the media worker: its control process and its packet process."""
        assert self.process is not None
        return [pid for pid in _below(self.process.pid) if "server.media.worker" in _command(pid)]

    async def cast(self) -> Cast:
        """Fill in the cast, with a meeting of Sofie's in an hour, whose door is not open yet."""
        return await self.write(lambda db: store_cast(db, Clock().now()))

    async def write(self, deed: Callable[[AsyncSession], Awaitable[Kept]]) -> Kept:
        async with self.database.begin() as db:
            return await deed(db)

    async def link(self, *, seat: int | None = None, placement: int | None = None) -> str:
        """The link one person was given."""
        key = link_key(Settings(data_dir=self.folder))
        async with self.database.read() as db:
            if seat is not None:
                row = await db.get_one(Seat, seat)
                token = links.token(key, LinkKind.SEAT, row.handle, row.generation)
                return f"{self.url}/m#{token}"
            home = await db.get_one(Placement, placement)
            token = links.token(key, LinkKind.HOME, home.handle, home.generation)
            return f"{self.url}/h#{token}"

    async def signed_in(self, account: int) -> dict[str, str]:
        """A cookie of a caseworker who has signed in, for a browser context."""
        now = Clock().now()
        opened = await self.write(lambda db: sessions.open_for(db, now=now, account=account))
        name = "__Host-staff" if self.url.startswith("https") else "staff"
        return {"name": name, "value": opened.cookie, "url": self.url}

    async def is_up(self) -> bool:
        try:
            async with (
                aiohttp.ClientSession() as client,
                client.get(f"{self.url}/health") as answer,
            ):
                return answer.status == 200
        except aiohttp.ClientError:
            return False


def _below(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *_below(int(child))]
    return found


def _command(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
