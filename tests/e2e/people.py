"""The people of a meeting, each in a browser of their own, doing what people do."""

from playwright.async_api import Browser, BrowserContext, Page

from tests.e2e.house import House

PHONE = {"width": 360, "height": 740}
OFFICE = {"width": 1280, "height": 800}
ANSWERS = {  # what Sofie presses, question by question, in the order she is asked
    "way": "Video, hvor vi ser hinanden",
    "heard": "Nej",
    "company": "En med hele tiden",
    "not_there": "Ingen",
    "bisidder": "Ja, jeg ved hvem",
    "device": "Min egen",
    "topics": None,
    "written": "Nej, det er fint",
}


async def somebody(chromium: Browser, *, phone: bool = True) -> BrowserContext:
    return await chromium.new_context(
        viewport=PHONE if phone else OFFICE,
        locale="da-DK",
        permissions=["camera", "microphone"],
        reduced_motion="reduce",
        has_touch=phone,
    )


def tells(page: Page) -> None:
    page.on("console", lambda m: print("console", m.text))
    page.on("websocket", lambda w: (w.on("framesent", lambda f: print("SENT", str(f)[:300])), w.on("framereceived", lambda f: print("GOT", str(f)[:200])), w.on("close", lambda _: print("CLOSED"))))
    page.on("pageerror", lambda e: print("pageerror", e))


async def opens_link(context: BrowserContext, link: str) -> Page:
    page = await context.new_page()
    tells(page)
    await page.goto(link)
    await page.wait_for_url("**/arriving")
    return page


async def answers_everything(page: Page) -> None:
    """The young person's whole checklist, from the letter to being ready."""
    await page.get_by_role("link", name="Ja", exact=True).click()
    for question, said in ANSWERS.items():
        await page.wait_for_url(f"**/questions/{question}")
        if said is None:
            await page.locator('input[name="topic-school"][value="yes"]').check(force=True)
            await page.get_by_role("button", name="Videre").click()
        else:
            await page.get_by_role("button", name=said, exact=True).click()
        await page.wait_for_url(f"**/effects/{question}")
        await page.get_by_role("link", name="Videre").click()
    await page.wait_for_url("**/arriving/ready")


async def answers_as_bisidder(page: Page) -> None:
    await page.get_by_role("link", name="Gør klar til samtalen").click()
    for said in ("Alene i et lukket rum", "Ja, og jeg er fyldt 15 år"):
        await page.get_by_role("button", name=said).click()
        await page.get_by_role("link", name="Videre").click()
    await page.wait_for_url("**/arriving/ready")


async def prepares_as_host(page: Page, house: House, meeting: int) -> None:
    """R2, R3, R4 and R8, and on to the room."""
    await page.goto(f"{house.url}/meetings/{meeting}/brief")
    for question, said in (
        ("room", "alone"),
        ("told", "yes"),
        ("read", "read"),
        ("fallback", "caseworker_calls"),
    ):
        form = page.locator(f"form#{question}")
        await form.locator(f'input[name="answer"][value="{said}"]').check(force=True)
        await form.get_by_role("button").click()
    await page.get_by_role("link", name="Åbn rummet").click()
    await page.wait_for_url(f"**/calling/{meeting}")


async def goes_to_the_call(page: Page) -> None:
    await page.get_by_role("link", name="Prøv lyd og billede").click()
    await page.wait_for_url("**/calling")
