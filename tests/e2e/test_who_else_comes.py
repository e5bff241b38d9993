"""Around a talk of two, in browsers: somebody added late whom the young person says no to, her link
opened on another device, a pause, and a host who goes and comes back."""

import pytest
from playwright.async_api import Browser, Page
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.store.tables import Seat
from tests.e2e import hearing, people
from tests.e2e.house import House
from tests.factories import Cast

IN_THE_CALL = 'call-room[data-standing="call"]'


@pytest.mark.long
async def test_a_late_addition_another_device_a_pause_and_the_host_gone(
    house: House, chromium: Browser
):
    """P1, P2, P8, P9, S31: her no shuts the door in words that name nobody; another device waits
    and both ends hear of it; in a pause and without the host nothing comes, nor a new knock."""
    cast = await house.cast()
    mette, sofie = await people.the_two_meet(house, cast, chromium)
    for page in (mette, sofie):
        await people.turns_on(page)
    for page in (mette, sofie):
        await hearing.sees(page, 1)

    await says_no_to_jonas(house, cast, chromium, mette, sofie)
    await is_opened_elsewhere(house, cast, chromium, mette, sofie)

    await sofie.get_by_role("button", name="Pause", exact=True).click()
    await sofie.get_by_role("button", name="Jeg er klar igen").wait_for()
    for page in (mette, sofie):
        await hearing.falls_silent(page)
    await sofie.get_by_role("button", name="Jeg er klar igen").click()
    await sofie.locator(IN_THE_CALL).wait_for()

    await mette.goto(f"{house.url}/meetings/{cast.meeting}")  # gone, and the line with it
    await sofie.get_by_role("heading", name="Mette er lige væk").wait_for()
    await hearing.falls_silent(sofie)
    await mette.goto(f"{house.url}/calling/{cast.meeting}")
    back = mette.get_by_role("button", name="Gå ind i rummet")
    await back.or_(mette.locator('call-room[data-standing="room"]')).first.wait_for()
    if await back.is_visible():
        await back.click()
    await sofie.locator(IN_THE_CALL).wait_for()
    assert await mette.locator("door-panel section.knock", has_text="Sofie").count() == 0


async def says_no_to_jonas(
    house: House, cast: Cast, chromium: Browser, mette: Page, sofie: Page
) -> None:
    desk = await mette.context.new_page()
    await desk.goto(f"{house.url}/meetings/{cast.meeting}")
    await desk.get_by_text("Inviter en", exact=False).locator("visible=true").first.click()
    await desk.locator('[name="companion"]').fill("Jonas")
    await desk.locator('[name="companion_why"]').fill("Vi taler om skolen")
    await desk.locator('form[action$="/people#invite"] button').last.click()
    await desk.wait_for_load_state()
    await sofie.get_by_role("heading", name="Mette vil gerne have Jonas med").wait_for()
    assert await sofie.get_by_text("Vi taler om skolen").is_visible()

    async def his_seat(db: AsyncSession) -> int:
        return (await db.scalars(select(Seat.id).where(Seat.name == "Jonas"))).one()

    link = await house.link(seat=await house.write(his_seat))
    jonas = await people.opens_link(await people.somebody(chromium), link)
    await people.answers_as_bisidder(jonas)
    await people.knocks(jonas)
    strip = mette.locator("door-panel section.knock", has_text="Jonas")
    await strip.get_by_text("Spørg Sofie først").wait_for()
    await sofie.locator("newcomer-cards").get_by_role("button", name="Nej").click()
    await jonas.get_by_role("heading", name="Mødet bliver holdt i en mindre kreds").wait_for()
    assert "Sofie" not in await jonas.locator("main").inner_text()
    await strip.get_by_text("Sofie har sagt nej. Sig ikke til Jonas").wait_for()
    await jonas.context.close()
    await strip.wait_for(state="detached")


async def is_opened_elsewhere(
    house: House, cast: Cast, chromium: Browser, mette: Page, sofie: Page
) -> None:
    link = await house.link(seat=cast.sofies_seat)
    other = await people.opens_link(await people.somebody(chromium), link)
    await people.answers_everything(other)
    await people.knocks(other)
    strip = mette.locator("door-panel section.knock", has_text="Sofie")
    await strip.get_by_text("Kommer fra en anden telefon eller computer.").wait_for()
    told = sofie.get_by_text("Der banker nogen på med dit link fra en anden telefon")
    await told.locator("visible=true").first.wait_for()
    assert await sofie.locator(IN_THE_CALL).count() == 1
    assert await hearing.frames(other) == []
    await other.context.close()
