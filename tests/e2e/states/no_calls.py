"""States of a browser that shows pages and cannot call: as WebKit without WebRTC."""

from playwright.async_api import Page

from server.domain.roles import Role
from tests.e2e.states.guests import opened
from tests.e2e.states.in_a_call import THE_HOUR_HAS_COME, stands
from tests.e2e.states.states import state
from tests.e2e.states.world import World

NO_CALLS = "delete window.RTCPeerConnection"


@state("no-calls", "call-cannot", "phase:page:cannot")
async def cannot(world: World) -> Page:
    await world.waits(**THE_HOUR_HAS_COME)
    sofie = await world.sofie()
    await sofie.context.add_init_script(NO_CALLS)
    await world.answers_all(sofie, world.cast.sofies_seat, Role.YOUNG_PERSON)
    await opened(world, sofie, "/calling")
    return await stands(sofie, "cannot")


@state("no-calls", "call-cannot-another-way")
async def cannot_and_asks(world: World) -> Page:
    """The neutral button goes on working here, and tells the caseworker."""
    sofie = await world.sofie()
    await sofie.page.locator(".sill__way").click()
    await sofie.page.locator('[data-way="phone"]').click()
    await sofie.page.locator('[data-fill="way-status"]', has_text="Mette").wait_for()
    return sofie.page


@state("no-calls", "call-trial-cannot")
async def trial_cannot(world: World) -> Page:
    sofie = await world.sofie()
    page = await opened(world, sofie, "/trying")
    await page.locator("[data-cannot]:visible").wait_for()
    return page


@state("no-calls", "host-cannot")
async def host_cannot(world: World) -> Page:
    mette = await world.mette()
    await mette.context.add_init_script(NO_CALLS)
    await world.answers_all(mette, world.cast.mettes_seat, Role.CASEWORKER)
    await opened(world, mette, f"/calling/{world.cast.meeting}")
    return await stands(mette, "cannot")
