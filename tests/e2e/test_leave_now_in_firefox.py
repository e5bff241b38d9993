"""Gå nu in a Firefox: what Chromium is asked in test_leave_now.py, on the pages before the call."""

from pathlib import Path

import pytest

from tests.e2e.house import House
from tests.together.firefox import FirefoxTab, started

SHIFT, ESCAPE = "\ue008", "\ue00c"
GONE = "() => location.pathname === '/arriving/gone' && document.querySelector('h1') !== null"


@pytest.mark.long
async def test_leaving_leaves_nothing_behind_in_firefox_either(house: House, tmp_path: Path):
    """P8, L18, L20: Shift three times and Gå nu; neither Back nor Forward nor a reload shows
    anything, and the link opens as before."""
    cast = await house.cast()
    link = await house.link(seat=cast.sofies_seat)
    async with started(tmp_path / "firefox") as tab:
        for leave in (by_shift, by_the_button):
            await tab.visit(link)
            await tab.until("() => location.pathname === '/arriving'")
            await tab.visit(f"{house.url}/arriving/questions/way")
            await tab.until("() => customElements.get('leave-now') !== undefined")
            await leave(tab)
            await tab.until(GONE)
            for steps in (-1, 1):
                await tab.travel(steps)
                await tab.until(GONE)
            await tab.run("() => location.reload()")
            await tab.until(GONE)
            await tab.visit(f"{house.url}/arriving")
            await tab.until(GONE)


async def by_shift(tab: FirefoxTab) -> None:
    await tab.press(SHIFT, SHIFT, SHIFT)
    await tab.press(ESCAPE)


async def by_the_button(tab: FirefoxTab) -> None:
    await tab.run("() => document.querySelector('.sill__go').click()")
