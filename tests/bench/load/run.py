"""The whole media bench in order: ours bare and with everything on, joins, then the others."""

import importlib.util
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from server.media.gateway import MediaAway, MediaFull
from tests.bench.load import cpu, janus
from tests.bench.load.joins import Joins
from tests.bench.load.ladder import Climb, Window, climb
from tests.bench.load.load import Load
from tests.bench.load.namespace import NETWORK, namespace
from tests.bench.load.ours import Ours
from tests.bench.load.sampling import Served, fill, sample, settle

NOTHING = Window(0, 0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Plan:
    """How thoroughly to measure."""

    seconds: float  # of one window
    ours: tuple[int, ...]  # rooms of each step
    others: tuple[int, ...]
    half_load_windows: int
    half_load: int = 64
    joins: float = 20.0  # a second


THOROUGH = Plan(
    5.0,
    (1, 4, 8, 16, 24, 32, 36, 40, 44, 48, 52, 56, 64, 72, 80, 88, 92, 96, 100, 104, 108, 112, 120),
    (4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48),
    5,
)
QUICK = Plan(2.0, (1, 16, 48, 64, 80, 96, 112), (16, 24, 32, 40), 2)


@dataclass
class Measured:
    """Everything a run has seen. What is `None` is not installed here."""

    bare: Climb
    full: Climb
    mb_per_room: float
    counted: dict[str, float]
    half_load: list[Window]
    joins_ms: list[float]
    joins_failed: int
    janus_bare: list[Climb] | None = None
    janus_full: list[Climb] | None = None
    relay: Climb | None = None

    def climbs(self) -> dict[str, Climb]:
        """Every climb by its name."""
        found = {"ours, bare": self.bare, "ours, everything on": self.full}
        for what, each in (("bare", self.janus_bare), ("everything on", self.janus_full)):
            for mode, climbed in zip(("default", "event_loops=1"), each or (), strict=False):
                found[f"Janus {mode}, {what}"] = climbed
        return found | ({"aiortc's MediaRelay": self.relay} if self.relay else {})


async def everything(plan: Plan) -> Measured:
    bare = await _bare(plan)
    full, mb_per_room, counted = await _full(plan)
    half_load, joins = await _half_load(plan)
    measured = Measured(bare, full, mb_per_room, counted, half_load, joins.taken, joins.failed)
    if janus.is_installed():
        measured.janus_bare = [await _janus(plan, loops, full=False) for loops in (0, 1)]
        measured.janus_full = [await _janus(plan, loops, full=True) for loops in (0, 1)]
    if importlib.util.find_spec("aiortc"):
        measured.relay = await _relay(plan)
    return measured


def cores() -> tuple[int, int]:
    """One for the server, one for the load; the same where there is no other."""
    mine = sorted(os.sched_getaffinity(0))
    return mine[0], mine[-1]


# ── ours ──


@asynccontextmanager
async def ours(*, full: bool) -> AsyncIterator[tuple[Ours, Load]]:
    """A fresh worker and a fresh load, each on its core."""
    for_server, for_load = cores()
    load = Load()
    server = Ours(load, full=full)
    await load.start(for_load)
    try:
        await server.start(for_server)
        yield server, load
    finally:
        await server.close()
        await load.close()


async def _bare(plan: Plan) -> Climb:
    async with ours(full=False) as (server, load):
        return await _climb("ours, bare", plan.ours, _under(server, load, plan))


async def _full(plan: Plan) -> tuple[Climb, float, dict[str, float]]:
    """Climb, with what each room held took of memory and what the worker did all the while."""
    memory: dict[int, float] = {}
    counted: dict[str, float] = {}
    async with ours(full=True) as (server, load):
        memory[0] = cpu.megabytes(server.processes)
        under = _under(server, load, plan)

        async def measure(rooms: int) -> Window:
            window = await under(rooms)
            if not window.wrong:
                memory[rooms] = cpu.megabytes(server.processes)
                counted.update(await server.statistics())
            return window

        climbed = await _climb("ours, everything on", plan.ours, measure)
    grown = memory[max(memory)] - memory[0]
    return climbed, grown / max(max(memory), 1), counted


async def _half_load(plan: Plan) -> tuple[list[Window], Joins]:
    """How long a packet stays while twenty people a second come in."""
    print(f"\n{plan.half_load} bare rooms, {plan.joins:g} joins a second\n{HEAD}")
    windows = []
    async with ours(full=False) as (server, load):
        await fill(server, plan.half_load)
        await settle(load)
        joins = Joins(server.gateway, plan.joins)
        async with joins.going_on():
            await load.window(1.0)
            for _ in range(plan.half_load_windows):
                window = await sample(server, load, plan.seconds)
                windows.append(window)
                print(row(window))
    print(f"{len(joins.taken)} joined, {joins.failed} failed")
    return windows, joins


# ── the others ──


async def _janus(plan: Plan, loops: int, *, full: bool) -> Climb:
    for_server, for_load = cores()
    mode = "event_loops=1" if loops else "its default"
    name = f"Janus, {mode}, {'everything on' if full else 'bare'}"
    with namespace() as inside:
        load = Load(NETWORK)
        server = janus.Janus(load, full=full, event_loops=loops)
        await load.start(for_load, inside)
        try:
            await server.start(for_server, inside)
            return await _climb(name, plan.others, _under(server, load, plan))
        finally:
            await server.close()
            await load.close()


async def _relay(plan: Plan) -> Climb:
    from tests.bench.load.relayed import Relayed

    for_server, for_load = cores()
    everywhere = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {for_load})
    server = Relayed()
    await server.start(for_server)

    async def measure(rooms: int) -> Window:
        if server.rooms < rooms:
            await fill(server, rooms)
            await server.sample(2.0)
        return await server.sample(plan.seconds)

    try:
        return await _climb("aiortc's MediaRelay", range(1, 9), measure)
    finally:
        await server.close()
        os.sched_setaffinity(0, everywhere)


# ── the ladder, told ──


def _under(server: Served, load: Load, plan: Plan) -> Callable[[int], Awaitable[Window]]:
    async def measure(rooms: int) -> Window:
        try:
            if server.rooms < rooms:
                await fill(server, rooms)
                await settle(load)
            return await sample(server, load, plan.seconds)
        except MediaFull:
            return replace(NOTHING, rooms=rooms, refused=True)
        except (TimeoutError, MediaAway, OSError):
            # Nobody can come in any more, or the server has ended.
            return replace(NOTHING, rooms=rooms)

    return measure


async def _climb(
    name: str, steps: tuple[int, ...] | range, measure: Callable[[int], Awaitable[Window]]
) -> Climb:
    print(f"\n{name}\n{HEAD}")
    climbed = await climb(steps, measure, lambda window: print(row(window), flush=True))
    print(f"held {climbed.held}; stopped by {climbed.stopped_by}", flush=True)
    return climbed


HEAD = "rooms   out/s  us/out   core    p50    p99    loss  load's core  what is wrong"


def row(window: Window) -> str:
    rate = window.core / window.us_per_packet * 1e6 if window.us_per_packet else 0
    return (
        f"{window.rooms:>5}{rate:>8.0f}{window.us_per_packet:>8.1f}{window.core:>7.0%}"
        f"{window.p50_ms:>7.2f}{window.p99_ms:>7.2f}{window.loss:>8.3%}"
        f"{window.generator_core:>13.0%}  {window.wrong}"
    )
