"""People at the booth's page, whatever browser they sit in, and whether they get one another."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from playwright.async_api import Browser, Page

from tests.media.caller import Caller
from tests.together.booth import Booth, Decoded, still

PATIENCE = 40.0  # seconds until everybody gets everybody, on a busy machine
A_WHILE = 1.0  # seconds between two looks

JOIN = "async (seat, slots, key) => { await join(seat, slots, key) }"
DECODED = "async () => await decoded()"


class Tab(Protocol):
    """One open page. `run` calls a function in it and gives back what it returns, as JSON can."""

    async def run(self, function: str, *given: Any) -> Any: ...


class ChromiumTab:
    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    async def opened(cls, browser: Browser, address: str) -> "ChromiumTab":
        context = await browser.new_context(permissions=["camera", "microphone"])
        page = await context.new_page()
        await page.goto(address)
        await page.wait_for_function("window.ready")
        return cls(page)

    async def run(self, function: str, *given: Any) -> Any:
        return await self.page.evaluate(f"given => ({function})(...given)", list(given))


async def sit_down(
    booth: Booth, tabs: Mapping[str, Tab], keys: Mapping[str, Sequence[int]] | None = None
) -> None:
    """Everybody joins, with a key where end-to-end encryption is wanted."""
    for name, tab in tabs.items():
        await tab.run(JOIN, name, booth.slots, list(keys[name]) if keys else [])


async def decoded(tab: Tab) -> list[Decoded]:
    found: list[Decoded] = await tab.run(DECODED)
    return found


async def get_everybody(
    tabs: Mapping[str, Tab],
    caller: Caller | None = None,
    but: Mapping[str, Sequence[int]] | None = None,
) -> None:
    """Wait until every picture and every sound goes on being decoded, in every direction;
    except for what is in these slots of somebody, if any are named."""
    deadline = time.monotonic() + PATIENCE
    while True:
        before = {name: await decoded(tab) for name, tab in tabs.items()}
        heard = dict(caller.decoded) if caller else {}
        await asyncio.sleep(A_WHILE)
        stuck: dict[str, Any] = {
            name: still(before[name], await decoded(tab), "frames", "samples")
            for name, tab in tabs.items()
        }
        if caller:
            ways = [(slot, kind) for slot in range(caller.slots) for kind in ("audio", "video")]
            stuck["aiortc"] = [way for way in ways if caller.decoded[way] <= heard.get(way, 0)]
        if stuck == {name: list((but or {}).get(name, ())) for name in stuck}:
            return
        assert time.monotonic() < deadline, f"these slots bring nothing: {stuck}"
