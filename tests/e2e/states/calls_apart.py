"""States of the call's middle: the bisidder's room, a talk alone, and the end of the start."""

from playwright.async_api import Page

from tests.e2e.states.in_a_call import panel, presses, shut, stands
from tests.e2e.states.states import state
from tests.e2e.states.world import Person, World


async def steps_aside(who: Person, deed: str) -> None:
    await who.page.locator(f'aside-deeds [data-deed="{deed}"]:visible').first.click()


@state("calls", "call-change-subject")
async def change_subject(world: World) -> Page:
    sofie = await world.sofie()
    await presses(sofie, "subject")
    await sofie.page.locator("[data-card]:visible").wait_for()
    return sofie.page


@state("calls", "host-alert-change-subject", "alert:change-subject")
async def hosts_change_subject(world: World) -> Page:
    mette = await world.mette()
    await mette.page.locator(".knock--alert").nth(1).wait_for()
    return mette.page


@state("calls", "host-alert-time-first", "alert:time-first")
async def time_first(world: World) -> Page:
    await presses(await world.sofie(), "subject-back")
    aya, mette = await world.aya(), await world.mette()
    await world.answers(aya, world.cast.ayas_seat, time_alone="not_yet")
    await mette.page.locator(".knock--alert", has_text="Aya").wait_for()
    return mette.page


@state("calls", "call-together", "phase:guest:together")
async def together(world: World) -> Page:
    sofie = await world.sofie()
    await steps_aside(sofie, "together")
    await sofie.page.locator("aside-prompts li").nth(2).wait_for()
    return await stands(sofie, "together")


@state("calls", "call-panel-our-list", "panel:guest:our-list")
async def our_list(world: World) -> Page:
    return await panel(await world.sofie(), "our-list")


@state("calls", "call-together-bisidder")
async def bisidders_room(world: World) -> Page:
    await shut(await world.sofie(), "our-list")
    return await stands(await world.aya(), "together")


@state("calls", "host-paused-together")
async def hosts_pause(world: World) -> Page:
    return await stands(await world.mette(), "paused")


@state("calls", "call-waits", "phase:guest:waits")
async def waits(world: World) -> Page:
    sofie, aya = await world.sofie(), await world.aya()
    await steps_aside(sofie, "to_meeting")
    await stands(sofie, "call")
    await steps_aside(sofie, "alone")
    return await stands(aya, "waits")


@state("calls", "call-alone")
async def alone(world: World) -> Page:
    sofie = await world.sofie()
    await sofie.page.locator("aside-deeds:visible", has_text="Aya").first.wait_for()
    return sofie.page


@state("calls", "call-just-us")
async def just_us(world: World) -> Page:
    sofie, aya = await world.sofie(), await world.aya()
    await steps_aside(sofie, "to_meeting")
    await stands(aya, "call")
    world.clock.move(seconds=1)
    await world.answers(sofie, world.cast.sofies_seat, company="at_start")
    await sofie.page.locator("just-us:visible").wait_for()
    return sofie.page


@state("calls", "call-after-just-us")
async def may_stay(world: World) -> Page:
    sofie, aya = await world.sofie(), await world.aya()
    world.clock.move(seconds=1)
    await sofie.page.locator('just-us [data-yes="false"]').click()
    await stands(aya, "call")
    await presses(sofie, "subject")
    await sofie.page.locator("[data-card]:visible").wait_for()
    return sofie.page
