"""How the web process starts the media processes: with as little around them as they need."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

PAUSES = (0.0, 0.2, 0.5, 1.0, 2.0)  # seconds before the next start, growing while starts fail
_TREE = Path(__file__).parents[2]
# Everything in large pages, where Linux lends them to who asks: a worker with many rooms looks at
# so many places that finding their pages costs it a seventh of its time. Elsewhere these are
# words nobody reads.
_LARGE_PAGES = {"PYTHONMALLOC": "malloc", "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}


async def start(module: str, *arguments: str, **streams: Any) -> asyncio.subprocess.Process:
    """Run a module of ours in a process of its own.

    The web process's surroundings hold settings, and settings hold secrets: none of them are
    passed on.
    """
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        *arguments,
        env={"PYTHONPATH": str(_TREE), "PATH": os.environ.get("PATH", ""), **_LARGE_PAGES},
        **streams,
    )


async def until_started(launch: Callable[[], Awaitable[None]]) -> None:
    """Try until it can be started, less and less often."""
    tries = 0
    while True:
        await asyncio.sleep(PAUSES[min(tries, len(PAUSES) - 1)])
        try:
            return await launch()
        except OSError:
            tries += 1
