"""From `run.py` to the first answered page, where everything is installed already.

Five starts with a data folder made beforehand; each is timed until `GET /health` answers 200.
"""

import asyncio
import os
import socket
import statistics
import sys
import tempfile
import time
from pathlib import Path

import aiohttp

from tests.bench._budgets import at_most

ROOT = Path(__file__).parents[2]
STARTS, QUICK_STARTS = 5, 2

BUDGETS = {"second start, median, s": at_most(1.0)}


async def measure(*, quick: bool) -> dict[str, float]:
    count = QUICK_STARTS if quick else STARTS
    with tempfile.TemporaryDirectory() as folder:
        await one_start(folder)  # makes database and keys
        taken = [await one_start(folder) for _ in range(count)]
    return {
        "second start, median, s": statistics.median(taken),
        "second start, slowest, s": max(taken),
    }


async def one_start(folder: str) -> float:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    began = time.perf_counter()
    server = await asyncio.create_subprocess_exec(
        *(sys.executable, str(ROOT / "run.py"), "--port", str(port)),
        env={**os.environ, "ENERUM_DATA_DIR": folder},
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        await answered(f"http://127.0.0.1:{port}/health")
        return time.perf_counter() - began
    finally:
        server.terminate()
        await server.wait()


async def answered(url: str) -> None:
    async with aiohttp.ClientSession() as browser:
        while True:
            try:
                async with browser.get(url) as answer:
                    answer.raise_for_status()
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.01)
