"""States of the youngest's way: an adult who helps and goes, and what is remembered."""

from playwright.async_api import Page
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.services import sessions
from server.store.during_tables import Request
from server.store.remembered_tables import Remembered
from server.store.tables import Session, Visit
from tests.e2e.states.guests import opened
from tests.e2e.states.states import state
from tests.e2e.states.world import FINE, World


async def steps(world: World, *names: str) -> None:
    """Sofie is eight, and these steps were taken on her device."""
    await world.age(8)
    sofie = await world.sofie()
    for name in names:
        world.clock.move(seconds=1)
        await world.answers(sofie, world.cast.sofies_seat, help=name)


@state("younger", "help-ask", "route:help")
async def asks(world: World) -> Page:
    await steps(world)
    return await opened(world, await world.sofie(), "/arriving/help")


@state("younger", "help-helped")
async def helped(world: World) -> Page:
    await steps(world, "helped")
    return await opened(world, await world.sofie(), "/arriving/help")


@state("younger", "help-going")
async def going(world: World) -> Page:
    await steps(world, "going")
    return await opened(world, await world.sofie(), "/arriving/help")


@state("younger", "help-stays")
async def stays(world: World) -> Page:
    await steps(world, "stays")
    return await opened(world, await world.sofie(), "/arriving/help")


@state("younger", "brief-adult-stays")
async def brief_stays(world: World) -> Page:
    return await opened(world, await world.mette(), f"/meetings/{world.cast.meeting}/brief")


@state("younger", "help-gone")
async def gone(world: World) -> Page:
    await steps(world, "gone")
    return await opened(world, await world.sofie(), "/arriving/help")


@state("younger", "ready-helped")
async def ready(world: World) -> Page:
    world.clock.move(seconds=1)
    fine = {q: FINE[q] for q in ("way", "heard", "company", "bisidder", "written")}
    await world.answers(await world.sofie(), world.cast.sofies_seat, **fine)
    return await opened(world, await world.sofie(), "/arriving/ready")


@state("younger", "rights-8", "route:rights")
async def rights(world: World) -> Page:
    return await opened(world, await world.sofie(), "/arriving/rights")


@state("younger", "as-last-8", "route:last-time")
async def as_last(world: World) -> Page:
    async def remember(db: AsyncSession) -> None:
        row = Remembered(
            young_person_id=world.cast.sofie, wishes="drawing pauses", text="", at=world.clock.now()
        )
        db.add(row)

    await world.write(remember)
    return await opened(world, await world.sofie(), "/arriving/as-last")


@state("younger", "as-last-15-known")
async def as_last_known(world: World) -> Page:
    await world.age(15)
    await world.admitted(await world.sofie(), world.cast.sofies_seat)
    return await opened(world, await world.sofie(), "/arriving/as-last")


@state("younger", "rights-15")
async def rights_at_fifteen(world: World) -> Page:
    return await opened(world, await world.sofie(), "/arriving/rights")


@state("younger", "asked-for", "route:what-was-asked")
async def asked_for(world: World) -> Page:
    async def ask(db: AsyncSession) -> None:
        now = world.clock.now()
        for words, done in (("Jeg vil gerne besøge min mormor om lørdagen", None), ("", now)):
            db.add(
                Request(
                    meeting_id=world.cast.meeting, account_id=world.cast.mette, words=words,
                    owner="Mette", said_at=now, due_on=now.date(), done_at=done,
                )
            )  # fmt: skip

    await world.write(ask)
    tablet = await world.somebody("sofie's tablet", seat=world.cast.sofies_seat)
    await world.admitted(tablet, world.cast.sofies_seat)
    return await opened(world, tablet, "/arriving/asked-for")


@state("younger", "topics-15-chosen")
async def topics(world: World) -> Page:
    tablet = await world.somebody("sofie's tablet", seat=world.cast.sofies_seat)
    await world.answers(tablet, world.cast.sofies_seat, topics="school=yes family=not_today")
    return await opened(world, tablet, "/arriving/questions/topics")


@state("younger", "back-after-leaving-8")
async def came_back(world: World) -> Page:
    """Back by the link on the device she pressed Gå nu on; whose it is was never said."""
    await world.age(8)
    tablet = world.people["sofie's tablet"].session
    await world.waits(minutes=40)
    mark = sessions.digest("the mark of a browser")
    phone = await world.somebody("sofie's tablet again", seat=world.cast.sofies_seat)

    async def leave(db: AsyncSession) -> None:
        now = world.clock.now()
        (await db.get_one(Session, phone.session)).device = mark
        for visit in await db.scalars(select(Visit).where(Visit.session_id == tablet)):
            visit.left_at, visit.left_mark = now, mark

    await world.write(leave)
    return await opened(world, phone, "/arriving")


@state("younger", "after-whose-is-it")
async def whose_is_it(world: World) -> Page:
    phone = await world.somebody("sofie's tablet again", seat=world.cast.sofies_seat)
    return await opened(world, phone, "/arriving/after")
