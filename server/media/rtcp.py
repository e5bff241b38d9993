"""RTCP as this server speaks it (RFC 3550, RFC 4585, RFC 5104). Pure.

Read: sender reports, and the wish for a key frame in both its forms (PLI, FIR). Written:
receiver reports to those who send, sender reports to those who watch, PLI. Anything else is
stepped over; what does not add up raises `ValueError` and costs only its sender.
"""

import struct
from dataclasses import dataclass

_SR, _RR, _SDES, _PSFB = 200, 201, 202, 206
_PLI, _FIR = 1, 4
_HEADER = struct.Struct("!BBH")
_SENDER = struct.Struct("!IQIII")
_BLOCK = struct.Struct("!IIIIII")


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


Packet = SenderReport | KeyFrameWanted


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
        if kind == _SR:
            if len(body) < _SENDER.size:
                raise ValueError("a sender report is cut off")
            found.append(SenderReport(*_SENDER.unpack_from(body)))
        elif kind == _PSFB:
            if len(body) < 8:
                raise ValueError("a feedback message is cut off")
            if first & 0x1F == _PLI:
                found.append(KeyFrameWanted(int.from_bytes(body[4:8], "big")))
            elif first & 0x1F == _FIR:
                # FIR names its streams in entries of eight bytes; the header's is unused.
                entries = range(8, len(body) - 7, 8)
                found += [KeyFrameWanted(int.from_bytes(body[e : e + 4], "big")) for e in entries]
        position = end
    return found


def receiver_report(sender: int, blocks: list[Block], cname: str) -> bytes:
    """Tell a client how its streams arrive; with no blocks, the opening of a compound packet."""
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


def sender_report(report: SenderReport, cname: str) -> bytes:
    body = _SENDER.pack(
        report.ssrc, report.ntp, report.time, report.packets & 0xFFFFFFFF,
        report.octets & 0xFFFFFFFF,
    )  # fmt: skip
    return _write(_SR, 0, body) + _names(report.ssrc, cname)


def picture_loss(sender: int, media: int, cname: str) -> bytes:
    """Ask for a key frame, as a compound packet of its own."""
    return receiver_report(sender, [], cname) + _write(
        _PSFB, _PLI, struct.pack("!II", sender, media)
    )


def _names(ssrc: int, cname: str) -> bytes:
    item = b"\x01" + bytes([len(cname)]) + cname.encode()
    chunk = ssrc.to_bytes(4, "big") + item
    return _write(_SDES, 1, chunk + bytes(4 - len(chunk) % 4))


def _write(kind: int, count: int, body: bytes) -> bytes:
    return _HEADER.pack(0x80 | count, kind, len(body) // 4) + body
