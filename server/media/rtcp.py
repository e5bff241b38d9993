"""RTCP as this server speaks it (RFC 3550, RFC 4585, RFC 5104). Pure.

Read: sender reports, the wish for a key frame in both its forms (PLI, FIR), requests for lost
packets (generic NACK), and what a receiver says about its line (transport_cc.py, REMB).
Written: receiver reports to those who send, sender reports to those who watch, PLI and NACK.
Anything else is stepped over; what does not add up raises `ValueError` and costs only its
sender.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from server.media.transport_cc import parse_feedback

_SR, _RR, _SDES, _RTPFB, _PSFB = 200, 201, 202, 205, 206
_NACK, _TRANSPORT_CC = 1, 15  # of RTPFB
_PLI, _FIR, _ALFB = 1, 4, 15  # of PSFB; the last is for applications, such as REMB
REPORT_SSRC = 1  # ours where RTCP needs a sender and we send no stream
CNAME = "enerum"
_HEADER = struct.Struct("!BBH")
_SENDER = struct.Struct("!IQIII")
_BLOCK = struct.Struct("!IIIIII")
_LOST = struct.Struct("!HH")


@dataclass(frozen=True, slots=True)
class SenderReport:
    ssrc: int
    ntp: int
    time: int
    packets: int
    octets: int


@dataclass(frozen=True, slots=True)
class KeyFrameWanted:
    """A receiver cannot go on without a key frame of this stream."""

    ssrc: int


@dataclass(frozen=True, slots=True)
class Block:
    """One report block (RFC 3550 section 6.4.1)."""

    ssrc: int
    fraction_lost: int
    lost: int
    highest: int
    jitter: int
    last_report: int
    delay: int


@dataclass(frozen=True, slots=True)
class Nack:
    """A receiver lacks these packets of this stream (RFC 4585 section 6.2.1)."""

    media_ssrc: int
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TransportFeedback:
    """When our packets arrived, as transport_cc.parse_feedback tells it."""

    media_ssrc: int
    statuses: list[tuple[int, int | None]]


@dataclass(frozen=True, slots=True)
class Remb:
    """What a receiver thinks its line carries, in bit/s (draft-alvestrand-rmcat-remb-03)."""

    bitrate: int
    ssrcs: tuple[int, ...]


Packet = SenderReport | KeyFrameWanted | Nack | TransportFeedback | Remb


def parse(data: bytes) -> list[Packet]:
    """Read a compound packet. Raises ValueError when lengths do not fit."""
    found: list[Packet] = []
    position = 0
    while position < len(data):
        if position + 4 > len(data):
            raise ValueError("an RTCP header is cut off")
        first, kind, words = _HEADER.unpack_from(data, position)
        end = position + 4 + 4 * words
        if first >> 6 != 2 or end > len(data):
            raise ValueError("an RTCP packet does not fit")
        body = data[position + 4 : end]
        if first & 0x20:
            body = _unpadded(body)
        if kind == _SR:
            if len(body) < _SENDER.size:
                raise ValueError("a sender report is cut off")
            found.append(SenderReport(*_SENDER.unpack_from(body)))
        elif kind in (_RTPFB, _PSFB):
            if len(body) < 8:
                raise ValueError("a feedback message is cut off")
            media = int.from_bytes(body[4:8], "big")
            if kind == _PSFB:
                found += _about_pictures(first & 0x1F, media, body)
            elif first & 0x1F == _NACK:
                found.append(Nack(media, _lost(body)))
            elif first & 0x1F == _TRANSPORT_CC:
                found.append(TransportFeedback(media, parse_feedback(data[position:end])))
        position = end
    return found


def _unpadded(body: bytes) -> bytes:
    padding = body[-1] if body else 0
    if not 0 < padding <= len(body):
        raise ValueError("an RTCP packet's padding does not fit")
    return body[:-padding]


def _about_pictures(kind: int, media: int, body: bytes) -> list[Packet]:
    if kind == _PLI:
        return [KeyFrameWanted(media)]
    if kind == _FIR:
        # FIR names its streams in entries of eight bytes; the header's is unused.
        entries = range(8, len(body) - 7, 8)
        return [KeyFrameWanted(int.from_bytes(body[e : e + 4], "big")) for e in entries]
    if kind == _ALFB and body[8:12] == b"REMB":
        if len(body) < 16 or len(body) < 16 + 4 * body[12]:
            raise ValueError("an estimate is cut off")
        rate = int.from_bytes(body[13:16], "big")
        ssrcs = range(16, 16 + 4 * body[12], 4)
        return [
            Remb(
                (rate & 0x3FFFF) << (rate >> 18),
                tuple(int.from_bytes(body[at : at + 4], "big") for at in ssrcs),
            )
        ]
    return []


def _lost(body: bytes) -> tuple[int, ...]:
    """A number, and a bit for each of the sixteen after it."""
    if len(body) < 12 or len(body) % 4:
        raise ValueError("a request for lost packets is cut off")
    numbers: list[int] = []
    for first, mask in _LOST.iter_unpack(body[8:]):
        numbers.append(first)
        numbers += [(first + bit + 1) & 0xFFFF for bit in range(16) if mask >> bit & 1]
    return tuple(numbers)


def receiver_report(sender: int, blocks: list[Block], cname: str) -> bytes:
    """Tell a client how its streams arrive."""
    body = b"".join(
        _BLOCK.pack(
            block.ssrc,
            (block.fraction_lost << 24) | (max(-0x800000, min(block.lost, 0x7FFFFF)) & 0xFFFFFF),
            block.highest & 0xFFFFFFFF,
            block.jitter & 0xFFFFFFFF,
            block.last_report,
            block.delay,
        )
        for block in blocks[:31]
    )
    return _write(_RR, min(len(blocks), 31), sender.to_bytes(4, "big") + body) + _names(
        sender, cname
    )


@cache
def opening(sender: int, cname: str) -> bytes:
    """What a compound packet opens with when there is nothing to report (RFC 3550 section 6.1)."""
    return receiver_report(sender, [], cname)


def sender_report(report: SenderReport, cname: str) -> bytes:
    body = _SENDER.pack(
        report.ssrc, report.ntp, report.time, report.packets & 0xFFFFFFFF,
        report.octets & 0xFFFFFFFF,
    )  # fmt: skip
    return _write(_SR, 0, body) + _names(report.ssrc, cname)


def picture_loss(sender: int, media: int, cname: str) -> bytes:
    """Ask for a key frame, as a compound packet of its own."""
    return opening(sender, cname) + _write(_PSFB, _PLI, struct.pack("!II", sender, media))


def nack(sender: int, media: int, numbers: Iterable[int], cname: str) -> bytes:
    """Ask for these packets once more, as a compound packet of its own.

    Numbers in the order they were sent in share entries: seventeen neighbours fit into one.
    """
    entries: list[list[int]] = []
    for number in numbers:
        after = (number - entries[-1][0] - 1) & 0xFFFF if entries else 16
        if after < 16:
            entries[-1][1] |= 1 << after
        else:
            entries.append([number, 0])
    body = struct.pack("!II", sender, media) + b"".join(_LOST.pack(*entry) for entry in entries)
    return opening(sender, cname) + _write(_RTPFB, _NACK, body)


def _names(ssrc: int, cname: str) -> bytes:
    item = b"\x01" + bytes([len(cname)]) + cname.encode()
    chunk = ssrc.to_bytes(4, "big") + item
    return _write(_SDES, 1, chunk + bytes(4 - len(chunk) % 4))


def _write(kind: int, count: int, body: bytes) -> bytes:
    return _HEADER.pack(0x80 | count, kind, len(body) // 4) + body
