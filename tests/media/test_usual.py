"""What is done in few steps with nearly every packet, held against what is done with any."""

import os
import struct
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import asdict, dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.media import forward
from server.media.batch import Plain
from server.media.clients import Clients
from server.media.forward import Forwarder
from server.media.inside import Admit, Route
from server.media.repeats import Repeats
from server.media.srtp import SIZE, session
from server.media.terms import Terms
from server.media.usual import Usual
from server.media.worker import open_udp

PROFILE = "SRTP_AEAD_AES_128_GCM"
OPUS, VP8, RTX = 111, 96, 97
LEVEL, WIDE = 1, 3
SOUND, CAMERA, LOW = 401, 501, 502
NO_MARK = -1
AYA = Terms(OPUS, VP8, RTX, 2, 4, 0, 0, 5, 6, [], {}, {}, {}, [[601, 602, 603]])
MIKKEL = Terms(109, 120, 0, 0, 4, 0, 0, 0, 0, [], {}, {}, {}, [[701, 702, 0]])
MINE = {str(SOUND): "audio", str(CAMERA): "camera"}
SOFIE = Terms(OPUS, VP8, RTX, LEVEL, 4, 0, 0, WIDE, WIDE, [], MINE, {}, {}, [])
BARE = replace(SOFIE, rtx=0, level=0, wide=0)  # a sender who agreed on nothing either
UNREPAIRED = replace(SOFIE, rtx=0)  # of whom late packets are not known to have been missing


class House:
    """Sofie speaks and is seen; Aya agreed on everything with us, Mikkel on nothing."""

    def __init__(self, udp: Any, keys: list[bytes], sofie: Terms) -> None:
        self.batch = Plain(udp)
        self.clients = Clients(self.batch)
        self.forwarder = Forwarder(self.batch, lambda peer, ssrc: None, lambda *switch: None)
        for number, terms in enumerate((sofie, AYA, MIKKEL), 1):
            address = bytes([2, 0, number, 0, 127, 0, 0, 1]) + bytes(8)
            keyed = keys[2 * number - 2].hex(), keys[2 * number - 1].hex()
            self.clients.admit(Admit(number, 1, address.hex(), PROFILE, *keyed, terms))
        self.clients.renew(1, 1000.0)
        for target in (2, 3):
            for track in ("audio", "camera"):
                self.clients.route(Route(1, track, target, 0, True))
        self.sent: list[tuple[bytes, Any]] = []
        self.batch.send = self._note  # type: ignore[method-assign]

    def _note(self, length: int, destination: Any) -> None:
        at = self.batch.queued * SIZE
        self.sent.append((bytes(self.batch.outbox.view[at : at + length]), destination))

    @property
    def downs(self) -> list[Any]:
        return [down for number in (2, 3) for down in self.clients.peers[number].downs[0]]

    def state(self) -> list[Any]:
        """All that is remembered: of Sofie, of each slot and of each who watches."""
        sofie = self.clients.peers[1]
        told: list[Any] = [asdict(self.forwarder.counts), sofie.loudness, sofie.spoken]
        told += [sofie.voiced, sofie.arrived_numbers, sofie.arrived_at]
        for source in sofie.sources.values():
            told += [source.octets, source.received, source.highest, source.jitter]
            told.append(source.ring._kept if source.ring else None)
        for down in self.downs:
            names = down.numbers.__slots__
            told += [(name, getattr(down.numbers, name)) for name in names]
            told += [down.packets, down.octets]
        for number in (2, 3):
            sent = self.clients.peers[number].sent
            told += [sent.number, list(sent.times), list(sent.sizes), sent.sound]
        return told


class Both:
    """Two houses that get the same packets; the second takes nothing for usual."""

    def __init__(self, udp: Any, terms: Terms = SOFIE) -> None:
        keys = [os.urandom(28) for _ in range(6)]
        self.usual, self.any = House(udp, keys, terms), House(udp, keys, terms)
        for ours, theirs in zip(self.usual.downs, self.any.downs, strict=True):
            theirs.numbers = deepcopy(ours.numbers)
        sofie = self.any.clients.peers[1]
        sofie.level_mark = sofie.wide_mark = NO_MARK
        self.seal = session(PROFILE, keys[0], inbound=False)

    def send(self, packet: bytes, now: float, patch: pytest.MonkeyPatch) -> None:
        try:
            data = self.seal.protect(packet)
        except Exception:  # libsrtp does not send a number twice, nor a packet with half a header
            return
        for house in (self.usual, self.any):
            with patch.context() as only_here:
                if house is self.any:
                    only_here.setattr(forward, "PLAIN", NO_MARK)
                house.batch.inbox.view[: len(data)] = data
                house.batch.moments = [int(now * 1e6)]
                house.forwarder.packet(house.clients.peers[1], 0, len(data), now)

    def compare(self) -> None:
        assert self.usual.sent == self.any.sent
        assert self.usual.state() == self.any.state()


