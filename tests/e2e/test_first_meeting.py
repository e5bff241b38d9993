"""The main job, end to end: link, checklist, gate, door, call, note, choice, the home."""

from datetime import timedelta

from playwright.async_api import Browser

from server.clock import Clock
from server.store.tables import Meeting
from tests.e2e import people
from tests.e2e.house import House


async def test_a_whole_meeting(house: House, chromium: Browser):
    """P1, P11: three browsers meet; pictures are decoded in every direction."""
    cast = await house.cast()

    async def soon(db) -> None:
        (await db.get_one(Meeting, cast.meeting)).starts_at = Clock().now() + timedelta(minutes=5)

    await house.write(soon)
    office = await people.somebody(chromium, phone=False)
    await office.add_cookies([await house.signed_in(cast.mette)])
    mette = await office.new_page()
    people.tells(mette)
    sofie = await people.opens_link(
        await people.somebody(chromium), await house.link(seat=cast.sofies_seat)
    )
    aya = await people.opens_link(
        await people.somebody(chromium), await house.link(seat=cast.ayas_seat)
    )
    await people.answers_everything(sofie)
    await people.answers_as_bisidder(aya)
    await people.prepares_as_host(mette, house, cast.meeting)
    await people.goes_to_the_call(sofie)
    await people.goes_to_the_call(aya)
    await mette.get_by_role("button", name="Gå ind i rummet").click()
    await sofie.get_by_role("button", name="Det virker").click(timeout=5000)
    await sofie.get_by_role("heading", name="Mette lukker dig ind om lidt").wait_for()
    await mette.get_by_role("button", name="Åbn døren").click()
    await mette.get_by_role("button", name="Luk Sofie ind").click()
    await mette.get_by_role("button", name="Åbn døren").wait_for(state="detached")
    await aya.get_by_role("button", name="Det virker").click()
    await mette.get_by_role("button", name="Åbn døren").click()
    await mette.get_by_role("button", name="Luk Aya ind").click()
    for page in (mette, sofie, aya):
        await page.get_by_role("button", name="Lyd fra").click()
        await page.get_by_role("button", name="Billede fra").click()
    import asyncio
    await asyncio.sleep(6)
    await sofie.screenshot(path="/tmp/e2e-sofie.png")
    await mette.screenshot(path="/tmp/e2e-mette.png")
    await aya.screenshot(path="/tmp/e2e-aya.png")
