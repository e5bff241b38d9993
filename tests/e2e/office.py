"""What a caseworker does before a meeting, from the first start on, in a real browser."""

import asyncio
from datetime import timedelta

from playwright.async_api import Browser, Page

from server.clock import Clock
from server.settings import Settings
from tests.e2e.house import House
from tests.e2e.people import somebody
from tests.factories import PASSWORD


async def opens_the_first_account(browser: Browser, house: House) -> Page:
    """Follow the one-time link printed at first start, and be signed in."""
    line = await printed(house, "/first#")
    context = await somebody(browser, phone=False)
    page = await context.new_page()
    await page.goto(line[line.index("http") :].strip())
    await fills(page, name="Mette Lund", phone="12 34 56 78", login="mette", password=PASSWORD)
    await page.locator("main form button").last.click()
    await page.wait_for_url(f"{house.url}/**")
    return page


async def signs_in_again(page: Page, house: House) -> None:
    await page.goto(f"{house.url}/account")
    await page.locator('form[action="/signing-out"] button').first.click()
    await page.goto(f"{house.url}/signing-in")
    await fills(page, login="mette", password=PASSWORD)
    await page.locator("main form button").click()
    await page.get_by_role("heading", level=1).wait_for()


async def adds_sofie(page: Page, house: House) -> None:
    await page.goto(f"{house.url}/young-people/new")
    await fills(page, name="Sofie", age="13", home="Lene og Karl", phone="12 34 56 90")
    await page.locator("main form button").last.click()
    await page.wait_for_url("**/young-people/*")


async def plans_a_meeting(page: Page, house: House) -> int:
    """A talk with Sofie in a quarter of an hour, with Aya beside her, told to the home."""
    starts = (Clock().now() + timedelta(minutes=15)).astimezone(Settings().zone)
    await page.get_by_role("link", name="Planlæg et møde").click()
    await fills(
        page, title="Din nye klasse", why="Jeg vil gerne høre, hvordan det går",
        day=starts.strftime("%Y-%m-%d"), clock=starts.strftime("%H:%M"), minutes="30",
        companion="Aya", companion_why="Er på dit hold",
    )  # fmt: skip
    await page.locator('input[name="home"][value="told"]').check(force=True)
    await page.locator("main form button").last.click()
    await page.wait_for_url("**/meetings/*")
    return int(page.url.split("/meetings/")[1].split("?")[0].split("#")[0])


async def link_of(page: Page, house: House, meeting: int, name: str) -> str:
    """Press "Vis link" for one person and read what can be copied; its QR code stands beside."""
    await page.goto(f"{house.url}/meetings/{meeting}")
    row = page.locator(".invited", has=page.locator("h3", has_text=name))
    await row.locator('form[action$="/link"] button').click()
    field = page.locator("copy-link input")
    link = await field.input_value()
    assert await page.locator("svg.qr, .qr svg").count() == 1
    return link


async def link_of_the_home(page: Page, house: House) -> str:
    await page.goto(f"{house.url}/young-people/1")
    await page.locator('form[action$="/home-link"] button').click()
    return await page.locator("copy-link input").input_value()


async def code_of_the_home(page: Page, house: House) -> str:
    """The code the caseworker says to the home on the phone, the first time on a device."""
    await page.goto(f"{house.url}/young-people/1")
    await page.locator('form[action$="/home-code"] button').click()
    said = await page.locator(".said-code__digits").inner_text()
    return said.replace(" ", "")


async def fills(page: Page, **fields: str) -> None:
    for name, text in fields.items():
        await page.locator(f'[name="{name}"]').fill(text)


async def printed(house: House, part: str) -> str:
    while True:
        for line in house.lines:
            if part in line:
                return line
        await asyncio.sleep(0.05)
