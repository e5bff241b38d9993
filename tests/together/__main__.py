"""`python -m tests.together`: two Firefox, a Chromium and aiortc in one room, in a network of
their own.

Firefox makes no way over loopback, so all of this runs in a network namespace with one link and
nobody at its other end. Says what everybody decoded, as JSON.
"""

import asyncio
import json
import subprocess
import sys
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.async_api import async_playwright

from server.media.gateway import Gateway
from server.media.trial_partner import Picture, Sound
from tests.browser import launched
from tests.media.caller import Caller
from tests.network.__main__ import in_a_world_of_its_own
from tests.together import firefox
from tests.together.booth import ROOM, Booth
from tests.together.tabs import ChromiumTab, Tab, decoded, get_everybody, sit_down

SERVER, NOBODY = "10.88.0.1", "10.88.0.2"
INSIDE = "--inside"


def main(words: list[str]) -> None:
    if INSIDE not in words:
        here = [sys.executable, "-m", "tests.together", INSIDE]
        sys.exit(subprocess.call(in_a_world_of_its_own(here)))
    link = (
        f"link set lo up\nlink add near type veth peer name far\naddr add {SERVER}/24 dev near\n"
        f"link set near up\nlink set far up\nroute add default via {NOBODY} dev near\n"
    )
    subprocess.run(["ip", "-batch", "-"], input=link, text=True, check=True)
    print(json.dumps(asyncio.run(meet())))


async def meet() -> dict[str, Any]:
    gateway = Gateway(addresses=[SERVER], port=0, on_event=lambda _: None, realtime=False)
    await gateway.start()
    booth = Booth(gateway, ["mette", "sofie", "aya", "aiortc"])
    caller = Caller(Sound(), Picture(), slots=booth.slots)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(gateway.close)
        stack.push_async_callback(caller.close)
        address = await stack.enter_async_context(booth.open())
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="enerum-firefox-")))
        tabs: dict[str, Tab] = {
            name: await stack.enter_async_context(firefox.opened(folder / name, address))
            for name in ("mette", "sofie")
        }
        playwright = await stack.enter_async_context(async_playwright())
        browser = await launched(playwright, "--use-fake-device-for-media-stream=fps=15")
        stack.push_async_callback(browser.close)
        tabs["aya"] = await ChromiumTab.opened(browser, address)
        await sit_down(booth, tabs)
        await caller.join(gateway, ROOM, "aiortc")
        await get_everybody(tabs, caller)
        found: dict[str, Any] = {name: await decoded(tab) for name, tab in tabs.items()}
        found["aiortc"] = [
            {what: caller.decoded[slot, what] for what in ("audio", "video")}
            for slot in range(booth.slots)
        ]
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
