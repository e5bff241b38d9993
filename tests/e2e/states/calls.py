"""States of the call: Mette in her office, Sofie and Aya on their phones, from check to end."""

from playwright.async_api import Page

from server.domain.roles import Role
from tests.e2e.states.a_window import SHOWS
from tests.e2e.states.guests import opened
from tests.e2e.states.in_a_call import (
    THE_HOUR_HAS_COME,
    door,
    more,
    panel,
    presses,
    shut,
    stands,
)
from tests.e2e.states.states import state
from tests.e2e.states.world import World


@state("calls", "call-trial", "route:trying")
async def trial(world: World) -> Page:
    sofie = await world.sofie()
    await opened(world, sofie, "/trying")
    await sofie.page.locator('select[data-kind="microphone"]:visible').wait_for()
    return sofie.page


@state("calls", "call-check", "route:call", "phase:guest:outside")
async def check(world: World) -> Page:
    await world.waits(**THE_HOUR_HAS_COME)
    sofie = await world.sofie()
    await world.answers_all(sofie, world.cast.sofies_seat, Role.YOUNG_PERSON)
    await opened(world, sofie, "/calling")
    return await stands(sofie, "outside")


@state("calls", "call-check-does-not-work")
async def does_not_work(world: World) -> Page:
    sofie = await world.sofie()
    await sofie.page.locator(".check-more summary").click()
    return sofie.page


@state("calls", "call-check-tried")
async def tried(world: World) -> Page:
    sofie = await world.sofie()
    await sofie.page.locator(".check-more summary").click()
    await sofie.page.locator('input[name="camera"][value="on"]').check(force=True)
    await sofie.page.locator('[data-try="microphone"]').click()
    await sofie.page.locator('[data-part="bars"]:visible').wait_for()
    return sofie.page


@state("calls", "call-lobby-empty", "phase:guest:lobby")
async def empty_lobby(world: World) -> Page:
    sofie = await world.sofie()
    await presses(sofie, "knock")
    return await stands(sofie, "lobby")


@state("calls", "host-check", "route:host-call", "phase:host:outside")
async def hosts_check(world: World) -> Page:
    mette = await world.mette()
    await world.answers_all(mette, world.cast.mettes_seat, Role.CASEWORKER)
    await opened(world, mette, f"/calling/{world.cast.meeting}")
    return await stands(mette, "outside")


@state("calls", "host-room-knock", "phase:host:room", "knock:knocking")
async def knock(world: World) -> Page:
    mette = await world.mette()
    await presses(mette, "knock")
    await mette.page.locator('[data-deed="open_door"]:visible').wait_for()
    return await stands(mette, "room")


@state("calls", "call-lobby")
async def lobby(world: World) -> Page:
    return await stands(await world.sofie(), "lobby")


@state("calls", "host-room-door", "knock:door")
async def at_the_door(world: World) -> Page:
    await door(world, "open_door")
    mette = await world.mette()
    await mette.page.locator('[data-deed="admit"]:visible').wait_for()
    return mette.page


@state("calls", "call-door", "phase:guest:door")
async def guests_door(world: World) -> Page:
    return await stands(await world.sofie(), "door")


@state("calls", "call-two", "phase:guest:call")
async def call_of_two(world: World) -> Page:
    await door(world, "admit")
    return await stands(await world.sofie(), "call")


@state("calls", "host-alert-opening", "alert:opening")
async def opening(world: World) -> Page:
    mette = await world.mette()
    await mette.page.locator(".knock--alert").wait_for()
    return mette.page


@state("calls", "call-bisidder-check")
async def bisidders_check(world: World) -> Page:
    mette, aya = await world.mette(), await world.aya()
    await mette.page.locator('[data-sends="said"]').click()
    await mette.page.locator(".knock--alert").wait_for(state="detached")
    await world.answers_all(aya, world.cast.ayas_seat, Role.BISIDDER)
    await opened(world, aya, "/calling")
    return await stands(aya, "outside")


@state("calls", "host-room-second-knock")
async def second_knock(world: World) -> Page:
    aya, mette = await world.aya(), await world.mette()
    await presses(aya, "knock")
    await mette.page.locator('[data-deed="open_door"]:visible').wait_for()
    return mette.page


@state("calls", "call-three")
async def call_of_three(world: World) -> Page:
    await door(world, "open_door")
    await door(world, "admit")
    sofie, aya = await world.sofie(), await world.aya()
    await stands(aya, "call")
    await presses(sofie, "camera")
    mette = await world.mette()
    await presses(mette, "camera")
    await sofie.page.locator(".tile:not([data-own])").nth(1).wait_for()
    await sofie.page.locator('.tile:not([data-own])[data-picture="on"]').wait_for()
    return sofie.page


@state("calls", "call-three-bisidder")
async def bisidders_call(world: World) -> Page:
    return (await world.aya()).page


@state("calls", "call-panel-company", "panel:guest:company")
async def bisidders_company(world: World) -> Page:
    return await panel(await world.aya(), "company")


@state("calls", "host-room-three")
async def room_of_three(world: World) -> Page:
    return (await world.mette()).page


