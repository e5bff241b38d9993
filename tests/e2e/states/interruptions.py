"""States of what happens around the talk (domain pack 4.5), going on from calls.py in one house."""

from playwright.async_api import Page
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.during import Kind
from server.store.during_tables import MarkRow
from tests.e2e.states.guests import opened
from tests.e2e.states.in_a_call import panel, presses, shut
from tests.e2e.states.states import state
from tests.e2e.states.world import Person, World


async def sends(who: Person, deed: str, fields: str = "") -> None:
    """Press the button of this deed that can be seen."""
    exact = f"[data-fields*='{fields}']" if fields else ""
    await who.page.locator(f'[data-sends="{deed}"]{exact}:visible').first.click()


async def handles(world: World, key: str, deed: str = "") -> None:
    """Open this alert among the notices, and press what can be done about it."""
    page = (await world.mette()).page
    notice = page.locator(f'[data-key="{key}"]')
    await notice.wait_for()
    if await notice.locator("[data-unfolds]").is_visible():
        await notice.locator("[data-unfolds]").click()
    exact = f'[data-sends="{deed}"]' if deed else "[data-sends]"
    await notice.locator(exact).first.click()


async def alert(world: World, title: str) -> Page:
    page = (await world.mette()).page
    await page.locator(".knock--alert", has_text=title).wait_for()
    return page


WORDS = {
    "da": ("Foreslå ny tid", "svarede", "viste et kort", "hos sig", "sat på pause", "frit valg",
           "du skriver", "Ingen hører", "Fortæl først", "kun Sofie"),
    "en": ("Suggest a new time", "answered", "showed a card", "to come", "are paused",
           "free choice", "are writing", "Nobody hears", "Say first", "only Sofie"),
}  # fmt: skip


@state("calls", "host-alert-asking", "alert:asking")
async def asking(world: World) -> Page:
    mette = await world.mette()
    await mette.page.get_by_role("button", name=WORDS[world.language][0]).click()
    await mette.page.locator('[data-key="asking"]').wait_for()
    return mette.page


@state("calls", "call-ask")
async def ask(world: World) -> Page:
    sofie = await world.sofie()
    await sofie.page.locator("ask-card:visible").wait_for()
    return sofie.page


@state("calls", "host-alert-answered", "alert:answered")
async def answered(world: World) -> Page:
    sofie = await world.sofie()
    await sofie.page.locator('[data-answer="no"]').click()
    await sofie.page.locator("ask-card").wait_for(state="hidden")
    return await alert(world, WORDS[world.language][1])


@state("calls", "call-panel-cards", "panel:guest:cards")
async def cards(world: World) -> Page:
    sofie = await world.sofie()
    await handles(world, "answered")
    await presses(sofie, "subject-back")
    return await panel(sofie, "cards")


@state("calls", "host-alert-card", "alert:card", "alert:camera-off")
async def card(world: World) -> Page:
    sofie = await world.sofie()
    await sends(sofie, "card", "hard")
    await presses(sofie, "camera")
    await sofie.page.locator('[data-action="camera"][data-state="on"]:visible').wait_for()
    await presses(sofie, "camera")
    await alert(world, WORDS[world.language][5])
    return await alert(world, WORDS[world.language][2])


@state("calls", "call-panel-adult", "panel:guest:adult")
async def adult(world: World) -> Page:
    sofie = await world.sofie()
    await handles(world, "card")
    await sofie.page.locator('[data-panel="cards"] [data-opens="adult"]').click()
    await sofie.page.locator("[data-adults] button").nth(2).wait_for()
    return sofie.page


@state("calls", "host-alert-adult", "alert:adult")
async def hosts_adult(world: World) -> Page:
    sofie = await world.sofie()
    await sofie.page.locator("[data-adults] button").first.click()
    return await alert(world, WORDS[world.language][3])


