"""States of forms that were sent without what they ask for, and of what follows a step of two."""

from playwright.async_api import Page

from server.services import sessions
from tests.e2e.states.caseworkers import at_the_desk, sends
from tests.e2e.states.guests import opened
from tests.e2e.states.notes import note, notes_page
from tests.e2e.states.states import state
from tests.e2e.states.world import World
from tests.factories import PASSWORD

FEVER = "Du havde feber og havde ikke fået noget at spise."


@state("notes", "note-hiding-wrong")
async def hiding_alone(world: World) -> Page:
    """What the home has already is not hidden by one alone."""
    page = await notes_page(world)
    async with page.expect_navigation():
        await page.locator('form[action$="/note/hidden"] button').click()
    await page.locator("#hide-code").evaluate("one => one.closest('form').scrollIntoView()")
    return page


@state("notes", "note-hidden")
async def hidden(world: World) -> Page:
    made = await note(world)
    await made.hide(world.cast.jens, world.clock.now())
    return await notes_page(world)


@state("notes", "home-after-hiding")
async def home_after_hiding(world: World) -> Page:
    """The page of every home with nothing new."""
    return await opened(world, await world.lene(), "/home")


@state("passing-on", "note-phoned-to-nobody")
async def phoned_to_nobody(world: World) -> Page:
    made, now = await note(world), world.clock.now()
    item = await made.write(FEVER, now)
    await made.must_pass_on(item, now)
    page = await notes_page(world)
    row = page.locator(f"#item-{item}")
    await row.locator("form.note-item__phoned button").click()
    await page.locator(f"#item-{item} .field__error").wait_for()
    return page


@state("passing-on", "pass-on-nobody-chosen")
async def no_keeper_chosen(world: World) -> Page:
    await at_the_desk(world, "/pass-on")
    return await sends((await world.mette()).page, "/pass-on/keepers")


@state("protecting", "home-code-wrong")
async def home_code_wrong(world: World) -> Page:
    page = await opened(world, await world.lene(), "/home/code")
    await page.locator("#code").fill("123456")
    async with page.expect_navigation():
        await page.locator("main form button").click()
    return page


@state("staff", "signed-out-under-a-form")
async def signed_out(world: World) -> Page:
    """What was typed goes with whoever has to sign in again first."""
    page = await at_the_desk(world, f"/meetings/new?young_person={world.cast.sofie}")
    await page.locator("#title").fill("Hvordan det går med den nye klasse")
    session, now = (await world.mette()).session, world.clock.now()
    await world.write(lambda db: sessions.end(db, session, now=now))
    return await sends(page, "/meetings")


@state("staff", "signed-in-again")
async def signed_in_again(world: World) -> Page:
    page = (await world.mette()).page
    await page.locator("#login").fill("mette")
    await page.locator("#password").fill(PASSWORD)
    return await sends(page, "/signing-in")
