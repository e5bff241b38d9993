"""What is lost on the way is sent once more, both ways (RFC 4585, RFC 4588)."""

import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiortc.rtp import RtcpRtpfbPacket

from server.media.gateway import Edge, Gateway
from tests.media.browser import REPAIRS_SSRC, RTX, Browser, wide_number
from tests.media.client import (
    AUDIO_SSRC,
    CAMERA_SSRC,
    LEVEL_EXTENSION,
    OPUS,
    Packet,
    delta_frame,
    key_frame,
    settle,
)

Seat = Callable[..., Awaitable[Browser]]
TO_AYA = Edge("sofie", "aya", 0, audio=True, video=True)


@pytest.fixture
async def page(gateway: Gateway) -> AsyncIterator[Seat]:
    made: list[Browser] = []

    async def join(name: str, **options: object) -> Browser:
        client = Browser(gateway, "r", name, **options)  # type: ignore[arg-type]
        made.append(client)
        await client.join()
        return client

    yield join
    for client in made:
        client.close()


@pytest.fixture
async def pair(gateway: Gateway, page: Seat) -> tuple[Browser, Browser]:
    """Sofie's camera in Aya's first slot."""
    sofie, aya = await page("sofie"), await page("aya")
    await gateway.matrix("r", 1, [TO_AYA])
    return sofie, aya


async def test_sound_is_numbered_among_the_pictures(pair):
    """R4: what a narrow line does to sound is seen, and what sound takes is known."""
    sofie, aya = pair
    sofie.film(key_frame(1))
    sofie.speak(b"hello")
    sofie.film(delta_frame(2))
    came = [await aya.next() for _ in range(3)]
    first, second, third = map(wide_number, came)
    assert [second - first, third - first] == [1, 2]
    assert came[1].payload == b"hello"
    assert came[1].extension[:2] == bytes([LEVEL_EXTENSION << 4, 0x80 | 30])


async def test_who_takes_no_numbers_gets_the_same_sound(gateway, page, seat):
    """Firefox offers them for pictures alone."""
    sofie, mette = await page("sofie"), await seat("mette")
    await gateway.matrix("r", 1, [Edge("sofie", "mette", 0, audio=True, video=False)])
    sofie.speak(b"hello")
    came = await mette.next()
    assert came.payload == b"hello"
    assert came.extension == bytes([LEVEL_EXTENSION << 4, 0x80 | 30]) + bytes(6)


async def requested(client: Browser) -> RtcpRtpfbPacket:
    """The next generic NACK a client gets, as aiortc reads it."""
    while True:
        packet = await client.next_rtcp(205)
        if packet[0] & 0x1F == 1:
            return RtcpRtpfbPacket.parse(packet[4:], 1)


async def reported(client: Browser) -> None:
    """The next report about a client's streams; they come once a second."""
    while not (await client.next_rtcp(201))[0] & 0x1F:
        pass


async def test_a_packet_a_receiver_missed_is_sent_to_it_again(pair):
    sofie, aya = pair
    sofie.film(key_frame(1))
    sofie.film(delta_frame(2, b"lost"))
    first, second = await aya.next(), await aya.next()
    aya.miss(0, second.sequence)
    again = await aya.next()
    assert (again.kind, again.payload_type) == ("repair", RTX)
    assert (again.sequence, again.time, again.payload) == (
        second.sequence, second.time, second.payload,
    )  # fmt: skip
    assert again.payload.endswith(b"lost")
    numbers = [wide_number(packet) for packet in (first, second, again)]
    assert [number - numbers[0] for number in numbers] == [0, 1, 2]


async def test_what_was_never_sent_is_not_sent_again(pair, gateway):
    sofie, aya = pair
    sofie.film(key_frame(1))
    first = await aya.next()
    before = await gateway.statistics()
    aya.miss(0, first.sequence - 1, first.sequence + 1, first.sequence + 200)
    aya.send_rtcp(bytes(RtcpRtpfbPacket(1, 1, 4711, [first.sequence])))
    await settle(gateway, 2, before)
    sofie.film(delta_frame(2))
    assert (await aya.next()).kind == "video"
    assert (await gateway.statistics())["nacks_answered"] == 0


async def test_in_a_pause_nothing_is_sent_again(pair, gateway):
    """P1: what somebody may no longer see does not come as a repair either."""
    sofie, aya = pair
    sofie.film(key_frame(1))
    first = await aya.next()
    await gateway.matrix("r", 2, [])
    before = await gateway.statistics()
    aya.miss(0, first.sequence)
    await settle(gateway, 1, before)
    assert (await gateway.statistics())["nacks_answered"] == 0
    assert aya.arrived() == []


