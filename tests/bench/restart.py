"""From the web process killed to pictures back, in two real Chromium in a call.

Mette and Sofie talk with sound and picture. The server is killed as a power cut would (SIGKILL; its
media worker goes with it) and started again at once, as a service manager would, again and again.
What each page sees is the longest time without one new frame decoded, looked at every 50 ms; it
holds the death, the start of the new server, the line that comes back by itself and the media
joined anew. Nobody presses anything. Everything is on this computer, browsers included.
"""

import asyncio
import statistics
import tempfile
from pathlib import Path

from playwright.async_api import Page, async_playwright

from tests.bench._budgets import at_most
from tests.browser import launched
from tests.e2e import hearing, people
from tests.e2e.house import House
from tests.network import figures

TIMES, QUICK_TIMES = 20, 4
SPELL = 9.0  # seconds for each: who is not back by then counts as this late, at least

BUDGETS = {"picture_back_p95_s": at_most(5)}


async def measure(*, quick: bool) -> dict[str, float | None]:
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder))
        try:
            await house.start()
            async with async_playwright() as playwright:
                browser = await launched(playwright)
                pages = await people.the_two_meet(house, await house.cast(), browser)
                for page in pages:
                    await people.turns_on(page)
                times = QUICK_TIMES if quick else TIMES
                gone = [back for _ in range(times) for back in await one_restart(house, pages)]
                await browser.close()
        finally:
            await house.stop()
    return {
        "picture_back_median_s": statistics.median(gone),
        "picture_back_p95_s": statistics.quantiles(gone, n=20, method="inclusive")[-1],
        "picture_back_slowest_s": max(gone),
    }


async def one_restart(house: House, pages: tuple[Page, ...]) -> list[float]:
    """For how long each of them saw nothing new."""
    for page in pages:
        await hearing.sees(page, 1)
        await figures.gaps(page)
    await house.kill()
    await house.start()
    await asyncio.sleep(SPELL)
    return [(await figures.gaps(page))["video"] for page in pages]
