"""The home's own presses: what it reads beforehand, where its words go, and the numbers to ring."""

from playwright.async_api import Browser, Page, expect

from tests.e2e import people
from tests.e2e.house import House
from tests.factories import Cast

DENTIST = "Karl er til tandlæge, og der er ikke noget lukket rum."


async def test_the_home_says_what_it_cannot_keep_and_finds_the_numbers(
    house: House, chromium: Browser
):
    """P4, P12: without a script. The page says who can read it, keeps what was typed when
    something is missing, and is the same page after as before; the caseworker reads it."""
    cast = await house.cast()
    lene = await people.at_home(house, cast, chromium)
    before = await lene.content()
    await lene.get_by_role("link", name="Vi kan ikke holde aftalen, fordi …").click()
    await lene.get_by_role("heading", name="Vi kan ikke holde aftalen").wait_for()
    await lene.get_by_role("button", name="Send svar").click()
    await lene.get_by_text("Skriv et par ord, før du sender.").wait_for()
    field = lene.get_by_label("Vi kan ikke holde aftalen, fordi")
    assert await lene.get_by_text("Sofie kan læse, hvad du skriver her.").is_visible()
    await field.fill(DENTIST)
    await lene.get_by_role("button", name="Send svar").click()
    await lene.get_by_role("heading", name="Svaret er sendt").wait_for()
    await lene.get_by_role("link", name="Tilbage til siden").click()
    await lene.wait_for_url("**/home")
    assert await lene.content() == before

    await lene.get_by_label("Sofie kan læse, hvad du skriver her.").fill("Hvornår er I færdige?")
    await lene.get_by_role("button", name="Send svar").click()
    await expect(lene.get_by_role("alert")).to_be_in_viewport()
    assert await lene.get_by_label("Sofie kan læse").input_value() == "Hvornår er I færdige?"
    await lene.get_by_role("radio", name="Vi har et spørgsmål til rådgiveren").check(force=True)
    await lene.get_by_role("button", name="Send svar").click()
    await lene.get_by_role("heading", name="Svaret er sendt").wait_for()

    await lene.goto(f"{house.url}/home")
    await lene.get_by_role("link", name="Vi er bekymrede").click()
    await lene.get_by_role("heading", name="Vi er bekymrede").wait_for()
    for number in ("12 34 56 78", "12 34 56 00", "112"):
        assert await lene.get_by_role("link", name=number, exact=True).is_visible()
    assert await lene.get_by_role("textbox").count() == 0

    mette = await at_her_day(house, cast, chromium)
    await mette.get_by_role("link", name="Lene og Karl: Vi kan ikke holde aftalen").click()
    assert await mette.get_by_text(DENTIST).is_visible()
    assert await mette.get_by_text("Hvornår er I færdige?").is_visible()


async def at_her_day(house: House, cast: Cast, chromium: Browser) -> Page:
    office = await people.somebody(chromium, phone=False)
    await office.add_cookies([await house.signed_in(cast.mette)])
    mette = await office.new_page()
    await mette.goto(house.url)
    return mette