@state("calls", "host-alert-at-start", "alert:at-start")
async def start_is_over(world: World) -> Page:
    sofie, mette = await world.sofie(), await world.mette()
    await world.answers(sofie, world.cast.sofies_seat, company="at_start")
    world.clock.move(minutes=3)
    await mette.page.locator(".knock--alert", has_text="Aya").wait_for()
    return mette.page


@state("calls", "host-panel-company", "panel:host:company")
async def hosts_company(world: World) -> Page:
    sofie, mette = await world.sofie(), await world.mette()
    await world.answers(sofie, world.cast.sofies_seat, company="throughout")
    await mette.page.locator(".knock--alert").wait_for(state="detached")
    return await panel(mette, "company")


@state("calls", "call-with-company")
async def company(world: World) -> Page:
    mette, sofie = await world.mette(), await world.sofie()
    await mette.page.locator("company-panel input").fill("Ida")
    await mette.page.locator("company-panel button").first.click()
    await sofie.page.locator("call-roster", has_text="Ida").wait_for()
    await shut(mette, "company")
    return sofie.page


@state("calls", "host-panel-settings", "panel:host:settings")
async def settings(world: World) -> Page:
    mette = await world.mette()
    page = await panel(mette, "settings")
    await page.locator("[data-device]:visible").first.wait_for()
    return page


@state("calls", "host-shows-a-window")
async def hosts_window(world: World) -> Page:
    """What is the host's alone has left the page (L22)."""
    mette = await world.mette()
    await shut(mette, "settings")
    await mette.page.evaluate(SHOWS)
    await mette.page.locator(".control[data-screen]").click()
    await mette.page.locator("[data-shown]:visible").wait_for()
    await mette.page.locator(".host__paper").wait_for(state="hidden")
    return mette.page


# Asked in the page: what Playwright asks again and again, our security policy refuses to hear.
SEEN = """() => new Promise((seen) => {
  const look = () =>
    document.querySelector('.tile[data-screen] video').videoWidth > 0
      ? seen()
      : requestAnimationFrame(look)
  look()
})"""


@state("calls", "call-sees-a-window")
async def sees_a_window(world: World) -> Page:
    sofie = await world.sofie()
    await sofie.page.locator('.tile[data-screen][data-large][data-picture="on"]').wait_for()
    await sofie.page.evaluate(SEEN)
    return sofie.page


@state("calls", "call-panel-chat", "panel:guest:chat")
async def chat(world: World) -> Page:
    mette = await world.mette()
    await mette.page.locator("[data-shown] [data-screen]").click()
    sofie = await world.sofie()
    await sofie.page.locator(".tile[data-screen]").wait_for(state="detached")
    page = await panel(sofie, "chat")
    await page.locator("#chat-text").fill("Kan du se min kat?")
    await page.locator("chat-panel .chat__form button").click()
    await page.locator(".said").wait_for()
    return page


@state("calls", "call-panel-looks", "panel:guest:looks")
async def looks(world: World) -> Page:
    sofie = await world.sofie()
    await shut(sofie, "chat")
    page = await panel(sofie, "looks")
    await page.locator('input[name="picture"][value="cat"]').check(force=True)
    await page.locator('.tile--own[data-drawn="cat"]').wait_for(state="attached")
    return page


@state("calls", "call-more")
async def what_else_there_is(world: World) -> Page:
    sofie = await world.sofie()
    await shut(sofie, "looks")
    return await more(sofie)


@state("calls", "call-panel-rights", "panel:guest:rights")
async def rights(world: World) -> Page:
    """What she has a right to stands beside the talk, and leads nowhere away from it."""
    return await panel(await world.sofie(), "rights")


@state("calls", "call-sound-alone")
async def sound_alone(world: World) -> Page:
    """The host's pictures are not sent, one's own camera is off, and it says how to undo it."""
    sofie = await world.sofie()
    await shut(sofie, "rights")
    await (await more(sofie)).locator(".call-openers [data-only-sound]").click()
    await sofie.page.locator("own-line:visible").wait_for()
    await sofie.page.locator('.tile--own[data-picture="off"]').wait_for()
    return sofie.page


@state("calls", "host-room-a-drawing")
async def hosts_drawing(world: World) -> Page:
    mette = await world.mette()
    await mette.page.locator('.tile[data-drawn="cat"]').wait_for()
    return mette.page


@state("calls", "call-panel-way", "panel:guest:way")
async def way(world: World) -> Page:
    sofie = await world.sofie()
    await sofie.page.locator("own-line [data-only-sound]").click()
    await sofie.page.locator("own-line").wait_for(state="hidden")
    return await panel(sofie, "way")


@state("calls", "call-panel-way-told")
async def way_told(world: World) -> Page:
    sofie = await world.sofie()
    await sofie.page.locator('[data-way="phone"]').click()
    await sofie.page.locator('[data-fill="way-status"]', has_text="Mette").wait_for()
    return sofie.page


@state("calls", "host-alert-another-way", "alert:another-way")
async def hosts_another_way(world: World) -> Page:
    await shut(await world.sofie(), "way")
    mette = await world.mette()
    await mette.page.locator(".knock--alert").wait_for()
    return mette.page
