"""Whoever has gone takes everything along (W9, M12).

Each round two people come into a room, talk with all a browser does (numbers over all packets,
a hole in a picture, packets sent again, wishes, reports), and go in one of the ways one can go.
What is counted afterwards is what the processes really hold: SRTP contexts in memory, table
rows, tasks, threads, descriptors.
"""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest
from aiortc.rtp import (
    RTCP_PSFB_APP,
    RtcpPsfbPacket,
    RtcpRrPacket,
    RtcpSenderInfo,
    RtcpSrPacket,
    pack_remb_fci,
)

from server.media import wire
from server.media.feedback import Feedback
from server.media.gateway import Edge, Gateway
from server.media.quality import Quality
from tests.media.browser import Browser
from tests.media.client import AUDIO_SSRC, CAMERA_SSRC, delta_frame, key_frame, settle

SR = bytes(RtcpSrPacket(CAMERA_SSRC, RtcpSenderInfo(1 << 32, 90000, 3, 300)))
ROUNDS = [
    pytest.param(60, id="135 joins"),
    pytest.param(460, id="1035 joins", marks=pytest.mark.long),
]
PATIENCE = 25  # seconds
BOTH = [Edge("mette", "sofie", 0, True, True), Edge("sofie", "mette", 0, True, True)]


@pytest.mark.parametrize("rounds", ROUNDS)
async def test_comings_and_goings_leave_nothing_behind(gateway, happened, rounds):
    """M12: no SSRC, SRTP context, table row, task, thread or descriptor stays in the
    web process, the control process or the packet process."""
    for number in range(len(WAYS)):
        await visit(gateway, number)
    await calm(gateway)
    before = held(gateway)
    for number in range(rounds):
        await visit(gateway, number)
        happened.events.clear()
    await calm(gateway)
    left = kept(await gateway.statistics())
    assert {name: count for name, count in left.items() if count} == {}
    assert held(gateway) == before


def kept(figures: dict[str, Any]) -> dict[str, int]:
    names = ("clients", "connections", "rooms")
    return {n: v for n, v in figures.items() if n in names or n.startswith("kept_")}


def held(gateway: Gateway) -> dict[str, int]:
    """Descriptors and threads of all three processes, and our own tasks."""
    assert gateway.worker is not None
    children = f"/proc/{gateway.worker}/task/{gateway.worker}/children"
    (packets,) = Path(children).read_text().split()
    found = {"tasks": len(asyncio.all_tasks())}
    for name, process in (("web", os.getpid()), ("control", gateway.worker), ("packets", packets)):
        for what in ("fd", "task"):
            found[f"{name} {what}"] = len(os.listdir(f"/proc/{process}/{what}"))
    return found


async def calm(gateway: Gateway) -> None:
    """Wait until what was on its way between the processes has arrived, pulses included: the
    law of a room nobody is in runs out, and what is missing is given up."""
    async with asyncio.timeout(PATIENCE):
        while (await gateway.statistics())["rooms"] or (await gateway.statistics())["kept_holes"]:
            pass
        probe = Browser(gateway, "calm", "nobody")
        await probe.join()
        await gateway.statistics()  # with that the packet process knows her
        probe.film(key_frame(1))
        await probe.next_rtcp(201)  # comes after a pulse that names nobody else
        probe.close()
    await gateway.forget("calm")


async def visit(gateway: Gateway, number: int) -> None:
    """One meeting of two, from the first check to the last packet."""
    async with asyncio.timeout(PATIENCE):
        await _visit(gateway, number)


async def _visit(gateway: Gateway, number: int) -> None:
    room = f"room{number % 5}"
    mette = Browser(gateway, room, "mette", layers=("l", "m", "h"))
    sofie = Browser(gateway, room, "sofie")
    await mette.join()
    await sofie.join()
    await gateway.matrix(room, 2 * number, BOTH, lease=2.0)
    await talk(gateway, mette, sofie)
    await WAYS[number % len(WAYS)](gateway, mette, sofie)
    for client in (mette, sofie):
        client.close()


async def talk(gateway: Gateway, mette: Browser, sofie: Browser) -> None:
    sofie.say(b"hello")
    sofie.film(key_frame(1))
    picture = await mette.next()
    while picture.kind != "video":
        picture = await mette.next()
    before = await gateway.statistics()
    sofie.skip()
    sofie.film(delta_frame(3))  # leaves a hole
    for number, layer in enumerate(("l", "m", "h")):
        mette.film(key_frame(1), layer=layer, ssrc=CAMERA_SSRC + number)
    mette.miss(0, picture.sequence)
    mette.wish(0)
    estimate = pack_remb_fci(800_000, [mette.ssrcs[1]])
    mette.send_rtcp(bytes(RtcpPsfbPacket(RTCP_PSFB_APP, 1, 0, estimate)))
    sofie.send_rtcp(SR)
    sofie.send_rtcp(bytes(RtcpRrPacket(AUDIO_SSRC)))
    await settle(gateway, 9, before)


async def leaves(gateway: Gateway, mette: Browser, sofie: Browser) -> None:
    await gateway.leave(mette.room, "sofie")
    await gateway.leave(mette.room, "mette")


async def hang_up(gateway: Gateway, mette: Browser, sofie: Browser) -> None:
    """Both browsers close, each in its last breath still sending."""
    for client in (mette, sofie):
        client.say(b"bye")
        client.film(delta_frame(9))
        client.wish(0)
        client.goodbye()
    while (await gateway.statistics())["connections"]:
        pass


async def are_forgotten(gateway: Gateway, mette: Browser, sofie: Browser) -> None:
    sofie.film(delta_frame(9))
    sofie.wish(0)
    await gateway.forget(mette.room)


async def come_anew(gateway: Gateway, mette: Browser, sofie: Browser) -> None:
    """A second connection takes the seat over, and a third never gets through its handshake."""
    again = Browser(gateway, mette.room, "sofie")
    await again.join()
    stuck = Browser(gateway, mette.room, "sofie")
    await stuck.offer()
    await stuck.check()
    await gateway.forget(mette.room)
    again.close()
    stuck.close()


WAYS = (leaves, hang_up, are_forgotten, come_anew)


def test_what_was_still_on_its_way_about_somebody_gone_is_not_kept():
    """The packet process goes on telling for a moment; nobody would ever clear that away."""
    told: list[wire.Message] = []
    quality = Quality(lambda _: None, told.append)
    feedback = Feedback(lambda _: None, quality, told.append)
    pulse = wire.Pulse(
        [7], [[7, 90, 1]], [[7, 0, 0, 500, 900]], [[7, 500, 9, 0, 9, 0]], [[1, 9, 99]]
    )
    quality.pulse(pulse, 1.0)
    assert feedback.count(pulse, 1.0) == []
    quality.sent(wire.Feedback(7, 0, 0, bytes(4), bytes(2), b""), 1.0)
    assert quality.arrived(wire.Arrived([(7, bytes(2), bytes(4))]), 1.0) == []
    assert feedback.wish(7, 500, 1.0) == []
    assert feedback.switch(wire.Switched(8, 1, 7, 500, 0)) == []
    left = kept(feedback.figures() | quality.figures())
    assert {name: count for name, count in left.items() if count} == {}
    assert told == []
