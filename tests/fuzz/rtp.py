"""RTP: spoiled before it is encrypted, so that it is the client's own and gets all the way in.

Sofie sends, Aya watches, through the packet process's own code; what reaches Aya is decrypted and
read by aiortc.
"""

import os
import socket
import struct
from contextlib import suppress

from aiortc.codecs.vpx import VpxPayloadDescriptor
from aiortc.rtp import RtpPacket
from pylibsrtp import Error

from server.media import extensions, rewrite
from server.media.batch import Plain
from server.media.clients import Clients
from server.media.forward import Forwarder
from server.media.inside import Admit, Route
from server.media.srtp import session
from server.media.terms import Terms
from tests.fuzz.mutations import counted

PROFILE = "SRTP_AEAD_AES_128_GCM"
OPUS, VP8, RTX = 111, 96, 97
LEVEL, MID, RID, REPAIRED, WIDE = 1, 4, 10, 11, 3
SLOT = [601, 602, 603]


def _packet(
    kind: int, ssrc: int, sequence: int, elements: bytes, payload: bytes, first: int = 0x90
) -> bytes:
    elements += bytes(-len(elements) % 4)
    header = struct.pack("!BBHII", first, kind, sequence, 90 * sequence, ssrc)
    return header + struct.pack("!HH", 0xBEDE, len(elements) // 4) + elements + payload


_CAMERA = bytes([MID << 4]) + b"1" + bytes([RID << 4]) + b"m"
_NUMBER = bytes([WIDE << 4 | 1, 0, 7])
_KEY, _DELTA = b"\x90\xe0\x80\x11\x05\x20\x00" + b"key" * 9, b"\x90\xe0\x80\x12\x06\x20\x01delta"
GENUINE = [
    _packet(VP8, 502, 100, _CAMERA + _NUMBER, _KEY),
    _packet(VP8 | 0x80, 502, 101, _NUMBER, _DELTA),
    _packet(VP8, 502, 103, _NUMBER, bytes(10) + b"\x0b", first=0xB0),  # padding alone
    _packet(RTX, 702, 9, _CAMERA[:2] + bytes([REPAIRED << 4]) + b"m", b"\x00\x66" + _DELTA),
    _packet(OPUS, 401, 30, bytes([MID << 4]) + b"0" + bytes([LEVEL << 4, 0x9E]), b"sound"),
    _packet(OPUS, 401, 31, bytes([LEVEL << 4, 0x9E]), b""),
    struct.pack("!BBHII", 0x82, VP8, 104, 9999, 502) + bytes(8) + _DELTA,  # two who contributed
    struct.pack("!BBHIIHH", 0x90, VP8, 105, 9999, 502, 0x1000, 1) + b"\x04\x011\0" + _DELTA,
]
# The extension longer than its packet; a picture descriptor that ends in its number; padding
# over the header; a repair of nothing; an element longer than its block.
CORPUS = [
    struct.pack("!BBHIIHH", 0x90, VP8, 1, 1, 502, 0xBEDE, 0xFFFF),
    _packet(VP8, 502, 1, _CAMERA, b"\x90\x80\x80"),
    _packet(VP8, 502, 1, _CAMERA, b"\xff", first=0xB0),
    _packet(RTX, 702, 1, _CAMERA[:2] + bytes([REPAIRED << 4]) + b"m", b"\x00"),
    _packet(VP8, 502, 1, bytes([MID << 4 | 15]) + b"1", _DELTA),
]


def mended(data: bytes) -> bytes:
    """The same as a packet of the camera's that is new, and whose header ends inside it."""
    packet = bytearray(data.ljust(12, b"\0"))
    packet[0] = packet[0] & 0x3F | 0x80
    packet[1] = packet[1] & 0x80 | (VP8 if packet[1] & 1 == VP8 & 1 else RTX)
    packet[2:4] = (110).to_bytes(2, "big")
    packet[8:12] = (502 if packet[1] & 0x7F == VP8 else 702).to_bytes(4, "big")
    start = 12 + 4 * (packet[0] & 0x0F)
    packet += bytes(max(0, start + 4 - len(packet)))
    words = min(
        int.from_bytes(packet[start + 2 : start + 4], "big"), (len(packet) - start) // 4 - 1
    )
    packet[start + 2 : start + 4] = words.to_bytes(2, "big")
    return bytes(packet)


def check(data: bytes) -> None:
    """W3, V17.2.4: read alone, and behind genuine packets through the packet process."""
    if len(data) >= 12:
        _read(data)
    with _house() as house:
        for number, packet in enumerate((GENUINE[0], GENUINE[3], GENUINE[4], data)):
            house.send(packet, 1.0 + number / 50)
        house.arrive()


def _read(data: bytes) -> None:
    """The readers alone, on a buffer that ends where the packet does: nothing beyond is read."""
    view = memoryview(bytearray(data))
    end, most = len(data), 200 + 20 * len(data)
    start = rewrite.payload_start(view, 0, end)
    stop = rewrite.payload_end(view, 0, end)
    with suppress(ValueError):
        theirs = RtpPacket.parse(data)
        assert start
        assert data[start:stop] == theirs.payload
    if not start or stop < start:
        return
    mid = counted(extensions.find, view, 0, MID, most=most)
    assert mid in data[12:start]
    if data[0] & 0x10:
        for place in counted(extensions.keep, view, 0, LEVEL, WIDE, most=most)[:2]:
            assert 12 <= place < start or place == 0
    ours = counted(rewrite.look_at_vp8, view, start, stop, most=most)
    if ours is not None:
        described, _ = VpxPayloadDescriptor.parse(data[start:stop])
        assert (described.picture_id or 0) == ours[2]
        assert (described.tl0picidx or 0) == ours[5]


class _house:
    """The packet process's code between two sockets of ours."""

    def __enter__(self) -> "_house":
        self._out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._in = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        for end in (self._out, self._in):
            end.bind(("127.0.0.1", 0))
            end.setblocking(False)
        self._batch = Plain(self._out)
        self._clients = Clients(self._batch)
        self._forwarder = Forwarder(self._batch, lambda peer, ssrc: None, lambda *switch: None)
        keys = [os.urandom(28) for _ in range(4)]
        self._admit(1, keys[0], keys[1], [])
        self._admit(2, keys[2], keys[3], [SLOT])
        self._clients.renew(1, 1000.0)
        for track in ("audio", "camera"):
            self._clients.route(Route(1, track, 2, 0, True))
        self._seal = session(PROFILE, keys[0], inbound=False)
        self._open = session(PROFILE, keys[3], inbound=True)
        return self

    def __exit__(self, *_: object) -> None:
        self._out.close()
        self._in.close()

    def _admit(self, number: int, inbound: bytes, outbound: bytes, slots: list[list[int]]) -> None:
        host, port = self._in.getsockname()
        address = struct.pack("=HH4s8x", 2, socket.htons(port), socket.inet_aton(host))
        terms = Terms(
            OPUS, VP8, RTX, LEVEL, MID, RID, REPAIRED, WIDE, WIDE, ["l", "m", "h"], {}, {},
            {"0": "audio", "1": "camera"}, slots,
        )  # fmt: skip
        self._clients.admit(
            Admit(number, 1, address.hex(), PROFILE, inbound.hex(), outbound.hex(), terms)
        )

    def send(self, packet: bytes, now: float) -> None:
        if len(packet) < 12 or packet[0] >> 6 != 2 or 192 <= packet[1] < 224:
            return  # told apart by the first bytes, and no RTP (RFC 7983, RFC 5761)
        try:
            data = self._seal.protect(packet)
        except (Error, ValueError):
            return  # libsrtp does not even encrypt it, and so would not decrypt it
        self._batch.inbox.view[: len(data)] = data
        most = 1000 + 40 * len(packet)
        counted(self._forwarder.packet, self._clients.peers[1], 0, len(data), now, most=most)

    def arrive(self) -> None:
        """Read what Aya got: always her own streams, and nothing of Sofie's header but sound."""
        self._batch.flush()
        with suppress(BlockingIOError):
            while True:
                packet = self._open.unprotect(self._in.recv(2000))
                theirs = RtpPacket.parse(packet)
                assert theirs.ssrc in SLOT
                assert theirs.payload_type in (OPUS, VP8)
                elements = memoryview(packet)
                for other in (MID, RID, REPAIRED):
                    assert not extensions.find(elements, 0, other)
