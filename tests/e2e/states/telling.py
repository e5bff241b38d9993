"""States of "jeg siger det selv": what the caseworker keeps in mind, and "fik du det sagt?"."""

from playwright.async_api import Page

from server.domain.sharing import Choice
from tests.e2e.states.guests import opened
from tests.e2e.states.notes import note, notes_page, reads
from tests.e2e.states.states import state
from tests.e2e.states.world import World
from tests.notes import ON

JONAS = "Du vil helst have, at Jonas banker på."


@state("telling", "note-nobody-afterwards")
async def nobody_afterwards(world: World) -> Page:
    """A talk is not finished before it stands who is there (C30)."""
    await note(world)
    page = await notes_page(world)
    await page.locator('input[name="supports"]').fill("")
    async with page.expect_navigation():
        await page.locator('form[action$="/note/ready"] button').click()
    await page.locator("#supports-error").wait_for()
    return page


@state("telling", "choosing-telling-nothing", "route:telling")
async def nothing(world: World) -> Page:
    made, now = await note(world), world.clock.now()
    first, second = await made.write(ON, now), await made.write(JONAS, now)
    await made.choose(first, Choice.TELL_MYSELF, now, in_call=True)
    await made.choose(second, Choice.TELL_TOGETHER, now, in_call=True)
    third = await made.write("Du vil gerne have ro om aftenen.", now)
    await made.ready(now)
    await made.choose(third, Choice.AS_WRITTEN, now, in_call=False)
    return await reads(world, "/choosing/telling")


@state("telling", "choosing-own-line", "route:own-line")
async def own_line(world: World) -> Page:
    """Is something missing? A line of her own."""
    return await reads(world, "/choosing/own-line")


@state("telling", "choosing-own-line-empty")
async def own_line_empty(world: World) -> Page:
    page = (await world.sofie()).page
    form = page.locator('form[action="/choosing/own-line"]')
    await form.evaluate("(form) => { form.noValidate = true }")
    async with page.expect_navigation():
        await form.locator("button").click()
    await page.locator(".field__error").wait_for()
    return page


@state("telling", "note-with-a-line-of-her-own")
async def line_of_her_own(world: World) -> Page:
    page = await reads(world, "/choosing/own-line")
    await page.locator("main textarea").fill("Vi talte også om min bror.")
    async with page.expect_navigation():
        await page.locator('form[action="/choosing/own-line"] button').click()
    return await notes_page(world)


@state("telling", "choosing-telling")
async def telling(world: World) -> Page:
    world.clock.move(days=1, minutes=1)
    for name in ("sofie", "mette"):  # a day later they open their pages anew
        await world.leaves(name)
    sofie = await world.sofie()
    await world.admitted(sofie, world.cast.sofies_seat)
    await world.answers(sofie, world.cast.sofies_seat, device="own")
    return await reads(world, "/choosing/telling")


@state("telling", "day-with-tellings")
async def day(world: World) -> Page:
    return await opened(world, await world.mette(), "/")


@state("telling", "brief-from-last-time")
async def brief(world: World) -> Page:
    return await opened(world, await world.mette(), f"/meetings/{world.cast.meeting}/brief")
