"""A browser that opens its line and is gone before the answer: a phone in a tunnel, a scanner."""

import asyncio
import logging

from aiohttp import web

from server.app import build_app

MOMENTS = range(0, 1000, 50)  # turns of the event loop between asking and being gone

UPGRADE = (
    "GET /line HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nCookie: {cookie}\r\n"
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
)


async def test_leaving_in_the_doorway_is_no_fault_of_ours(opened, sofie, settings, clock, caplog):
    """P10: the operator is told of our faults, not of people's networks."""
    # Served as `python -m server` serves; a test server would end the deed with the connection.
    runner = web.AppRunner(build_app(settings, clock, media=False), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address, port = runner.addresses[0][:2]
    cookie = "; ".join(f"{c.key}={c.value}" for c in sofie.session.cookie_jar)
    asked = UPGRADE.format(host=f"{address}:{port}", cookie=cookie).encode()
    with caplog.at_level(logging.ERROR, "enerum"):
        for moment in MOMENTS:
            _, writer = await asyncio.open_connection(address, port)
            writer.write(asked)
            for _ in range(moment):
                await asyncio.sleep(0)
            writer.close()
        await runner.cleanup()
    assert [record.message for record in caplog.records if "fault" in record.message] == []
