"""A real worker, and Chromium for three."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from server.media.gateway import Gateway
from tests.browser import launched
from tests.e2e import hearing

TONES = {"mette": 500.0, "sofie": 900.0, "aya": 1400.0}  # Hz


@pytest.fixture
async def gateway() -> AsyncIterator[Gateway]:
    made = Gateway(addresses=["127.0.0.1"], port=0, on_event=lambda _: None, realtime=False)
    await made.start()
    yield made
    await made.close()


@pytest.fixture
async def three(tmp_path: Path) -> AsyncIterator[dict[str, Browser]]:
    """One Chromium each, whose microphones beep in tones of their own."""
    async with async_playwright() as playwright:
        opened = {}
        for name, tone in TONES.items():
            sound = hearing.beeps(tmp_path / f"{name}.wav", tone)
            opened[name] = await launched(
                playwright,
                f"--use-file-for-fake-audio-capture={sound}",
                "--use-fake-device-for-media-stream=fps=15",
            )
        yield opened
        for browser in opened.values():
            await browser.close()
