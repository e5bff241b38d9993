"""States of the error page: every status a browser can be given, in the words of who asked."""

from playwright.async_api import Page

from server import keys
from server.domain import links
from server.http.pacing import PACES
from server.services.pacing import MINUTE, Allowance, Deed, Paces
from server.store.tables import Seat
from tests.e2e.states.guests import opened
from tests.e2e.states.states import state
from tests.e2e.states.world import World

SEND = """([path, name, value]) => {
  const form = document.createElement('form')
  form.method = 'post'
  form.action = path
  const field = document.createElement('textarea')
  field.name = name
  field.value = value
  form.append(field)
  document.body.append(form)
  form.submit()
}"""


async def sent(world: World, path: str, name: str = "answer", value: str = "") -> Page:
    """Send a form no page of ours has, from a page of ours."""
    sofie = await world.sofie()
    await opened(world, sofie, "/arriving/another-way")
    async with sofie.page.expect_navigation():
        await sofie.page.evaluate(SEND, [path, name, value])
    return sofie.page


@state("errors", "error-unknown-address")
async def not_found(world: World) -> Page:
    return await opened(world, await world.somebody("stranger"), "/nothing/here", 404)


@state("errors", "error-bad-answer", "error:400")
async def bad_answer(world: World) -> Page:
    sofie = await world.sofie()
    await opened(world, sofie, "/arriving/another-way")
    answer = sofie.page.locator("form.low button").first
    await answer.evaluate("(button) => { button.value = 'nonsense' }")
    async with sofie.page.expect_navigation():
        await answer.click()
    return sofie.page


@state("errors", "error-wrong-method", "error:405")
async def wrong_method(world: World) -> Page:
    return await sent(world, "/arriving/ready")


@state("errors", "error-too-large", "error:413")
async def too_large(world: World) -> Page:
    return await sent(world, "/arriving/answers", value="a" * 200_000)


@state("errors", "error-too-fast", "error:429")
async def too_fast(world: World) -> Page:
    world.app[PACES].paces = Paces({Deed.ANSWER: Allowance(MINUTE, device=1)}).paces
    await sent(world, "/arriving/share", "share", "no")
    page = await sent(world, "/arriving/share", "share", "no")
    world.app[PACES].paces = Paces().paces
    return page


@state("errors", "link-opened-too-often")
async def opened_too_often(world: World) -> Page:
    world.app[PACES].paces = Paces({Deed.SWAP: Allowance(MINUTE, link=1)}).paces
    seat = f"seat:{world.cast.sofies_seat}"
    world.app[PACES].go(Deed.SWAP, now=world.clock.now(), link=seat)
    async with world.database.read() as db:
        row = await db.get_one(Seat, world.cast.sofies_seat)
    key = world.app[keys.LINK_KEY]
    token = links.token(key, links.LinkKind.SEAT, row.handle, row.generation)
    page = (await world.somebody("too often")).page
    await page.goto(world.url(f"/m#{token}"))
    await page.locator('[data-when="wait"]:visible').wait_for()
    world.app[PACES].paces = Paces().paces
    world.heard[:] = [line for line in world.heard if "429" not in line]  # the browser's own word
    return page


@state("errors", "link-without-a-network")
async def no_network(world: World) -> Page:
    who = await world.somebody("on the underground")
    await who.page.route("**/arriving/swap", lambda route: route.abort())
    await who.page.goto(await world.link(world.cast.sofies_seat))
    await who.page.locator('[data-when="again"]:visible').wait_for()
    world.heard[:] = [line for line in world.heard if "ERR_FAILED" not in line]  # the browser's own
    return who.page


@state("errors", "error-from-another-site", "error:403")
async def another_site(world: World) -> Page:
    stranger = await world.somebody("stranger")
    await stranger.page.goto("data:text/html,<title>x</title><body>")
    async with stranger.page.expect_navigation():
        await stranger.page.evaluate(SEND, [world.url("/arriving/swap"), "token", "x"])
    return stranger.page


@state("errors", "error-our-fault", "error:500")
async def our_fault(world: World) -> Page:
    """An answer in the database that no version of ours ever kept."""
    sofie = await world.sofie()
    await world.answers(sofie, world.cast.sofies_seat, heard="a-word-nobody-knows")
    return await opened(world, sofie, "/arriving/ready", 500)
