"""Real browsers against a real house."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, async_playwright

from tests.browser import launched
from tests.e2e import hearing
from tests.e2e.house import House

TONES = {"mette": 500.0, "sofie": 900.0, "aya": 1400.0}  # Hz


@pytest.fixture
async def house(tmp_path: Path, upgraded: Path) -> AsyncIterator[House]:
    shutil.copy(upgraded, tmp_path / "enerum.db")
    house = House(tmp_path)
    try:
        await house.start()
        yield house
    finally:
        await house.stop()
    faults = [line for line in house.lines if "fault" in line]
    assert faults == [], "the server met faults of its own"


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser: Any = await launched(playwright)
        yield browser
        await browser.close()


@pytest.fixture
async def three(tmp_path: Path) -> AsyncIterator[dict[str, Browser]]:
    """One Chromium each for Mette, Sofie and Aya, whose microphones beep in tones of their own."""
    async with async_playwright() as playwright:
        opened: dict[str, Browser] = {}
        for name, tone in TONES.items():
            sound = hearing.beeps(tmp_path / f"{name}.wav", tone)
            opened[name] = await launched(playwright, f"--use-file-for-fake-audio-capture={sound}")
        yield opened
        for browser in opened.values():
            await browser.close()
