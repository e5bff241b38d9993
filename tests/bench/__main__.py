"""`python3 run.py bench NAME [--quick] [--minutes N] [--json FILE]`: measure one thing.

A bench is a file here with a docstring that says how it measures, `BUDGETS` (what is measured,
with its unit, and the bound it is held against) and `async def measure(*, quick)` that gives the
figures, `None` where something it compares with is not installed; one that lasts also takes
`minutes`. Budgets are never tests: a busy machine must not make a promise look broken.
"""

import argparse
import asyncio
import importlib
import json
import os
import platform
import signal
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from tests.bench._budgets import Budget

Figures = dict[str, float | None]
NAMES = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))


def main() -> None:
    parser = argparse.ArgumentParser(prog="run.py bench", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--quick", action="store_true", help="a short look, for less exact figures")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--minutes", type=float, help="how long, of a bench that lasts (soak)")
    given = parser.parse_args()
    bench = importlib.import_module(f"tests.bench.{given.name}")
    options = {"quick": given.quick} | ({"minutes": given.minutes} if given.minutes else {})
    told = machine()  # before the measuring itself is what loads it
    report = {
        "bench": given.name,
        "quick": given.quick,
        "machine": told,
        "figures": asyncio.run(tidily(bench.measure(**options))),
    }
    tell(report, bench.BUDGETS)
    if given.json:
        budgets = {name: str(budget) for name, budget in bench.BUDGETS.items()}
        given.json.write_text(json.dumps(report | {"budgets": budgets}, indent=2) + "\n")


async def tidily(measuring: Coroutine[Any, Any, Figures]) -> Figures:
    """Measure; ended from outside, put away the processes and networks that were made."""
    task = asyncio.create_task(measuring)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await task


def machine() -> dict[str, Any]:
    """What a figure means nothing without."""
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor()


def tell(report: dict[str, Any], budgets: dict[str, Budget]) -> None:
    for name, value in report["machine"].items():
        print(f"  {name}: {value}")
    for name, value in report["figures"].items():
        print(line(name, value, budgets.get(name)))


def line(name: str, value: float | None, budget: Budget | None) -> str:
    """One figure and what it was held against."""
    if value is None:
        return f"{name:<44}{'not measured':>12}"
    verdict = ""
    if budget is not None:
        verdict = f"   {budget}: {'kept' if budget.kept(value) else 'NOT kept'}"
    return f"{name:<44}{value:>12.3f}{verdict}"


if __name__ == "__main__":
    sys.exit(main())
