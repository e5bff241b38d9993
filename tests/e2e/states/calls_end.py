"""States of the call's second half: the note in it, the pause, and every way it ends."""

from playwright.async_api import Page
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.during import Kind
from server.http.changed import ROOMS
from server.services import calling
from server.store.during_tables import MarkRow
from server.store.tables import Meeting, Session
from tests.e2e.states.guests import opened
from tests.e2e.states.in_a_call import door, panel, presses, shut, stands
from tests.e2e.states.interruptions import WORDS, alert
from tests.e2e.states.states import state
from tests.e2e.states.world import World


@state("calls", "call-panel-items", "panel:guest:items")
async def items(world: World) -> Page:
    mette, sofie = await world.mette(), await world.sofie()
    new = mette.page.locator("form.note__new").first
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


@state("calls", "call-panel-items-together")
async def together(world: World) -> Page:
    """Mette shows her one line of the note."""
    mette, sofie = await world.mette(), await world.sofie()
    await mette.page.locator('.note-item [data-points]:not([data-points="0"])').last.click()
    strip = sofie.page.locator("choice-panel [data-reading]")
    await strip.wait_for()
    assert await sofie.page.locator("li.item:visible").count() == 1
    return sofie.page


@state("calls", "host-note-together")
async def hosts_note_together(world: World) -> Page:
    mette = await world.mette()
    await mette.page.locator('.note-item[data-shown] [data-points="0"]').wait_for()
    return mette.page


@state("calls", "call-reading-strip")
async def strip(world: World) -> Page:
    """The panel is shut; a strip says that there is something to see."""
    sofie = await world.sofie()
    await shut(sofie, "items")
    await sofie.page.locator(".page--call > [data-reading]").wait_for()
    return sofie.page


@state("calls", "host-room-note")
async def hosts_note(world: World) -> Page:
    return (await world.mette()).page


@state("calls", "call-paused", "phase:guest:paused")
async def paused(world: World) -> Page:
    sofie = await world.sofie()
    await sofie.page.locator('.page--call > [data-reading] [data-opens="items"]').click()
    await sofie.page.locator("choice-panel [data-reading] [data-points]").click()
    await sofie.page.locator("choice-panel [data-reading]").wait_for(state="hidden")
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
    # As after her seat went to another device of hers: Gå nu itself leads out of the page.
    await world.write(lambda db: calling.leave_by_session(db, aya.session, now=world.clock.now()))
    await world.app[ROOMS].changed(world.cast.meeting)
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


@state("calls", "host-alert-two-left", "alert:two-left")
async def two_left(world: World) -> Page:
    async def end(db: AsyncSession) -> None:
        cast, now = world.cast, world.clock.now()
        db.add(
            MarkRow(meeting_id=cast.meeting, seat_id=cast.mettes_seat, kind=Kind.OTHERS_OUT, at=now)
        )

    await world.write(end)
    await world.app[ROOMS].changed(world.cast.meeting)
    return await alert(world, WORDS[world.language][9])


@state("calls", "host-alert-ending", "alert:ending")
async def ending(world: World) -> Page:
    """As if the talk had been planned to end in four minutes."""

    async def shorten(db: AsyncSession) -> None:
        row = await db.get_one(Meeting, world.cast.meeting)
        row.minutes = int((world.clock.now() - row.starts_at).total_seconds() / 60) + 4

    await world.write(shorten)
    await world.app[ROOMS].changed(world.cast.meeting)
    mette = await world.mette()
    await mette.page.locator('[data-key="ending"]').wait_for()
    return mette.page


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
