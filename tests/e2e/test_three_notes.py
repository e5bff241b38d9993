"""A caseworker writes the three example notes of the domain pack (5.4) in one house, with plain
presses; whose they are read and choose on a phone, as the pack has it; and the home reads what came
of one of them (must show 4 of issue 5)."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pytest
from playwright.async_api import Browser, Page
from sqlalchemy.ext.asyncio import AsyncSession

from server.clock import Clock
from server.domain.roles import Role
from server.services import sessions
from tests.e2e.house import House
from tests.e2e.people import somebody, the_hour_comes, types_the_homes_code
from tests.example_notes import EXAMPLES, Line
from tests.factories import store_admission, store_meeting, store_young_person

AGES = {"Sofus": 8, "Amira": 13, "Mikkel": 17}
HOURS = {"Sofus": 3, "Amira": 2, "Mikkel": 1}  # ago


# What they choose about each line, in the words of the buttons (domain pack 5.4).
AS_IT_STANDS, OTHER_WORDS, NOT_TO_THEM = "Som det står", "Med andre ord", "Ikke til Lene og Karl"
CHOSEN = {
    "Sofus": (AS_IT_STANDS, OTHER_WORDS, NOT_TO_THEM, AS_IT_STANDS, NOT_TO_THEM),
    "Amira": (NOT_TO_THEM, AS_IT_STANDS, NOT_TO_THEM, AS_IT_STANDS, OTHER_WORDS, NOT_TO_THEM),
    "Mikkel": ("Jeg siger det selv", AS_IT_STANDS, "Vi siger det sammen"),
}
FOR_THE_HOME = "Amira vil gerne have ro om aftenen, så der er kræfter til skolen."


@dataclass(frozen=True)
class Held:
    """A talk that was held, and the phone that was in it."""

    meeting: int
    home: int
    cookie: str


async def a_meeting_was(db: AsyncSession, account: int, name: str) -> Held:
    now = Clock().now()
    young, home = await store_young_person(db, now, account, name, AGES[name], "Lene og Karl")
    ago = timedelta(hours=-HOURS[name])
    meeting, seats = await store_meeting(db, now, account, young, home, starts_in=ago)
    seat = seats[Role.YOUNG_PERSON]
    opened = await sessions.open_for(db, now=now, seat=seat)
    await store_admission(db, seat, now)
    return Held(meeting, home, opened.cookie)


async def writes(mette: Page, line: Line) -> None:
    """One line, from opening its section to seeing it stand there."""
    fold = mette.locator("details.note-section__new").filter(
        has=mette.locator(f'input[name="section"][value="{line.section}"]')
    )
    if await fold.get_attribute("open") is None:
        await fold.locator("summary").click()
    await fold.locator("textarea").fill(line.text)
    if await fold.locator('input[name="said_by"]').count():
        await fold.locator('input[name="said_by"]').fill(line.said_by)
    await fold.get_by_role("button", name="Gem").click()
    await mette.locator(".note-item__words", has_text=line.text).wait_for()


@pytest.mark.parametrize(
    "script",
    [True, pytest.param(False, marks=pytest.mark.long)],
    ids=["with script", "without script"],
)
async def test_the_three_example_notes_are_written_and_ready(
    house: House, chromium: Browser, script: bool
) -> None:
    """S53, S55, S56, P4, S45: quotes with who said them, agreements with their owner, and nothing
    the helper would look at again, also where no script runs; and what is chosen, asked about by
    voice and released is all that the home reads."""
    cast = await house.cast()
    office = await (
        somebody(chromium, phone=False)
        if script
        else chromium.new_context(locale="da-DK", java_script_enabled=False)
    )
    await office.add_cookies([await house.signed_in(cast.mette)])
    mette = await office.new_page()
    for name, lines in EXAMPLES.items():
        held = await house.write(partial(a_meeting_was, account=cast.mette, name=name))
        await mette.goto(f"{house.url}/meetings/{held.meeting}/note")
        for line in lines:
            await writes(mette, line)
        assert await mette.locator(".note-item .note-hints").count() == 0
        for line in lines:
            shown = mette.locator(".note-item", has_text=line.text)
            if line.said_by:
                await shown.get_by_text(f"{line.said_by}, ").wait_for()
                assert await shown.locator("blockquote").count() == 1
            if line.owner:
                await shown.get_by_text("Mette gør det senest").wait_for()
        await mette.get_by_label(f"Hvem er der for {name}").fill("Lene")
        await mette.get_by_role("button", name=f"Noten er klar til {name}").click()
        await mette.get_by_text("Lene og Karl får det, der er valgt").wait_for()
        if not script:
            continue
        phone = await reads_and_chooses(house, chromium, name, held)
        if name == "Amira":
            await she_says_yes_to_words_and_the_home_reads(house, chromium, mette, phone, held)
        await phone.context.close()


async def reads_and_chooses(house: House, chromium: Browser, name: str, held: Held) -> Page:
    """Line by line on the phone that was in the talk, to what the home will see."""
    context = await somebody(chromium)
    await context.add_cookies([{"name": "guest", "value": held.cookie, "url": house.url}])
    phone = await context.new_page()
    await phone.goto(f"{house.url}/choosing")
    if AGES[name] < 10:  # first it is asked whether somebody sits beside them
        await phone.get_by_role("button", name="Nej, jeg kan selv").click()
        await phone.goto(f"{house.url}/choosing")
    await phone.get_by_role("heading", name="Hvem ser hvad?").wait_for()
    await phone.get_by_role("link", name="Videre til mine valg").click()
    for line, choice in zip(EXAMPLES[name], CHOSEN[name], strict=True):
        await phone.get_by_text(line.text).wait_for()
        if line is EXAMPLES[name][0]:
            await sees_all_five(phone)
        await phone.get_by_role("radio", name=choice).check(force=True)
        await phone.get_by_role("button", name="Gem valg").click()
    await phone.wait_for_url("**/choosing/preview*")
    assert await phone.locator(".as-seen .paper__words").count() == 0  # each is asked about first
    return phone


async def sees_all_five(phone: Page) -> None:
    """P5: beside a line of three rows nobody scrolls to find the last of the five ways."""
    last = await phone.locator(".choice-row").last.bounding_box()
    onward = await phone.locator(".onward").bounding_box()
    assert last is not None
    assert onward is not None
    assert last["y"] + last["height"] <= onward["y"] + 10  # what stands above it is air


async def she_says_yes_to_words_and_the_home_reads(
    house: House, chromium: Browser, mette: Page, phone: Page, held: Held
) -> None:
    """The round about other words, "spurgt alene", the hour; and not one word besides at home."""
    await mette.reload()
    tired = mette.locator(".note-item", has_text="Jeg tænker, at søvn er vigtigt")
    await tired.get_by_label("Ord til Lene og Karl").fill(FOR_THE_HOME)
    await tired.locator('form[action$="/home"]').get_by_role("button", name="Gem").click()
    await tired.get_by_text("Amira ser dine nye ord.").wait_for()
    await phone.reload()
    await phone.locator(".chosen-row", has_text=FOR_THE_HOME).get_by_role("link").first.click()
    await phone.get_by_role("radio", name="Ja, sig det sådan").check(force=True)
    await phone.get_by_role("button", name="Gem valg").click()
    await phone.wait_for_url("**/choosing/preview*")
    await mette.reload()
    alone = mette.get_by_role("button", name="Spurgt alene: Amira sagde ja")
    while await alone.count():
        async with mette.expect_response("**/asked-alone"):
            await alone.first.click()
        await mette.reload()
    await house.write(the_hour_comes)
    lene = await (await somebody(chromium)).new_page()
    await lene.goto(await house.link(placement=held.home))
    await types_the_homes_code(lene, house, held.home)
    told = [EXAMPLES["Amira"][1].text, EXAMPLES["Amira"][3].text, FOR_THE_HOME]
    while FOR_THE_HOME not in await lene.content():
        await lene.reload()
    assert await lene.locator(".paper__words").all_inner_texts() == told
    assert "Jonas" not in await lene.content()
    await phone.reload()
    assert await phone.locator(".as-seen .paper__words").all_inner_texts() == told  # C9
    await lene.context.close()
