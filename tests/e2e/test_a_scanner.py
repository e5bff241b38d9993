"""A mail scanner finds the young person's link: a real browser runs every script and presses every
button twenty times. Nothing is used up, nobody is let in, and nobody's name is found."""

from collections.abc import Awaitable, Callable
from contextlib import suppress

import pytest
from playwright.async_api import Browser, BrowserContext, Error, Page
from sqlalchemy import select

from server.clock import Clock
from server.domain.circle import Verdict
from server.services import room
from server.store.tables import Meeting, Visit
from tests.e2e import people
from tests.e2e.house import House
from tests.factories import Cast

TIMES = 20
MOST_PAGES = 60
GONE = "/arriving/gone"
CANARIES = ("Sofie", "Aya", "Lene", "Karl", "Mikkel", "Jens", "Dahl", "skolen")
EVERY_LINK = "all => all.map(a => a.href.split('#')[0]).filter(h => h.startsWith(location.origin))"
PRESS = "(button, times) => { for (let i = 0; i < times; i++) button.click() }"
BUTTONS = "button, input[type=submit], [role=button], summary"


class Scanner:
    """What one of those machines does with a link, and everything it could read on the way."""

    def __init__(self, context: BrowserContext, link: str) -> None:
        self.context = context
        self.link = link
        self.read: dict[str, str] = {}
        self.pressed = 0

    async def opens(self) -> None:
        page = await self.context.new_page()
        page.on("websocket", lambda socket: socket.on("framereceived", self._frame))
        await page.goto(self.link)
        await page.wait_for_url("**/arriving")
        waiting, known = [page.url], {page.url}
        while waiting and len(known) < MOST_PAGES:
            address = waiting.pop(0)
            for found in await self._visits(page, address):
                if found not in known:
                    known.add(found)
                    waiting.append(found)
        await page.close()

    async def knocks(self) -> None:
        """As a clever one would: every answer in order, then every button of the call page."""
        page = await people.opens_link(self.context, self.link)
        page.on("websocket", lambda socket: socket.on("framereceived", self._frame))
        await people.answers_everything(page)
        await self._visits(page, page.url.replace("/arriving/ready", "/calling"))
        await page.close()

    async def _visits(self, page: Page, address: str) -> list[str]:
        await self._goes(page, address)
        self.read[address] = await settled(page)
        found = list(await page.eval_on_selector_all("a[href]", EVERY_LINK))
        for number in range(await page.locator(BUTTONS).count()):
            await self._goes(page, address)
            buttons = page.locator(BUTTONS)
            if number >= await buttons.count():
                break
            await buttons.nth(number).evaluate(f"button => ({PRESS})(button, {TIMES})")
            self.pressed += TIMES
            self.read[f"{address} after {number}"] = await settled(page)
            found.append(page.url.split("#")[0])
        return found

    async def _goes(self, page: Page, address: str) -> None:
        """Where "Gå nu" has ended its session, it follows the link once more."""
        while True:
            with suppress(Error):  # a press of before still led somewhere else
                await page.goto(address)
                if page.url == address or not page.url.endswith(GONE):
                    return
                await page.goto(self.link)
                await page.wait_for_url("**/arriving")
                continue
            await page.wait_for_load_state()

    def _frame(self, text: str | bytes) -> None:
        self.read[f"line {len(self.read)}"] = str(text)


@pytest.mark.long
async def test_a_scanner_that_presses_everything_changes_nothing_that_matters(
    house: House, chromium: Browser
):
    """P1, P2, P6, P11, L4: every page before the call."""
    cast = await house.cast()
    await people.now_it_is_time(house, cast)
    link = await house.link(seat=cast.sofies_seat)
    scanner = Scanner(await people.somebody(chromium), link)
    await nothing_that_matters_comes_of(scanner.opens, scanner, house, cast)
    assert len([address for address in scanner.read if "after" not in address]) > 12
    assert scanner.pressed > 60 * TIMES
    await the_child_gets_in(house, cast, chromium)


@pytest.mark.long
async def test_a_clever_scanner_changes_nothing_either(house: House, chromium: Browser):
    """P1, P2, P6, P11, L4: it answers as a person would, knocks, and presses all the call page
    has."""
    cast = await house.cast()
    await people.now_it_is_time(house, cast)
    clever = Scanner(await people.somebody(chromium), await house.link(seat=cast.sofies_seat))
    await nothing_that_matters_comes_of(clever.knocks, clever, house, cast)
    assert any(text.startswith('{"type') for text in clever.read.values())
    await the_child_gets_in(house, cast, chromium)


async def nothing_that_matters_comes_of(
    deed: Callable[[], Awaitable[None]], scanner: Scanner, house: House, cast: Cast
) -> None:
    """The meeting stands at its time and nobody new may enter; what was read names nobody but the
    caseworker, and what the server logged meanwhile holds no name, token, address or SDP
    (V16.2.5)."""
    starts = (await plan(house, cast)).starts_at
    await deed()
    await scanner.context.close()
    assert scanner.pressed > 5 * TIMES
    read = scanner.read.items()
    assert {(address, name) for address, text in read for name in CANARIES if name in text} == set()
    token = scanner.link.partition("#")[2]
    never = (*CANARIES, "Mette", token, "127.0.0.1", "candidate", "ice-ufrag")
    assert [line for line in house.lines for word in never if word in line] == []
    after = await plan(house, cast)
    assert (after.starts_at, after.called_off_at, after.finished_at) == (starts, None, None)
    assert await admissions(house) == []
    assert await says_about_aya(house, cast) != Verdict.YES


async def the_child_gets_in(house: House, cast: Cast, chromium: Browser) -> None:
    """By the same link, which is not used up."""
    _, sofie = await people.the_two_meet(house, cast, chromium)
    await sofie.get_by_role("button", name="Lyd fra").wait_for()


async def settled(page: Page) -> str:
    """What a page reads once it has come to rest: twenty presses are twenty ways on."""
    while True:
        await page.wait_for_load_state()
        with suppress(Error):  # it went on while we looked
            return await page.content()


async def plan(house: House, cast: Cast) -> Meeting:
    async with house.database.read() as db:
        return await db.get_one(Meeting, cast.meeting)


async def admissions(house: House) -> list[int]:
    async with house.database.read() as db:
        admitted = select(Visit.id).where(Visit.admitted_at.is_not(None))
        return list((await db.scalars(admitted)).all())


async def says_about_aya(house: House, cast: Cast) -> Verdict:
    async with house.database.read() as db:
        shot = await room.snapshot(db, cast.meeting, Clock().now())
    aya = shot.person(cast.ayas_seat)
    assert aya is not None
    return aya.verdict
