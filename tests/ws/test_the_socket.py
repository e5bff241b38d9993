"""How the socket itself is set, where a library's own settings were measured to be too open."""

import asyncio

from aiohttp import WSMsgType

from server.ws import socket
from tests.lines import own_origin


async def test_a_line_packs_nothing(opened, sofie):
    """M13: packing would tell the length of secrets, and a small message could unpack to much."""
    line = await sofie.ws_connect("/line", headers={"Origin": own_origin(sofie)}, compress=15)
    assert line.compress == 0
    await line.close()


async def test_a_browser_that_is_silent_is_asked_and_then_let_go(opened, sofie, monkeypatch):
    """M13, P10: a line that is dead on the way is noticed, however long nobody says anything."""
    monkeypatch.setattr(socket, "HEARTBEAT", 0.05)
    line = await sofie.ws_connect(
        "/line", headers={"Origin": own_origin(sofie)}, autoping=False, max_msg_size=0
    )
    kinds = set()
    async with asyncio.timeout(10):
        while WSMsgType.PING not in kinds:
            kinds.add((await line.receive()).type)
        while not line.closed:  # nobody answers the question
            await line.receive()
