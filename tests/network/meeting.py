"""Three people in a call of the whole product, each with a network that can be made bad."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Page, async_playwright

from server.certificate import self_made
from server.clock import Clock
from server.store.database import Database
from tests.browser import chromium, launched
from tests.e2e import hearing, people
from tests.e2e.house import House
from tests.factories import Cast
from tests.impair import Impair
from tests.network import figures
from tests.network.figures import Row, Watch
from tests.network.world import MEDIA_PORT, SERVER, TOLD_PORT, WEB_PORT, Place

TONES = {"mette": 500.0, "sofie": 900.0, "aya": 1400.0}  # Hz
CAMERA = "fps=15"  # the fake camera's own; two cores encode and decode for three people


class Meeting:
    """A call going on, and a way to look at every end of it."""

    def __init__(
        self, house: House, cast: Cast, network: Impair, places: dict[str, Place], talk: people.Talk
    ) -> None:
        self.house = house
        self.cast = cast
        self.network = network
        self.places = places
        self.pages: dict[str, Page] = {"mette": talk.mette, "sofie": talk.sofie, "aya": talk.aya}
        self.watches = {name: Watch(page) for name, page in self.pages.items()}
        self._running = [asyncio.create_task(watch.run()) for watch in self.watches.values()]

    async def lasts(self, seconds: float) -> tuple[float, float]:
        """Let them talk; gives when this spell began and ended, for `of`."""
        begin = time.monotonic()
        await asyncio.sleep(seconds)
        for watch in self.watches.values():
            await watch.look()
        return begin, time.monotonic()

    def of(self, name: str, spell: tuple[float, float]) -> list[list[Row]]:
        """What one person's browser said in a spell."""
        return self.watches[name].since(*spell)

    async def is_full(self, wanted: int = 640, patience: float = 45.0) -> float:
        """Wait until everybody gets both pictures at least `wanted` wide; gives the seconds."""
        begin = time.monotonic()
        while time.monotonic() < begin + patience:
            spell = await self.lasts(1.5)
            latest = [figures.widths(self.of(name, spell))[-1:] for name in self.pages]
            if all(one and len(one[0]) == 2 and min(one[0]) >= wanted for one in latest):
                break
        return time.monotonic() - begin

    async def close(self) -> None:
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)


@asynccontextmanager
async def meeting(seed: int = 1) -> AsyncIterator[Meeting]:
    """Bring Mette, Sofie and Aya into a call, each from a place of their own."""
    with TemporaryDirectory(prefix="enerum-network-") as name:
        folder = Path(name)
        house = await _house(folder)
        network = Impair((SERVER, MEDIA_PORT), listen=(SERVER, TOLD_PORT), seed=seed)
        places = {name: Place(number) for number, name in enumerate(TONES, 1)}
        house.port = WEB_PORT
        try:
            await house.start()
            cast = await house.cast()
            async with async_playwright() as playwright:
                browsers = {
                    name: await launched(
                        playwright,
                        f"--use-file-for-fake-audio-capture={_voice(folder, name)}",
                        f"--use-fake-device-for-media-stream={CAMERA}",
                        "--ignore-certificate-errors",
                        path=place.browser(folder, chromium()),
                    )
                    for name, place in places.items()
                }
                talk = await people.meet(house, cast, browsers)
                for page in talk.all:
                    await hearing.sees(page, 2)
                held = Meeting(house, cast, network, places, talk)
                try:
                    yield held
                finally:
                    await held.close()
                    for browser in browsers.values():
                        await browser.close()
        finally:
            await house.stop()
            network.close()
            for place in places.values():
                place.close()


async def _house(folder: Path) -> House:
    """The product as an operator behind a translating router would set it up."""
    certificate, key = self_made(folder / "keys", SERVER, now=Clock().now())
    database = Database(f"sqlite+aiosqlite:///{folder / 'enerum.db'}")
    await database.upgrade()
    await database.close()
    return House(
        folder,
        {
            "ENERUM_HOST": SERVER,
            "ENERUM_PORT": str(WEB_PORT),
            "ENERUM_PUBLIC_URL": f"https://{SERVER}:{WEB_PORT}",
            "ENERUM_TLS_CERT": str(certificate),
            "ENERUM_TLS_KEY": str(key),
            "ENERUM_MEDIA_ADDRESSES": f"{SERVER}:{TOLD_PORT}",
            "ENERUM_MEDIA_PORT": str(MEDIA_PORT),
            "ENERUM_MEDIA_WORKERS": "1",  # there is one proxy
            "ENERUM_NOT_FOR_REAL_MEETINGS": "understood",
        },
    )


def _voice(folder: Path, name: str) -> Path:
    return hearing.beeps(folder / f"{name}.wav", TONES[name])