@pytest.fixture
def udp() -> Iterator[Any]:
    with open_udp("127.0.0.1", 0) as opened:
        yield opened


def extended(elements: bytes) -> bytes:
    elements += bytes(-len(elements) % 4)
    return struct.pack("!HH", 0xBEDE, len(elements) // 4) + elements


_NUMBER = bytes([WIDE << 4 | 1, 7, 9])
HEADERS = [
    None,
    _NUMBER,
    _NUMBER + b"\x40",  # the beginning of another one where padding should be
    _NUMBER + bytes([4 << 4]) + b"1",
    bytes([LEVEL << 4, 0x9E]),
    bytes([LEVEL << 4, 30, 4 << 4, 49]),
    bytes([4 << 4]) + b"1",
    b"",
    bytes(4),
]


@dataclass(frozen=True)
class Told:
    """One packet of Sofie's, and how it differs from what is usual."""

    shown: bool  # a picture, or else sound
    ahead: int  # further on than the next number
    header: int  # which of HEADERS
    flags: int  # padding, a contributor
    described: int  # what VP8's header has
    begins: bool  # a frame
    frame: bytes
    marker: bool

    def write(self, place: int, number: int, picture: int) -> bytes:
        elements = HEADERS[4 if self.header == 1 and not self.shown else self.header]
        first = 0x80 | self.flags | (0x10 if elements is not None else 0)
        kind = (VP8 if self.shown else OPUS) | 0x80 * self.marker
        made = struct.pack("!BBHII", first, kind, number, 960 * place, self.ssrc)
        made += bytes(4 * (self.flags & 1))
        made += extended(elements) if elements is not None else b""
        if self.shown:
            made += bytes([0x90 if self.begins else 0x80, self.described])
            made += struct.pack("!H", picture | 0x8000) if self.described & 0x80 else b""
            made += bytes([picture & 0xFF]) if self.described & 0x40 else b""
            made += b"\x20" if self.described & 0x30 else b""
        return made + self.frame + (b"\0\0\3" if self.flags & 0x20 else b"")

    @property
    def ssrc(self) -> int:
        return CAMERA if self.shown else SOUND


PACKETS = st.lists(
    st.builds(
        Told,
        shown=st.booleans(),
        ahead=st.sampled_from([0, 0, 0, 0, 1, 3, -1, -2]),
        header=st.sampled_from([1, 1, 1, *range(len(HEADERS))]),
        flags=st.sampled_from([0x00, 0x00, 0x00, 0x20, 0x01]),
        described=st.sampled_from([0xC0, 0xC0, 0xE0, 0x80, 0xA0, 0x40, 0x20, 0x00]),
        begins=st.booleans(),
        frame=st.sampled_from([b"\x10", b"\x11", b"", b"\x11" + bytes(range(200, 240))]),
        marker=st.booleans(),
    ),
    max_size=40,
)
SAME_SOCKET = [HealthCheck.function_scoped_fixture]  # nothing goes through it


@settings(max_examples=60, deadline=None, suppress_health_check=SAME_SOCKET)
@given(PACKETS, st.integers(0, 0x7FFF), st.sampled_from([SOFIE, UNREPAIRED, BARE]), st.booleans())
def test_what_is_usual_goes_out_byte_for_byte_as_any_packet_would(
    udp, packets, first, terms, repeats
):
    """Numbers, times, levels, and what is remembered of them; the encrypted bytes are the same."""
    both, patch = Both(udp, terms), pytest.MonkeyPatch()
    if repeats:
        for house in (both.usual, both.any):
            house.downs[0].repeats = Repeats()
    numbers, picture = {SOUND: first, CAMERA: first ^ 0x7FF}, first
    for place, told in enumerate(packets):
        numbers[told.ssrc] = number = (numbers[told.ssrc] + 1 + told.ahead) & 0xFFFF
        picture = (picture + told.begins) & 0x7FFF
        both.send(told.write(place, number, picture), 1.0 + place / 50, patch)
        both.compare()


def test_nearly_everything_a_browser_sends_is_usual(udp, monkeypatch):
    """Else a change elsewhere could turn this into a file nobody needs."""
    both, taken = Both(udp), []
    for kind in ("sound", "picture"):
        keep = getattr(Usual, kind)

        def note(self: Usual, *given: Any, keep: Any = keep, kind: str = kind) -> None:
            taken.append(kind)
            keep(self, *given)

        monkeypatch.setattr(Usual, kind, note)
    for place in range(10):
        frame = b"\x11" if place else b"\x10"
        for shown, header in ((True, 1), (False, 4), (True, 0)):
            told = Told(shown, 0, header, 0, 0xC0, True, frame + bytes(9), False)
            number = 2 * place + (header == 0) + 1
            both.send(told.write(place, number, number), 1.0 + place / 50, monkeypatch)
    both.compare()
    assert len(both.usual.sent) == 60
    assert taken.count("picture") == 2 * 10 - 1  # the first begins its slot
    assert taken.count("sound") == 10 - 1
