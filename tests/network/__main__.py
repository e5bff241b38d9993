"""`python -m tests.network SCENARIO... [--json FILE]`: put a real call through bad networks.

Starts itself again in a network namespace of its own, so that nothing touches this machine's
network; an ordinary user gets one where the system allows it (`kernel.unprivileged_userns_clone`).
"""

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from server.clock import Clock
from tests.bench.__main__ import machine
from tests.network import world
from tests.network.meeting import meeting
from tests.network.scenarios import SCENARIOS

INSIDE = "--inside"
NEEDED = ("unshare", "nsenter", "ip")


def main(words: list[str]) -> None:
    if INSIDE not in words:
        sys.exit(
            subprocess.call(
                in_a_world_of_its_own([sys.executable, "-m", "tests.network", INSIDE, *words])
            )
        )
    parser = argparse.ArgumentParser(prog="python -m tests.network", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="SCENARIO", help=", ".join(SCENARIOS))
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument(INSIDE, action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(words)
    world.prepare()
    report = {"date": f"{Clock().now():%Y-%m-%d}", "machine": machine(), "figures": {}}
    report["figures"] = asyncio.run(run(given.names or list(SCENARIOS)))
    if given.json:
        given.json.write_text(json.dumps(report, indent=2) + "\n")


def in_a_world_of_its_own(command: list[str]) -> list[str]:
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        sys.exit(f"Bad networks need {', '.join(missing)} (util-linux, iproute2), on Linux.")
    as_root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    return ["unshare", *as_root, "--net", "--", *command]


async def run(names: list[str]) -> dict[str, dict[str, float]]:
    """Everything in one meeting, one scenario after the other."""
    found = {}
    async with meeting() as held:
        for name in names:
            print(f"{name}   load {os.getloadavg()[0]:.1f}", flush=True)
            found[name] = await SCENARIOS[name](held)
            for what, value in found[name].items():
                print(f"  {what}: {value:.4g}", flush=True)
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
