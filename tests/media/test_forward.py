"""One packet through the packet process, without sockets: layers, numbers, limits."""

import os
import struct
from collections.abc import Callable, Iterator

import pytest
from pylibsrtp import Session

from server.media import wire
from server.media.batch import Plain
from server.media.clients import Clients
from server.media.forward import Forwarder
from server.media.inside import Admit, Route
from server.media.peers import MOST_REMEMBERED, OFF, Peer
from server.media.repairs import Repairs
from server.media.srtp import SIZE, session
from server.media.terms import Terms
from server.media.upkeep import MOST_SAVED, PACKETS_PER_SECOND, Upkeep
from server.media.worker import open_udp
from tests.media.browser import RID_EXTENSION, WIDE_EXTENSION, extended
from tests.media.client import delta_frame, key_frame

PROFILE = "SRTP_AEAD_AES_128_GCM"
LOW, MIDDLE, HIGH = 501, 502, 503
LAYERS = {LOW: b"l", MIDDLE: b"m", HIGH: b"h"}


class House:
    """Sofie's camera in three sizes, and Aya with one slot for it."""

    def __init__(self, udp: object) -> None:
        self.told: list[wire.Message] = []
        self.wishes: list[int] = []
        self.switches: list[int] = []
        self.batch = Plain(udp)  # type: ignore[arg-type]
        self.clients = Clients(self.batch)
        self.forwarder = Forwarder(
            self.batch,
            lambda peer, ssrc: self.wishes.append(ssrc),
            lambda down, peer, source: self.switches.append(source.ssrc),
        )
        self.upkeep = Upkeep(
            self.clients.peers, self.forwarder, Repairs(self.batch), self.told.append
        )
        self.keys = [os.urandom(28) for _ in range(4)]
        self.numbers = dict.fromkeys(LAYERS, 0)
        self.wide = 0
        self._admit(1, self.keys[0], self.keys[1], [])
        self._admit(2, self.keys[2], self.keys[3], [[601, 602, 603]])
        self.clients.renew(1, 1000.0)
        self.clients.route(Route(1, "camera", 2, 0, True))
        self.seal = session(PROFILE, self.keys[0], inbound=False)
        self.open: Session = session(PROFILE, self.keys[3], inbound=True)

    def _admit(self, number: int, inbound: bytes, outbound: bytes, slots: list[list[int]]) -> None:
        terms = Terms(
            111, 96, 97, 1, 4, RID_EXTENSION, 11, WIDE_EXTENSION, WIDE_EXTENSION, ["l", "m", "h"],
            {}, {},
            {"1": "camera"}, slots,
        )  # fmt: skip
        address = bytes([2, 0, number, 0, 127, 0, 0, 1]) + bytes(8)
        self.clients.admit(
            Admit(number, 1, address.hex(), PROFILE, inbound.hex(), outbound.hex(), terms)
        )

    @property
    def sofie(self) -> Peer:
        return self.clients.peers[1]

    @property
    def aya(self) -> Peer:
        return self.clients.peers[2]

    def send(self, ssrc: int, payload: bytes, now: float) -> tuple[int, bytes] | None:
        """Let one packet through; what Aya gets: its number and what is in it."""
        self.numbers[ssrc] += 1
        self.wide += 1
        elements = bytes([4 << 4]) + b"1" + bytes([RID_EXTENSION << 4]) + LAYERS[ssrc]
        elements += bytes([WIDE_EXTENSION << 4 | 1]) + struct.pack("!H", self.wide)
        time = int(now * 90000) & 0xFFFFFFFF
        header = struct.pack("!BBHII", 0x90, 96, self.numbers[ssrc], time, ssrc)
        data = self.seal.protect(header + extended(elements) + payload)
        self.batch.inbox.view[: len(data)] = data
        sent = self.sent_by(lambda: self.forwarder.packet(self.sofie, 0, len(data), now))
        if not sent:
            return None
        words = int.from_bytes(sent[0][14:16], "big")
        return int.from_bytes(sent[0][2:4], "big"), sent[0][16 + 4 * words :]

    def sent_by(self, act: Callable[[], None]) -> list[bytes]:
        """The packets Aya gets when this is done."""
        sent: list[bytes] = []
        keep = self.batch.send

        def note(length: int, destination: object) -> None:
            at = self.batch.queued * SIZE
            sent.append(bytes(self.batch.outbox.view[at : at + length]))

        self.batch.send = note  # type: ignore[method-assign, assignment]
        act()
        self.batch.send = keep  # type: ignore[method-assign]
        return [self.open.unprotect(packet) for packet in sent]


