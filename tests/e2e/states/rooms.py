"""States of rooms of three, four, six and eight, seen by the young person and by the host.

Eight browsers would say more of this computer than of our pages. Sofie and Mette have one each;
the others hold real lines to the server, which tells everybody the real `state`. What their
cameras would send is drawn in the page that shows it, in place of the tracks of its connection.
"""

import asyncio
from datetime import timedelta

import aiohttp
from playwright.async_api import Page
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.roles import Role
from server.http.changed import ROOMS
from server.services import sessions
from server.store.tables import Seat
from tests.e2e.states import stand_ins
from tests.e2e.states.guests import opened
from tests.e2e.states.in_a_call import THE_HOUR_HAS_COME, panel, presses, shut, stands
from tests.e2e.states.states import state
from tests.e2e.states.world import Person, World
from tests.factories import store_admission
from tests.lines import store_answers

OTHERS = ("Jonas", "Birgit", "Ahmed", "Karoline", "Per")  # come after Mette, Sofie and Aya
WITHOUT_PICTURE = "Birgit"
SPEAKS = "Mette", "Sofie"  # at the young person's end, and at the host's

# Two frames after the last picture has come: then everything is where it stays.
SHOWN = """(tiles) => new Promise((done) => {
  const look = () => {
    const all = [...document.querySelectorAll('call-faces call-tile')]
    const faces = all.filter((tile) => tile.dataset.picture === 'on')
    const isThere = (tile) => tile.querySelector('video').videoWidth > 0
    if (all.length < tiles || !faces.every(isThere)) requestAnimationFrame(look)
    else requestAnimationFrame(() => requestAnimationFrame(done))
  }
  look()
})"""
SPEAK = """(name) => {
  for (const tile of document.querySelectorAll('call-faces call-tile'))
    tile.toggleAttribute('data-speaking', tile.getAttribute('aria-label') === name)
}"""

LOWEST = """() => Math.min(...[...document.querySelectorAll('call-faces call-tile')]
  .map((tile) => tile.getBoundingClientRect().height))"""


async def joins(world: World, name: str, seat: int | None = None) -> None:
    """Somebody is in the talk, on a line of their own, with sound and most with a picture."""

    async def admit(db: AsyncSession) -> str:
        now, where = world.clock.now(), seat
        if where is None:
            row = Seat(
                meeting_id=world.cast.meeting, role=Role.BISIDDER, name=name,
                why="Er på dit hold", handle=f"seat-{name}", added_at=now - timedelta(hours=2),
            )  # fmt: skip
            db.add(row)
            await db.flush()
            where = row.id
        opened = await sessions.open_for(db, now=now, seat=where)
        await store_answers(db, where, world.clock)
        await store_admission(db, where, now, device=None)
        return opened.cookie

    cookie = await world.write(admit)
    client = aiohttp.ClientSession(cookies={"guest": cookie})
    line = await client.ws_connect(world.url("/line"), headers={"Origin": world.url("/")[:-1]})
    for kind in ("microphone", "camera"):
        await line.send_json({"type": kind, "on": kind != "camera" or name != WITHOUT_PICTURE})

    async def listens() -> None:
        async with client:
            async for _ in line:
                pass

    world.listening.append(asyncio.create_task(listens()))


async def arrives(world: World, who: Person, seat: int, role: Role, path: str) -> Page:
    await who.context.add_init_script(stand_ins.sent_to_a_page())
    await world.answers_all(who, seat, role)
    await world.admitted(who, seat)
    await opened(world, who, path)
    return await stands(who, "call" if role == Role.YOUNG_PERSON else "room")


async def many(world: World, who: Person, people: int) -> Page:
    """Wait until this page shows a room of so many."""
    for name in OTHERS[len(world.listening) - 1 : people - 3]:
        await joins(world, name)
    is_host = who is await world.mette()
    await who.page.evaluate(SHOWN, people - is_host)  # one's own is beside the host's faces
    await who.page.evaluate(SPEAK, SPEAKS[is_host])
    return who.page


async def wishes(who: Person, layout: str) -> None:
    name = "looks" if await who.page.locator('[data-opens="looks"]').count() else "settings"
    page = await panel(who, name)
    await page.locator(f'input[name="layout"][value="{layout}"]').check(force=True)
    await shut(who, name)


@state("rooms", "call-three-asked-about")
async def three_and_who_would_come(world: World) -> Page:
    """The card of a late addition, and below it faces one can still see."""
    await world.waits(**THE_HOUR_HAS_COME)
    mette, sofie = await world.mette(), await world.sofie()
    cast = world.cast
    await arrives(world, mette, cast.mettes_seat, Role.CASEWORKER, f"/calling/{cast.meeting}")
    await arrives(world, sofie, cast.sofies_seat, Role.YOUNG_PERSON, "/calling")
    await joins(world, "Aya", cast.ayas_seat)
    await mette.page.locator('[data-sends="said"]').click()
    for who in (mette, sofie):
        await presses(who, "camera")
        await presses(who, "microphone")
    await many(world, sofie, 3)
    await world.brought(Role.INTERPRETER)
    await world.app[ROOMS].changed(cast.meeting)
    await sofie.page.locator("newcomer-cards:visible").wait_for()
    assert await sofie.page.evaluate(LOWEST) >= 120
    return sofie.page


@state("rooms", "call-four")
async def four(world: World) -> Page:
    """One large face, three beside it, of whom one is one's own."""
    sofie = await world.sofie()
    await sofie.page.locator('newcomer-cards [data-answer="no"]').click()
    await sofie.page.locator("newcomer-cards").wait_for(state="hidden")
    return await many(world, sofie, 4)


@state("rooms", "host-room-four")
async def hosts_four(world: World) -> Page:
    return await many(world, await world.mette(), 4)


@state("rooms", "call-four-grid")
async def four_alike(world: World) -> Page:
    sofie = await world.sofie()
    await wishes(sofie, "grid")
    return await many(world, sofie, 4)


@state("rooms", "call-six")
async def six(world: World) -> Page:
    """With more than three others all are alike, unless one wishes otherwise."""
    sofie = await world.sofie()
    await wishes(sofie, "")
    return await many(world, sofie, 6)


@state("rooms", "call-six-speaker")
async def six_and_a_speaker(world: World) -> Page:
    sofie = await world.sofie()
    await wishes(sofie, "speaker")
    return await many(world, sofie, 6)


@state("rooms", "host-room-six")
async def hosts_six(world: World) -> Page:
    return await many(world, await world.mette(), 6)


@state("rooms", "call-eight-speaker")
async def eight_and_a_speaker(world: World) -> Page:
    return await many(world, await world.sofie(), 8)


@state("rooms", "call-eight")
async def eight(world: World) -> Page:
    sofie = await world.sofie()
    await wishes(sofie, "")
    return await many(world, sofie, 8)


@state("rooms", "host-room-eight")
async def hosts_eight(world: World) -> Page:
    return await many(world, await world.mette(), 8)


@state("rooms", "host-room-eight-speaker")
async def hosts_eight_and_a_speaker(world: World) -> Page:
    mette = await world.mette()
    await wishes(mette, "speaker")
    return await many(world, mette, 8)