@state("calls", "call-calm")
async def calm(world: World) -> Page:
    sofie, mette = await world.sofie(), await world.mette()
    await shut(sofie, "adult")
    await handles(world, "adult")
    await panel(mette, "help")
    await mette.page.locator(".help summary").nth(2).click()
    await sends(mette, "calm", "true")
    await sofie.page.locator("calm-card:visible").wait_for()
    return sofie.page


@state("calls", "host-alert-calm", "alert:calm", "panel:host:help")
async def hosts_calm(world: World) -> Page:
    mette = await world.mette()
    await handles(world, "calm", "promise_call")
    await mette.page.locator(".help summary").nth(4).click()
    return mette.page


@state("calls", "host-panel-stop-word", "panel:host:stop-word")
async def stop_word(world: World) -> Page:
    mette = await world.mette()
    await handles(world, "calm", "calm")
    return await panel(mette, "stop-word")


@state("calls", "host-alert-doubt", "alert:doubt", "alert:writing")
async def doubt(world: World) -> Page:
    mette = await world.mette()
    await shut(mette, "stop-word")
    await presses(mette, "writing")
    await mette.page.locator(".said--young [data-doubts]").first.click()
    await alert(world, WORDS[world.language][6])
    return await alert(world, WORDS[world.language][4])


@state("calls", "call-chat-waits")
async def chat_waits(world: World) -> Page:
    return await panel(await world.sofie(), "chat")


@state("calls", "host-alert-away", "alert:away")
async def away(world: World) -> Page:
    sofie, mette = await world.sofie(), await world.mette()
    await shut(sofie, "chat")
    await presses(mette, "writing")
    await handles(world, "doubt", "doubt")
    await presses(mette, "away")
    return await alert(world, WORDS[world.language][7])


@state("calls", "call-host-away")
async def host_is_away(world: World) -> Page:
    sofie = await world.sofie()
    await sofie.page.locator(".tile[data-weak]").wait_for()
    return sofie.page


@state("calls", "host-alert-back", "alert:back")
async def back(world: World) -> Page:
    await handles(world, "away", "come_back")
    return await alert(world, WORDS[world.language][8])


# What follows from a talk


def _path(world: World, end: str) -> str:
    return f"/meetings/{world.cast.meeting}/{end}"


@state("requests", "requests-none")
async def no_requests(world: World) -> Page:
    return await opened(world, await world.mette(), _path(world, "requests"))


@state("requests", "requests", "route:requests")
async def requests(world: World) -> Page:
    mette = await world.mette()
    await mette.page.locator('form[action$="/requests"] button').click()
    await mette.page.locator('[name="words-1"]').fill("Jeg vil gerne flytte tættere på min skole.")
    await mette.page.locator(".ruled form .plain-action").first.click()
    await mette.page.locator('form[action$="/requests"] button').click()
    await mette.page.locator('[name="words-2"]').wait_for()
    return mette.page


@state("requests", "requests-wrong")
async def wrong_request(world: World) -> Page:
    mette = await world.mette()
    await mette.page.locator('[name="due-2"]').fill("2020-01-01")
    await mette.page.locator("#request-2 .plain-action").first.click()
    await mette.page.locator('[name="due-2"][aria-invalid]').wait_for()
    return mette.page


@state("requests", "requests-on-the-day")
async def day_with_requests(world: World) -> Page:
    return await opened(world, await world.mette(), "/")


@state("requests", "note-around-the-talk")
async def around(world: World) -> Page:
    cast, now = world.cast, world.clock.now()

    async def happen(db: AsyncSession) -> None:
        made = {"meeting_id": cast.meeting, "seat_id": cast.mettes_seat, "at": now}
        for kind in (Kind.LOCK, Kind.OTHERS_OUT):
            db.add(MarkRow(kind=kind, **made))
        db.add(MarkRow(kind=Kind.AWAY, ended_at=now, answer="somebody", **made))

    await world.write(happen)
    return await opened(world, await world.mette(), _path(world, "note"))
