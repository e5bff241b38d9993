"""Browsers and another implementation in one room of the real worker, decoding one another."""

import asyncio
import time

from server.media.trial_partner import Picture, Sound
from tests.e2e import hearing
from tests.media.caller import Caller
from tests.together.booth import ROOM, Booth
from tests.together.conftest import TONES
from tests.together.tabs import ChromiumTab, decoded, get_everybody, sit_down

RIGHT, WRONG = list(range(16)), list(range(1, 17))
LOOK = 6.0  # seconds
BACKING_OFF = 7.0  # seconds until who asks and asks waits longest


async def test_three_chromium_and_aiortc_get_one_another(gateway, three):
    """Every picture and every sound is decoded in all twelve directions, and each Chromium hears
    the others' own tones."""
    booth = Booth(gateway, [*TONES, "aiortc"])
    async with booth.open() as address:
        tabs = {name: await ChromiumTab.opened(three[name], address) for name in TONES}
        caller = Caller(Sound(), Picture(), slots=booth.slots)
        try:
            await sit_down(booth, tabs)
            await caller.join(gateway, ROOM, "aiortc")
            await get_everybody(tabs, caller)
            for name, tab in tabs.items():
                others = [tone for other, tone in TONES.items() if other != name]
                await hearing.hears(tab.page, *others)
        finally:
            await caller.close()


async def test_what_is_encrypted_from_end_to_end_is_carried_and_decoded(gateway, three):
    """The worker needs no more than VP8's clear header, so pages may seal what they send. Who
    has the wrong key decodes nothing and is decoded by nobody, and disturbs nobody: however
    often somebody asks for a key frame who cannot read it, it counts once in a few seconds."""
    booth = Booth(gateway, list(TONES))
    async with booth.open() as address:
        tabs = {name: await ChromiumTab.opened(three[name], address) for name in TONES}
        await sit_down(booth, tabs, {"mette": RIGHT, "sofie": RIGHT, "aya": WRONG})
        await get_everybody(tabs, but={"mette": [1], "sofie": [1], "aya": [0, 1]})
        await asyncio.sleep(BACKING_OFF)
        begin = time.monotonic()
        before = (await gateway.statistics())["key_frames_asked"]
        await asyncio.sleep(LOOK)
        asked = (await gateway.statistics())["key_frames_asked"] - before
        # Of each of the three less than one a second; without patience it would be two.
        assert asked < len(TONES) * (time.monotonic() - begin)
        await get_everybody(tabs, but={"mette": [1], "sofie": [1], "aya": [0, 1]})
        unread = [(await decoded(tabs[name]))[1] for name in ("mette", "sofie")]
        for slot in (*unread, *await decoded(tabs["aya"])):
            assert slot["packets"] > 0  # it was carried
            assert slot["frames"] == slot["samples"] == 0
