"""Firefox by WebDriver BiDi: a few commands over one WebSocket, without a driver in between."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp

from tests.browser import firefox

PATIENCE = 60.0  # seconds for a start, on a busy machine
_LISTENING = re.compile(rb"WebDriver BiDi listening on (ws://\S+)")
_SETTINGS: dict[str, bool | int | str] = {
    "intl.accept_languages": "da",
    "media.navigator.permission.disabled": True,
    "media.navigator.streams.fake": True,
    "media.autoplay.default": 0,
    # The browser's own errands stay undone.
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.safebrowsing.downloads.remote.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.unified": False,
}


class FirefoxTab:
    """The one tab of a Firefox of its own."""

    def __init__(self, line: aiohttp.ClientWebSocketResponse) -> None:
        self._line = line
        self._numbers = count(1)
        self._context = ""

    async def begin(self) -> None:
        await self._command("session.new", capabilities={})
        tree = await self._command("browsingContext.getTree")
        self._context = tree["contexts"][0]["context"]

    async def visit(self, address: str) -> None:
        await self._command(
            "browsingContext.navigate", context=self._context, url=address, wait="complete"
        )

    async def until(self, function: str) -> None:
        """Ask the page until it says yes; while it goes elsewhere there is nobody to ask."""
        async with asyncio.timeout(PATIENCE):
            while True:
                with suppress(RuntimeError):
                    if await self.run(function):
                        return
                await asyncio.sleep(0.05)

    async def travel(self, steps: int) -> None:
        """Back or forward through what this tab has shown."""
        await self._command("browsingContext.traverseHistory", context=self._context, delta=steps)

    async def press(self, *keys: str) -> None:
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        await self._command(
            "input.performActions",
            context=self._context,
            actions=[{"type": "key", "id": "keyboard", "actions": actions}],
        )

    async def run(self, function: str, *given: Any) -> Any:
        told = await self._command(
            "script.callFunction",
            functionDeclaration=f"async () => JSON.stringify(await ({function})"
            f"(...{json.dumps(given)}) ?? null)",
            target={"context": self._context},
            awaitPromise=True,
        )
        if told["type"] != "success":
            raise RuntimeError(told["exceptionDetails"]["text"])
        return json.loads(told["result"]["value"])

    async def _command(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self._numbers)
        await self._line.send_json({"id": number, "method": method, "params": params})
        while True:
            said = await self._line.receive_json()
            if said.get("id") == number:
                if said["type"] == "error":
                    raise RuntimeError(f"{method}: {said['message']}")
                result: dict[str, Any] = said["result"]
                return result


@asynccontextmanager
async def opened(profile: Path, address: str) -> AsyncIterator[FirefoxTab]:
    """A headless Firefox with a fake camera, at this page of the tests' own."""
    async with started(profile) as tab:
        await tab.visit(address)
        await tab.until("() => window.ready === true")
        yield tab


@asynccontextmanager
async def started(profile: Path) -> AsyncIterator[FirefoxTab]:
    """A headless Firefox with a fake camera, nowhere yet."""
    _set_up(profile)
    process = await asyncio.create_subprocess_exec(
        *(firefox(), "--headless", "--no-remote", "--remote-debugging-port=0"),
        *("--profile", str(profile)),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    try:
        async with asyncio.timeout(PATIENCE):
            while not (found := _LISTENING.search(await process.stderr.readline())):
                assert process.returncode is None, "Firefox has ended"
        reading = asyncio.create_task(_read_on(process.stderr))
        async with (
            aiohttp.ClientSession() as client,
            client.ws_connect(f"{found[1].decode()}/session", max_msg_size=0) as line,
        ):
            tab = FirefoxTab(line)
            await tab.begin()
            yield tab
        reading.cancel()
    finally:
        process.kill()
        await process.wait()


def _set_up(profile: Path) -> None:
    profile.mkdir()
    lines = [f'user_pref("{name}", {json.dumps(value)});' for name, value in _SETTINGS.items()]
    (profile / "user.js").write_text("\n".join(lines))


async def _read_on(errors: asyncio.StreamReader) -> None:
    """Let it complain, or it would stand still with a full pipe."""
    while await errors.readline():
        pass
