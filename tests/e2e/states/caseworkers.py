"""States of a caseworker's own pages: the checklist before a meeting, with the brief beside it."""

from playwright.async_api import Page

from server.domain import questions
from server.domain.ages import Band
from server.domain.roles import Role
from tests.e2e.states.guests import opened
from tests.e2e.states.states import state
from tests.e2e.states.world import World

HOSTS = {f"question:{Role.CASEWORKER}:{q.id}" for q in questions.asked(Role.CASEWORKER, Band.ADULT)}


async def brief(world: World) -> Page:
    return await opened(world, await world.mette(), f"/meetings/{world.cast.meeting}/brief")


@state("brief", "brief-unanswered", "route:brief", *HOSTS)
async def unanswered(world: World) -> Page:
    return await brief(world)


@state("brief", "brief-who-is-missing")
async def not_said_who(world: World) -> Page:
    page = await brief(world)
    await page.locator('#room input[value="with_one"]').check(force=True)
    await page.locator("#room button").click()
    await page.locator("#room-error").wait_for()
    return page


@state("brief", "brief-too-early")
async def too_early(world: World) -> Page:
    mette, sofie = await world.mette(), await world.sofie()
    await world.answers_all(mette, world.cast.mettes_seat, Role.CASEWORKER, room="with_one")
    chosen = {"heard": "maybe", "not_there": str(world.cast.ayas_seat)}
    await world.answers_all(sofie, world.cast.sofies_seat, Role.YOUNG_PERSON, **chosen)
    await world.admitted(sofie, world.cast.sofies_seat)
    return await brief(world)


@state("brief", "brief-old-answers")
async def old_answers(world: World) -> Page:
    world.clock.move(minutes=14)
    return await brief(world)


@state("brief", "brief-ready")
async def ready(world: World) -> Page:
    await world.waits(minutes=30)
    mette = await world.mette()
    await world.answers_all(mette, world.cast.mettes_seat, Role.CASEWORKER)
    return await brief(world)
