"""The bisidder's room in real browsers: what the caseworker's own browser receives of it."""

from playwright.async_api import Browser, Page

from tests.e2e import hearing, people
from tests.e2e.conftest import TONES
from tests.e2e.house import House

NOTHING = {"audio": 0, "video": 0}


async def test_the_host_receives_not_one_packet_of_it(house: House, three: dict[str, Browser]):
    """P1, P8, P10, B1, B7, S19: a pause together, in which the two see and hear each other and
    Mette's browser receives nothing; somebody with Sofie's link waits at Mette's door; it outlives
    a power cut; Sofie goes back without sound, and has a quarter of an hour with Aya after."""
    cast = await house.cast()
    talk = await people.meet(house, cast, three)
    mette, sofie, aya = talk.all
    for page in talk.all:
        await hearing.sees(page, 2)
    await sofie.get_by_role("button", name="Pause sammen").click()
    for page in (sofie, aya):
        await page.get_by_role("heading", name="Jeres egen pause").wait_for()
    await mette.get_by_role("heading", name="I er på pause").wait_for()
    before = await hearing.falls_silent(mette)
    assert min(before.values()) > 0
    for page, other in ((sofie, "aya"), (aya, "sofie")):
        await hearing.sees(page, 1)
        await hearing.hears(page, TONES[other])
    assert await hearing.came(mette) == before

    await waits_at_the_door(house, cast.sofies_seat, three["aya"], mette)
    await stands(sofie, "together")
    assert await hearing.came(mette) == before

    await hearing.remember(mette)
    await house.kill()
    await house.start()
    await hearing.sees(sofie, 1)
    await hearing.hears(aya, TONES["sofie"])
    await hearing.joined_anew(mette)
    await stands(mette, "paused")
    assert await hearing.came(mette) == NOTHING  # a new connection, and nothing on it

    await sofie.get_by_role("button", name="Tilbage til Mette").click()
    for page in (sofie, aya):
        await stands(page, "call")
        await page.get_by_role("button", name="Lyd fra").wait_for()
    await stands(mette, "room")
    await people.turns_on(aya)
    await hearing.hears(mette, TONES["aya"])

    await mette.get_by_role("button", name="Indstillinger").click()
    await mette.get_by_role("button", name="Slut mødet for alle").click()
    await mette.get_by_role("heading", name="Mødet er slut").wait_for()
    await stands(sofie, "together")
    await hearing.hears(sofie, TONES["aya"])
    await sofie.get_by_role("button", name="Luk og gå").click()
    for page in (sofie, aya):
        await stands(page, "ended")


async def stands(page: Page, phase: str) -> None:
    await page.locator(f'call-room[data-standing="{phase}"]').wait_for()


async def waits_at_the_door(house: House, seat: int, browser: Browser, mette: Page) -> None:
    """Another device with Sofie's link gets as far as Mette, and no further."""
    other = await people.opens_link(await people.somebody(browser), await house.link(seat=seat))
    await people.answers_everything(other)
    await people.knocks(other)
    strip = mette.locator("section.knock", has_text="Sofie")
    await strip.get_by_role("button", name="Åbn døren").click()
    await other.get_by_role("heading", name="Du taler med Mette ved døren").wait_for()
    await strip.get_by_role("button", name="Ikke lige nu").click()
    await other.get_by_role("heading", name="Ikke lige nu").wait_for()
    await other.context.close()
