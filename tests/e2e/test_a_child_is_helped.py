"""A child of eight and an adult: helped online, left alone, and locked from there on."""

from playwright.async_api import Browser, Page
from sqlalchemy.ext.asyncio import AsyncSession

from server.store.tables import YoungPerson
from tests.e2e import people
from tests.e2e.house import House

CHOSEN = ".picture-answer--chosen"
FINE = {
    "way": "Video, hvor vi ser hinanden", "heard": "Nej", "company": "Kun mig",
    "bisidder": "Nej tak", "written": "Nej, det er fint",
}  # fmt: skip


async def test_an_adult_helps_goes_and_finds_no_answer_by_going_back(
    house: House, chromium: Browser
):
    """P3, 4.0: words for both, the adult's word and then the child's; Back leads to questions and
    to no answer; and what was blurred in the sound check is blurred in the call."""
    cast = await house.cast()

    async def eight(db: AsyncSession) -> None:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = 8

    await house.write(eight)
    await people.now_it_is_time(house, cast)
    context = await people.somebody(chromium)
    page = await people.opens_link(context, await house.link(seat=cast.sofies_seat))
    await page.get_by_role("button", name="Ja", exact=True).click()
    await page.get_by_role("link", name="Videre").click()
    await page.get_by_role("button", name="Ja, en voksen hjælper").click()
    await page.get_by_role("heading", name="Til dig, der hjælper").wait_for()
    await page.goto(f"{house.url}/arriving/questions/way")
    assert page.url == f"{house.url}/arriving/help"
    await page.get_by_role("button", name="Jeg går nu").click()
    await page.get_by_role("button", name="Ja, nu er det kun mig").click()
    await page.get_by_role("link", name="Videre").click()
    await answers(page)
    await goes_back_to_no_answer(page)
    await page.goto(f"{house.url}/arriving/ready")
    await page.get_by_role("link", name="Prøv lyd og billede").click()
    await what_is_blurred_stays_so(page)


async def answers(page: Page) -> None:
    for question, said in FINE.items():
        await page.wait_for_url(f"**/questions/{question}")
        await page.get_by_role("button", name=said, exact=True).click()
        await page.wait_for_url(f"**/effects/{question}")
        await page.get_by_role("link", name="Videre").click()
    await page.wait_for_url("**/arriving/ready")


async def goes_back_to_no_answer(page: Page) -> None:
    asked = 0
    for _ in range(2 * len(FINE)):
        await page.go_back()
        await page.locator("h1").first.wait_for()
        assert await page.locator(CHOSEN).count() == 0, page.url
        words = await page.locator("main").inner_text()
        assert "kun dig og" not in words, page.url  # what "Kun mig" changed
        asked += "/questions/" in page.url
    assert asked


async def what_is_blurred_stays_so(page: Page) -> None:
    check = page.locator('[data-phase="outside"]:visible')
    await check.wait_for()
    await page.locator('input[name="camera"][value="on"]').check(force=True)
    await page.locator('input[name="check-veil"][value="on"]').check(force=True)
    await page.locator('.mirror[data-picture="on"]').wait_for()
    await page.reload()
    await check.wait_for()
    blurred = page.locator('input[name="check-veil"][value="on"]')
    await page.locator('[data-part="veil"]:visible').wait_for()
    assert await blurred.is_checked()
    await page.get_by_role("button", name="Det virker").click()
    await page.locator('[data-phase="lobby"]:visible').wait_for()
    assert await page.locator('call-looks input[name="veil"][value="on"]').is_checked()
