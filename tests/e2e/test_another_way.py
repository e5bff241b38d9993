"""Another way in real browsers: a whole meeting in writing, and a line that breaks at each end."""

import pytest
from playwright.async_api import Browser, Page

from tests.e2e import people
from tests.e2e.house import House

COUNTING = """
window.asked = 0
const real = MediaDevices.prototype.getUserMedia
MediaDevices.prototype.getUserMedia = function (...args) {
  window.asked += 1
  return real.apply(this, args)
}
"""
RABBIT = "Du har fået en kanin, der hedder Plet."
PLAN = "fallback-plan:visible"


@pytest.mark.long
async def test_a_meeting_in_writing_from_the_gate_to_the_choice_and_a_line_that_breaks(
    house: House, chromium: Browser
):
    """P3, P7, P12, S29, U2, D4: the same gate, door, roster and note, no camera or microphone is
    asked for; when the server is away both ends read the same plan with a number; when Sofie is
    gone Mette has the phone plan, and neither presses anything to be back."""
    cast = await house.cast()
    mette = await people.the_office_opens(house, cast, chromium)
    phone = await people.somebody(chromium)
    await phone.add_init_script(COUNTING)
    sofie = await people.opens_link(phone, await house.link(seat=cast.sofies_seat))
    await people.answers_everything(sofie, way="Skrive")
    await people.knocks(sofie)
    await people.lets_in(mette, "Sofie")
    await in_call(sofie)

    await sofie.get_by_text("Alt, vi skriver her, bliver gemt i din sag.").wait_for()
    for page in (sofie, mette):
        for device in ("microphone", "camera"):
            await page.locator(f'.control-bar [data-action="{device}"]').wait_for(state="hidden")
    await sofie.get_by_label("Skriv her").fill("Jeg har fået en kanin")
    await sofie.get_by_role("button", name="Send").click()
    await mette.get_by_text("Jeg har fået en kanin").wait_for()
    await sofie.locator("call-roster").get_by_text("Mette").first.wait_for()
    await mette.get_by_label("Det snakkede I om", exact=True).fill(RABBIT)
    await mette.locator("form.note__new").first.get_by_role("button", name="Gem").click()
    await sofie.get_by_role("button", name="Noten").click()
    item = sofie.locator("li.item", has_text=RABBIT)
    await item.locator('input[value="as_written"]').check(force=True)
    await item.locator('[data-fill="standing"]', has_text="Lene og Karl").wait_for()
    assert await sofie.evaluate("window.asked") == 0

    await house.kill()
    plan = sofie.locator(PLAN)
    await plan.get_by_text("Du har ikke gjort noget. Mette ringer til dig nu.").wait_for()
    assert await plan.locator('a[href="tel:12345678"]').count() == 1
    await mette.locator(PLAN).get_by_text("Du har ikke gjort noget").wait_for()
    assert await mette.locator(f'{PLAN} a[href="tel:12345690"]').count() == 1
    await house.start()
    for page in (sofie, mette):
        await page.locator(PLAN).wait_for(state="detached")
    await in_call(sofie)

    await sofie.close()
    await mette.get_by_text("Forbindelsen til Sofie røg.").wait_for()
    await mette.get_by_role("button", name="Jeg fik ikke kontakt").click()
    await mette.get_by_text("Det er gemt.").wait_for()
    back = await phone.new_page()
    await back.goto(f"{house.url}/calling")
    await in_call(back)
    await mette.get_by_text("Forbindelsen til Sofie røg.").wait_for(state="hidden")

    await mette.goto(house.url)
    await back.get_by_role("heading", name="Mette er lige væk").wait_for()
    assert await back.locator('.page a[href="tel:12345678"]:visible').count() == 1
    await mette.goto(f"{house.url}/calling/{cast.meeting}")
    await in_call(back)


async def in_call(page: Page) -> None:
    await page.locator('call-room[data-standing="call"]').wait_for()
