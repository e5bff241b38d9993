"""States of the call: Mette in her office, Sofie and Aya on their phones, from check to end."""

from playwright.async_api import Page
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.roles import Role
from server.http.changed import ROOMS
from server.store.tables import Session
from tests.e2e.states.guests import opened
from tests.e2e.states.states import state
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
    mette = await world.mette()
    await mette.page.locator(f'[data-deed="{deed}"]:visible').first.click()


async def panel(who: Person, name: str) -> Page:
    await who.page.locator(f'[data-opens="{name}"]:visible').first.click()
    await who.page.locator(f'[data-panel="{name}"]:visible').wait_for()
    return who.page


async def shut(who: Person, name: str) -> None:
    await who.page.locator(f'[data-panel="{name}"] [data-closes]').click()
    await who.page.locator(f'[data-panel="{name}"]').wait_for(state="hidden")


@state("calls", "call-trial", "route:trying")
async def trial(world: World) -> Page:
    return await opened(world, await world.sofie(), "/trying")


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


@state("calls", "call-bisidder-check")
async def bisidders_check(world: World) -> Page:
    aya = await world.aya()
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


@state("calls", "host-panel-company", "panel:host:company")
async def hosts_company(world: World) -> Page:
    return await panel(await world.mette(), "company")


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


@state("calls", "call-panel-chat", "panel:guest:chat")
async def chat(world: World) -> Page:
    await shut(await world.mette(), "settings")
    sofie = await world.sofie()
    page = await panel(sofie, "chat")
    await page.locator("#chat-text").fill("Kan du se min kat?")
    await page.locator(".chat__form button").click()
    await page.locator(".said").wait_for()
    return page


@state("calls", "call-panel-way", "panel:guest:way")
async def way(world: World) -> Page:
    sofie = await world.sofie()
    await shut(sofie, "chat")
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


@state("calls", "call-panel-items", "panel:guest:items")
async def items(world: World) -> Page:
    mette, sofie = await world.mette(), await world.sofie()
    await presses(sofie, "subject")
    new = mette.page.locator("form.note__new")
    for line in (
        "Du vil gerne have, at din dør må være lukket efter kl. 21.",
        "Du sagde, at du ikke kan sove, når Jonas har besøg.",
    ):
        await new.locator("textarea").fill(line)
        await new.locator("button").click()
        await mette.page.locator(".note-item", has_text=line).wait_for()
    page = await panel(sofie, "items")
    await page.locator('li.item input[value="not_to_home"]').first.check(force=True)
    await page.locator('[data-fill="standing"]', has_text="Lene").first.wait_for()
    return page


@state("calls", "host-room-note")
async def hosts_note(world: World) -> Page:
    return (await world.mette()).page


@state("calls", "call-paused", "phase:guest:paused")
async def paused(world: World) -> Page:
    sofie = await world.sofie()
    await shut(sofie, "items")
    await presses(sofie, "pause")
    return await stands(sofie, "paused")


@state("calls", "call-paused-by-somebody")
async def paused_by_somebody(world: World) -> Page:
    return await stands(await world.aya(), "paused")


@state("calls", "host-paused", "phase:host:paused")
async def hosts_pause(world: World) -> Page:
    return await stands(await world.mette(), "paused")


@state("calls", "host-left", "phase:host:left")
async def host_left(world: World) -> Page:
    await presses(await world.sofie(), "resume")
    await stands(await world.sofie(), "call")
    mette = await world.mette()
    await mette.page.locator(".control-leave").click()
    return await stands(mette, "left")


@state("calls", "call-locked", "phase:guest:locked")
async def locked(world: World) -> Page:
    return await stands(await world.sofie(), "locked")


@state("calls", "call-moved", "phase:page:moved")
async def moved(world: World) -> Page:
    sofie = await world.sofie()
    second = await sofie.context.new_page()
    await second.goto(world.url("/calling"))
    page = await stands(sofie, "moved")
    await second.close()
    return page


@state("calls", "call-left", "phase:guest:left")
async def left(world: World) -> Page:
    aya = await world.aya()
    await aya.page.locator(".sill__go").click()
    await aya.page.wait_for_url("**/arriving/gone")
    await opened(world, aya, "/calling")
    return await stands(aya, "left")


@state("calls", "call-turned-away", "phase:guest:turned_away")
async def turned_away(world: World) -> Page:
    aya, mette = await world.aya(), await world.mette()
    await presses(mette, "knock")
    await stands(mette, "room")
    await presses(aya, "again")
    await presses(aya, "knock")
    await door(world, "open_door")
    await door(world, "turn_away")
    return await stands(aya, "turned_away")


@state("calls", "call-smaller-circle", "phase:guest:smaller_circle")
async def smaller_circle(world: World) -> Page:
    sofie, aya = await world.sofie(), await world.aya()
    world.clock.move(seconds=1)
    await world.answers(sofie, world.cast.sofies_seat, not_there=str(world.cast.ayas_seat))
    await opened(world, aya, "/calling")
    return await stands(aya, "smaller_circle")


@state("calls", "call-gone", "phase:page:gone")
async def gone(world: World) -> Page:
    aya = await world.aya()

    async def end(db: AsyncSession) -> None:
        (await db.get_one(Session, aya.session)).ended_at = world.clock.now()

    await world.write(end)
    await world.app[ROOMS].changed(world.cast.meeting)
    return await stands(aya, "gone")


@state("calls", "host-ended", "phase:host:ended")
async def hosts_end(world: World) -> Page:
    sofie, mette = await world.sofie(), await world.mette()
    await opened(world, sofie, "/calling")
    await stands(sofie, "call")
    await panel(mette, "settings")
    await presses(mette, "finish")
    return await stands(mette, "ended")


@state("calls", "call-ended", "phase:guest:ended")
async def ended(world: World) -> Page:
    return await stands(await world.sofie(), "ended")
