"""States of whom the caseworker brings: an interpreter and a colleague, and what is asked of them
and about them."""

from datetime import timedelta

from playwright.async_api import Page
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import questions
from server.domain.ages import Band
from server.domain.promising import PromiseKind
from server.domain.roles import BY_NAME, Role
from server.store.protection_tables import Promise
from tests.e2e.states.calls_apart import steps_aside
from tests.e2e.states.guests import opened
from tests.e2e.states.in_a_call import presses, stands
from tests.e2e.states.states import state
from tests.e2e.states.world import World


def letter(role: Role) -> None:
    @state("by-name", f"letter-{role}")
    async def reach(world: World) -> Page:
        return await opened(world, await world.brought(role), "/arriving")


def theirs(role: Role, asked: questions.Question) -> None:
    row = f"question:{role}:{asked.id}"

    @state("by-name", f"question-{role}-{asked.id}", "route:question", row)
    async def reach(world: World) -> Page:
        return await opened(world, await world.brought(role), f"/arriving/questions/{asked.id}")


for role in sorted(BY_NAME):
    letter(role)
    for asked in questions.asked(role, Band.ADULT):
        theirs(role, asked)


@state("by-name", "letter-bare-with-an-interpreter")
async def bare(world: World) -> Page:
    return await opened(world, await world.sofie(), "/arriving")


@state("by-name", "letter-known-with-an-interpreter")
async def known(world: World) -> Page:
    sofie = await world.sofie()
    await world.admitted(sofie, world.cast.sofies_seat)
    return await opened(world, sofie, "/arriving")


def asked_about(years: int) -> None:
    @state("by-name", f"asked-about-an-interpreter-{years}", "route:newcomers")
    async def reach(world: World) -> Page:
        await world.age(years)
        return await opened(world, await world.sofie(), "/arriving/added")


for years in (8, 15):
    asked_about(years)


@state("by-name", "said-no-to-an-interpreter")
async def said_no(world: World) -> Page:
    sofie = await world.sofie()
    world.clock.move(seconds=1)
    for role in sorted(BY_NAME):
        await world.answers(sofie, world.cast.sofies_seat, added=f"no {world.seats[role]}")
    return await opened(world, sofie, "/arriving/added")


@state("by-name", "meeting-with-an-interpreter")
async def meeting(world: World) -> Page:
    return await opened(world, await world.mette(), f"/meetings/{world.cast.meeting}")


@state("by-name", "meeting-invite")
async def invite(world: World) -> Page:
    page = (await world.mette()).page
    await page.locator('details:has(form[action$="/people#invite"]) > summary').click()
    return page


@state("by-name", "brief-with-an-interpreter")
async def brief(world: World) -> Page:
    page = await opened(world, await world.mette(), f"/meetings/{world.cast.meeting}/brief")
    await page.locator("details#interpreter").evaluate("one => { one.open = true }")
    return page


@state("by-name", "day-another-interpreter")
async def day(world: World) -> Page:
    return await opened(world, await world.mette(), "/")


@state("by-name", "plan-somebody-brought")
async def plan(world: World) -> Page:
    page = await opened(
        world, await world.mette(), f"/meetings/new?young_person={world.cast.sofie}"
    )
    await page.locator("form details.more").first.evaluate("one => { one.open = true }")
    return page


# In the call


@state("by-name-call", "call-asked-about-an-interpreter")
async def in_the_call(world: World) -> Page:
    world.clock.move(minutes=40)
    mette, sofie = await world.mette(), await world.sofie()
    await world.answers_all(mette, world.cast.mettes_seat, Role.CASEWORKER)
    await world.answers_all(sofie, world.cast.sofies_seat, Role.YOUNG_PERSON)
    await world.admitted(mette, world.cast.mettes_seat)
    await world.admitted(sofie, world.cast.sofies_seat)
    await promised(world)
    await opened(world, mette, f"/calling/{world.cast.meeting}")
    await opened(world, sofie, "/calling")
    leyla = await world.brought(Role.INTERPRETER)
    await world.answers_all(leyla, world.seats[Role.INTERPRETER], Role.INTERPRETER)
    await opened(world, leyla, "/calling")
    await stands(leyla, "outside")
    await presses(leyla, "knock")
    await sofie.page.locator("newcomer-cards:visible").wait_for()
    return await stands(sofie, "call")


@state("by-name-call", "host-an-interpreter-knocks")
async def knocks(world: World) -> Page:
    mette = await world.mette()
    await mette.page.locator('[data-deed="open_door"]:visible').first.wait_for()
    return mette.page


@state("by-name-call", "host-from-last-time")
async def from_last_time(world: World) -> Page:
    mette = await world.mette()
    await mette.page.locator(".last-time:visible").scroll_into_view_if_needed()
    return mette.page


async def promised(world: World) -> None:
    """Mette promised something last time, and has not done it."""
    now = world.clock.now()
    words = "Spørge fodboldklubben, om Sofie kan begynde til foråret"

    async def add(db: AsyncSession) -> None:
        made = {"young_person_id": world.cast.sofie, "account_id": world.cast.mette}
        due = now + timedelta(days=2)
        db.add(Promise(kind=PromiseKind.PROMISE, words=words, due_at=due, made_at=now, **made))

    await world.write(add)


@state("by-name-call", "host-alert-another-interpreter", "alert:another-interpreter")
async def another(world: World) -> Page:
    mette, sofie = await world.mette(), await world.sofie()
    world.clock.move(seconds=1)
    seat = world.seats[Role.INTERPRETER]
    await world.answers(sofie, world.cast.sofies_seat, added=f"no {seat}")
    await (
        mette.page.locator(".knock--alert", has_text="tolk")
        .or_(mette.page.locator(".knock--alert", has_text="interpreter"))
        .first.wait_for()
    )
    return mette.page


@state("by-name-call", "call-with-an-interpreter")
async def with_one(world: World) -> Page:
    sofie, leyla = await world.sofie(), await world.brought(Role.INTERPRETER)
    world.clock.move(seconds=1)
    seat = world.seats[Role.INTERPRETER]
    await world.answers(sofie, world.cast.sofies_seat, added=f"yes {seat}")
    await world.admitted(leyla, seat)
    await stands(leyla, "call")
    await sofie.page.locator("call-faces call-tile, call-faces .tile").nth(2).wait_for()
    return sofie.page


@state("by-name-call", "call-as-the-interpreter")
async def as_her(world: World) -> Page:
    return await stands(await world.brought(Role.INTERPRETER), "call")


@state("by-name-call", "call-alone-asks-the-interpreter-in")
async def alone(world: World) -> Page:
    sofie, leyla = await world.sofie(), await world.brought(Role.INTERPRETER)
    await steps_aside(sofie, "alone")
    await stands(leyla, "waits")
    await sofie.page.locator('aside-deeds [data-deed="ask_in"]:visible').first.wait_for()
    return sofie.page
