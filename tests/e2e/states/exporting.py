"""States of a note on its way to the case system, and of the young person's own copy."""

from playwright.async_api import Page

from server import keys
from server.domain.sharing import Choice
from server.http.exporting import export_due
from tests.e2e.states.notes import note, notes_page, reads
from tests.e2e.states.states import state
from tests.e2e.states.world import World
from tests.notes import ON

RABBIT = "Du viste mig din nye kanin. Den hedder Plet."


@state("journal", "note-not-in-the-file-yet")
async def never(world: World) -> Page:
    made, now = await note(world), world.clock.now()
    for text, choice in ((ON, Choice.AS_WRITTEN), (RABBIT, Choice.NOT_TO_HOME)):
        await made.choose(await made.write(text, now), choice, now, in_call=True)
    await made.ready(now)
    return await notes_page(world)


@state("journal", "own-copy", "route:own-copy")
async def own_copy(world: World) -> Page:
    return await reads(world, "/choosing/copy")


@state("journal", "choosing-all-chosen")
async def all_chosen(world: World) -> Page:
    return await reads(world, "/choosing")


@state("journal", "own-copy-not-here")
async def copy_not_here(world: World) -> Page:
    sofie = await world.sofie()
    world.clock.move(seconds=1)
    await world.answers(sofie, world.cast.sofies_seat, device="borrowed")
    return await reads(world, "/choosing/copy", 403)


@state("journal", "note-in-the-file")
async def sent(world: World) -> Page:
    page = (await world.mette()).page
    async with page.expect_navigation():
        await page.locator("#journal form button").click()
    await export_due(world.app)
    page = await notes_page(world)
    await page.locator("#journal summary").click()
    return page


@state("journal", "note-changed-since")
async def changed(world: World) -> Page:
    made = await note(world)
    world.clock.move(minutes=20)
    await made.write("Kaninen er hvid.", world.clock.now())
    return await notes_page(world)


@state("journal", "note-late-for-the-file")
async def late(world: World) -> Page:
    """The folder is away."""
    folder = world.app[keys.SETTINGS].export_dir
    folder.rename(folder.with_suffix(".away"))
    page = (await world.mette()).page
    async with page.expect_navigation():
        await page.locator("#journal form button").click()
    world.clock.move(minutes=20)
    page = await notes_page(world)
    folder.with_suffix(".away").rename(folder)
    return page
