"""A meeting gets another time, or is called off: what the link and the home's page say then."""

from datetime import timedelta

from playwright.async_api import Browser, Page

from server.clock import Clock
from server.http.dates import spoken
from server.settings import Settings
from tests.e2e import people
from tests.e2e.house import House
from tests.factories import Cast

OLD_TIME = "Deres side bliver, som den er"
NEW_TIME = "Lene og Karl får tiden her at vide"


async def test_a_moved_meeting_keeps_its_link_and_the_home_reads_what_it_was_told(
    house: House, chromium: Browser
):
    """P4: the link shows the new time at once, the home's page when the caseworker says so."""
    cast = await house.cast()
    mette, sofie, lene = await all_three(house, cast, chromium)
    before = await lene.content()
    first = await moves(mette, house, cast, days=1, home=OLD_TIME)
    await sofie.reload()
    assert first in await sofie.locator("main").inner_text()
    await lene.reload()
    assert await lene.content() == before

    await mette.get_by_text("Det er ikke tiden nu").wait_for()
    await mette.get_by_role("button", name="Fortæl dem den nye tid").click()
    await mette.get_by_text(f"På deres side står: {first[0].lower()}{first[1:]}").wait_for()
    await lene.reload()
    assert first in await lene.locator("main").inner_text()

    second = await moves(mette, house, cast, days=2, home=NEW_TIME)
    await lene.reload()
    assert second in await lene.locator("main").inner_text()


async def test_a_meeting_called_off_says_so_on_its_link_and_stays_with_the_home(
    house: House, chromium: Browser
):
    """P4, P12: with whom to call; the home's page stays until its time is taken off."""
    cast = await house.cast()
    mette, sofie, lene = await all_three(house, cast, chromium)
    before = await lene.content()
    await mette.get_by_role("link", name="Ret eller aflys").click()
    await mette.get_by_role("button", name="Aflys, og lad deres side stå").click()
    await mette.get_by_text("Aflyst", exact=True).wait_for()
    await sofie.reload()
    await sofie.get_by_role("heading", name="Mødet er aflyst").wait_for()
    assert await sofie.get_by_text("Mette ringer eller skriver om en ny tid.").is_visible()
    assert await sofie.get_by_role("link", name="12 34 56 78").is_visible()
    await lene.reload()
    assert await lene.content() == before

    await mette.get_by_role("button", name="Tag tiden af siden").click()
    await mette.get_by_text("Der står intet om mødet på deres side.").wait_for()
    await lene.reload()
    await lene.get_by_text("Der er ikke aftalt et nyt møde endnu.").wait_for()


async def all_three(house: House, cast: Cast, chromium: Browser) -> tuple[Page, Page, Page]:
    """Mette at the meeting's page, Sofie at her letter, the Holms at their page."""
    office = await people.somebody(chromium, phone=False)
    await office.add_cookies([await house.signed_in(cast.mette)])
    mette = await office.new_page()
    await mette.goto(f"{house.url}/meetings/{cast.meeting}")
    link = await house.link(seat=cast.sofies_seat)
    sofie = await people.opens_link(await people.somebody(chromium), link)
    return mette, sofie, await people.at_home(house, cast, chromium)


async def moves(mette: Page, house: House, cast: Cast, *, days: int, home: str) -> str:
    """Give the meeting a time some days on; returns it as pages say it."""
    zone = Settings().zone
    wanted = Clock().now() + timedelta(days=days)
    await mette.get_by_role("link", name="Ret eller aflys").click()
    await mette.get_by_label("Dag", exact=True).fill(wanted.astimezone(zone).strftime("%Y-%m-%d"))
    await mette.get_by_label("Klokkeslæt").fill("15:30")
    await mette.get_by_role("radio", name=home).check(force=True)
    await mette.get_by_role("button", name="Gem").click()
    await mette.wait_for_url(f"{house.url}/meetings/{cast.meeting}")
    said = spoken(wanted.astimezone(zone).replace(hour=15, minute=30), zone, "da")
    return said[0].upper() + said[1:]
