"""A room of the real worker for browsers of all kinds, without doors: who comes is seated.

Each person's slots hold the others in the order in which `NAMES` has them, so a test knows whom
a slot shows.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

from server.media.gateway import Edge, Gateway

HERE = Path(__file__).parent
STATIC = HERE.parents[1] / "web" / "static"
ROOM = "meeting"
LEASE = 120.0  # seconds: longer than any of these calls


class Booth:
    """Serves the page and takes its offers."""

    def __init__(self, gateway: Gateway, names: Sequence[str]) -> None:
        self.gateway = gateway
        self.names = tuple(names)
        self.slots = len(names) - 1

    @asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        """Gives the page's address. Loopback, so that it may use a camera without TLS."""
        app = web.Application()
        app.router.add_get("/", self._page)
        app.router.add_post("/offer", self._offer)
        app.router.add_static("/page", HERE / "page")
        app.router.add_static("/static", STATIC)
        runner = web.AppRunner(app)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            host, port = runner.addresses[0][:2]
            await self.gateway.matrix(ROOM, 1, self.everybody(), LEASE)
            yield f"http://{host}:{port}/"
        finally:
            await runner.cleanup()

    def everybody(self) -> list[Edge]:
        """Everybody sees and hears everybody."""
        return [
            Edge(source, target, self.slot(source, at=target), True, True)
            for source in self.names
            for target in self.names
            if source != target
        ]

    def slot(self, name: str, *, at: str) -> int:
        """Which of one person's slots another one is in."""
        return [other for other in self.names if other != at].index(name)

    async def _page(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(HERE / "page" / "index.html")

    async def _offer(self, request: web.Request) -> web.Response:
        sdp, seat = await request.text(), request.query["seat"]
        answer = await self.gateway.join(ROOM, seat, sdp, self.slots)
        return web.json_response({"connection": answer.connection, "sdp": answer.sdp})


Decoded = dict[str, Any]


def still(before: Sequence[Decoded], after: Sequence[Decoded], *what: str) -> list[int]:
    """The slots in which one of these has not grown."""
    pairs = enumerate(zip(before, after, strict=True))
    return [at for at, (a, b) in pairs if any(b[name] <= a[name] for name in what)]