async def test_a_sender_is_asked_for_what_did_not_come_and_it_gets_through(pair):
    sofie, aya = pair
    sofie.film(key_frame(1))
    lost = sofie.skip()
    sofie.film(delta_frame(3, b"after"))
    first, after = await aya.next(), await aya.next()
    assert after.sequence == (first.sequence + 2) & 0xFFFF
    request = await requested(sofie)
    assert (request.media_ssrc, request.lost) == (CAMERA_SSRC, [lost])
    sofie.repair(lost, delta_frame(2, b"late"))
    mended = await aya.next()
    assert mended.kind == "video"
    assert mended.sequence == (first.sequence + 1) & 0xFFFF
    assert mended.payload.endswith(b"late")


async def test_a_repair_that_was_not_needed_is_not_passed_on(pair, gateway):
    sofie, aya = pair
    sofie.film(key_frame(1))
    first = await aya.next()
    for _ in range(3):
        sofie.repair(sofie.numbers[CAMERA_SSRC][0], key_frame(1))
    sofie.repair(7, b"")  # padding with an old number, as a probe is
    sofie.film(delta_frame(2))
    assert (await aya.next()).sequence == (first.sequence + 1) & 0xFFFF
    assert (await gateway.statistics())["repeated"] >= 3


@pytest.mark.parametrize("payload", [b"", b"\x00", b"\x00\x01"])
async def test_padding_among_the_repairs_ends_here(pair, payload):
    sofie, aya = pair
    sofie.film(key_frame(1))
    await aya.next()
    sofie.send(sofie.rtp(REPAIRS_SSRC, payload, kind=RTX))
    sofie.film(delta_frame(2))
    assert (await aya.next()).kind == "video"


async def test_what_is_older_than_half_a_second_is_left_to_a_key_frame(pair, gateway):
    sofie, aya = pair
    sofie.film(key_frame(1))
    first = await aya.next()
    for _ in range(2):
        await reported(sofie)
    aya.miss(0, first.sequence)
    aya.wish(0)
    packet = await sofie.next_rtcp(206)
    assert struct.unpack_from("!I", packet, 8)[0] == CAMERA_SSRC
    assert (await gateway.statistics())["nacks_answered"] == 0


# ── sound ──


async def misheard(gateway: Gateway, client: Browser, packet: Packet) -> dict[str, Any]:
    """Ask for a word again, and wait until that is known where packets are sent from. From the
    first request on, what is said is kept."""
    before = await gateway.statistics()
    client.mishear(packet.slot, packet.sequence)
    await settle(gateway, 1, before)
    return await gateway.statistics()


async def test_a_word_a_receiver_missed_is_said_to_it_again_byte_for_byte(pair, gateway):
    """R4: browsers want the packet itself; no number may ever carry something else (RFC 7714)."""
    sofie, aya = pair
    sofie.speak(b"one")
    await misheard(gateway, aya, await aya.next())
    sofie.speak(b"two")
    encrypted = await aya.datagram()
    second = aya.take(encrypted)
    aya.mishear(0, second.sequence)
    assert await aya.datagram() == encrypted
    sofie.speak(b"three")
    assert (await aya.next()).payload == b"three"


async def test_what_is_on_its_way_again_is_not_said_a_third_time(pair, gateway):
    """Browsers ask once more with every packet that comes meanwhile."""
    sofie, aya = pair
    sofie.speak(b"one")
    await misheard(gateway, aya, await aya.next())
    sofie.speak(b"two")
    second = await aya.next()
    for _ in range(2):
        aya.mishear(0, second.sequence)
    assert (await misheard(gateway, aya, second))["nacks_answered"] == 1


async def test_in_a_pause_no_word_is_said_again(pair, gateway):
    """P1: what somebody may no longer hear does not come as a repair either."""
    sofie, aya = pair
    sofie.speak(b"one")
    await misheard(gateway, aya, await aya.next())
    sofie.speak(b"two")
    second = await aya.next()
    await gateway.matrix("r", 2, [])
    await misheard(gateway, aya, second)
    await gateway.matrix("r", 3, [TO_AYA])
    assert (await misheard(gateway, aya, second))["nacks_answered"] == 0


async def test_a_speaker_is_asked_for_a_word_that_did_not_come(pair):
    sofie, aya = pair
    sofie.speak(b"one")
    lost = sofie.skip(AUDIO_SSRC)
    sofie.speak(b"three")
    first, third = await aya.next(), await aya.next()
    assert third.sequence == (first.sequence + 2) & 0xFFFF
    request = await requested(sofie)
    assert (request.media_ssrc, request.lost) == (AUDIO_SSRC, [lost])
    sofie.numbers[AUDIO_SSRC][0] = lost - 1
    sofie.speak(b"two")
    late = await aya.next()
    assert (late.sequence, late.payload) == ((first.sequence + 1) & 0xFFFF, b"two")


async def test_repairs_of_sound_are_promised_to_who_knows_those_of_pictures(pair, seat):
    """No browser offers them. Chromium takes the answer's word; others step over it."""
    _, aya = pair
    repairs = f"a=rtcp-fb:{OPUS} nack\r\n"
    for section in aya.answer.sdp.split("m=")[1:]:
        assert (repairs in section) == section.startswith("audio")
    assert repairs not in (await seat("mette")).answer.sdp
