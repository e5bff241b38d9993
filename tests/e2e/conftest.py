"""Real browsers against a real house.

A browser takes longer to start than most tests take: each kind is started once and every test
opens windows of its own in it, which share nothing. So the tests here share one event loop.
"""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright
from pytest_asyncio import is_async_test

from tests.browser import launched
from tests.e2e import hearing
from tests.e2e.house import House

# Frames a second of a fake camera: each page encodes its own and decodes the others', in software.
CAMERA = "--use-fake-device-for-media-stream=fps=6"
TONES = {"mette": 500.0, "sofie": 900.0, "aya": 1400.0}  # Hz
Opens = Callable[..., Awaitable[Browser]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(loop_scope="session")
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


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def kept() -> AsyncIterator[Opens]:
    """A Chromium started with these flags; the same one for whoever asks with the same."""
    opened: dict[tuple[str, ...], Any] = {}
    async with async_playwright() as playwright:

        async def opens(*flags: str, without: tuple[str, ...] = ()) -> Browser:
            key = (*flags, "without", *without)
            if key not in opened or not opened[key].is_connected():
                opened[key] = await launched(playwright, CAMERA, *flags, without=without)
            browser: Browser = opened[key]
            return browser

        yield opens
        for browser in opened.values():
            await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def a_browser(kept: Opens) -> AsyncIterator[Opens]:
    """Open one by its flags; what was opened in it is closed after the test."""
    async with AsyncExitStack() as windows:

        async def opens(*flags: str, without: tuple[str, ...] = ()) -> Browser:
            browser = await kept(*flags, without=without)
            windows.push_async_callback(shut, browser)
            return browser

        yield opens


async def shut(browser: Browser) -> None:
    for context in browser.contexts:
        await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def chromium(a_browser: Opens) -> Browser:
    return await a_browser()


@pytest.fixture(scope="session")
def beeps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("beeps")
    return {name: hearing.beeps(folder / f"{name}.wav", tone) for name, tone in TONES.items()}


@pytest_asyncio.fixture(loop_scope="session")
async def three(a_browser: Opens, beeps: dict[str, Path]) -> dict[str, Browser]:
    """One Chromium each for Mette, Sofie and Aya, whose microphones beep in tones of their own."""
    return {
        name: await a_browser(f"--use-file-for-fake-audio-capture={sound}")
        for name, sound in beeps.items()
    }
