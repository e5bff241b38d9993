"""Half an hour at half load while people come and go: does anything grow?

Rooms of three with everything on and twenty people a second who come, stay half a second and go:
together about half of what one core can do. Every ten seconds the resident memory of the worker's
two processes and of this one, which is the web process's part here, is written down. What it grows
by an hour is the slope of a straight line through what was seen after the first fifth (tables
fill, the allocators find their size). At the end, when all visitors have gone, what is still
remembered of them is counted. `--minutes N` makes it longer or shorter.
"""

import asyncio
import os
import statistics
from typing import Any

from tests.bench._budgets import at_most
from tests.bench.load import cpu, run
from tests.bench.load.joins import Joins
from tests.bench.load.sampling import fill, sample, settle

ROOMS, JOINS = 16, 20.0  # rooms of three; joins a second
MINUTES, QUICK = 30.0, 3.0
WINDOW = 10.0  # seconds
WARM_UP = 0.2  # of the time
LEAVING = 20.0  # seconds until the last visitor is noticed to have gone

BUDGETS = {
    # 20 joins a second are 72,000 an hour: 10 MB would be 145 bytes for each.
    "mb_per_hour_packets": at_most(10),
    "mb_per_hour_control": at_most(10),
    "mb_per_hour_web": at_most(10),
    "p99_ms_worst": at_most(20),
}

Samples = list[tuple[float, float]]


async def measure(*, quick: bool, minutes: float = 0.0) -> dict[str, float | None]:
    windows = round(60 * (minutes or (QUICK if quick else MINUTES)) / WINDOW)
    print(f"\n{ROOMS} rooms, everything on, {JOINS:g} joins a second\n{run.HEAD}     MB")
    grown: dict[str, Samples] = {"control": [], "packets": [], "web": []}
    seen = []
    async with run.ours(full=True) as (server, load):
        processes = dict(zip(grown, [*server.processes, os.getpid()], strict=True))
        await fill(server, ROOMS)
        await settle(load)
        begin = held(server.processes)
        joins = Joins(server.gateway, JOINS)
        async with joins.going_on():
            for number in range(windows):
                window = await sample(server, load, WINDOW)
                seen.append(window)
                for name, process in processes.items():
                    grown[name].append((number * WINDOW, cpu.resident(process)))
                sizes = "".join(f"{series[-1][1]:7.1f}" for series in grown.values())
                print(run.row(window) + sizes, flush=True)
        left = await _left(server, ROOMS)
        left["descriptors_left"] = held(server.processes) - begin
    return {
        **{f"mb_per_hour_{name}": slope(after_warm_up(series)) for name, series in grown.items()},
        **{f"mb_{name}": series[-1][1] for name, series in grown.items()},
        "joined": len(joins.taken),
        "joins_failed": joins.failed,
        "p99_ms_median": statistics.median(window.p99_ms for window in seen),
        "p99_ms_worst": max(window.p99_ms for window in seen),
        "loss_worst": max(window.loss for window in seen),
        **left,
    }


async def _left(server: Any, rooms: int) -> dict[str, float]:
    """What there is beyond those who stayed, once every visitor has been noticed to be gone."""
    people = 3 * rooms
    async with asyncio.timeout(LEAVING):
        while (counts := await server.statistics())["rooms"] > rooms:
            pass
        counts = await server.statistics()  # the two processes' figures are not of one moment
    return {
        "connections_left": counts["connections"] - people,
        "contexts_left": counts["kept_contexts"] - 2 * people,
        "addresses_left": counts["kept_addresses"] - people,
        "leases_left": counts["kept_leases"] - rooms,
    }


def held(processes: list[int]) -> int:
    return sum(len(os.listdir(f"/proc/{process}/fd")) for process in processes)


def after_warm_up(series: Samples) -> Samples:
    return series[round(WARM_UP * len(series)) :]


def slope(series: Samples) -> float | None:
    """The growth by the hour of a straight line through (seconds, amount); `None` through one."""
    if len(series) < 2:
        return None
    seconds, amounts = zip(*series, strict=True)
    return 3600 * statistics.linear_regression(seconds, amounts).slope
