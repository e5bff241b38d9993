"""States of "på en anden måde": what is on offer, picked, promised, answered."""

from datetime import timedelta

from playwright.async_api import Page
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.ways import OptionKind
from server.store.way_tables import Option
from tests.e2e.states.guests import opened
from tests.e2e.states.states import state
from tests.e2e.states.world import World


async def at_the_desk(world: World) -> Page:
    return await opened(world, await world.mette(), f"/meetings/{world.cast.meeting}/ways")


@state("ways", "ways-nothing", "route:ways")
async def nothing(world: World) -> Page:
    return await at_the_desk(world)


@state("ways", "another-time-nothing-on-offer")
async def nothing_on_offer(world: World) -> Page:
    sofie = await world.sofie()
    await world.answers(sofie, world.cast.sofies_seat, another_way="time")
    return await opened(world, sofie, "/arriving/effects/another_way")


@state("ways", "another-time-to-pick")
async def to_pick(world: World) -> Page:
    now, meeting = world.clock.now(), world.cast.meeting

    async def offer(db: AsyncSession) -> None:
        for hours in (28, 52, 77):
            starts = now + timedelta(hours=hours)
            db.add(Option(meeting_id=meeting, kind=OptionKind.TIME, starts_at=starts, added_at=now))
        for kind in (OptionKind.SCHOOL, OptionKind.CLUB):
            db.add(Option(meeting_id=meeting, kind=kind, added_at=now))

    await world.write(offer)
    return await opened(world, await world.sofie(), "/arriving/effects/another_way")


@state("ways", "another-time-picked", "route:agreed")
async def picked(world: World) -> Page:
    page = (await world.sofie()).page
    async with page.expect_navigation():
        await page.locator('form[action="/arriving/picks"] button').first.click()
    await page.wait_for_url("**/arriving/agreed")
    return page


@state("ways", "ways-a-pick-to-take")
async def to_take(world: World) -> Page:
    sofie = await world.sofie()
    await world.answers(sofie, world.cast.sofies_seat, topics="family=when_we_meet school=yes")
    return await at_the_desk(world)


@state("ways", "ways-wrong")
async def wrong(world: World) -> Page:
    page = await at_the_desk(world)
    await page.locator("#day-1").fill("2026-11-20")
    await page.locator("#clock-1").fill("10:00")
    async with page.expect_navigation():
        await page.locator("#offer form button").click()
    return page


@state("ways", "ways-phone-and-meeting")
async def phone_and_meeting(world: World) -> Page:
    sofie = await world.sofie()
    world.clock.move(seconds=70)
    await world.answers(sofie, world.cast.sofies_seat, another_way="meet", way="phone")
    return await at_the_desk(world)


@state("ways", "ready-with-promises")
async def promised(world: World) -> Page:
    return await opened(world, await world.sofie(), "/arriving/ready")


@state("ways", "day-what-they-wait-for")
async def day(world: World) -> Page:
    return await opened(world, await world.mette(), "/")
