"""P11: the page a young person opens is small, asks nobody else, and knows a browser that cannot
call; what is on the wire is counted by the browser itself."""

from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext

from tests.e2e.house import House
from tests.e2e.people import PHONE
from tests.e2e.wire import Wire

FIRST_PAGE = 60_000  # bytes on the wire
CALL_SCRIPT = 50_000
NO_DEVICES = "delete Navigator.prototype.mediaDevices"
NO_CALLS = "delete window.RTCPeerConnection"
IN_APP = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Mobile/15E148 Snapchat/13.0"
)


async def a_phone(chromium: Browser, **more: Any) -> BrowserContext:
    return await chromium.new_context(
        viewport=PHONE, locale="da-DK", permissions=["camera", "microphone"], **more
    )


async def test_the_first_page_is_small_and_asks_nobody_else(house: House, chromium: Browser):
    """P7, P11: from the tap on the link to the letter: 60 kB at most, all of it from us."""
    cast = await house.cast()
    page = await (await a_phone(chromium)).new_page()
    wire = Wire()
    await wire.watch(page)
    await page.goto(await house.link(seat=cast.sofies_seat))
    await page.wait_for_url("**/arriving")
    await page.wait_for_load_state("networkidle")
    assert 5_000 < wire.weight() <= FIRST_PAGE
    elsewhere = [url for url in wire.fetched if not url.startswith((house.url, "data:"))]
    assert elsewhere == []


async def test_the_script_of_the_call_page_is_small(house: House, chromium: Browser):
    """P11, P12: everything the trial call needs is what the call needs: 50 kB at most. On the way
    there the network is away for a moment, and nobody is told that the link is broken."""
    cast = await house.cast()
    page = await (await a_phone(chromium)).new_page()
    await page.route("**/arriving/swap", lambda route: route.abort())
    link = await house.link(seat=cast.sofies_seat)
    await page.goto(link)
    await page.get_by_role("heading", name="Der er ikke forbindelse lige nu").wait_for()
    assert page.url == link
    await page.unroute("**/arriving/swap")
    await page.get_by_role("button", name="Prøv igen").click()
    await page.wait_for_url("**/arriving")
    wire = Wire()
    await wire.watch(page)
    await page.goto(f"{house.url}/trying")
    await page.wait_for_load_state("networkidle")
    assert 5_000 < wire.weight("Script") <= CALL_SCRIPT


@pytest.mark.parametrize("missing", [NO_DEVICES, NO_CALLS], ids=["no camera", "no calls"])
async def test_a_browser_that_cannot_call_is_told_in_one_step(
    house: House, chromium: Browser, missing: str
):
    """P11, P12: the link still stands in the address, and going on with this one is possible."""
    cast = await house.cast()
    context = await a_phone(chromium, user_agent=IN_APP)
    await context.add_init_script(missing)
    page = await context.new_page()
    link = await house.link(seat=cast.sofies_seat)
    await page.goto(link)
    await page.get_by_role("heading", name="Her kan man ikke lave videoopkald").wait_for()
    assert page.url == link
    assert await page.get_by_role("link", name="116 111").is_visible()
    # In the other language it is the same link, and nobody but us was asked for anything.
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.get_by_role("button", name="In English").click()
    await page.get_by_role("heading", name="Video calls do not work here").wait_for()
    assert page.url == link
    assert [url for url in asked if not url.startswith((house.url, "data:"))] == []
    await page.get_by_role("button", name="På dansk").click()
    await page.get_by_role("heading", name="Her kan man ikke lave videoopkald").wait_for()
    assert page.url == link
    await page.get_by_role("button", name="Fortsæt alligevel").click()
    await page.wait_for_url("**/arriving")
    assert await page.get_by_role("button", name="Ja", exact=True).is_visible()


async def test_without_script_there_are_numbers_to_ring(house: House, chromium: Browser):
    """P11, P12."""
    cast = await house.cast()
    page = await (await a_phone(chromium, java_script_enabled=False)).new_page()
    await page.goto(await house.link(seat=cast.sofies_seat))
    for number in ("12 34 56 00", "116 111", "112"):
        assert await page.get_by_role("link", name=number, exact=True).is_visible()