@pytest.fixture
def house() -> Iterator[House]:
    with open_udp("127.0.0.1", 0) as udp:
        yield House(udp)


def test_the_first_layer_to_begin_is_the_one_that_is_shown(house):
    assert house.send(LOW, delta_frame(1), 1.0) is None
    assert house.send(MIDDLE, key_frame(1, b"middle"), 1.0) is not None
    assert house.send(LOW, delta_frame(2), 1.1) is None
    assert house.send(MIDDLE, delta_frame(2), 1.1) is not None
    assert house.switches == [MIDDLE]


def test_until_a_layer_is_chosen_the_first_one_stays(house):
    """One wish makes a key frame on every layer: they must not take turns."""
    house.send(MIDDLE, key_frame(1), 1.0)
    for moment in (1.1, 1.2, 1.3):
        assert house.send(LOW, key_frame(1), moment) is None
        assert house.send(HIGH, key_frame(1), moment) is None
        assert house.send(MIDDLE, key_frame(1), moment) is not None
    assert house.switches == [MIDDLE]


def test_what_nobody_watches_is_not_kept_to_be_sent_again(house):
    house.send(MIDDLE, key_frame(1), 1.0)
    house.send(HIGH, delta_frame(1), 1.0)
    assert house.sofie.sources[MIDDLE].ring is not None
    assert house.sofie.sources[HIGH].ring is None
    house.upkeep.choose(house.aya, 0, 2, False)
    house.send(HIGH, key_frame(2), 1.1)
    house.send(MIDDLE, delta_frame(2), 1.1)
    assert house.sofie.sources[HIGH].ring is not None
    assert house.sofie.sources[MIDDLE].ring is None


def test_another_layer_comes_in_with_its_key_frame_and_not_before(house):
    """media B4: the old one goes on meanwhile, and the numbers go on for ever."""
    house.send(LOW, key_frame(1), 1.0)
    first = house.send(LOW, delta_frame(2), 1.05)
    house.upkeep.choose(house.aya, 0, 2, False)
    assert house.send(HIGH, delta_frame(9), 1.1) is None
    assert house.wishes == [HIGH]
    between = house.send(LOW, delta_frame(3), 1.1)
    switched = house.send(HIGH, key_frame(10, b"high"), 1.15)
    assert first is not None
    assert between is not None
    assert switched is not None
    assert [between[0] - first[0], switched[0] - first[0]] == [1, 2]
    assert switched[1].endswith(b"high")
    assert house.send(LOW, key_frame(4), 1.2) is None
    assert house.forwarder.counts.layer_switches == 1


def test_on_a_flooded_line_the_larger_one_does_not_go_on_meanwhile(house):
    """R4: each moment of it would cost sound."""
    house.send(HIGH, key_frame(1), 1.0)
    house.upkeep.choose(house.aya, 0, 0, True)
    assert house.send(HIGH, delta_frame(2), 1.1) is None
    assert house.send(LOW, key_frame(3), 1.2) is not None


def test_a_picture_that_is_switched_off_stops_and_comes_back_with_a_key_frame(house):
    house.send(LOW, key_frame(1), 1.0)
    house.upkeep.choose(house.aya, 0, OFF, False)
    assert house.send(LOW, delta_frame(2), 1.1) is None
    assert house.send(LOW, key_frame(3), 1.2) is None
    house.upkeep.choose(house.aya, 0, 0, False)
    assert house.send(LOW, delta_frame(4), 1.3) is None
    assert house.send(LOW, key_frame(5), 1.4) is not None


