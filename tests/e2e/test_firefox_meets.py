"""Firefox and Chromium in one call, through our own pages, from the link to the talk."""

import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.e2e import hearing, people
from tests.e2e.by_script import IS_AT, PRESS, STANDS, answers_everything, until
from tests.e2e.house import House
from tests.together.firefox import started

MOVES = """async () => {
  const [video] = document.querySelectorAll('call-tile:not([data-own]) video')
  if (!video.videoWidth) return false
  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 })
  const brush = canvas.getContext('2d')
  const look = () => {
    brush.drawImage(video, 0, 0, 64, 48)
    return brush.getImageData(0, 0, 64, 48).data.join()
  }
  const before = look()
  await new Promise((done) => setTimeout(done, 500))
  return look() !== before
}"""
HEARS = "() => !!document.querySelector('call-tile:not([data-own])[data-speaking]')"


@pytest_asyncio.fixture(loop_scope="session")
async def reachable(tmp_path: Path, upgraded: Path) -> AsyncIterator[House]:
    """A house whose media is at this computer's own address: Firefox makes no way over loopback."""
    shutil.copy(upgraded, tmp_path / "enerum.db")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
        way.connect(("192.0.2.1", 9))  # sends nothing; says which address would be used
        address = way.getsockname()[0]
    house = House(tmp_path, {"ENERUM_MEDIA_ADDRESSES": address})
    try:
        await house.start()
        yield house
    finally:
        await house.stop()


@pytest.mark.long
async def test_firefox_and_chromium_meet_through_our_pages(
    reachable: House, chromium: Browser, tmp_path: Path
):
    """P11: nothing but what a person presses; pictures and sound arrive both ways, and who speaks
    is marked at both ends."""
    house = reachable
    cast = await house.cast()
    mette = await people.the_office_opens(house, cast, chromium)
    link = await house.link(seat=cast.sofies_seat)
    async with started(tmp_path / "firefox") as sofie:
        await sofie.visit(link)
        await answers_everything(sofie)
        await until(sofie, PRESS, "Prøv lyd og billede")
        await until(sofie, IS_AT, "/calling")
        await until(sofie, PRESS, "Det virker")
        await people.lets_in(mette, "Sofie")
        await until(sofie, STANDS, "call")
        await until(sofie, PRESS, "Lyd fra")
        await until(sofie, PRESS, "Billede fra")
        await people.turns_on(mette)
        await hearing.sees(mette, 1, patience=40)
        await until(sofie, MOVES)
        speaking = mette.locator("call-tile:not([data-own])[data-speaking]")
        await speaking.first.wait_for(timeout=40_000)
        await until(sofie, HEARS)
