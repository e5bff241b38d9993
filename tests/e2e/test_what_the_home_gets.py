"""What reaches the home, and when: each press of the three people, in browsers of their own."""

import pytest
from playwright.async_api import Browser, Page

from tests.e2e import people
from tests.e2e.house import House
from tests.factories import Cast

MEDICINE = "Du skal have den nye medicin om aftenen fra i morgen."
DOOR = "Du vil gerne have, at din dør må være lukket efter kl. 21."
REASON = "Lene og Karl skal vide det for at passe på dig."
ASKS_FIRST = "Mette spørger dig først."


@pytest.mark.long
async def test_what_must_be_said_is_told_first(house: House, chromium: Browser):
    """P4: marked in the call with its reason. The young person reads both before anything goes,
    the hour goes by without it until she was told, and then the home reads it."""
    cast = await house.cast()
    mette, sofie = await people.the_two_meet(house, cast, chromium)
    lene = await people.at_home(house, cast, chromium)
    await writes(mette, MEDICINE)
    item = mette.locator("li.note-item", has_text=MEDICINE)
    await item.locator("summary").first.click()
    await item.get_by_label("Skal det siges videre til Lene og Karl? Skriv hvorfor").fill(REASON)
    await item.get_by_label("Hvilken linje på listen er det?").select_option(index=5)
    await item.get_by_role("button", name="Det skal siges videre", exact=True).click()
    await item.get_by_text("Sig det til Sofie, før det går videre.").wait_for()

    await sofie.get_by_role("button", name="Noten").click()
    hers = sofie.locator("li.item", has_text=MEDICINE)
    await hers.get_by_text(REASON).wait_for()
    assert await hers.get_by_text("Mette taler med dig først.").is_visible()
    assert await hers.get_by_role("radio").count() == 0

    await finishes(mette, house, cast)
    before = await lene.content()
    await the_hour_goes_by(house, mette)
    await lene.reload()
    assert await lene.content() == before

    await mette.get_by_role("button", name="Sagt til Sofie med de her ord").click()
    await mette.get_by_text("Lene og Karl får det at vide på det faste tidspunkt.").wait_for()
    await mette.get_by_label("Hvem talte du med?").fill("Lene")
    await mette.get_by_role("button", name="Ringet til Lene og Karl med det samme").click()
    await mette.get_by_text("Lene og Karl har fået det at vide i telefonen.").wait_for()
    await mette.get_by_text("Du talte med Lene").wait_for()
    await sofie.goto(f"{house.url}/choosing")
    await sofie.get_by_role("link", name="Videre til mine valg").click()
    await sofie.get_by_text("Mette har talt med dig om det.").wait_for()
    assert await sofie.get_by_text("Mette har ringet til Lene og Karl om det.").is_visible()
    await lene.reload()
    assert await lene.content() == before

    await house.write(people.the_hour_comes)
    await reads(lene, MEDICINE)
    await sofie.reload()
    assert await sofie.get_by_text("Lene og Karl har fået det at vide.").is_visible()


@pytest.mark.long
async def test_more_after_the_call_waits_for_her_voice(house: House, chromium: Browser):
    """P4: chosen on the admitted device after the call, it leaves only when the caseworker has
    asked her alone. Less counts at once, also after it has left."""
    cast = await house.cast()
    mette, sofie = await people.the_two_meet(house, cast, chromium)
    lene = await people.at_home(house, cast, chromium)
    await writes(mette, DOOR)
    await finishes(mette, house, cast)
    await sofie.goto(f"{house.url}/arriving")  # her link leads on to the note
    await sofie.get_by_role("link", name="Videre til mine valg").click()
    await chooses(sofie, "Som det står")
    await sofie.get_by_text(ASKS_FIRST).wait_for()
    assert DOOR not in await sofie.locator(".as-seen").inner_text()
    before = await lene.content()
    await the_hour_goes_by(house, mette)
    await lene.reload()
    assert await lene.content() == before

    await mette.get_by_text("Spørg Sofie igen, alene.").wait_for()
    await mette.get_by_role("button", name="Spurgt alene: Sofie sagde ja").click()
    await mette.get_by_text("Lene og Karl får det at vide på det faste tidspunkt.").wait_for()
    await lene.reload()
    assert await lene.content() == before
    await house.write(people.the_hour_comes)
    await reads(lene, DOOR)

    await sofie.reload()
    await sofie.get_by_role("link", name="Tag det tilbage").click()
    await sofie.get_by_text("Og de kan se, at det er væk.").wait_for()
    await sofie.get_by_role("button", name="Tag det tilbage").click()
    await sofie.wait_for_url("**/choosing/preview*")
    await lene.reload()
    assert await lene.content() == before


async def writes(mette: Page, line: str) -> None:
    await mette.get_by_label("Det snakkede I om", exact=True).fill(line)
    await mette.locator("form.note__new").first.get_by_role("button", name="Gem").click()
    await mette.locator("li.note-item", has_text=line).wait_for()


async def chooses(sofie: Page, choice: str) -> None:
    await sofie.get_by_role("radio", name=choice).check(force=True)
    await sofie.get_by_role("button", name="Gem valg").click()
    await sofie.wait_for_url("**/choosing/preview*")


async def finishes(mette: Page, house: House, cast: Cast) -> None:
    """The meeting is over, and the note is ready to be read."""
    await mette.get_by_role("button", name="Indstillinger").click()
    await mette.get_by_role("button", name="Slut mødet for alle").click()
    await mette.get_by_role("heading", name="Mødet er slut").wait_for()
    await mette.goto(f"{house.url}/meetings/{cast.meeting}/note")
    await mette.get_by_role("button", name="Noten er klar til Sofie").click()
    await mette.get_by_text("Altid kl. 12 på en hverdag").wait_for()


async def the_hour_goes_by(house: House, mette: Page) -> None:
    """Wait until the caseworker's page says that the hour has been."""
    await house.write(people.the_hour_comes)
    gone_by = mette.get_by_text("blev givet videre")
    while not await gone_by.count():
        await mette.reload()


async def reads(lene: Page, words: str) -> None:
    """Look again until these words are there; the server's own loop releases."""
    while words not in await lene.content():
        await lene.reload()
