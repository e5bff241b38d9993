"""What a synthetic client sends: RTP shaped as Chromium's VP8 and Opus, stamped when written.

The stamp lies in the payload, so it travels encrypted. What follows it is whatever was left in
the buffer: nobody decodes it.
"""

import random
import struct
from dataclasses import dataclass, field
from typing import Any

RTP = struct.Struct("!BBHII")
_TWO, _FOUR = struct.Struct("!H"), struct.Struct("!I")
VIDEO = struct.Struct("!BBHB10sQI")  # VP8 descriptor with picture id and TL0PICIDX, frame, stamp
# How frames begin (RFC 6386 section 9.1): a tag, and in a key frame a start code and its size.
KEY_FRAME = b"\x10\x02\x00\x9d\x01\x2a\x80\x02\xe0\x01"
DELTA_FRAME = b"\x11\x02\x00".ljust(10, b"\0")
AUDIO = struct.Struct("!QI")


@dataclass(frozen=True, slots=True)
class Kind:
    """A stream's packets: how many a second, how long (RTP, header included), and for pictures
    how many make a frame; `step` is what the timestamp rises by with each frame."""

    rate: int
    size: int
    parts: int
    step: int


KINDS = {
    "audio": Kind(50, 112, 1, 960),
    "h": Kind(120, 1052, 4, 3000),  # the picture: 1 Mbit/s
    "m": Kind(50, 1000, 2, 3600),  # and its smaller layers, 400
    "l": Kind(20, 600, 1, 4500),  # and 96 kbit/s
}


@dataclass(slots=True)
class Extensions:
    """The header extensions of one stream by their numbers; 0 for one not negotiated."""

    level: int = 0
    send_time: int = 0
    transport: int = 0
    mid: int = 0
    mid_value: str = ""
    rid: int = 0
    rid_value: str = ""

    def layout(self, *, named: bool) -> tuple[bytes, int, int]:
        """The block as it stands in every packet (RFC 8285), and where in it the send time and
        the transport-wide number are to be filled in (0: nowhere). `named` packets say which
        line and layer they belong to."""
        body, send_time_at, transport_at = b"", 0, 0
        if self.transport:
            transport_at = 4 + len(body) + 1
            body += bytes([self.transport << 4 | 1, 0, 0])
        if self.send_time:
            send_time_at = 4 + len(body)
            body += bytes([self.send_time << 4 | 2, 0, 0, 0])
        if self.level:
            body += bytes([self.level << 4, 40])  # not speaking, -40 dBov
        for number, value in ((self.mid, self.mid_value), (self.rid, self.rid_value)):
            if named and number and value:
                body += bytes([number << 4 | (len(value) - 1)]) + value.encode()
        if not body:
            return b"", 0, 0
        body += bytes(-len(body) % 4)
        return struct.pack("!HH", 0xBEDE, len(body) // 4) + body, send_time_at, transport_at


@dataclass(slots=True)
class Line:
    """The transport-wide numbers all streams of one client share."""

    next: int = 0


class Stream:
    """One SSRC a client sends."""

    def __init__(
        self, *, kind: str, ssrc: int, payload_type: int, sender: int, line: Line,
        extensions: Extensions, leg: Any, fan: int = 0,
    ) -> None:  # fmt: skip
        self.leg = leg  # whose keys and address it uses
        self.fan = fan  # how many others each packet is owed to
        self.kind = kind
        self.is_video = kind != "audio"
        self.ssrc = ssrc
        self.sender = sender
        self.line = line
        self.payload_type = payload_type
        self.size, self._parts, self._step = KINDS[kind].size, KINDS[kind].parts, KINDS[kind].step
        self.sequence = random.randrange(1 << 15)
        self.time = random.randrange(1 << 32)
        self.packets = self.octets = 0
        self.wants_key_frame = True
        self._picture = random.randrange(1 << 15)
        self._part = 0
        self._frame = DELTA_FRAME
        self._extensions = extensions
        self._lay_out(named=True)

    def confirm(self) -> None:
        """The other side has reported on it: from now on its number is name enough."""
        self._lay_out(named=False)

    def _lay_out(self, *, named: bool) -> None:
        self._block, self._send_time_at, self._transport_at = self._extensions.layout(named=named)
        self._send_time = self._extensions.send_time
        self._first = 0x90 if self._block else 0x80
        self._body = 12 + len(self._block)

    def write(self, view: memoryview, at: int, now: int) -> int:
        """Write the next packet, not yet encrypted; `now` is the time in ns since 1970."""
        self.sequence = sequence = (self.sequence + 1) & 0xFFFF
        second = self.payload_type
        if not self.is_video:
            self.time = (self.time + self._step) & 0xFFFFFFFF
            AUDIO.pack_into(view, at + self._body, now, self.sender)
        else:
            part = self._part
            if not part:
                self.time = (self.time + self._step) & 0xFFFFFFFF
                self._picture = (self._picture + 1) & 0x7FFF
                self._frame = KEY_FRAME if self.wants_key_frame else DELTA_FRAME
                self.wants_key_frame = False
            self._part = (part + 1) % self._parts
            if not self._part:
                second |= 0x80
            VIDEO.pack_into(
                view, at + self._body, 0x80 if part else 0x90, 0xC0, 0x8000 | self._picture,
                self._picture & 0xFF, self._frame, now, self.sender,
            )  # fmt: skip
        RTP.pack_into(view, at, self._first, second, sequence, self.time, self.ssrc)
        if self._block:
            view[at + 12 : at + self._body] = self._block
            if self._send_time_at:
                moment = (now * 262144 // 1_000_000_000) & 0xFFFFFF  # 6.18 fixed point seconds
                _FOUR.pack_into(
                    view, at + 12 + self._send_time_at, self._send_time << 28 | 2 << 24 | moment
                )
            if self._transport_at:
                _TWO.pack_into(view, at + 12 + self._transport_at, self.line.next)
                self.line.next = (self.line.next + 1) & 0xFFFF
        self.packets += 1
        self.octets += self.size - self._body
        return self.size


@dataclass(slots=True)
class Pace:
    """All streams of one kind, evenly spaced and always in the same order."""

    rate: float
    streams: list[Stream] = field(default_factory=list)
    due: float = 0.0
    _place: int = 0

    def add(self, stream: Stream, now: float) -> None:
        self.streams.append(stream)
        self.due = max(self.due, now)

    def remove(self, streams: set[int]) -> None:
        self.streams = [stream for stream in self.streams if stream.ssrc not in streams]
        self._place = 0

    def next(self) -> Stream:
        """The stream whose turn it is. Call when `due` has come."""
        self.due += 1 / (self.rate * len(self.streams))
        self._place = (self._place + 1) % len(self.streams)
        return self.streams[self._place]
