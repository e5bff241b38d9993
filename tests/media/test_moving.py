"""Who may take a seat's media to another address: its own client, and nobody else (R1, design 4.1).

The other half, Chromium in a network of its own that changes under it, is in tests/network.
"""

import asyncio
import socket
import struct
import zlib
from collections.abc import Callable

import pytest
from aioice import stun

from server.media.gateway import Edge
from tests.media.client import Client, settle


def sealed(body: bytes) -> bytes:
    """A STUN message of these bytes with a true FINGERPRINT, so that only the rest is wrong."""
    size = len(body) - 20 + 8
    body = body[:2] + size.to_bytes(2, "big") + body[4:]
    return body + struct.pack("!HHI", 0x8028, 4, zlib.crc32(body) ^ 0x5354554E)


def genuine(sofie: Client) -> bytes:
    return sealed(bytes(sofie.request())[:-8])


def unsigned(sofie: Client) -> bytes:
    return sealed(bytes(sofie.request())[: -8 - 24])


def signed_with_a_guess(sofie: Client) -> bytes:
    return bytes(sofie.request(password="x" * 32))


def for_a_seat_that_is_not(sofie: Client) -> bytes:
    sofie.remote_ufrag = sofie.remote_ufrag[::-1]
    return bytes(sofie.request())


def nominated_on_the_way(sofie: Client) -> bytes:
    """An overheard check without USE-CANDIDATE, to which somebody added it."""
    data = bytes(sofie.request(nominate=False))[:-8]
    signature = data[-24:]
    return sealed(data[:-24] + bytes.fromhex("00250000") + signature)


FORGERIES: list[Callable[[Client], bytes]] = [
    unsigned,
    signed_with_a_guess,
    for_a_seat_that_is_not,
    nominated_on_the_way,
]


@pytest.mark.parametrize("forged", FORGERIES, ids=lambda forged: forged.__name__)
async def test_a_stranger_takes_nobody_along(gateway, seat, forged):
    """W1, R1: no answer, no media, and she goes on hearing where she was."""
    mette, sofie = await seat("mette"), await seat("sofie")
    await gateway.matrix("r", 1, [Edge("mette", "sofie", 0, True, False)])
    before = await gateway.statistics()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.setblocking(False)
        stranger.sendto(forged(sofie), sofie.server)
        before = await settle(gateway, 1, before)
        mette.say(b"still there?")
        await settle(gateway, 1, before)
        assert [packet.payload for packet in sofie.arrived()] == [b"still there?"]
        with pytest.raises(BlockingIOError):
            stranger.recv(2000)


async def test_the_same_check_untouched_is_answered(gateway, seat):
    """So it is the forging, and not the form, that the ones above are refused for."""
    sofie = await seat("sofie")
    sofie.move().close()
    sofie.send(genuine(sofie))
    async with asyncio.timeout(5):
        answer = stun.parse_message(await asyncio.get_running_loop().sock_recv(sofie.udp, 2048))
    assert answer.message_class == stun.Class.RESPONSE
