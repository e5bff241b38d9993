"""One window: what the generator saw, and what it cost the server meanwhile."""

import time
from typing import Protocol

from tests.bench.load import cpu
from tests.bench.load.ladder import STARVED, Window
from tests.bench.load.load import Load

SETTLING = 30  # seconds at most: estimates begin low and have to find out what fits


class Served(Protocol):
    """A server under load, ours or another."""

    rooms: int
    processes: list[int]

    async def add_room(self) -> None: ...


async def fill(server: Served, rooms: int) -> None:
    """Open rooms until there are so many."""
    while server.rooms < rooms:
        await server.add_room()


async def settle(load: Load) -> None:
    """Let everybody who came in be seen by everybody: a picture waits for a key frame."""
    for _ in range(SETTLING):
        figures = await load.window(1.0)
        if figures["received"] >= (1 - STARVED) * figures["owed"]:
            return


async def sample(server: Served, load: Load, seconds: float) -> Window:
    # By one's own clock: whoever measures may be kept waiting after the window's end.
    before, began = cpu.seconds(server.processes), time.monotonic()
    figures = await load.window(seconds)
    core = (cpu.seconds(server.processes) - before) / (time.monotonic() - began)
    owed, received = figures["owed"], figures["received"]
    expected = max(figures["expected"], 1)
    return Window(
        rooms=server.rooms,
        received=received,
        p50_ms=figures["p50_ms"],
        p99_ms=figures["p99_ms"],
        loss=max(0.0, 1 - received / expected),
        starved=max(0.0, 1 - received / max(owed, 1)),
        core=core,
        us_per_packet=1e6 * core * figures["seconds"] / max(received, 1),
        failed=figures["failed"],
        strayed=figures["strayed"],
        generator_late_ms=figures["late_p99_ms"],
        generator_core=figures["generator_cpu"],
    )
