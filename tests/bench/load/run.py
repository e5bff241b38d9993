"""The whole media bench in order: ours bare, ours with everything on, joins, then the others."""

import os
import statistics
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from server.media.gateway import MediaAway
from tests.bench.load import cpu
from tests.bench.load.joins import Joins
from tests.bench.load.ladder import Climb, Window, climb
from tests.bench.load.load import Load
from tests.bench.load.ours import Ours
from tests.bench.load.sampling import Served, fill, sample, settle

NOTHING = Window(0, 0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0)
COUNTERS = ("twcc_feedbacks", "nacks_answered", "sender_reports", "layer_switches")


@dataclass(frozen=True)
class Plan:
    """How thoroughly to measure."""

    seconds: float  # of one window
    ours: tuple[int, ...]  # rooms of each step
    half_load: int
    half_load_windows: int
    joins: float = 20.0  # a second


THOROUGH = Plan(5.0, (8, 16, 32, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120), 64, 5)
QUICK = Plan(2.0, (16, 48, 64, 80, 96, 112), 64, 2)

Figures = dict[str, float | None]


async def everything(plan: Plan) -> Figures:
    figures: Figures = {}
    figures |= await bare(plan)
    figures |= await full(plan)
    figures |= await half_load(plan)
    return figures


def cores() -> tuple[int, int]:
    """One for the server, one for the load; the same where there is no other."""
    mine = sorted(os.sched_getaffinity(0))
    return mine[0], mine[-1]


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


async def climb_up(name: str, server: Served, load: Load, plan: Plan, steps: Any) -> Climb:
    """Take a server up the ladder, telling each window."""
    print(f"\n{name}\n{HEAD}")

    async def measure(rooms: int) -> Window:
        try:
            if server.rooms < rooms:
                await fill(server, rooms)
                await settle(load)
            window, _ = await sample(server, load, plan.seconds)
        except (TimeoutError, MediaAway, OSError):
            return NOTHING  # nobody can come in any more, or the server has ended
        return window

    climbed = await climb(steps, measure, lambda window: print(row(window)))
    print(f"held {climbed.held}; stopped by {climbed.stopped_by}")
    return climbed


HEAD = "rooms   out/s  us/out   core    p50    p99    loss  load's core  what is wrong"


def row(window: Window) -> str:
    rate = window.core / window.us_per_packet * 1e6 if window.us_per_packet else 0
    return (
        f"{window.rooms:>5}{rate:>8.0f}{window.us_per_packet:>8.1f}{window.core:>7.0%}"
        f"{window.p50_ms:>7.2f}{window.p99_ms:>7.2f}{window.loss:>8.3%}"
        f"{window.generator_core:>13.0%}  {window.wrong}"
    )


async def bare(plan: Plan) -> Figures:
    async with ours(full=False) as (server, load):
        climbed = await climb_up("ours, bare", server, load, plan, plan.ours)
    return {"rooms_per_core_bare": climbed.held}


async def full(plan: Plan) -> Figures:
    async with ours(full=True) as (server, load):
        empty = cpu.megabytes(server.processes)
        await fill(server, plan.ours[1])
        await settle(load)
        memory = (cpu.megabytes(server.processes) - empty) / server.rooms
        climbed = await climb_up("ours, everything on", server, load, plan, plan.ours)
        try:
            counted = await server.statistics()
        except MediaAway:
            counted = {}
    return {
        "rooms_per_core": climbed.held,
        "mb_per_room": memory,
        **{name: float(counted.get(name, 0)) for name in COUNTERS},
    }


async def half_load(plan: Plan) -> Figures:
    """How long a packet stays while twenty people a second come in."""
    print(f"\n{plan.half_load} bare rooms, {plan.joins:g} joins a second\n{HEAD}")
    windows = []
    async with ours(full=False) as (server, load):
        await fill(server, plan.half_load)
        joins = Joins(server.gateway, plan.joins)
        async with joins.going_on():
            await settle(load)
            for _ in range(plan.half_load_windows):
                window, _ = await sample(server, load, plan.seconds)
                windows.append(window)
                print(row(window))
    print(f"{len(joins.taken)} joined, {joins.failed} failed")
    return {
        "p50_ms_half_load_joins": statistics.median(window.p50_ms for window in windows),
        "p99_ms_half_load_joins": statistics.median(window.p99_ms for window in windows),
        "join_median_ms": statistics.median(joins.taken) if joins.taken else None,
        "joins_failed": joins.failed,
    }
