"""States of a caseworker's own pages: signing in, the day, plans, people, and the brief."""

from playwright.async_api import Page
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import questions
from server.domain.ages import Band
from server.domain.roles import Role
from server.services import seconding
from server.store import trail
from server.store.passing_tables import Step
from tests.e2e.states.guests import opened
from tests.e2e.states.states import state
from tests.e2e.states.world import World
from tests.factories import store_account

HOSTS = {f"question:{Role.CASEWORKER}:{q.id}" for q in questions.asked(Role.CASEWORKER, Band.ADULT)}


async def brief(world: World) -> Page:
    return await opened(world, await world.mette(), f"/meetings/{world.cast.meeting}/brief")


@state("brief", "brief-unanswered", "route:brief", *HOSTS)
async def unanswered(world: World) -> Page:
    return await brief(world)


@state("brief", "brief-words-alone")
async def words_alone(world: World) -> Page:
    """An address, and the answer it belongs to not chosen: said on top, and nothing is lost."""
    page = await brief(world)
    await page.locator("details#emergency").evaluate("one => { one.open = true }")
    await page.locator("#address").fill("Skovvej 4")
    await page.locator("details#emergency").get_by_role("button").click()
    await page.locator(".error-summary").wait_for()
    return page


@state("brief", "brief-who-is-missing")
async def not_said_who(world: World) -> Page:
    page = await brief(world)
    await page.locator("details#room").evaluate("one => { one.open = true }")
    await page.locator('#room input[value="with_one"]').check(force=True)
    await page.locator("details#room").get_by_role("button").click()
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


@state("brief", "brief-everything-open")
async def everything_open(world: World) -> Page:
    page = (await world.mette()).page
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    return page


@state("brief", "brief-ready")
async def ready(world: World) -> Page:
    await world.waits(minutes=30)
    mette = await world.mette()
    await world.answers_all(mette, world.cast.mettes_seat, Role.CASEWORKER)
    return await brief(world)


# Signing in


async def sends(page: Page, action: str) -> Page:
    """Press the button of one form, without the browser's own check of its fields."""
    form = page.locator(f'form[action="{action}"]')
    await form.evaluate("(form) => { form.noValidate = true }")
    async with page.expect_navigation():
        await form.locator("button").last.click()
    return page


async def at_the_desk(world: World, path: str) -> Page:
    return await opened(world, await world.mette(), path)


@state("staff", "sign-in", "route:door")
async def sign_in(world: World) -> Page:
    return await opened(world, await world.somebody("new", phone=False), "/signing-in")


@state("staff", "sign-in-wrong")
async def sign_in_wrong(world: World) -> Page:
    page = (await world.somebody("new", phone=False)).page
    await page.locator("#login").fill("mette")
    await page.locator("#password").fill("det er ikke det rigtige")
    return await sends(page, "/signing-in")


@state("staff", "first-account", "route:first")
async def first(world: World) -> Page:
    return await opened(world, await world.somebody("new", phone=False), "/first")


@state("staff", "first-account-wrong")
async def first_wrong(world: World) -> Page:
    return await sends((await world.somebody("new", phone=False)).page, "/first")


@state("staff", "account", "route:account")
async def account(world: World) -> Page:
    return await at_the_desk(world, "/account")


@state("staff", "account-wrong-password")
async def wrong_password(world: World) -> Page:
    return await sends((await world.mette()).page, "/account/password")


@state("staff", "account-colleague")
async def colleague(world: World) -> Page:
    await at_the_desk(world, "/account")
    return await sends((await world.mette()).page, "/account/colleagues")


@state("staff", "account-unlocking")
async def code_for_a_colleague(world: World) -> Page:
    async def stood(db: AsyncSession) -> None:
        for step in (seconding.UNLOCK, Step.AGAINST_A_NO):
            deed = seconding.PREFIX + step
            trail.add(db, f"account:{world.cast.mette}", deed, "meeting:1", now=world.clock.now())

    await world.write(stood)
    await at_the_desk(world, "/account")
    return await sends((await world.mette()).page, "/account/unlocking#unlocking")


# The day, a meeting and its people


@state("staff", "day", "route:day")
async def day(world: World) -> Page:
    return await at_the_desk(world, "/")


@state("staff", "day-nothing")
async def empty_day(world: World) -> Page:
    async def hire(db: AsyncSession) -> int:
        return await store_account(db, world.clock.now(), "nete", "Nete Vang")

    nete = await world.write(hire)
    return await opened(world, await world.somebody("nete", phone=False, account=nete), "/")


@state("staff", "young-people-nobody")
async def nobody(world: World) -> Page:
    return await opened(world, await world.somebody("nete"), "/young-people")


@state("staff", "plan-with-nobody")
async def plan_with_nobody(world: World) -> Page:
    return await opened(world, await world.somebody("nete"), "/meetings/new")


@state("staff", "plan-with-whom")
async def plan_with_whom(world: World) -> Page:
    return await at_the_desk(world, "/meetings/new")


@state("staff", "plan", "route:new-meeting")
async def plan(world: World) -> Page:
    return await at_the_desk(world, f"/meetings/new?young_person={world.cast.sofie}")


@state("staff", "plan-wrong")
async def plan_wrong(world: World) -> Page:
    return await sends((await world.mette()).page, "/meetings")


@state("staff", "meeting", "route:meeting")
async def meeting(world: World) -> Page:
    return await at_the_desk(world, f"/meetings/{world.cast.meeting}")


@state("staff", "meeting-link")
async def meeting_link(world: World) -> Page:
    deed = f"/meetings/{world.cast.meeting}/people/{world.cast.sofies_seat}/link"
    return await sends((await world.mette()).page, deed)


@state("staff", "meeting-invite-wrong")
async def invite_wrong(world: World) -> Page:
    page = await at_the_desk(world, f"/meetings/{world.cast.meeting}")
    await page.locator("details.more summary").last.click()
    return await sends(page, f"/meetings/{world.cast.meeting}/people#invite")


@state("staff", "meeting-change", "route:change-meeting")
async def change(world: World) -> Page:
    return await at_the_desk(world, f"/meetings/{world.cast.meeting}/plan")


@state("staff", "young-people", "route:young-people")
async def young_people(world: World) -> Page:
    return await at_the_desk(world, "/young-people")


@state("staff", "young-person-new", "route:new-young-person")
async def new_young_person(world: World) -> Page:
    return await at_the_desk(world, "/young-people/new")


@state("staff", "young-person-new-wrong")
async def new_young_person_wrong(world: World) -> Page:
    return await sends((await world.mette()).page, "/young-people")


@state("staff", "young-person", "route:young-person")
async def young_person(world: World) -> Page:
    return await at_the_desk(world, f"/young-people/{world.cast.sofie}")


@state("staff", "young-person-home-link")
async def home_link(world: World) -> Page:
    page = (await world.mette()).page
    return await sends(page, f"/young-people/{world.cast.sofie}/home-link")


@state("staff", "meeting-called-off")
async def called_off(world: World) -> Page:
    await world.change_meeting(called_off_at=world.clock.now())
    return await at_the_desk(world, f"/meetings/{world.cast.meeting}")


@state("staff", "meeting-over")
async def over(world: World) -> Page:
    await world.change_meeting(called_off_at=None, finished_at=world.clock.now())
    return await at_the_desk(world, f"/meetings/{world.cast.meeting}")


@state("staff", "day-with-a-note")
async def day_with_a_note(world: World) -> Page:
    return await at_the_desk(world, "/")
