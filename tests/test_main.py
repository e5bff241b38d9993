"""The start: what it refuses, what it says, and that it stops when told to."""

import asyncio
import contextlib
import os
import re
import signal
import socket
import ssl
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest

from server.__main__ import chosen
from server.settings import SettingsError

ROOT = Path(__file__).parents[1]
Start = Callable[..., Awaitable[Process]]


@pytest.fixture
async def start(tmp_path: Path) -> AsyncIterator[Start]:
    """Start the server with a data folder of its own; what still runs afterwards is ended."""
    running: list[Process] = []
    plain = {name: value for name, value in os.environ.items() if not name.startswith("ENERUM_")}

    async def begin(*words: str) -> Process:
        server = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "server", *words),
            cwd=ROOT,
            env={**plain, "ENERUM_DATA_DIR": str(tmp_path)},
            stdout=PIPE,
            stderr=PIPE,
        )
        running.append(server)
        return server

    yield begin
    for server in running:
        with contextlib.suppress(ProcessLookupError):
            server.kill()
        await server.communicate()


async def where(server: Process) -> str:
    """The address the server says it is open at."""
    assert server.stdout
    while line := (await server.stdout.readline()).decode():
        if found := re.search(r"https?://\S+", line):
            return found[0]
    _, errors = await server.communicate()
    raise AssertionError(errors.decode())


async def test_it_says_where_to_go_serves_there_and_stops_when_told_to(start: Start) -> None:
    server = await start("--port", "0")
    address = await where(server)
    assert address.startswith("http://localhost:")
    async with aiohttp.ClientSession() as browser, browser.get(f"{address}/health") as answer:
        assert answer.status == 200
    server.send_signal(signal.SIGTERM)
    assert await server.wait() == 0


async def test_on_the_local_network_it_speaks_tls_with_a_certificate_of_its_own(
    start: Start, tmp_path: Path
) -> None:
    address = await where(await start("--lan", "--demo", "--port", "0"))
    assert address.startswith("https://")
    known = ssl.create_default_context(cafile=tmp_path / "keys" / "lan-certificate.pem")
    url = f"{address}/health"
    async with aiohttp.ClientSession() as browser, browser.get(url, ssl=known) as answer:
        assert answer.status == 200


async def test_a_taken_port_is_told_in_a_sentence(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        server = await start("--port", str(other.getsockname()[1]))
        said, _ = await server.communicate()
    assert server.returncode == 2
    assert b"--port" in said


async def test_without_a_certificate_it_opens_to_this_computer_alone(start: Start) -> None:
    """Design 5: browsers give no camera there anyway."""
    server = await start("--host", "192.0.2.1", "--port", "0")
    said, _ = await server.communicate()
    assert server.returncode == 2
    assert b"HTTPS" in said


def test_on_the_local_network_somebody_must_have_accepted_what_it_is_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Design 2: not for real meetings until the second factor and the audit trail exist."""
    monkeypatch.setenv("ENERUM_DATA_DIR", str(tmp_path))
    with pytest.raises(SettingsError, match="not for real meetings"):
        chosen(["--lan"])
    monkeypatch.setenv("ENERUM_NOT_FOR_REAL_MEETINGS", "understood")
    assert chosen(["--lan"]).secure


def test_the_command_line_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENERUM_PORT", "9001")
    assert chosen([]).port == 9001
    assert chosen(["--port", "9002"]).port == 9002
