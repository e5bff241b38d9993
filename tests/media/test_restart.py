"""ICE restart: new credentials and perhaps a new address, the same keys and streams."""

import secrets
from collections.abc import Awaitable, Callable

import pytest

from server.media.gateway import BadOffer, Edge, Gateway, Refused
from tests.media.client import Client, settle

Seat = Callable[..., Awaitable[Client]]


async def restart(gateway: Gateway, client: Client) -> None:
    """Offer again with other credentials, as `restartIce()` and a new offer do."""
    client.ufrag, client.password = secrets.token_hex(4), secrets.token_hex(16)
    client.answer = await gateway.restart(
        client.room, client.seat, client.answer.connection, client.sdp()
    )
    lines = client.answer.sdp.splitlines()
    client.remote_ufrag = next(line[12:] for line in lines if line.startswith("a=ice-ufrag:"))
    client.remote_password = next(line[10:] for line in lines if line.startswith("a=ice-pwd:"))


async def test_a_call_goes_on_through_an_ice_restart(gateway: Gateway, seat: Seat):
    """design 4.1: DTLS is kept, nothing is renegotiated, nobody is seated anew."""
    sofie, aya = await seat("sofie"), await seat("aya")
    await gateway.matrix("r", 1, [Edge("sofie", "aya", 0, audio=True, video=False)])
    sofie.say(b"before")
    first = await aya.next()
    before = sofie.answer.sdp
    await restart(gateway, sofie)
    old = sofie.move()
    await sofie.check()
    await gateway.statistics()  # by then the packet process has moved too
    sofie.say(b"after")
    second = await aya.next()
    assert (second.payload, second.sequence) == (b"after", (first.sequence + 1) & 0xFFFF)
    origin, again = before.splitlines()[1].split(), sofie.answer.sdp.splitlines()[1].split()
    assert (origin[1], int(origin[2]) + 1) == (again[1], int(again[2]))
    figures = await gateway.statistics()
    assert (figures["restarted"], figures["clients"]) == (1, 2)
    old.close()


async def test_until_the_new_way_is_nominated_the_old_one_serves(gateway: Gateway, seat: Seat):
    sofie, aya = await seat("sofie"), await seat("aya")
    await gateway.matrix("r", 1, [Edge("sofie", "aya", 0, audio=True, video=False)])
    await restart(gateway, sofie)
    await sofie.check(nominate=False)
    sofie.say(b"still the old way")
    assert (await aya.next()).payload == b"still the old way"


async def test_old_credentials_are_worth_nothing_after_it(gateway: Gateway, seat: Seat):
    """W1: what was overheard before the restart cannot move anybody."""
    sofie = await seat("sofie")
    overheard = sofie.request()
    await restart(gateway, sofie)
    await sofie.check()
    before = await gateway.statistics()
    old = sofie.move()
    sofie.send(bytes(overheard))
    now = await settle(gateway, 1, before)
    assert now["stun_refused"] == before.get("stun_refused", 0) + 1
    old.close()


async def test_a_restart_changes_credentials_and_nothing_else(gateway: Gateway, seat: Seat):
    sofie = await seat("sofie")
    other = Client(gateway, "r", "sofie")
    with pytest.raises(BadOffer, match="offer-not-a-restart"):
        await gateway.restart("r", "sofie", sofie.answer.connection, other.sdp())
    other.close()


@pytest.mark.parametrize(
    ("room", "name"), [("r", "aya"), ("elsewhere", "sofie")], ids=["seat", "room"]
)
async def test_nobody_restarts_anothers_connection(gateway: Gateway, seat: Seat, room, name):
    sofie = await seat("sofie")
    with pytest.raises(Refused, match="connection-unknown"):
        await gateway.restart(room, name, sofie.answer.connection, sofie.sdp())
    with pytest.raises(Refused, match="connection-unknown"):
        await gateway.restart("r", "sofie", "made up", sofie.sdp())


async def test_a_connection_that_is_over_cannot_be_restarted(gateway: Gateway, seat: Seat):
    sofie = await seat("sofie")
    await gateway.leave("r", "sofie")
    with pytest.raises(Refused, match="connection-unknown"):
        await gateway.restart("r", "sofie", sofie.answer.connection, sofie.sdp())
