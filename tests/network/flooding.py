"""One seat sends twenty times what a browser does, and the others should hardly notice."""

import asyncio
import os
import time
from typing import Any

import aiohttp

from server.media.gateway import Answer
from tests.media.client import AUDIO_SSRC, CAMERA_SSRC, Client, delta_frame
from tests.network import figures
from tests.network.meeting import Meeting
from tests.network.world import SERVER, TOLD_PORT

TIMES = 20
PICTURES, SOUNDS = 120 * TIMES, 50 * TIMES  # packets a second
BEAT = 0.005  # seconds between two bursts, so that it comes evenly
SECONDS = 20.0

# The browser of the flooding seat keeps its line, and leaves media to our own client.
SILENT = """() => {
  for (const peer of allPeers()) peer.close()
  window.RTCPeerConnection = class { constructor() { throw new Error('media is elsewhere') } }
}"""


class Front:
    """Takes an offer as the page does, by POST, in the name of whoever is signed in there."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session = session
        self.url = url
        self.port = TOLD_PORT

    async def join(self, _room: str, _seat: str, sdp: str, _seats: int) -> Answer:
        headers = {"Content-Type": "application/sdp", "Origin": self.url}
        async with self.session.post(
            f"{self.url}/calling/offer", data=sdp, headers=headers, ssl=False
        ) as response:
            told = await response.json()
            assert response.status == 200, told
        return Answer(told["connection"], told["sdp"], told["slots"])


async def one_sender_floods(held: Meeting) -> dict[str, float]:
    """Aya's seat floods; counted is what Mette and Sofie lose of each other."""
    await held.is_full()
    aya = held.pages["aya"]
    await aya.evaluate(SILENT)
    quiet = await held.lasts(4)
    between = {name: _growing(held.of(name, quiet)[1:]) for name in ("mette", "sofie")}
    cookies = {c["name"]: c["value"] for c in await aya.context.cookies()}
    # Cookies of an IP address need a jar that is told to take them.
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookies=cookies, cookie_jar=jar) as session:
        front: Any = Front(session, held.house.url)
        client = Client(front, "", "aya", slots=5, host=SERVER)
        await client.join()
        before = held.network.counts()[SERVER]["up"]
        flood = asyncio.create_task(send(client))
        spell = await held.lasts(SECONDS)
        flood.cancel()
        sent = held.network.counts()[SERVER]["up"]
        client.close()
    seconds = spell[1] - spell[0]
    return {
        "packets sent a second": (sent["received"] - before["received"]) / seconds,
        "Mbit/s sent": 8e-6 * (sent["received_bytes"] - before["received_bytes"]) / seconds,
        "proxy: lost on the way": sent["received"] - sent["delivered"],
        "packets a second that reach mette in all": sum(
            figures.grown(held.of("mette", spell), "inbound", kind, "packetsReceived") / seconds
            for kind in ("audio", "video")
        ),
        **{
            f"packets of the other got by {name}": sum(
                figures.grown(
                    _only(held.of(name, spell), between[name]), "inbound", kind, "packetsReceived"
                )
                for kind in ("audio", "video")
            )
            for name in between
        },
        **{
            f"{kind} lost at {name}": figures.lost(_only(held.of(name, spell), between[name]), kind)
            for name in between
            for kind in ("audio", "video")
        },
        **{
            f"sound concealed at {name}": figures.concealed(
                _only(held.of(name, spell), between[name])
            )
            for name in between
        },
    }


async def send(client: Client) -> None:
    """As fast as a browser, times twenty, until it is cancelled."""
    begin, pictures, sounds = time.monotonic(), 0, 0
    noise = os.urandom(1000)
    while True:
        elapsed = time.monotonic() - begin
        while pictures < elapsed * PICTURES:
            client.send(client.rtp(CAMERA_SSRC, delta_frame(pictures // 4 & 0x7FFF, noise)))
            pictures += 1
        while sounds < elapsed * SOUNDS:
            client.send(client.rtp(AUDIO_SSRC, noise[:80]))
            sounds += 1
        client.arrived()
        await asyncio.sleep(BEAT)


def _growing(reads: list[list[figures.Row]]) -> set[int]:
    """SSRCs of what still comes in while one seat is silent."""
    found = set()
    for kind in ("audio", "video"):
        for row in figures.streams(reads[-1], "inbound", kind):
            only = [[r for r in rows if r.get("ssrc") == row["ssrc"]] for rows in reads]
            if figures.grown(only, "inbound", kind, "packetsReceived"):
                found.add(row["ssrc"])
    return found


def _only(reads: list[list[figures.Row]], ssrcs: set[int]) -> list[list[figures.Row]]:
    return [[row for row in rows if row.get("ssrc") in ssrcs] for rows in reads]
