"""Processes die in the middle of things; nothing that was sent is lost, and calls come back."""

import os
import signal
from contextlib import suppress

import pytest
from playwright.async_api import Browser, Page
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.store.note_tables import Chat, Draft, Wording
from server.store.tables import Reply, Seat
from tests.e2e import hearing, people
from tests.e2e.house import House
from tests.factories import Cast


def everyone(chromium: Browser) -> dict[str, Browser]:
    return dict.fromkeys(("mette", "sofie", "aya"), chromium)


async def test_an_answer_that_was_sent_survives_a_power_cut(house: House, chromium: Browser):
    """P10: in the middle of a checklist."""
    cast = await house.cast()
    await people.now_it_is_time(house, cast)
    sofie = await people.opens_link(
        await people.somebody(chromium), await house.link(seat=cast.sofies_seat)
    )
    await sofie.get_by_role("button", name="Ja", exact=True).click()
    await sofie.get_by_role("link", name="Videre").click()
    await sofie.get_by_role("button", name="Video, hvor kun Mette kan ses").click()
    await sofie.get_by_text("Dit kamera er låst").wait_for()
    await house.kill()
    await house.start()
    await sofie.get_by_role("link", name="Videre").click()
    await sofie.get_by_role("heading", name="Kan nogen høre dig").wait_for()
    kept = await house.write(lambda db: replies(db, cast))
    assert kept == [("time", "fits"), ("way", "video_host_only")]


async def test_a_call_and_a_note_survive_a_power_cut(house: House, chromium: Browser):
    """P10, S29, R5: what was written and said in writing is there, and the pictures come back
    with nothing pressed."""
    cast = await house.cast()
    talk = await people.meet(house, cast, everyone(chromium))
    await hearing.sees(talk.sofie, 2)
    await talk.mette.get_by_label("Det snakkede I om", exact=True).fill("Sofie har fået en kanin.")
    await talk.mette.locator("form.note__new").first.get_by_role("button", name="Gem").click()
    await talk.sofie.get_by_role("button", name="Noten").wait_for()
    await talk.mette.get_by_label("Det snakkede I om", exact=True).press_sequentially(
        "Og den hedder"
    )
    await until_kept(house, "Og den hedder")
    await talk.sofie.get_by_role("button", name="Skriv", exact=True).click()
    await talk.sofie.get_by_label("Skriv her").fill("Den hedder Plet")
    await talk.sofie.get_by_role("button", name="Send").click()
    await talk.aya.get_by_text("Den hedder Plet").wait_for(state="attached")
    await house.kill()
    await house.start()
    for page in talk.all:
        await hearing.sees(page, 2)
    assert await house.write(lambda db: texts(db)) == (
        ["Sofie har fået en kanin."],
        ["Den hedder Plet"],
    )


@pytest.mark.long
async def test_somebody_revoked_at_the_moment_of_the_power_cut_hears_nothing(
    house: House, chromium: Browser
):
    """P1, V7.4: the call of the others comes back, and hers does not."""
    cast = await house.cast()
    talk = await people.meet(house, cast, everyone(chromium))
    await hearing.sees(talk.aya, 2)
    await house.kill()
    await house.write(lambda db: renew_link(db, cast.ayas_seat))
    await house.start()
    await hearing.sees(talk.mette, 1)
    await hearing.sees(talk.sofie, 1)
    assert await stands_still(talk.aya)
    assert await talk.mette.locator("call-tile, .tile", has_text="Aya").count() == 0


@pytest.mark.long
async def test_a_call_survives_the_death_of_its_media_worker(house: House, chromium: Browser):
    """R5: the worker is started again and everybody joins anew, by themselves."""
    cast = await house.cast()
    talk = await people.meet(house, cast, everyone(chromium))
    await hearing.sees(talk.sofie, 2)
    workers = await house.workers()
    assert workers
    for pid in workers:  # one of them holds the meeting
        with suppress(ProcessLookupError):  # its sibling took it along
            os.kill(pid, signal.SIGKILL)
    for page in talk.all:
        await hearing.sees(page, 2)
    assert not set(workers) & set(await house.workers())


async def replies(db: AsyncSession, cast: Cast) -> list[tuple[str, str]]:
    rows = await db.scalars(select(Reply).where(Reply.seat_id == cast.sofies_seat))
    return [(row.question, row.answer) for row in rows]


async def texts(db: AsyncSession) -> tuple[list[str], list[str]]:
    written = (await db.scalars(select(Wording))).all()
    said = (await db.scalars(select(Chat))).all()
    return [row.text for row in written], [row.text for row in said]


async def until_kept(house: House, words: str) -> None:
    """Wait for the server to have an adult's unsent words; the test's patience is pytest's."""
    while True:
        kept = await house.write(lambda db: drafts(db))
        if words in kept:
            return


async def drafts(db: AsyncSession) -> list[str]:
    return [row.text for row in (await db.scalars(select(Draft))).all()]


async def renew_link(db: AsyncSession, seat: int) -> None:
    (await db.get_one(Seat, seat)).generation += 1


async def stands_still(page: Page) -> bool:
    """Not one frame more is decoded over two seconds. A stream may end meanwhile."""
    before = await hearing.frames(page)
    await page.wait_for_timeout(2000)
    return set(await hearing.frames(page)) <= set(before)
