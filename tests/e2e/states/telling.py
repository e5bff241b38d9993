"""States of "jeg siger det selv": what the caseworker keeps in mind, and "fik du det sagt?"."""

from playwright.async_api import Page

from server.domain.sharing import Choice
from tests.e2e.states.guests import opened
from tests.e2e.states.notes import note, reads
from tests.e2e.states.states import state
from tests.e2e.states.world import World
from tests.notes import ON

JONAS = "Du vil helst have, at Jonas banker på."


@state("telling", "choosing-telling-nothing", "route:telling")
async def nothing(world: World) -> Page:
    made, now = await note(world), world.clock.now()
    first, second = await made.write(ON, now), await made.write(JONAS, now)
    await made.choose(first, Choice.TELL_MYSELF, now, in_call=True)
    await made.choose(second, Choice.TELL_TOGETHER, now, in_call=True)
    await made.ready(now)
    return await reads(world, "/choosing/telling")


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
