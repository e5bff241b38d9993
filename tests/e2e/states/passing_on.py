"""States of what takes more than one: the list of what must be passed on, and a second person."""

from playwright.async_api import Page
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.sharing import Choice, ToldTo
from server.store.tables import Account
from tests.e2e.states.caseworkers import at_the_desk, sends
from tests.e2e.states.guests import opened
from tests.e2e.states.notes import MEDICINE, items, note, notes_page
from tests.e2e.states.states import state
from tests.e2e.states.world import World
from tests.notes import ON


@state("passing-on", "home-before", "route:home-before")
async def before(world: World) -> Page:
    return await opened(world, await world.lene(), "/home/before")


@state("passing-on", "home-before-nothing")
async def nothing_answered(world: World) -> Page:
    page = (await world.lene()).page
    async with page.expect_navigation():
        await page.locator("main form button").last.click()
    return page


@state("passing-on", "meeting-home-answered")
async def answered(world: World) -> Page:
    page = (await world.lene()).page
    for name, value in (("room", "no"), ("help", "yes"), ("own_talk", "yes")):
        await page.locator(f'input[name="{name}"][value="{value}"]').check(force=True)
    await page.locator("#help_name").fill("Karl")
    await page.locator("#afterwards_name").fill("Lene")
    async with page.expect_navigation():
        await page.locator("main form button").last.click()
    return await at_the_desk(world, f"/meetings/{world.cast.meeting}")


@state("passing-on", "ways-place-look")
async def a_place_to_look_at(world: World) -> Page:
    """A place on offer that may say where she lives waits for a look."""
    page = await at_the_desk(world, f"/meetings/{world.cast.meeting}/ways")
    await page.locator("#place-own").fill("hjemme på Egevej 14")
    return await sends(page, f"/meetings/{world.cast.meeting}/ways")


@state("passing-on", "pass-on", "route:passing-on")
async def the_list(world: World) -> Page:
    return await at_the_desk(world, "/pass-on")


@state("passing-on", "pass-on-keeper")
async def its_keeper(world: World) -> Page:
    async def make(db: AsyncSession) -> None:
        mette = Account.id == world.cast.mette
        await db.execute(update(Account).where(mette).values(keeps_list=True))

    await world.write(make)
    return await at_the_desk(world, "/pass-on")


@state("passing-on", "pass-on-wrong")
async def wrong_list(world: World) -> Page:
    page = (await world.mette()).page
    await page.locator("#entry_7").fill("Fare for et andet barn")
    return await sends(page, "/pass-on#set")


@state("passing-on", "pass-on-approved")
async def approved(world: World) -> Page:
    page = await at_the_desk(world, "/pass-on")
    await page.locator("#entry_6").fill("")
    await page.locator("#approved_by").fill("Karen Holm")
    await page.locator("#approved_post").fill("Leder af Børn og Unge")
    await page.locator("#approved_on").fill(world.clock.now().date().isoformat())
    await sends(page, "/pass-on#set")
    await page.locator("details summary").click()
    return page


@state("passing-on", "note-against-a-no")
async def against_a_no(world: World) -> Page:
    """She said no, and it is on the list: it takes two."""
    made, now = await note(world), world.clock.now()
    first = await made.write(ON, now)
    await made.write(MEDICINE, now)
    await made.choose(first, Choice.NOT_TO_HOME, now, in_call=True)
    page = await notes_page(world)
    row = page.locator(f"#item-{first}")
    await row.locator("details summary").first.click()
    await row.locator('textarea[name="reason"]').fill("Det er ikke sikkert for dig.")
    await row.locator('select[name="entry"]').select_option(index=1)
    await row.locator('form[action$="/must-pass-on"] button').click()
    await row.locator('[data-told="code"]').wait_for()
    return page


@state("passing-on", "note-passed-on")
async def passed_on(world: World) -> Page:
    made, now = await note(world), world.clock.now()
    first, second = await items(world)
    await made.must_pass_on(first, now, second=world.cast.jens)
    await made.must_pass_on(second, now)
    await made.tell(second, ToldTo.YOUNG_PERSON, now)
    await made.tell(second, ToldTo.HOME, now)
    return await notes_page(world)
