"""Strangers with a UDP socket, and participants who misbehave (trust part 0: M1-M5; W1-W9)."""

import secrets
import socket
import struct

import pytest
from aioice import stun

from server.media.gateway import Edge, Gateway, Gone
from tests.media.client import (
    AUDIO_SSRC,
    Client,
    delta_frame,
    key_frame,
    settle,
)
from tests.media.noise import drained, random_datagrams

CLIENT_HELLO = bytes.fromhex(
    "16feff000000000000000000360100002a000000000000002afefd" + "00" * 32 + "00000002c02b0100"
)
FATAL_ALERT = bytes.fromhex("15fefd00000000000000000002") + bytes([2, 40])
ATTACKS = {
    "an empty datagram": [b""],
    "a forged ClientHello": [CLIENT_HELLO],
    "forged fatal alerts": [FATAL_ALERT] * 20,
    "a thousand random datagrams": random_datagrams(1000),
    "every first byte": [bytes([first]) * 40 for first in range(256)],
    "half a STUN message": [bytes(stun.Message(stun.Method.BINDING, stun.Class.REQUEST))[:12]],
}


def strike(gateway: Gateway, datagrams: list[bytes]) -> int:
    """Send from a port nobody knows. Paced by the socket buffer, so that all of them arrive."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        for datagram in datagrams:
            stranger.sendto(datagram, ("127.0.0.1", gateway.port))
    return len(datagrams)


async def hears(gateway: Gateway, sofie: Client, mette: Client) -> bool:
    await drained(gateway)
    before = await gateway.statistics()
    sofie.say(b"are you there?")
    await settle(gateway, 1, before)
    return [p.payload for p in mette.arrived()] == [b"are you there?"]


@pytest.mark.parametrize("datagrams", ATTACKS.values(), ids=ATTACKS.keys())
async def test_a_stranger_cannot_disturb_a_call(gateway, seat, datagrams):
    """W1, M1, M2, M3, M4: before the handshake, in its middle, and during the call."""
    strike(gateway, datagrams)
    mette = await seat("mette")
    sofie = Client(gateway, "r", "sofie")
    await sofie.offer()
    strike(gateway, datagrams)
    await sofie.check()
    strike(gateway, datagrams)
    await sofie.handshake()
    await gateway.matrix("r", 1, [Edge("sofie", "mette", 0, True, True)])
    strike(gateway, datagrams)
    assert await hears(gateway, sofie, mette)
    sofie.close()


async def test_a_strangers_packets_are_dropped_and_counted(gateway):
    """M1: each by its kind."""
    before = await gateway.statistics()
    sent = strike(gateway, [b"", b"\x80" * 40, b"\x50" * 20, CLIENT_HELLO])
    counts = await settle(gateway, sent, before)
    assert (counts["empty"], counts["strangers"], counts["odd"]) == (1, 1, 1)
    assert counts["dtls_from_strangers"] == 1


async def test_even_genuine_media_counts_only_from_the_nominated_address(gateway, seat):
    """W1: whoever overhears a packet cannot play it in from elsewhere, and neither can a phone
    speak from two places."""
    mette, sofie = await seat("mette"), await seat("sofie")
    await gateway.matrix("r", 1, [Edge("sofie", "mette", 0, True, True)])
    before = await gateway.statistics()
    packet = sofie.rtp(AUDIO_SSRC, b"from where?")
    strike(gateway, [packet])
    await sofie.check(nominate=False)
    counts = await settle(gateway, 2, before)
    assert mette.arrived() == []
    assert counts["strangers"] == before["strangers"] + 1


async def test_the_server_answers_no_stranger(gateway, seat):
    """Nobody can use us to send something to a third one: no reply without the password."""
    sofie = await seat("sofie")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.setblocking(False)
        before = await gateway.statistics()
        wrong = sofie.request(password="x" * 32)
        unsigned = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
        for data in (CLIENT_HELLO, bytes(wrong), bytes(unsigned), b"\x80" * 60):
            stranger.sendto(data, ("127.0.0.1", gateway.port))
        await settle(gateway, 4, before)
        with pytest.raises(BlockingIOError):
            stranger.recv(2000)


async def test_an_alert_forged_in_the_clients_own_name_does_not_end_its_handshake(gateway):
    """M3 with a forged source address: the handshake is begun anew."""
    sofie = Client(gateway, "r", "sofie")
    await sofie.offer()
    await sofie.check()
    sofie.send(FATAL_ALERT)
    sofie.send(CLIENT_HELLO[:40])
    await sofie.handshake()
    assert sofie.profile == "SRTP_AEAD_AES_256_GCM"
    sofie.close()


async def test_an_overheard_check_played_from_elsewhere_moves_nobody(gateway, seat):
    """Replay: the transaction id was seen, so the address proves nothing (design 4.1)."""
    mette, sofie = await seat("mette"), await seat("sofie")
    await gateway.matrix("r", 1, [Edge("mette", "sofie", 0, True, False)])
    overheard = sofie.request()
    sofie.send(bytes(overheard))
    before = await gateway.statistics()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.setblocking(False)
        stranger.sendto(bytes(overheard), ("127.0.0.1", gateway.port))
        await settle(gateway, 1, before)
        assert await hears(gateway, mette, sofie)
        with pytest.raises(BlockingIOError):
            stranger.recv(2000)


async def test_a_participant_cannot_take_another_ones_address(gateway, seat):
    """Signed with one's own password, sent in somebody else's name: refused while they live."""
    mette, sofie = await seat("mette"), await seat("sofie")
    await gateway.matrix("r", 1, [Edge("mette", "sofie", 0, True, False)])
    before = await gateway.statistics()
    sofie.udp.sendto(bytes(mette.request()), sofie.server)
    await settle(gateway, 1, before)
    assert await hears(gateway, mette, sofie)


async def test_forged_media_from_the_right_address_is_dropped(gateway, seat):
    """M10: and the call goes on."""
    mette, sofie = await seat("mette"), await seat("sofie")
    await gateway.matrix("r", 1, [Edge("sofie", "mette", 0, True, True)])
    before = await gateway.statistics()
    packet = sofie.rtp(AUDIO_SSRC, b"genuine")
    for data in (packet[:-1] + bytes([packet[-1] ^ 1]), packet, packet, packet[:11], b"\x80\x6f"):
        sofie.send(data)
    counts = await settle(gateway, 5, before)
    assert [p.payload for p in mette.arrived()] == [b"genuine"]  # once: a replay is no packet
    assert counts["forged"] == 2


async def test_malformed_media_costs_only_its_sender(gateway, seat):
    """W3: impossible padding, unknown codecs, cut-off picture descriptors."""
    mette, sofie, aya = await seat("mette"), await seat("sofie"), await seat("aya")
    await gateway.matrix(
        "r", 1, [Edge("sofie", "mette", 0, True, True), Edge("aya", "mette", 1, True, True)]
    )
    before = await gateway.statistics()
    sofie.say(b"first")
    sofie.show(key_frame(1))
    broken = [b"\xa0\x6f", b"\xa0\x6f", b"\x80\x7f"]  # padding twice, then another codec
    for number, (first, ending) in enumerate(zip(broken, (b"\xff", b"abc\0", b"?"), strict=True)):
        head = struct.pack("!HII", 1010 + number, 1, AUDIO_SSRC)
        sofie.send(sofie.outgoing.protect(first + head + ending))
    sofie.numbers[AUDIO_SSRC] = [1020, 1]
    for payload in (b"\x90", b"\x90\xff", b"\x90\x80\x80", b"\x10", b"\x90\xf0\x80\x01\x02"):
        sofie.show(payload)
    aya.say(b"unharmed")
    await settle(gateway, 3 + len(broken) + 5, before)
    assert [p.payload for p in mette.arrived() if p.slot == 1] == [b"unharmed"]
    assert await hears(gateway, sofie, mette)


async def test_malformed_reports_cost_only_their_sender(gateway, seat):
    mette, sofie = await seat("mette"), await seat("sofie")
    await gateway.matrix("r", 1, [Edge("sofie", "mette", 0, True, True)])
    before = await gateway.statistics()
    too_long = b"\x81\xce\x00\xff" + bytes(8)
    cut_off = b"\x80\xc8\x00\x01" + bytes(4)
    wrong_version = b"\x80\xc9\x00\x01" + bytes(8)
    for packet in (too_long, cut_off, wrong_version):
        sofie.send_rtcp(packet)
    sofie.send(b"\x80\xc8" + bytes(60))  # not encrypted at all
    counts = await settle(gateway, 4, before)
    assert counts["rtcp_refused"] == 4
    assert await hears(gateway, sofie, mette)


async def test_streams_without_end_are_not_taken_in(gateway, seat):
    """W9, M12: at most two sounds and eight pictures, and unknown ones only with their MID."""
    mette = await seat("mette")
    sofie = await seat("sofie", announce=False)
    await gateway.matrix("r", 1, [Edge("sofie", "mette", 0, True, True)])
    before = await gateway.statistics()
    mid = b"\xbe\xde\x00\x01" + bytes([0x40]) + b"0" + bytes(2)
    for ssrc in range(1, 21):
        sofie.send(sofie.rtp(ssrc, b"anonymous", kind=111))
        sofie.send(sofie.rtp(ssrc, b"stream %d" % ssrc, kind=111, extension=mid))
    counts = await settle(gateway, 40, before)
    assert [p.payload for p in mette.arrived()] == [b"stream 1", b"stream 2"]
    assert counts["unknown_ssrc"] == 38


async def test_wishes_for_key_frames_reach_a_sender_at_most_every_half_second(gateway, seat):
    """A broken or spiteful receiver cannot make everybody send key frames only."""
    mette, sofie = await seat("mette"), await seat("sofie")
    await gateway.matrix("r", 1, [Edge("sofie", "mette", 0, True, True)])
    before = await gateway.statistics()
    sofie.show(key_frame(1))
    await settle(gateway, 1, before)
    before = await gateway.statistics()
    for _ in range(100):
        mette.wish(0)
    counts = await settle(gateway, 100, before)
    assert counts["key_frames_asked"] - before["key_frames_asked"] <= 2
    assert await sofie.next_rtcp(206)


async def test_a_client_may_only_wish_for_what_it_is_shown(gateway, seat):
    mette, sofie = await seat("mette"), await seat("sofie")
    await gateway.matrix("r", 1, [Edge("sofie", "mette", 0, True, True)])
    sofie.show(key_frame(1))
    await mette.next()
    counts = await gateway.statistics()
    sofie.ssrcs = mette.ssrcs  # asks about a slot that is not hers
    sofie.wish(0)
    counts = await settle(gateway, 1, counts)
    assert counts["key_frames_asked"] == 0
    sofie.show(delta_frame(2))
    assert (await mette.next()).kind == "video"


async def test_no_more_than_a_few_unfinished_connections_per_seat(gateway, happened):
    clients = [Client(gateway, "r", "sofie") for _ in range(6)]
    for client in clients:
        await client.offer()
    gone = [e for e in happened.events if isinstance(e, Gone)]
    assert [(e.connection, e.why) for e in gone] == [
        (client.answer.connection, "too-many") for client in clients[:2]
    ]
    for client in clients:
        client.close()


async def test_the_connection_ids_cannot_be_guessed(gateway):
    client = Client(gateway, "r", "sofie")
    await client.offer()
    other = Client(gateway, "r", "sofie")
    await other.offer()
    assert client.remote_ufrag != other.remote_ufrag
    assert len(client.remote_password) >= 24
    assert secrets.compare_digest(client.remote_password, client.remote_password)
    client.close()
    other.close()
