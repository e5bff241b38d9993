"""Gå nu in a Chromium that keeps pages for the back button, as people's browsers do."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest_asyncio
from playwright.async_api import Browser, Error, Page
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.clock import Clock
from server.services import sessions
from server.store.tables import Session
from tests.e2e import people
from tests.e2e.conftest import Opens
from tests.e2e.house import House

KEEPS_PAGES = ("--disable-back-forward-cache",)
# What there is to see and what is open at the very moment the server is told.
WATCH = """() => {
  const own = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  const tracks = []
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const stream = await own(wanted)
    tracks.push(...stream.getTracks())
    return stream
  }
  const tell = navigator.sendBeacon.bind(navigator)
  navigator.sendBeacon = (address, body) => {
    window.watched({
      text: document.body.innerText + document.body.childElementCount,
      tracks: tracks.map((track) => track.readyState),
    })
    return tell(address, body)
  }
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def keeping(a_browser: Opens) -> Browser:
    return await a_browser(without=KEEPS_PAGES)


async def test_leaving_leaves_nothing_behind(house: House, keeping: Browser):
    """P8, L18, L19, L20, S35: from the call by a press, from a question by Shift three times,
    and without the network; each time neither Back nor Forward, a reload or a tab opened again
    shows anything, and the link opens as before."""
    cast = await house.cast()
    mette, sofie = await people.the_two_meet(house, cast, keeping)
    seen: list[dict[str, Any]] = []
    await sofie.expose_function("watched", lambda found: seen.append(found))
    await sofie.evaluate(WATCH)
    await people.turns_on(sofie)
    await sofie.get_by_role("button", name="Billede til").wait_for()
    await sofie.get_by_role("button", name="Gå nu").click()
    await sofie.wait_for_url("**/arriving/gone")
    assert seen == [{"text": "0", "tracks": ["ended", "ended"]}]
    await mette.get_by_text("Sofie er gået.").locator("visible=true").first.wait_for()
    assert await house.write(living_sessions) == 0
    await shows_nothing_any_more(sofie, house)

    # Anew by the link; then by the keyboard, and Escape does not undo it.
    link = await house.link(seat=cast.sofies_seat)
    again = await people.opens_link(sofie.context, link)
    await again.goto(f"{house.url}/arriving/questions/way")
    # Escape stops a page from going where it is sent: it stays, and is blank all the same.
    await again.route("**/arriving/gone", lambda route: route.abort("aborted"))
    async with again.expect_event("requestfailed"):
        for _ in range(3):
            await again.keyboard.press("Shift")
    await again.keyboard.press("Escape")
    assert await again.evaluate("document.body.innerText") == ""
    assert again.url.endswith("/arriving/gone")
    await again.unroute("**/arriving/gone")
    await again.goto(f"{house.url}/arriving/questions/way")
    assert again.url.endswith("/arriving/gone")

    # Where the server cannot be told, the browser itself keeps the door shut, and tells it later.
    third = await people.opens_link(sofie.context, link)
    await third.context.set_offline(True)
    await third.get_by_role("button", name="Gå nu").click()
    assert await third.evaluate("document.body.innerText") == ""
    assert await house.write(living_sessions) == 1
    await third.context.set_offline(False)
    await third.wait_for_load_state()
    await shows_nothing_any_more(third, house)
    assert await house.write(living_sessions) == 0


async def shows_nothing_any_more(page: Page, house: House) -> None:
    """Back to the first page and forward again, anew, and in another tab."""
    await page.get_by_role("heading", name="Det er helt okay at gå.").wait_for()  # it has arrived
    for way in [page.go_back, page.go_back, page.go_forward, page.reload]:
        await travels(page, way)
        if page.url != "about:blank":  # where every tab began
            await page.get_by_role("heading", name="Det er helt okay at gå.").wait_for()
            assert page.url.endswith("/arriving/gone")
    for path in ("/arriving", "/calling", "/arriving/questions/way"):
        tab = await page.context.new_page()
        await tab.goto(house.url + path)
        assert tab.url.endswith("/arriving/gone")
        await tab.close()


async def travels(page: Page, way: Callable[..., Awaitable[object]]) -> None:
    """Go there; once more where the page that was just taken out of the cache is not ours yet to
    move. Twice as far is no harm: nothing is to be seen anywhere."""
    for tries in range(4):
        try:
            await way(wait_until="commit")  # a page that was kept is there without loading
            return
        except Error:
            if tries == 3:
                raise
            await page.wait_for_timeout(500)


async def living_sessions(db: AsyncSession) -> int:
    """How many of the guests' browsers may still come in."""
    rows = (await db.scalars(select(Session).where(Session.seat_id.is_not(None)))).all()
    return len(await sessions.alive(db, [row.id for row in rows], now=Clock().now()))
