"""States of what leaves the note: the home's tasks, the lock on the note's page, the limits said
beforehand, and a hold on what is deleted."""

from datetime import timedelta

from playwright.async_api import Page
from sqlalchemy.ext.asyncio import AsyncSession

from server.store.note_tables import Handover, HomeAnswer
from tests.e2e.states.caseworkers import at_the_desk, sends
from tests.e2e.states.guests import opened
from tests.e2e.states.notes import notes_page
from tests.e2e.states.states import state
from tests.e2e.states.world import World
from tests.notes import ON

RIGHT = "Sofie kommer hjem til spisetid klokken 18, også når der er fodbold."
TYPED = "Vi er ikke hjemme den dag."


@state("what-leaves", "home-tasks")
async def tasks(world: World) -> Page:
    """A talk it was told of, and two agreements with their days."""

    async def make(db: AsyncSession) -> None:
        now = world.clock.now()
        for days, text in ((2, ON), (9, RIGHT)):
            due = now + timedelta(days=days)
            row = {"text": text, "released_at": now, "task_due": due}
            db.add(Handover(placement_id=world.cast.holms, **row))

    await world.write(make)
    return await opened(world, await world.lene(), "/home")


@state("what-leaves", "home-cannot-which")
async def which(world: World) -> Page:
    return await opened(world, await world.lene(), "/home/cannot")


@state("what-leaves", "home-cannot-not-said-which")
async def not_said(world: World) -> Page:
    page = (await world.lene()).page
    await page.locator("main textarea").fill(TYPED)
    await page.locator("main form button").last.click()
    await page.get_by_role("alert").wait_for()
    return page


@state("what-leaves", "note-answers-about")
async def answered(world: World) -> Page:
    async def make(db: AsyncSession) -> None:
        said = {"kind": "cannot", "text": TYPED, "about": f"Torsdag den 26. november: {ON}"}
        db.add(HomeAnswer(placement_id=world.cast.holms, at=world.clock.now(), **said))

    await world.write(make)
    return await notes_page(world)


@state("what-leaves", "note-may-be-locked")
async def may_be_locked(world: World) -> Page:
    page = await notes_page(world)
    await page.locator("#lock summary").click()
    return page


@state("what-leaves", "young-person-hold")
async def may_be_held(world: World) -> Page:
    page = await at_the_desk(world, f"/young-people/{world.cast.sofie}")
    await page.locator("#hold summary").click()
    return page


@state("what-leaves", "young-person-hold-without-a-ground")
async def no_ground(world: World) -> Page:
    page = (await world.mette()).page
    await page.locator("#why").evaluate("one => { one.required = false }")
    return await sends(page, f"/young-people/{world.cast.sofie}/hold")


@state("what-leaves", "young-person-held")
async def held(world: World) -> Page:
    page = (await world.mette()).page
    await page.locator("#why").fill("Klage over afgørelsen om samvær")
    return await sends(page, f"/young-people/{world.cast.sofie}/hold")


@state("what-leaves", "rights-and-limits")
async def limits(world: World) -> Page:
    page = await opened(world, await world.sofie(), "/arriving/rights")
    await page.locator("main details summary").click()
    return page
