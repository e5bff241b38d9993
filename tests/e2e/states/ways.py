"""States of "på en anden måde": what is on offer, picked, promised, answered."""

from datetime import timedelta

from playwright.async_api import Page
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.roles import Role
from server.domain.ways import OptionKind, Outcome, TaskKind
from server.services import releasing, sessions
from server.store.tables import Visit
from server.store.way_tables import Interruption, Option, Tick
from tests.e2e.states.guests import opened
from tests.e2e.states.in_a_call import THE_HOUR_HAS_COME, door, presses, stands
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


# What follows after the talk, and the plan for a line that breaks


@state("ways-after", "afterwards-may-be-shared")
async def may_share(world: World) -> Page:
    sofie = await world.sofie()
    await world.answers(sofie, world.cast.sofies_seat, afterwards="alone")
    return await opened(world, sofie, "/arriving/effects/afterwards")


@state("ways-after", "letter-of-who-has-gone")
async def has_gone(world: World) -> Page:
    await world.waits(minutes=40)
    sofie = await world.sofie()
    await world.admitted(sofie, world.cast.sofies_seat)
    now = world.clock.now()

    async def goes(db: AsyncSession) -> None:
        await db.execute(update(Visit).values(left_at=now))
        db.add(
            Tick(
                meeting_id=world.cast.meeting, kind=TaskKind.FAREWELL, outcome=Outcome.AGREED,
                at=now,
            )
        )  # fmt: skip

    await world.write(goes)
    return await opened(world, sofie, "/arriving")


@state("ways-after", "home-asked-for-peace")
async def home_is_asked(world: World) -> Page:
    now = world.clock.now()

    async def ask(db: AsyncSession) -> None:
        until = now + timedelta(days=1)
        await releasing.tell_wish(db, world.cast.holms, "alone", until=until, now=now)

    await world.write(ask)
    return await opened(world, await world.lene(), "/home")


@state("ways-after", "plan-with-topics-for-a-meeting")
async def plan(world: World) -> Page:
    sofie = await world.sofie()
    await world.answers(sofie, world.cast.sofies_seat, topics="family=when_we_meet")
    path = f"/meetings/new?young_person={world.cast.sofie}"
    return await opened(world, await world.mette(), path)


@state("ways-call", "host-alert-share", "alert:share")
async def to_be_said_aloud(world: World) -> Page:
    await world.waits(**THE_HOUR_HAS_COME)
    sofie, mette = await world.sofie(), await world.mette()
    said = {"topics": "something_hard=yes", "afterwards": "alone", "afterwards_shared": "yes"}
    await world.answers_all(sofie, world.cast.sofies_seat, Role.YOUNG_PERSON)
    await world.answers(sofie, world.cast.sofies_seat, **said)
    await world.answers_all(mette, world.cast.mettes_seat, Role.CASEWORKER)
    await opened(world, mette, f"/calling/{world.cast.meeting}")
    await stands(mette, "outside")
    await presses(mette, "knock")
    await opened(world, sofie, "/calling")
    await stands(sofie, "outside")
    await presses(sofie, "knock")
    for deed in ("open_door", "admit"):
        await door(world, deed)
    await stands(sofie, "call")
    await mette.page.locator('[data-alerts="share"]:visible').wait_for()
    return mette.page


@state("ways-call", "host-alert-line-broke", "alert:line-broke")
async def line_broke(world: World) -> Page:
    now = world.clock.now()

    async def breaks(db: AsyncSession) -> None:
        meeting, seat = world.cast.meeting, world.cast.sofies_seat
        db.add(Interruption(meeting_id=meeting, seat_id=seat, at=now))

    await world.write(breaks)
    page = (await world.mette()).page
    await page.locator('[data-alerts~="line-broke"]:visible').wait_for()
    return page


@state("ways-call", "host-alert-emergency", "alert:emergency")
async def not_reached(world: World) -> Page:
    world.clock.move(minutes=15)
    page = (await world.mette()).page
    await page.get_by_text("112").first.wait_for()
    return page


@state("ways-call", "call-line-broke")
async def plan_at_her_end(world: World) -> Page:
    page = (await world.sofie()).page
    await page.locator("fallback-plan").evaluate("(plan) => { plan.hidden = false }")
    return page


@state("ways-call", "host-line-broke")
async def plan_at_the_hosts_end(world: World) -> Page:
    page = (await world.mette()).page
    await page.locator("fallback-plan").evaluate("(plan) => { plan.hidden = false }")
    return page


@state("ways-call", "host-alert-left", "alert:left")
async def has_left(world: World) -> Page:
    sofie, mette = await world.sofie(), await world.mette()
    await sofie.page.locator(".sill__go").click()
    await mette.page.locator('[data-alerts="left"]:visible').wait_for()
    return mette.page


@state("ways-call", "host-alert-paused-away", "alert:paused-away")
async def paused_and_gone(world: World) -> Page:
    """Aya's line broke in the middle of her pause."""
    now, cast = world.clock.now(), world.cast

    async def breaks(db: AsyncSession) -> None:
        aya = await sessions.open_for(db, now=now, seat=cast.ayas_seat)
        db.add(
            Visit(
                seat_id=cast.ayas_seat, session_id=aya.id, knocked_at=now, door_at=now,
                admitted_at=now, paused_at=now,
            )
        )  # fmt: skip
        db.add(Interruption(meeting_id=cast.meeting, seat_id=cast.ayas_seat, at=now))

    await world.write(breaks)
    page = (await world.mette()).page
    await page.locator('[data-key="paused-away"]:visible').wait_for()
    return page
