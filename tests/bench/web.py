"""What a young person's phone has to fetch, and how soon the first page can be used (design 6).

A real house on this computer. The first page is Sofie's link, from the tap to the letter, each time
in a browser that has seen nothing before: its bytes as the browser counts them on the wire, and how
long it takes on an emulated phone (4x slower processor, 1.6 Mbit/s, 150 ms there and back) until
"Ja" can be pressed. Then the call page's scripts, all of them, and every request to another host
from the link to the talk. Last, in a house of its own, how long pages take while fifty meetings
are going on (load/fifty.py).
"""

import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from tests.bench._budgets import at_most
from tests.bench.load import fifty
from tests.browser import launched
from tests.e2e import people
from tests.e2e.house import House
from tests.e2e.wire import Wire

TIMES, QUICK_TIMES = 9, 3
SLOWER = 4
LINE = {
    "offline": False, "latency": 150,
    "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8,
}  # fmt: skip

BUDGETS = {
    "first_page_bytes": at_most(60_000),
    "first_page_usable_ms": at_most(2500),
    "call_js_bytes": at_most(50_000),
    "foreign_requests": at_most(0.5),  # none at all
    "page_p95_ms_50_meetings": at_most(100),
}


async def measure(*, quick: bool) -> dict[str, float | None]:
    async with running() as house:
        phone = await on_a_phone(house, quick=quick)
    async with running() as house:
        return phone | await fifty.measure(house, quick=quick)


@asynccontextmanager
async def running() -> AsyncIterator[House]:
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder))
        try:
            await house.start()
            yield house
        finally:
            await house.stop()


async def on_a_phone(house: House, *, quick: bool) -> dict[str, float | None]:
    cast = await house.cast()
    await people.now_it_is_time(house, cast)
    link = await house.link(seat=cast.sofies_seat)
    async with async_playwright() as playwright:
        browser = await launched(playwright)
        times = QUICK_TIMES if quick else TIMES
        taken = [await usable(browser, link) for _ in range(times)]
        figures = await fetched(house, browser, link)
        await browser.close()
    return {
        "first_page_bytes": figures["first"],
        "first_page_usable_ms": statistics.median(taken),
        "first_page_usable_slowest_ms": max(taken),
        "call_js_bytes": figures["call"],
        "call_js_with_headers_bytes": figures["call_all"],
        "foreign_requests": figures["foreign"],
    }


async def usable(browser: Browser, link: str) -> float:
    """Milliseconds from the tap on the link until the letter's answer can be pressed."""
    page = await (await people.somebody(browser)).new_page()
    line = await page.context.new_cdp_session(page)
    await line.send("Network.enable")
    await line.send("Network.emulateNetworkConditions", LINE)
    await line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    begin = time.perf_counter()
    await page.goto(link, wait_until="commit")
    await page.get_by_role("button", name="Ja", exact=True).click(trial=True)
    taken = 1000 * (time.perf_counter() - begin)
    await page.context.close()
    return taken


async def fetched(house: House, browser: Browser, link: str) -> dict[str, float]:
    """What goes over the wire, on the first page and on the call's."""
    page: Page = await (await people.somebody(browser)).new_page()
    wire = Wire()
    await wire.watch(page)
    await page.goto(link)
    await page.wait_for_url("**/arriving")
    await page.wait_for_load_state("networkidle")
    first = wire.weight()
    await people.answers_everything(page)
    before, carried = wire.weight("Script"), wire.carried("Script")
    await people.goes_to_the_call(page)
    await page.get_by_role("button", name="Det virker").wait_for()
    await page.wait_for_load_state("networkidle")
    ours = (house.url, house.url.replace("http", "ws"), "data:", "blob:")
    foreign: list[Any] = [url for url in wire.asked if not url.startswith(ours)]
    await page.context.close()
    return {
        "first": first,
        "call": wire.carried("Script") - carried,
        "call_all": wire.weight("Script") - before,
        "foreign": len(foreign),
    }
