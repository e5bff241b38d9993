"""Firefox and Chromium in one call, through our own pages, from the link to the talk."""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser

from tests.e2e import hearing, people
from tests.e2e.house import House
from tests.e2e.people import ANSWERS
from tests.together.firefox import FirefoxTab, started

PATIENCE = 60.0  # seconds a step may take on a busy machine

# Press what a person would read, once it can be seen; true when it was pressed.
PRESS = """(words) => {
  const seen = (each) => each.getClientRects().length > 0
  const said = (each) => (each.getAttribute('aria-label') ?? each.innerText).trim()
  const all = [...document.querySelectorAll('a, button')].filter(seen)
  const found = all.find((each) => said(each) === words)
  found?.click()
  return !!found
}"""
IS_AT = "(path) => location.pathname === path && document.readyState === 'complete'"
STANDS = "(phase) => document.querySelector('call-room')?.dataset.standing === phase"
TICK = """() => {
  const topic = document.querySelector('input[name="topic-school"][value="yes"]')
  topic.checked = true
  return true
}"""
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


async def until(tab: FirefoxTab, function: str, *given: Any) -> Any:
    """Ask again and again until it is so; a page that is just being left answers nothing."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                if found := await tab.run(function, *given):
                    return found
            except RuntimeError:
                pass
            await asyncio.sleep(0.1)


async def answers_everything(tab: FirefoxTab) -> None:
    await until(tab, PRESS, "Ja")
    await until(tab, IS_AT, "/arriving/effects/time")
    await until(tab, PRESS, "Videre")
    for question, said in ANSWERS.items():
        await until(tab, IS_AT, f"/arriving/questions/{question}")
        if said is None:
            await until(tab, TICK)
        await until(tab, PRESS, said or "Videre")
        await until(tab, IS_AT, f"/arriving/effects/{question}")
        await until(tab, PRESS, "Videre")
    await until(tab, IS_AT, "/arriving/ready")


@pytest.fixture
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
