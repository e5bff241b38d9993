"""States of a home's mail: where it goes, what the home reads of it, and where the mail leads."""

from playwright.async_api import Page
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from server.store.mail_tables import HomeMail
from tests.e2e.states.caseworkers import at_the_desk, sends
from tests.e2e.states.guests import opened
from tests.e2e.states.states import state
from tests.e2e.states.world import World
from tests.mails import kept


async def changed(world: World, **fields: object) -> None:
    async def change(db: AsyncSession) -> None:
        await db.execute(update(HomeMail).values(**fields))

    await world.write(change)


@state("passing-on", "home-mail-none")
async def none(world: World) -> Page:
    return await opened(world, await world.lene(), "/home/mail")


@state("passing-on", "home-mail", "route:home-mail")
async def goes_to(world: World) -> Page:
    await world.write(lambda db: kept(db, world.cast.holms))
    return await opened(world, await world.lene(), "/home/mail")


@state("passing-on", "home-mail-off")
async def off(world: World) -> Page:
    await changed(world, off_at=world.clock.now())
    return await opened(world, await world.lene(), "/home/mail")


@state("passing-on", "home-way-in", "route:home-entry")
async def way_in(world: World) -> Page:
    return await opened(world, await world.somebody("anybody"), "/home/way-in")


@state("passing-on", "young-person-home-mail")
async def at_the_caseworkers(world: World) -> Page:
    """The home has switched it off, and the last one before that could not be delivered."""
    await changed(world, refused_at=world.clock.now())
    page = await at_the_desk(world, f"/young-people/{world.cast.sofie}")
    await page.locator("#home-mail").scroll_into_view_if_needed()
    return page


@state("passing-on", "young-person-home-mail-wrong")
async def wrong(world: World) -> Page:
    page = await at_the_desk(world, f"/young-people/{world.cast.sofie}")
    await page.locator("#home_mail").fill("lene@example")
    await sends(page, f"/young-people/{world.cast.sofie}/home-mail")
    await page.locator(".error-summary a").click()
    return page
