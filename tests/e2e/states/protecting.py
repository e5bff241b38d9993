"""States of what protects a young person: decisions, the register, codes."""

from datetime import timedelta
from typing import Any

from playwright.async_api import Page
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.deciding import decide
from server.domain.during import Kind
from server.domain.restricting import restrict
from server.domain.roles import AccountId, Caseworker, MeetingId, Role, SeatId, SessionId
from server.services import deciding, inviting, restricting
from server.services.scheduling import Companion
from server.store.during_tables import MarkRow
from tests.e2e.states.caseworkers import at_the_desk, sends
from tests.e2e.states.guests import opened
from tests.e2e.states.states import state
from tests.e2e.states.world import World

WORDS = "Aya kan ikke være med i dag. Hun skal fortælle noget i din sag. Du må vælge en anden."


def host(world: World) -> Caseworker:
    return Caseworker(AccountId(world.cast.mette), SessionId(0), "Mette")


def decisions(world: World) -> str:
    return f"/meetings/{world.cast.meeting}/decisions"


@state("protecting", "decisions-none")
async def no_decisions(world: World) -> Page:
    return await at_the_desk(world, decisions(world))


@state("protecting", "decision-new", "route:new-decision")
async def new_decision(world: World) -> Page:
    return await at_the_desk(world, f"{decisions(world)}/new?seat={world.cast.ayas_seat}")


@state("protecting", "decision-wrong")
async def wrong_decision(world: World) -> Page:
    return await sends((await world.mette()).page, decisions(world))


@state("protecting", "decisions", "route:decisions")
async def one_decision(world: World) -> Page:
    async def record(db: AsyncSession) -> Any:
        made = decide("bisidder", "Aya", "Aya er vidne i sagen.", WORDS, "spoken")
        where, about = MeetingId(world.cast.meeting), SeatId(world.cast.ayas_seat)
        return await deciding.record(db, host(world), where, about, made, now=world.clock.now())

    await world.write(record)
    return await at_the_desk(world, decisions(world))


@state("protecting", "decided", "route:read-decisions")
async def decided(world: World) -> Page:
    sofie = await world.sofie()
    await world.admitted(sofie, world.cast.sofies_seat)
    return await opened(world, sofie, "/arriving/decisions")


@state("protecting", "letter-decided")
async def letter_decided(world: World) -> Page:
    return await opened(world, await world.sofie(), "/arriving")


# Codes


@state("protecting", "meeting-code")
async def meeting_code(world: World) -> Page:
    deed = f"/meetings/{world.cast.meeting}/people/{world.cast.ayas_seat}/code"
    page = await at_the_desk(world, f"/meetings/{world.cast.meeting}")
    for summary in await page.locator("details.renewal summary").all():
        await summary.click()
    return await sends(page, deed)


@state("protecting", "meeting-code-pictures")
async def meeting_pictures(world: World) -> Page:
    await world.age(8)
    deed = f"/meetings/{world.cast.meeting}/people/{world.cast.sofies_seat}/code"
    page = await at_the_desk(world, f"/meetings/{world.cast.meeting}")
    for summary in await page.locator("details.renewal summary").all():
        await summary.click()
    return await sends(page, deed)


@state("protecting", "code-pictures", "route:code")
async def code_pictures(world: World) -> Page:
    page = await opened(world, await world.sofie(), "/arriving/code")
    async with page.expect_navigation():
        await page.locator('button[value="cat"]').click()
    return page


@state("protecting", "code-digits")
async def code_digits(world: World) -> Page:
    await world.age(13)
    return await opened(world, await world.sofie(), "/arriving/code")


@state("protecting", "code-wrong")
async def code_wrong(world: World) -> Page:
    page = (await world.sofie()).page
    await page.locator("#code").fill("123456")
    async with page.expect_navigation():
        await page.locator("main form button").click()
    return page


@state("protecting", "young-person-home-code")
async def home_code_said(world: World) -> Page:
    await at_the_desk(world, f"/young-people/{world.cast.sofie}")
    return await sends((await world.mette()).page, f"/young-people/{world.cast.sofie}/home-code")


@state("protecting", "home-code", "route:home-code")
async def home_code(world: World) -> Page:
    return await opened(world, await world.lene(), "/home/code")


# The register


@state("protecting", "register-none", "route:register")
async def register_none(world: World) -> Page:
    return await at_the_desk(world, f"/young-people/{world.cast.sofie}/register")


@state("protecting", "register-wrong")
async def register_wrong(world: World) -> Page:
    page = (await world.mette()).page
    return await sends(page, f"/young-people/{world.cast.sofie}/register#new")


@state("protecting", "register")
async def register(world: World) -> Page:
    today, now = world.clock.now().date(), world.clock.now()

    async def write(db: AsyncSession) -> None:
        for kind, whom, until in (
            ("protected_address", "", None),
            ("contact_suspended", "Aya", today + timedelta(days=12)),
        ):
            line = restrict(kind, whom, until, today)
            await restricting.add(db, host(world), world.cast.sofie, line, now=now)

    await world.write(write)
    return await at_the_desk(world, f"/young-people/{world.cast.sofie}/register")


@state("protecting", "meeting-held-away")
async def held_away(world: World) -> Page:
    return await at_the_desk(world, f"/meetings/{world.cast.meeting}")


# Somebody added late


@state("protecting", "newcomers", "route:newcomers")
async def somebody_new(world: World) -> Page:
    sofie = await world.sofie()
    await world.answers_all(sofie, world.cast.sofies_seat, Role.YOUNG_PERSON)
    world.clock.move(minutes=1)

    async def add(db: AsyncSession) -> None:
        who = Companion("Bo", "Bo er din lærer, og I skal snakke om skolen")
        where = MeetingId(world.cast.meeting)
        await inviting.invite(db, host(world), where, who, now=world.clock.now())

    await world.write(add)
    return await opened(world, sofie, "/arriving/added")


# What went wrong, and what was done about it


@state("incidents", "incidents-none", "route:incidents")
async def no_incidents(world: World) -> Page:
    return await opened(world, await world.mette(), "/incidents")


@state("incidents", "incidents")
async def incidents(world: World) -> Page:
    async def happen(db: AsyncSession) -> None:
        now, meeting, seat = world.clock.now(), world.cast.meeting, world.cast.mettes_seat
        for kind, answer in ((Kind.OTHERS_OUT, ""), (Kind.AWAY, "somebody")):
            db.add(
                MarkRow(
                    meeting_id=meeting, seat_id=seat, kind=kind, value="", answer=answer, at=now
                )
            )

    await world.write(happen)
    return await opened(world, await world.mette(), "/incidents")


@state("incidents", "incident-open")
async def incident_open(world: World) -> Page:
    page = (await world.mette()).page
    await page.locator("details.task summary").first.click()
    return page


@state("incidents", "incident-handled")
async def incident_handled(world: World) -> Page:
    page = (await world.mette()).page
    await page.locator("details.task[open] input[value=called]").check(force=True)
    async with page.expect_navigation():
        await page.locator("details.task[open] button").last.click()
    await page.locator("details.task summary").last.click()
    return page


@state("incidents", "day-incidents")
async def day_incidents(world: World) -> Page:
    return await opened(world, await world.mette(), "/")
