"""The young person with the keyboard alone, and with text twice as large."""

from playwright.async_api import Browser

from tests.e2e import people
from tests.e2e.house import House
from tests.e2e.keys import enlarges, fits, presses, reaches


async def test_the_whole_way_in_by_keyboard(house: House, chromium: Browser):
    """P8: from the link through every question, the sound check and the lobby; in the call
    microphone, camera and leaving. Wherever the focus is, one sees it."""
    cast = await house.cast()
    mette = await people.the_office_opens(house, cast, chromium)
    context = await people.somebody(chromium)
    sofie = await people.opens_link(context, await house.link(seat=cast.sofies_seat))
    await presses(sofie, "Ja", "Space")
    await sofie.wait_for_url("**/effects/time")
    await presses(sofie, "Videre")
    for question, said in people.ANSWERS.items():
        await sofie.wait_for_url(f"**/questions/{question}")
        if said is None:
            await reaches(sofie, value="yes")
            await sofie.keyboard.press("Space")
            await presses(sofie, "Videre")
        else:
            await presses(sofie, said, "Space")
        await sofie.wait_for_url(f"**/effects/{question}")
        await presses(sofie, "Videre")
    await sofie.wait_for_url("**/arriving/ready")
    await presses(sofie, "Prøv lyd og billede")
    await sofie.wait_for_url("**/calling")
    await sofie.get_by_role("button", name="Det virker").wait_for()
    await presses(sofie, "Det virker")
    await sofie.get_by_role("heading", name="Mette lukker dig ind om lidt").wait_for()
    await presses(sofie, "Tænd mit kamera", "Space")
    await people.lets_in(mette, "Sofie")
    await sofie.locator('call-room[data-standing="call"]').wait_for()

    await presses(sofie, "Lyd fra")
    await sofie.get_by_role("button", name="Lyd til").wait_for()
    await presses(sofie, "Billede til", "Space")
    await sofie.get_by_role("button", name="Billede fra").wait_for()
    await presses(sofie, "Skriv")
    await sofie.locator('[data-panel="chat"]').wait_for()
    await sofie.keyboard.press("Escape")
    await sofie.locator('[data-panel="chat"]').wait_for(state="hidden")
    await presses(sofie, "Gå nu")
    await sofie.wait_for_url("**/arriving/gone")
    await mette.get_by_text("Sofie er gået.").locator("visible=true").first.wait_for()


async def test_text_twice_as_large_fits_the_phone(house: House, chromium: Browser):
    """WCAG 1.4.4 and 1.4.10: nothing of the call lies beside the screen, and leaving is
    always there to be pressed."""
    cast = await house.cast()
    _, sofie = await people.the_two_meet(house, cast, chromium)
    await enlarges(sofie)
    await fits(sofie, "call")
    face = await sofie.locator("call-faces").bounding_box()
    assert face is not None
    assert face["height"] > people.PHONE["height"] / 4, "no room is left for her face"
    for panel in ("Skriv", "Jeg vil gerne gøre det på en anden måde"):
        opener = sofie.locator("[data-opens]", has_text=panel)
        await opener.click()
        await sofie.locator("[data-panel]:visible button").last.click(trial=True)
        await fits(sofie, panel[:5].strip())
        await opener.click()
    await sofie.get_by_role("button", name="Pause").click()
    await sofie.get_by_role("button", name="Jeg er klar").wait_for()
    await fits(sofie, "pause")
    await sofie.get_by_role("button", name="Gå nu").click()
    await sofie.wait_for_url("**/arriving/gone")
