"""A caseworker writes the three example notes of the domain pack (5.4) in one house, with plain
presses: each line in its section, ready to be read."""

from datetime import timedelta
from functools import partial

import pytest
from playwright.async_api import Browser, Page
from sqlalchemy.ext.asyncio import AsyncSession

from server.clock import Clock
from tests.e2e.house import House
from tests.e2e.people import somebody
from tests.example_notes import EXAMPLES, Line
from tests.factories import store_meeting, store_young_person

AGES = {"Sofus": 8, "Amira": 13, "Mikkel": 17}
HOURS = {"Sofus": 3, "Amira": 2, "Mikkel": 1}  # ago


async def a_meeting_was(db: AsyncSession, account: int, name: str) -> int:
    now = Clock().now()
    young, home = await store_young_person(db, now, account, name, AGES[name], "Lene og Karl")
    ago = timedelta(hours=-HOURS[name])
    meeting, _ = await store_meeting(db, now, account, young, home, starts_in=ago)
    return meeting


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


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
async def test_the_three_example_notes_are_written_and_ready(
    house: House, chromium: Browser, script: bool
) -> None:
    """S53, S55, S56: quotes with who said them, agreements with their owner, and nothing the
    helper would look at again; also where no script runs."""
    cast = await house.cast()
    office = await (
        somebody(chromium, phone=False)
        if script
        else chromium.new_context(locale="da-DK", java_script_enabled=False)
    )
    await office.add_cookies([await house.signed_in(cast.mette)])
    mette = await office.new_page()
    for name, lines in EXAMPLES.items():
        meeting = await house.write(partial(a_meeting_was, account=cast.mette, name=name))
        await mette.goto(f"{house.url}/meetings/{meeting}/note")
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
        await mette.get_by_role("button", name=f"Noten er klar til {name}").click()
        await mette.get_by_text("Lene og Karl får det, der er valgt").wait_for()
