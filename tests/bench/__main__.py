"""`python3 run.py bench NAME [--json FILE]`: measure one thing and hold it against its budget.

A bench is a file here with a docstring that says how it measures, `BUDGETS` (what is measured,
with its unit, and the most it may be) and `async def measure() -> dict[str, float]`. Budgets are
never tests: a busy machine must not make a promise look broken.
"""

import argparse
import asyncio
import importlib
import json
import os
import platform
import sys
from pathlib import Path
from typing import Any

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))


def main() -> None:
    parser = argparse.ArgumentParser(prog="run.py bench", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    given = parser.parse_args()
    bench = importlib.import_module(f"tests.bench.{given.name}")
    report = {"bench": given.name, "machine": machine(), "figures": asyncio.run(bench.measure())}
    tell(report, bench.BUDGETS)
    if given.json:
        given.json.write_text(json.dumps(report | {"budgets": bench.BUDGETS}, indent=2) + "\n")


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


def tell(report: dict[str, Any], budgets: dict[str, float]) -> None:
    for name, value in report["machine"].items():
        print(f"  {name}: {value}")
    for name, value in report["figures"].items():
        most = budgets.get(name)
        verdict = (
            ""
            if most is None
            else f"   at most {most:g}: {'kept' if value <= most else 'NOT kept'}"
        )
        print(f"{name:<44}{value:>12.3f}{verdict}")


if __name__ == "__main__":
    sys.exit(main())
