"""The people of a meeting, each in a browser of their own, doing what people do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from argon2 import PasswordHasher
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from server.clock import Clock
from server.domain.vouching import CodeKind
from server.services import vouching
from server.services.vouching import Link
from server.store.jobs import Job
from server.store.tables import Meeting
from tests.e2e import hearing
from tests.e2e.house import House
from tests.factories import Cast

PHONE: ViewportSize = {"width": 360, "height": 740}
OFFICE: ViewportSize = {"width": 1280, "height": 800}
PATIENCE = 30_000  # ms: a busy machine is slow, and only what fails waits so long
ANSWERS = {  # what Sofie presses, question by question, in the order she is asked
    "way": "Video, hvor vi ser hinanden",
    "heard": "Nej",
    "company": "En med hele tiden",
    "not_there": "Ingen",
    "bisidder": "Ja, jeg ved hvem",
    "device": "Min egen",
    "topics": None,
    "stop": "Ikke noget ord. Jeg bruger knappen.",
    "written": "Nej, det er fint",
}


async def somebody(chromium: Browser, *, phone: bool = True) -> BrowserContext:
    context = await chromium.new_context(
        viewport=PHONE if phone else OFFICE,
        locale="da-DK",
        permissions=["camera", "microphone"],
        reduced_motion="reduce",
        has_touch=phone,
    )
    context.set_default_timeout(PATIENCE)
    await hearing.watch(context)
    return context


async def opens_link(context: BrowserContext, link: str) -> Page:
    page = await context.new_page()
    await page.goto(link)
    await page.wait_for_url("**/arriving")
    return page


async def answers_everything(page: Page, **other: str) -> None:
    """The young person's whole checklist, from the letter to being ready."""
    await page.get_by_role("button", name="Ja", exact=True).click()
    await page.wait_for_url("**/effects/time")
    await page.get_by_role("link", name="Videre").click()
    for question, said in (ANSWERS | other).items():
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
    for said in (
        "Ja, og jeg er fyldt 15 år", "Alene i et lukket rum", "Ja, vi har talt sammen",
        "Det gør vi senere", "Nej", "Det finder vi ud af", "I vores eget rum lige bagefter",
    ):  # fmt: skip
        await page.get_by_role("button", name=said, exact=True).click()
        await page.get_by_role("link", name="Videre").click()
    await page.wait_for_url("**/arriving/ready")


async def prepares_as_host(page: Page, house: House, meeting: int) -> None:
    """R2, R3, R4 and R8, and on to the room."""
    await page.goto(f"{house.url}/meetings/{meeting}/brief")
    for question, said in (
        ("room", "alone"),
        ("told", "yes"),
        ("fallback", "caseworker_calls"),
        ("purpose", "fits"),
        ("right", "told"),
        ("after", "call_back"),
        ("emergency", "not_known"),
    ):
        await page.locator(f"details#{question}").evaluate("one => { one.open = true }")
        await page.locator(f'[name="{question}"][value="{said}"]').check(force=True)
    # One form holds them all: what says that the brief was read keeps the others with it.
    await page.locator("details#read").evaluate("one => { one.open = true }")
    await page.locator('button[name="read"]').click()
    await page.get_by_role("link", name="Åbn rummet").click()
    await page.wait_for_url(f"**/calling/{meeting}")


async def goes_to_the_call(page: Page) -> None:
    await page.get_by_role("link", name="Prøv lyd og billede").click()
    await page.wait_for_url("**/calling")


async def turns_on(page: Page) -> None:
    """Microphone and camera, which nobody else can turn on (P8)."""
    await page.get_by_role("button", name="Lyd fra").click()
    await page.get_by_role("button", name="Billede fra").click()


async def now_it_is_time(house: House, cast: Cast) -> None:
    """Move Sofie's meeting to just now."""

    async def move(db: AsyncSession) -> None:
        (await db.get_one(Meeting, cast.meeting)).starts_at = Clock().now() - timedelta(minutes=1)

    await house.write(move)


async def the_meeting_begins(db: AsyncSession) -> None:
    """The start hour of every meeting has just gone by."""
    await db.execute(update(Meeting).values(starts_at=Clock().now() - timedelta(minutes=1)))


async def the_hour_comes(db: AsyncSession) -> None:
    """The fixed hour of every note that waits for it is now."""
    await db.execute(update(Job).values(due_at=Clock().now()))


