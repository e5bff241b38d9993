"""Real browsers against a real house."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, async_playwright

from tests.browser import launched
from tests.e2e.house import House


@pytest.fixture
async def house(tmp_path: Path, upgraded: Path) -> AsyncIterator[House]:
    shutil.copy(upgraded, tmp_path / "enerum.db")
    house = House(tmp_path)
    await house.start()
    yield house
    await house.stop()
    faults = [line for line in house.lines if "fault" in line]
    assert faults == [], "the server met faults of its own"


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser: Any = await launched(playwright)
        yield browser
        await browser.close()
