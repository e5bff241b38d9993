"""The caseworker's call with the keyboard alone, and with text twice as large."""

import pytest
from playwright.async_api import Browser, Page, ViewportSize

from tests.e2e import people
from tests.e2e.house import House
from tests.e2e.keys import enlarges, fits, presses, reaches

NARROW: ViewportSize = {
    "width": 1024,
    "height": 768,
}  # too narrow for every control


@pytest.mark.long
async def test_the_host_meets_by_keyboard_and_with_text_twice_as_large(
    house: House, chromium: Browser
):
    """S27, P8: one's own picture looked at, the door, what is said first, switches, a notice
    behind another, who came in, the note and leaving, without a mouse; then each screen of the
    call with large text, on a computer and on a phone."""
    cast = await house.cast()
    await people.now_it_is_time(house, cast)
    office = await people.somebody(chromium, phone=False)
    await office.add_cookies([await house.signed_in(cast.mette)])
    mette = await office.new_page()
    await people.prepares_as_host(mette, house, cast.meeting)
    await looks_and_goes_in(mette)
    link = await house.link(seat=cast.sofies_seat)
    sofie = await people.opens_link(await people.somebody(chromium), link)
    await people.answers_everything(sofie)
    await people.knocks(sofie)

    await mette.get_by_text("Sofie banker på").locator("visible=true").first.wait_for()
    await presses(mette, "Åbn døren")
    await mette.get_by_role("button", name="Luk Sofie ind").wait_for()
    await presses(mette, "Luk Sofie ind", "Space")
    await sofie.locator('call-room[data-standing="call"]').wait_for()
    await presses(mette, "Sagt")
    await mette.locator('[data-key="opening"]').wait_for(state="detached")

    await switches(mette)
    await opens_a_folded_notice(mette, sofie)
    await says_who_came(mette)
    await writes(mette)
    await finds_more_in_a_narrow_bar(mette)

    await enlarges(mette)
    for size in (people.OFFICE, people.PHONE):
        await mette.set_viewport_size(size)
        await fits(mette, f"the call at {size['width']}")
        await every_control_can_be_pressed(mette)
        face = await mette.locator("call-faces").bounding_box()
        assert face is not None
        assert face["height"] > size["height"] / 5, "no room is left for her face"
    await mette.set_viewport_size(people.OFFICE)
    await presses(mette, "Gå nu")
    await mette.locator('call-room[data-standing="left"]').wait_for()


async def looks_and_goes_in(mette: Page) -> None:
    await presses(mette, "Jeg har set mig selv")
    await mette.get_by_text("Set. Det står på din liste.").wait_for()
    await presses(mette, "Gå ind i rummet", "Space")
    await mette.locator('call-room[data-standing="room"]').wait_for()


async def switches(mette: Page) -> None:
    await presses(mette, "Lyd fra")
    await mette.get_by_role("button", name="Lyd til").wait_for()
    await presses(mette, "Billede fra", "Space")
    await mette.get_by_role("button", name="Billede til").wait_for()
    await presses(mette, "Pause")
    await mette.locator('call-room[data-standing="paused"]').wait_for()
    await presses(mette, "Jeg er klar")
    await mette.locator('call-room[data-standing="room"]').wait_for()


async def opens_a_folded_notice(mette: Page, sofie: Page) -> None:
    """The stop word stands open; the card behind it is one press away, and then has its line."""
    await sofie.get_by_role("button", name="Skift emne").click()
    await mette.locator('[data-key="change-subject"][data-fold="open"]').wait_for()
    await presses(mette, "Jeg skriver")
    notice = mette.locator('[data-key="writing"]')
    await notice.locator("[data-unfolds]").wait_for()
    assert await notice.get_attribute("data-fold") == "shut"
    title = (await notice.locator("[data-unfolds]").inner_text()).strip()
    await presses(mette, title)
    await mette.locator('[data-key="writing"][data-fold="open"]').wait_for()
    assert await mette.evaluate("document.activeElement.tagName") == "H2"
    await presses(mette, "Jeg skriver")
    await notice.wait_for(state="detached")
    await sofie.get_by_role("button", name="Tilbage til det andet").click()
    await mette.locator('[data-key="change-subject"]').wait_for(state="detached")


async def says_who_came(mette: Page) -> None:
    await presses(mette, "Der kom en ind")
    await mette.locator('[data-panel="company"]').wait_for()
    await mette.keyboard.press("Escape")
    await mette.locator('[data-panel="company"]').wait_for(state="hidden")
    focused = await mette.evaluate("document.activeElement.dataset.opens")
    assert focused == "company", "the focus is lost with the panel"


async def writes(mette: Page) -> None:
    await reaches(mette, "Det snakkede I om")
    await mette.keyboard.type("Du er glad for din nye klasse.")
    await presses(mette, "Gem")
    await mette.locator(".host__note", has_text="Du er glad for din nye klasse.").wait_for()


async def finds_more_in_a_narrow_bar(mette: Page) -> None:
    await mette.set_viewport_size(NARROW)
    await presses(mette, "Mere")
    await presses(mette, "Der kom en ind")
    await mette.locator('[data-panel="company"]').wait_for()
    assert await mette.locator(".tray--more").is_hidden()
    await mette.keyboard.press("Escape")
    assert await mette.evaluate("document.activeElement.parentElement.localName") == "bar-more"
    await mette.set_viewport_size(people.OFFICE)


async def every_control_can_be_pressed(mette: Page) -> None:
    for control in await mette.locator(".host__bar button:visible").all():
        await control.click(trial=True)