def test_a_dark_line_is_tried_with_packets_of_nothing(house):
    """R4: RFC 3550 section 5.1; as retransmissions, which no decoder waits for. Under the lease."""
    house.send(LOW, key_frame(1), 1.0)
    house.upkeep.choose(house.aya, 0, OFF, True)
    house.aya.probe = (20_000.0, 1.0, 1.5)
    sent = house.sent_by(lambda: house.upkeep.tick(1.1))
    assert 1800 < sum(map(len, sent)) < 2400
    for packet in sent:
        assert (packet[0], packet[1], packet[8:12]) == (0xB0, 97, (603).to_bytes(4, "big"))
        assert packet[-1] == len(packet) - 20
        assert packet[16] == WIDE_EXTENSION << 4 | 1
    assert [p[3] - sent[0][3] for p in sent] == list(range(len(sent)))
    house.aya.probe = (20_000.0, 1000.0, 1000.5)
    assert house.sent_by(lambda: house.upkeep.tick(1000.2)) == []


def test_no_probe_goes_on_when_nobody_is_let_through_any_more(house):
    """P1: in a pause not even a packet of nothing."""
    house.send(LOW, key_frame(1), 1.0)
    house.upkeep.choose(house.aya, 0, OFF, True)
    house.aya.probe = (20_000.0, 1.0, 1.5)
    house.clients.route(Route(1, "camera", 2, 0, False))
    assert house.sent_by(lambda: house.upkeep.tick(1.1)) == []


def test_nothing_flows_once_the_lease_is_over(house):
    """P1: checked packet by packet."""
    house.send(LOW, key_frame(1), 1.0)
    assert house.send(LOW, delta_frame(2), 1000.0) is not None
    assert house.send(LOW, delta_frame(3), 1000.1) is None


def test_a_stream_that_does_not_say_its_layer_is_dropped(house):
    LAYERS[504] = b"x"
    house.numbers[504] = 0
    try:
        assert house.send(504, key_frame(1), 1.0) is None
    finally:
        del LAYERS[504]
    assert house.forwarder.counts.unknown_ssrc == 1
    assert house.sofie.arrived_numbers.tolist() == [1]  # but it came, and its sender is told so


def test_who_sends_too_much_is_cut_off_and_nobody_else(house):
    """A thousand packets a second, after a burst no key frame reaches."""
    house.upkeep.tick(1.0)
    house.send(LOW, key_frame(1), 1.0)
    passed = sum(house.send(LOW, delta_frame(n), 1.0) is not None for n in range(2, 1000))
    assert passed == MOST_SAVED - 1
    house.upkeep.tick(1.02)
    passed = sum(house.send(LOW, delta_frame(n), 1.1) is not None for n in range(100))
    assert passed == pytest.approx(PACKETS_PER_SECOND * 0.02, abs=1)
    assert house.forwarder.counts.limited == 999 - MOST_SAVED + 100 - passed


def test_numbers_of_what_was_sent_are_kept_in_line_when_nobody_reports(house):
    """A receiver that never answers costs no more than so many of them."""
    house.upkeep.tick(1.0)
    sent = house.aya.sent
    for number in range(MOST_REMEMBERED + 10):
        house.upkeep.tick(1.0 + number / 100)
        house.send(LOW, key_frame(number), 1.0 + number / 100)
    assert (sent.first + len(sent.sizes) - 1) & 0xFFFF == sent.number
    assert len(sent.sizes) <= MOST_REMEMBERED


def test_every_number_that_came_is_told_of_once(house):
    for number in range(3):
        house.batch.moments = [1000 * number]
        house.send(LOW, key_frame(number), 1.0)
    for _ in range(10):
        house.upkeep.tick(1.1)
    [told] = house.told
    [(peer, numbers, moments)] = told.arrivals  # type: ignore[union-attr]
    assert peer == 1
    assert memoryview(numbers).cast("H").tolist() == [1, 2, 3]
    assert memoryview(moments).cast("I").tolist() == [0, 1000, 2000]


def test_a_room_that_is_over_leaves_no_lease(house):
    house.clients.renew(1, 0.0)
    assert house.clients._leases == {}
