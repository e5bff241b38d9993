"""WebKitGTK by WebDriver: Debian's MiniBrowser on a screen nobody sees.

Distributions build it without WebRTC, so it shows what a browser that cannot call gets: every page
up to the call, and there in words how to go on (P11). Its camera and microphone are its own mock.
"""

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from tests.browser import webkit

PATIENCE = 60.0  # seconds for a start, on a busy machine
SCREEN = "1280x900x24"
ARGUMENTS = ("--automation", "--enable-media-stream=true", "--enable-mock-capture-devices=true")
# The page's own promise, and what came of it, as text.
RUN = """const done = arguments[arguments.length - 1]
Promise.resolve(({function})(...{given})).then(
  (found) => done({{ found: JSON.stringify(found ?? null) }}),
  (error) => done({{ error: String(error) }}),
)"""


class WebKitTab:
    """The one window of a WebKit of its own."""

    def __init__(self, client: aiohttp.ClientSession, session: str) -> None:
        self._client = client
        self._session = session

    async def visit(self, address: str) -> None:
        await self._command("url", url=address)

    async def has(self, cookie: Mapping[str, str]) -> None:
        """Keep a cookie of the site whose page is open."""
        kept = {"name": cookie["name"], "value": cookie["value"], "path": "/", "httpOnly": True}
        await self._command("cookie", cookie=kept)

    async def run(self, function: str, *given: Any) -> Any:
        script = RUN.format(function=function, given=json.dumps(given))
        told = await self._command("execute/async", script=script, args=[])
        if told is None or "error" in told:
            raise RuntimeError("nobody answered" if told is None else told["error"])
        return json.loads(told["found"])

    async def _command(self, name: str, **fields: Any) -> Any:
        return await command(self._client, f"{self._session}/{name}", fields)


async def command(client: aiohttp.ClientSession, path: str, fields: Mapping[str, Any]) -> Any:
    async with client.post(path, json=fields) as answer:
        value = (await answer.json())["value"]
    if answer.status != 200:
        raise RuntimeError(f"{path}: {value['message']}")
    return value


@asynccontextmanager
async def started(folder: Path) -> AsyncIterator[WebKitTab]:
    """A WebKit with a fake camera, nowhere yet; all it keeps is in `folder`, which is there."""
    found = webkit()
    async with screen(found.screen) as display:
        own = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "DISPLAY": display}
        plain = {"GDK_BACKEND": "x11", "LIBGL_ALWAYS_SOFTWARE": "1", "LANGUAGE": "da"}
        port = free_port()
        driver = await asyncio.create_subprocess_exec(
            found.driver, f"--port={port}", "--host=127.0.0.1",
            env=os.environ | own | plain,
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client:
                session = await opened(client, found.browser)
                try:
                    yield WebKitTab(client, f"/session/{session}")
                finally:
                    await client.delete(f"/session/{session}")
        finally:
            driver.kill()  # it would outlive us, and with it the browser it has started
            await driver.wait()


@asynccontextmanager
async def screen(program: str) -> AsyncIterator[str]:
    """An X screen of its own, under the first number that is free."""
    reads, writes = os.pipe()
    process = await asyncio.create_subprocess_exec(
        program, "-displayfd", str(writes), "-screen", "0", SCREEN, "-nolisten", "tcp",
        pass_fds=[writes],
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writes)
    try:
        with os.fdopen(reads) as told:
            line = await asyncio.wait_for(asyncio.to_thread(told.readline), PATIENCE)
        assert line.strip(), "the screen has ended"
        yield f":{line.strip()}"
    finally:
        process.terminate()
        await process.wait()


async def opened(client: aiohttp.ClientSession, browser: str) -> str:
    """A session with the driver, once it listens."""
    options = {"binary": browser, "args": [*ARGUMENTS]}
    wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                told = await command(client, "/session", wanted)
                return str(told["sessionId"])
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0.05)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