async def lets_in(mette: Page, name: str) -> None:
    """The host opens the door to one person, and admits them."""
    strip = mette.locator("door-panel section.knock", has_text=name)
    await strip.get_by_role("button", name="Åbn døren").click()
    await strip.get_by_role("button", name=f"Luk {name} ind").click()
    await strip.wait_for(state="detached")


async def opens_notice(mette: Page, title: str) -> None:
    """One notice stands open above the faces; the others are rows, and a press opens them."""
    open_title = mette.get_by_role("heading", name=title)
    row = mette.get_by_role("button", name=title)
    await open_title.or_(row).first.wait_for()
    if not await open_title.is_visible():
        await row.click()
        await open_title.wait_for()


@dataclass(slots=True)
class Talk:
    """Three people in a call."""

    mette: Page
    sofie: Page
    aya: Page

    @property
    def all(self) -> tuple[Page, Page, Page]:
        return self.mette, self.sofie, self.aya


async def meet(house: House, cast: Cast, browsers: Mapping[str, Browser]) -> Talk:
    """Bring the cast from their links into the call, sound and pictures on."""
    await now_it_is_time(house, cast)
    office = await somebody(browsers["mette"], phone=False)
    await office.add_cookies([await house.signed_in(cast.mette)])
    mette = await office.new_page()
    links = {
        "sofie": await house.link(seat=cast.sofies_seat),
        "aya": await house.link(seat=cast.ayas_seat),
    }
    return await come_together(house, mette, cast.meeting, links, browsers)


async def come_together(
    house: House,
    mette: Page,
    meeting: int,
    links: Mapping[str, str],
    browsers: Mapping[str, Browser],
) -> Talk:
    """Both guests go from their links through the gate, and the host lets them in by the door."""
    sofie = await opens_link(await somebody(browsers["sofie"]), links["sofie"])
    aya = await opens_link(await somebody(browsers["aya"]), links["aya"])
    await answers_everything(sofie)
    await answers_as_bisidder(aya)
    await prepares_as_host(mette, house, meeting)
    await mette.get_by_role("button", name="Gå ind i rummet").click()
    for page, name in ((sofie, "Sofie"), (aya, "Aya")):
        await knocks(page)
        await lets_in(mette, name)
    talk = Talk(mette, sofie, aya)
    for page in talk.all:
        await turns_on(page)
    return talk


async def knocks(page: Page) -> None:
    """From being ready, through the sound check, to the lobby."""
    await goes_to_the_call(page)
    await page.get_by_role("button", name="Det virker").click()
    await page.get_by_role("heading", name="Mette lukker dig ind om lidt").wait_for()


async def the_office_opens(house: House, cast: Cast, chromium: Browser) -> Page:
    """It is time: Mette has prepared, and waits in the room."""
    await now_it_is_time(house, cast)
    office = await somebody(chromium, phone=False)
    await office.add_cookies([await house.signed_in(cast.mette)])
    mette = await office.new_page()
    await prepares_as_host(mette, house, cast.meeting)
    await mette.get_by_role("button", name="Gå ind i rummet").click()
    return mette


async def the_two_meet(house: House, cast: Cast, chromium: Browser) -> tuple[Page, Page]:
    """Mette and Sofie alone in a call, from the link on; what they send is not looked at."""
    mette = await the_office_opens(house, cast, chromium)
    link = await house.link(seat=cast.sofies_seat)
    sofie = await opens_link(await somebody(chromium), link)
    await answers_everything(sofie)
    await knocks(sofie)
    await lets_in(mette, "Sofie")
    await sofie.locator('call-room[data-standing="call"]').wait_for()
    return mette, sofie


async def at_home(house: House, cast: Cast, chromium: Browser) -> Page:
    """The Holms follow their standing link."""
    lene = await (await somebody(chromium)).new_page()
    await lene.goto(await house.link(placement=cast.holms))
    await types_the_homes_code(lene, house, cast.holms)
    return lene


async def types_the_homes_code(lene: Page, house: House, placement: int) -> None:
    """The first time on this device: a code the caseworker has said on the phone."""
    await lene.wait_for_url("**/home/code")
    code = "482913"
    digest = PasswordHasher().hash(code)
    link, now = Link(placement=placement), Clock().now()
    await house.write(
        lambda db: vouching.say(db, link, CodeKind.DIGITS, digest, account=1, now=now)
    )
    await lene.locator("#code").fill(code)
    await lene.locator("main form button").click()
    await lene.wait_for_url("**/home")
