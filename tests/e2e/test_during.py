"""Two people in a call, and what happens around it: pressed and read at both ends."""

import asyncio

from playwright.async_api import Browser, Page

from tests.e2e import hearing, people
from tests.e2e.house import House

OWN_TILE = "call-tile[data-own]"


async def test_what_happens_around_a_talk_in_two_browsers(house: House, chromium: Browser):
    """D1, D3, D7, D8, D9, D10, P8, S35, U10: while Mette is called away not one packet comes to
    either page, of sound or of pictures, though both go on sending; nothing Sofie presses shows
    in her own tile, and nothing of the guide shows on her page at all."""
    cast = await house.cast()
    mette, sofie = await people.the_two_meet(house, cast, chromium)
    for page in (mette, sofie):
        await people.turns_on(page)
    for page in (mette, sofie):
        await hearing.sees(page, 1)
    own = await sofie.locator(OWN_TILE).inner_text()
    await mette.get_by_role("button", name="Sagt", exact=True).click()

    # D1: the same harmless card at both ends, and one press that offers another time.
    await sofie.get_by_role("button", name="Kort", exact=True).click()
    await sofie.get_by_role("button", name="Skift emne").dblclick()  # in a fright: it stays on
    assert not await sofie.locator('[data-panel="cards"]').is_visible()
    for page in (mette, sofie):
        await page.get_by_role("heading", name="Har du set noget sjovt?").wait_for()
    await people.opens_notice(mette, "Skift emne. Kun ja/nej.")
    assert await sofie.get_by_text("Kun ja/nej").count() == 0
    assert "host__call--turned" in (await mette.locator(".host__call").get_attribute("class") or "")
    await mette.get_by_role("button", name="Foreslå telefon").click()
    await sofie.get_by_role("heading", name="Skal vi tale i telefon i stedet?").wait_for()
    assert not await sofie.locator("[data-card]").is_visible()
    await sofie.get_by_role("button", name="Nej", exact=True).click()
    await people.opens_notice(mette, "Sofie svarede: Nej")
    await mette.get_by_role("button", name="Fjern", exact=True).click()
    await sofie.get_by_role("button", name="Tilbage til det andet").click()

    # D8, D7: a card, and a camera that is nobody's business.
    await sofie.get_by_role("button", name="Kort", exact=True).click()
    await sofie.get_by_role("button", name="Det er svært").click()
    await sofie.get_by_text("Mette kan se det nu.").wait_for()
    await mette.get_by_text("”Det er svært.”", exact=True).wait_for()
    assert await sofie.locator(OWN_TILE).inner_text() == own
    await sofie.get_by_role("button", name="Kort", exact=True).click()
    await mette.get_by_role("button", name="Set", exact=True).click()

    # D10: nothing of it at her end.
    before = await sofie.locator("call-room").inner_text()
    await mette.get_by_role("button", name="Hjælp i samtalen").click()
    await mette.get_by_text("fortæller om vold eller fare").click()
    await mette.get_by_role("button", name="Noten skal låses").click()
    await mette.get_by_text("Noten er markeret.").wait_for()
    assert await sofie.locator("call-room").inner_text() == before

    # D3: not one packet, either way; then an honest way back.
    await mette.get_by_role("button", name="Lige væk", exact=True).click()
    await people.opens_notice(mette, "Ingen hører eller ser hinanden nu")
    await sofie.get_by_text("er lige væk, og lyden er slukket").wait_for()
    await nothing_comes(mette)
    await nothing_comes(sofie)
    await mette.get_by_role("button", name="Tilbage. Ingen hørte noget").click()
    back = sofie.get_by_text("Mette er tilbage. Ingen hørte dig imens.")
    await back.locator("visible=true").first.wait_for()
    await mette.get_by_text("Undskyld. Der kom en ind. Ingen hørte dig.").wait_for()
    for page in (mette, sofie):
        await hearing.sees(page, 1)

    # D9: something to breathe by, and an adult of her own choice.
    await mette.get_by_text("Sofie er meget ked af det").click()
    await mette.get_by_role("button", name="Vis det rolige kort").click()
    await sofie.get_by_role("heading", name="Vi har god tid").wait_for()
    assert await sofie.evaluate("document.getAnimations().length") == 0, "motion was not wished for"
    await sofie.get_by_role("button", name="Hent en voksen").click()
    await sofie.get_by_role("button", name="Lene og Karl").click()
    await people.opens_notice(mette, "Sofie vil gerne have Lene og Karl hos sig")
    await sofie.get_by_role("button", name="Tilbage", exact=True).locator("visible=true").click()
    await mette.get_by_role("button", name="Bliv på linjen. Ingen nye emner").click()
    await mette.get_by_role("button", name="Lov at ringe om en time").click()
    await sofie.get_by_text("Mette ringer til dig igen kl.").wait_for()


async def nothing_comes(page: Page) -> None:
    """Nothing that is sent now reaches this page."""
    before = await hearing.falls_silent(page)
    assert min(before.values()) > 0
    await asyncio.sleep(1)
    assert await hearing.came(page) == before
