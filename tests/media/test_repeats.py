"""Sound that is kept to be said again: how long, for whom, and that it is not kept twice."""

import struct
from collections.abc import Iterator

import pytest

from server.media.inside import Route
from server.media.repeats import AGAIN, OLDEST, PLACES, Repeats
from server.media.worker import open_udp
from tests.media.test_forward import House

WORD = 700
SOUND = Route(1, "audio", 2, 0, True)


@pytest.fixture
def house() -> Iterator[House]:
    with open_udp("127.0.0.1", 0) as udp:
        made = House(udp)
        made.sofie.learn(WORD, "audio")
        made.clients.route(SOUND)
        yield made


def speak(house: House, number: int, now: float) -> list[bytes]:
    """Sofie says one word; what Aya is sent."""
    header = struct.pack("!BBHII", 0x80, 111, number, 960 * number, WORD)
    data = house.seal.protect(header + b"word")
    house.batch.inbox.view[: len(data)] = data
    return house.sent_by(lambda: house.forwarder.packet(house.sofie, 0, len(data), now))


def packet(number: int, text: bytes = b"") -> memoryview:
    return memoryview(struct.pack("!BBHII", 0x80, 111, number, 0, 1) + text)


def test_a_word_is_kept_for_less_than_half_a_second():
    repeats = Repeats()
    repeats.keep(packet(7, b"word"), 1.0)
    assert repeats.take(7, 1.0 + OLDEST - 0.01) == packet(7, b"word")
    assert repeats.take(7, 1.0 + OLDEST + AGAIN) is None
    assert repeats.take(8, 1.0) is None


def test_one_that_is_on_its_way_is_not_sent_again_at_once():
    repeats = Repeats()
    repeats.keep(packet(7), 1.0)
    taken = [now / 100 for now in range(100, 130) if repeats.take(7, now / 100)]
    assert len(taken) <= 0.3 / AGAIN + 1
    assert taken[:1] == [1.0]


def test_a_newer_word_takes_the_place_of_an_old_one():
    repeats = Repeats()
    repeats.keep(packet(7), 1.0)
    repeats.keep(packet(7 + PLACES), 1.1)
    assert repeats.take(7, 1.1) is None
    assert repeats.take(7 + PLACES, 1.1) is not None


def test_sound_is_kept_for_who_missed_some_and_for_nobody_else(house):
    [first] = speak(house, 1, 1.0)
    down = house.aya.downs[0][0]
    assert down.repeats is None
    number = int.from_bytes(first[2:4], "big")
    house.upkeep.resend(house.aya, 601, [number], 1.0)
    speak(house, 2, 1.02)
    assert down.repeats.take(number + 1, 1.03) is not None


def test_what_was_kept_is_gone_when_the_way_is(house):
    """P1: a pause is a pause at once, and whoever has the slot next begins with nothing."""
    [first] = speak(house, 1, 1.0)
    house.upkeep.resend(house.aya, 601, [int.from_bytes(first[2:4], "big")], 1.0)
    speak(house, 2, 1.02)
    house.clients.route(Route(1, "audio", 2, 0, False))
    house.clients.route(SOUND)
    assert house.aya.downs[0][0].repeats is None


def test_no_ring_of_pictures_size_is_kept_of_sound(house):
    """It would be 160 kB for each voice; what is said again is kept for each receiver."""
    speak(house, 1, 1.0)
    source = house.sofie.sources[WORD]
    assert source.holes is not None
    assert source.ring is None
