"""Five people in one room, each with a Chromium of their own, from the link to the talk."""

from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.roles import Role
from server.store.tables import Seat
from tests.e2e import hearing, people
from tests.e2e.conftest import Opens
from tests.e2e.house import House

TONES = {"mette": 500.0, "sofie": 900.0, "aya": 1400.0, "jonas": 2000.0, "birgit": 2700.0}  # Hz
# Five encode and decode twenty pictures on one computer: a picture now and then is a picture.
CAMERA = "--use-fake-device-for-media-stream=fps=4"
PATIENCE, SPELL = 60, 4.0  # seconds until one sees everybody, and in which each face has moved
PAGES = 90_000  # ms for what a page takes beside four others that call

# How the faces lie, and whether all of them are whole within the screen, none over another.
LAID_OUT = """() => {
  const faces = [...document.querySelectorAll('call-faces call-tile:not([data-own])')]
  const boxes = faces.map((face) => face.getBoundingClientRect())
  const isOver = (a, b) =>
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1
  return {
    layout: document.querySelector('call-faces').dataset.layout,
    faces: faces.length,
    within: boxes.every((box) => box.left >= 0 && box.right <= innerWidth && box.width >= 100),
    over: boxes.some((one, at) => boxes.slice(at + 1).some((other) => isOver(one, other))),
  }
}"""


@pytest_asyncio.fixture(loop_scope="session")
async def five(a_browser: Opens, tmp_path: Path) -> dict[str, Browser]:
    opened: dict[str, Browser] = {}
    for name, tone in TONES.items():
        sound = hearing.beeps(tmp_path / f"{name}.wav", tone)
        opened[name] = await a_browser(f"--use-file-for-fake-audio-capture={sound}", CAMERA)
    return opened


@pytest.mark.long
async def test_five_people_all_see_and_hear_each_other(house: House, five: dict[str, Browser]):
    """Every picture is decoded and every tone heard in all twenty directions; more than three
    others lie alike beside each other, whole, at both kinds of screen."""
    cast = await house.cast()

    async def two_more(db: AsyncSession) -> dict[str, int]:
        found = {}
        for name in ("Jonas", "Birgit"):
            added = (await db.get_one(Seat, cast.ayas_seat)).added_at
            row = Seat(
                meeting_id=cast.meeting, role=Role.BISIDDER, name=name, why="Er på dit hold",
                handle=f"seat-{name}", added_at=added,
            )  # fmt: skip
            db.add(row)
            await db.flush()
            found[name.lower()] = row.id
        return found

    seats = {"sofie": cast.sofies_seat, "aya": cast.ayas_seat} | await house.write(two_more)
    pages = {"mette": await people.the_office_opens(house, cast, five["mette"])}
    pages["mette"].context.set_default_timeout(PAGES)
    for name, seat in seats.items():
        context = await people.somebody(five[name])
        context.set_default_timeout(PAGES)
        page = await people.opens_link(context, await house.link(seat=seat))
        if name == "sofie":
            await people.answers_everything(page)
        else:
            await people.answers_as_bisidder(page)
        await people.knocks(page)
        await people.lets_in(pages["mette"], name.capitalize())
        pages[name] = page
    for page in pages.values():  # only now: pictures take from the computer what pages need
        await people.turns_on(page)
    for page in pages.values():
        await hearing.sees(page, 4, patience=PATIENCE, spell=SPELL)
    for name, page in pages.items():
        await hearing.hears(page, *(tone for other, tone in TONES.items() if other != name))
        laid_out = await page.evaluate(LAID_OUT)
        assert laid_out == {"layout": "grid", "faces": 4, "within": True, "over": False}, name
