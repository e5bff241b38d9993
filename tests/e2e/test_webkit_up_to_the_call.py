"""WebKit without WebRTC: every page up to the call, and there a way on in words."""

from pathlib import Path

import pytest

from tests.e2e import people
from tests.e2e.by_script import IS_AT, PRESS, STANDS, answers_everything, until
from tests.e2e.house import House
from tests.together.webkit import WebKitTab, started

pytestmark = pytest.mark.long

CAN_CALL = "() => 'RTCPeerConnection' in globalThis"
READS = "(words) => document.querySelector('main').innerText.includes(words)"
RINGS = """() => [...document.querySelectorAll('main a[href^="tel:"]')]
  .filter((each) => each.getClientRects().length > 0).map((each) => each.innerText)"""
BREAKS = """() => {
  const wide = document.documentElement.scrollWidth > innerWidth
  const faulty = [...document.images].some((image) => image.complete && !image.naturalWidth)
  return wide || faulty || getComputedStyle(document.body).fontFamily.includes('serif')
    && !getComputedStyle(document.body).fontFamily.includes('sans-serif')
}"""
HAS_A_PICTURE = """() => {
  const video = document.querySelector('sound-check video')
  return video.videoWidth > 0 && video.currentTime > 0
}"""
PRESSES = """(selector) => {
  const found = document.querySelector(selector)
  found?.click()
  return !!found
}"""


async def test_webkit_gets_to_the_call_and_is_told_how_to_go_on(house: House, tmp_path: Path):
    """P11, P3, P12: the link says it first and goes on if wished; letter, questions, effects and
    the trial of sound and picture work; in place of the call stand a sentence and whom to ring,
    and the neutral button tells the caseworker; the same link opens in another browser."""
    cast = await house.cast()
    await people.now_it_is_time(house, cast)
    link = await house.link(seat=cast.sofies_seat)
    async with started(tmp_path) as sofie:
        await sofie.visit(link)
        assert not await sofie.run(CAN_CALL), "it can call: let it into test_firefox_meets.py"
        await until(sofie, READS, "Her kan man ikke lave videoopkald")
        assert "112" in " ".join(await sofie.run(RINGS))
        await until(sofie, PRESS, "Fortsæt alligevel")
        await until(sofie, IS_AT, "/arriving")
        await answers_everything(sofie)
        await sofie.visit(f"{house.url}/arriving/more")
        assert not await sofie.run(BREAKS)
        await tries_sound_and_picture(sofie, house)
        await sofie.visit(f"{house.url}/calling")
        await until(sofie, STANDS, "cannot")
        await until(sofie, READS, "Åbn linket fra Mette i Safari eller Chrome.")
        assert "112" in " ".join(await sofie.run(RINGS))
        assert not await sofie.run(BREAKS)
        await until(sofie, PRESSES, ".sill__way")
        await until(sofie, PRESSES, '[data-way="phone"]')
        told = "(word) => document.querySelector('[data-fill=\"way-status\"]').innerText"
        assert "Mette" in await until(sofie, told, "")
        await until(sofie, PRESSES, ".sill__go")
        await until(sofie, IS_AT, "/arriving/gone")
        await sofie.visit(link)
        await until(sofie, READS, "Her kan man ikke lave videoopkald")


async def tries_sound_and_picture(sofie: WebKitTab, house: House) -> None:
    await sofie.visit(f"{house.url}/trying")
    await until(sofie, READS, "Denne browser kan ikke lave videoopkald")
    await until(sofie, PRESSES, 'sound-check input[name="camera"][value="on"]')
    await until(sofie, HAS_A_PICTURE)


async def test_a_caseworker_plans_in_webkit_and_is_told_where_to_call(house: House, tmp_path: Path):
    """P11: the office's pages open, and the call's says which browsers can."""
    cast = await house.cast()
    await people.now_it_is_time(house, cast)
    async with started(tmp_path) as mette:
        await mette.visit(f"{house.url}/health")
        await mette.has(await house.signed_in(cast.mette))
        for path in ("/", f"/meetings/{cast.meeting}", f"/meetings/{cast.meeting}/brief"):
            await mette.visit(f"{house.url}{path}")
            await until(mette, IS_AT, path)
            assert not await mette.run(BREAKS), path
            await until(mette, READS, "Sofie")
        await mette.visit(f"{house.url}/calling/{cast.meeting}")
        await until(mette, STANDS, "cannot")
        await until(mette, READS, "Log ind i Chrome, Edge, Firefox eller Safari.")
