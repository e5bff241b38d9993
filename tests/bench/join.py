"""From "Gå ind i rummet" pressed to the first picture of somebody else, in real browsers.

Mette and Sofie, a Chromium each, with fake cameras, both warm. Sofie is admitted and her camera
is on; the room is locked while no host is in it. Each time Mette signs in anew and loads her call
page, her connection comes about while she would be trying sound and picture, and then she presses
the button. Measured in her page: from the click to the first frame of a picture that came over the
network being presented; the server's share is from the word that is sent to the word that all
is in force. Everything is on this computer, browsers and encoders included.
"""

import asyncio
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from tests.bench._budgets import at_most
from tests.browser import launched
from tests.e2e import people
from tests.e2e.house import House
from tests.factories import Cast

TIMES, QUICK_TIMES = 40, 8
PATIENCE = 20.0  # seconds

BUDGETS = {"median_ms": at_most(350), "p95_ms": at_most(500), "server_ms": at_most(40)}

# Before any script of the page: when its words went out and what came back.
WATCH = """
const times = (window.joining = { pressed: 0, said: 0, told: 0, seen: 0 })
document.addEventListener('click', () => (times.pressed ||= performance.now()), { capture: true })
const Native = WebSocket
window.WebSocket = class extends Native {
  constructor(...given) {
    super(...given)
    this.addEventListener('message', ({ data }) => {
      if (times.said && JSON.parse(data).type === 'state') times.told ||= performance.now()
    })
  }
  send(data) {
    if (times.pressed && JSON.parse(data).type === 'knock') times.said ||= performance.now()
    super.send(data)
  }
}
const looked = new WeakSet()
setInterval(() => {
  const tracks = new Set(allPeers().flatMap((peer) => peer.getReceivers().map((r) => r.track)))
  for (const video of document.querySelectorAll('video')) {
    const [track] = video.srcObject?.getVideoTracks() ?? []
    if (!tracks.has(track) || looked.has(video)) continue
    looked.add(video)
    video.requestVideoFrameCallback(() => (times.seen ||= performance.now()))
  }
}, 2)
"""


async def measure(*, quick: bool) -> dict[str, float | None]:
    times = QUICK_TIMES if quick else TIMES
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder))
        try:
            await house.start()
            async with async_playwright() as playwright:
                browsers = [await launched(playwright) for _ in range(2)]
                taken = await joins(house, await house.cast(), browsers, times)
                await asyncio.gather(*(browser.close() for browser in browsers))
        finally:
            await house.stop()
    pictures = [each["seen"] - each["pressed"] for each in taken]
    return {
        "median_ms": statistics.median(pictures),
        "p95_ms": statistics.quantiles(pictures, n=20, method="inclusive")[-1],
        "server_ms": statistics.median(each["told"] - each["said"] for each in taken),
        "fastest_ms": min(pictures),
        "slowest_ms": max(pictures),
    }


async def joins(
    house: House, cast: Cast, browsers: list[Browser], times: int
) -> list[dict[str, float]]:
    """Bring both together once, and then Mette into the room again and again."""
    await people.now_it_is_time(house, cast)
    office = await people.somebody(browsers[0], phone=False)
    await office.add_init_script(WATCH)
    await office.add_cookies([await house.signed_in(cast.mette)])
    mette = await office.new_page()
    phone = await people.somebody(browsers[1])
    sofie = await people.opens_link(phone, await house.link(seat=cast.sofies_seat))
    await people.answers_everything(sofie)
    await people.prepares_as_host(mette, house, cast.meeting)
    await enter(mette)
    await people.goes_to_the_call(sofie)
    await sofie.get_by_role("button", name="Det virker").click()
    await people.lets_in(mette, "Sofie")
    await sofie.get_by_role("button", name="Billede fra").click()
    await until(mette, "joining.seen")
    return [await again(house, cast, mette) for _ in range(times)]


async def again(house: House, cast: Cast, mette: Page) -> dict[str, float]:
    """As on a fresh sign-in: load the page, let the connection come about, press, and look."""
    await mette.context.clear_cookies()
    await mette.context.add_cookies([await house.signed_in(cast.mette)])
    await mette.goto(f"{house.url}/calling/{cast.meeting}")
    await until(mette, "livePeers().length > 0")
    await enter(mette)
    await until(mette, "joining.seen && joining.told")
    found: dict[str, Any] = await mette.evaluate("joining")
    return found


async def until(page: Page, what: str) -> None:
    """Wait for something to be true in the page, whose own rules forbid Playwright's way."""
    async with asyncio.timeout(PATIENCE):
        await page.evaluate(
            f"""() => new Promise((done) => {{
              const look = setInterval(() => ({what}) && (clearInterval(look), done()), 5)
            }})"""
        )


async def enter(mette: Page) -> None:
    await mette.get_by_role("button", name="Gå ind i rummet").click()
