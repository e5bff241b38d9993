"""What several states of a call press and wait for."""

from playwright.async_api import Page

from tests.e2e.states.world import Person, World

THE_HOUR_HAS_COME = {"minutes": 61}


async def stands(who: Person, phase: str) -> Page:
    """Wait until the page shows the screen of this phase."""
    await who.page.locator(f'call-room[data-standing="{phase}"]').wait_for()
    return who.page


async def presses(who: Person, action: str) -> None:
    """Press the button of this action that can be seen."""
    await who.page.locator(f'[data-action="{action}"]:visible').first.click()


async def door(world: World, deed: str) -> None:
    """Press what stands in a knock, which is a row while something more pressing stands open."""
    page = (await world.mette()).page
    button = page.locator(f'[data-deed="{deed}"]:visible')
    row = page.locator('[data-strips] [data-fold="shut"] [data-unfolds]')
    await button.or_(row).first.wait_for()
    if await button.count() == 0:
        await row.first.click()
    await button.first.click()


async def more(who: Person) -> Page:
    """On a phone most of what can be opened stands behind "Mere"."""
    button = who.page.locator(".call-openers bar-more button:visible")
    if await button.count() and await button.get_attribute("aria-expanded") == "false":
        await button.click()
    return who.page


async def panel(who: Person, name: str) -> Page:
    if await who.page.locator(f'.openers-more [data-opens="{name}"]:not([hidden])').count():
        await more(who)
    await who.page.locator(f'[data-opens="{name}"]:visible').first.click()
    await who.page.locator(f'[data-panel="{name}"]:visible').wait_for()
    return who.page


async def shut(who: Person, name: str) -> None:
    await who.page.locator(f'[data-panel="{name}"] [data-closes]').click()
    await who.page.locator(f'[data-panel="{name}"]').wait_for(state="hidden")
