"""Header bytes in place: one continuous stream per slot, whoever is speaking in it.

A receiver sees one SSRC per slot. When another sender takes the slot, sequence numbers,
timestamps and VP8 picture ids go on counting as if nothing had happened (RFC 3550, RFC 7741),
so the decoder never notices and nothing is negotiated again. Only clear header bytes are read;
the picture itself stays unread, also when it is encrypted end to end.
"""

import secrets
import struct
from typing import Final

RTP: Final = struct.Struct("!BBHII")
_TWO: Final = struct.Struct("!H")
_LOOK: Final = struct.Struct("!BBHBBB")
# Looked up once: what is called for every packet is a name and no attribute.
_write, _write_two, _look = RTP.pack_into, _TWO.pack_into, _LOOK.unpack_from

Header = tuple[int, int, int, int, int]
"""The first twelve bytes: flags, marker and payload type, sequence number, time, SSRC."""
Picture = tuple[bool, int, int, int, int, int]
"""Begins a key frame; where the picture id is (0: nowhere), its value, its mask; TL0PICIDX."""
NO_PICTURE: Final[Picture] = (False, 0, 0, 0, 0, 0)
LONG: Final = 0x7FFF  # the mask of a picture id of 15 bits, as browsers write it


def payload_start(view: memoryview, at: int, end: int) -> int:
    """Find where the payload begins; 0 when the header does not fit into the packet."""
    first = view[at]
    start = at + 12 + 4 * (first & 0x0F)
    if first & 0x10:
        if start + 4 > end:
            return 0
        start += 4 + 4 * ((view[start + 2] << 8) | view[start + 3])
    return start if start <= end else 0


def payload_end(view: memoryview, at: int, end: int) -> int:
    """Find where the payload ends before any padding; 0 when the padding is impossible."""
    if not view[at] & 0x20:
        return end
    padding = view[end - 1]
    return end - padding if 0 < padding <= end - at - 12 else 0


def look_at_vp8(view: memoryview, start: int, end: int) -> Picture | None:
    """Read the VP8 payload descriptor (RFC 7741 section 4.2); None when it is cut off."""
    if end - start >= _LOOK.size:
        # What browsers send: a picture id of 15 bits, sometimes TL0PICIDX and a temporal layer.
        first, extended, number, third, fourth, fifth = _look(view, start)
        if first & 0x80 and extended & 0x80 and number & 0x8000:
            temporal = extended & 0x30
            number &= 0x7FFF
            if extended & 0x40:
                key = first & 0x17 == 0x10 and not (fifth if temporal else fourth) & 1
                return key, start + 2, number, 0x7FFF, start + 4, third
            key = first & 0x17 == 0x10 and not (fourth if temporal else third) & 1
            return key, start + 2, number, 0x7FFF, 0, 0
    return _look_slowly(view, start, end)


def _look_slowly(view: memoryview, start: int, end: int) -> Picture | None:
    """Any descriptor that is allowed, byte by byte."""
    if start >= end:
        return None
    first = view[start]
    position = start + 1
    number_at = number = mask = base_at = base = 0
    if first & 0x80:
        if position >= end:
            return None
        extended = view[position]
        position += 1
        if extended & 0x80:
            if position + 2 > end:
                return None
            number_at, number, mask = position, view[position] & 0x7F, 0x7F
            position += 1
            if view[number_at] & 0x80:
                number, mask = (number << 8) | view[position], 0x7FFF
                position += 1
        if extended & 0x40:
            if position >= end:
                return None
            base_at, base = position, view[position]
            position += 1
        if extended & 0x30:
            position += 1
    if position >= end:
        return None
    begins_key_frame = first & 0x17 == 0x10 and not view[position] & 1
    return begins_key_frame, number_at, number, mask, base_at, base


class Numbers:
    """The numbers one slot has used, and what to add to those of its present sender."""

    __slots__ = (
        "base", "base_offset", "clock", "payload_type", "picture", "picture_offset",
        "sequence", "sequence_offset", "since", "ssrc", "time", "time_offset", "when",
    )  # fmt: skip

    def __init__(self, ssrc: int, payload_type: int, clock: int) -> None:
        self.ssrc = ssrc
        self.payload_type = payload_type
        self.clock = clock
        # Below 2**15, so that a first packet lost on the way cannot upset the receiver's
        # count of wrap-arounds (RFC 3711 section 3.3.1).
        self.sequence = secrets.randbelow(1 << 15)
        self.time = secrets.randbits(32)
        self.picture = secrets.randbits(15)
        self.base = secrets.randbits(8)
        self.when = 0.0
        self.since = -1  # how far this sender's numbers have come since it took the slot
        self.sequence_offset = self.time_offset = self.picture_offset = self.base_offset = 0

    def take_over(self, sequence: int, time: int, picture: Picture, now: float) -> None:
        """Continue with another sender, whose first packet is this one."""
        self.sequence_offset = (self.sequence + 1 - sequence) & 0xFFFF
        gap = int((now - self.when) * self.clock) if self.when else 0
        self.time_offset = (self.time + max(1, min(gap, 10 * self.clock)) - time) & 0xFFFFFFFF
        self.picture_offset = (self.picture + 1 - picture[2]) & 0x7FFF
        self.base_offset = (self.base + 1 - picture[5]) & 0xFF
        self.since = -1

    def write(
        self,
        view: memoryview,
        at: int,
        header: Header,
        picture: Picture,
        moved: int,
        now: float,
    ) -> bool:
        """Write this packet's header for the slot; `moved` is from the inbox to this place.

        False when the packet is older than the moment this sender took the slot: its number
        belongs to somebody else's packet.
        """
        sequence = (header[2] + self.sequence_offset) & 0xFFFF
        time = (header[3] + self.time_offset) & 0xFFFFFFFF
        ahead = (sequence - self.sequence) & 0xFFFF
        if ahead >= 0x8000:
            if 0x10000 - ahead > self.since:
                return False
        elif ahead or self.since < 0:
            self.since += ahead
            self.sequence = sequence
            self.time = time
            self.when = now
            if picture[1]:
                self.picture = (picture[2] + self.picture_offset) & 0x7FFF
                self.base = (picture[5] + self.base_offset) & 0xFF
        second = (header[1] & 0x80) | self.payload_type
        _write(view, at, header[0], second, sequence, time, self.ssrc)
        if picture[1] or picture[4]:
            self.place(view, picture, moved)
        return True

    def place(self, view: memoryview, picture: Picture, moved: int) -> None:
        """Write the picture's id and TL0PICIDX as this slot counts them, where it has them."""
        if picture[1]:
            number = (picture[2] + self.picture_offset) & picture[3]
            if picture[3] == 0x7F:
                view[picture[1] + moved] = number
            else:
                _write_two(view, picture[1] + moved, number | 0x8000)
        if picture[4]:
            view[picture[4] + moved] = (picture[5] + self.base_offset) & 0xFF

    def origin(self, sequence: int) -> int | None:
        """Say which number of the present sender's became this one; None when it was none of
        that sender's, or has not been used."""
        behind = (self.sequence - sequence) & 0xFFFF
        return (sequence - self.sequence_offset) & 0xFFFF if behind <= self.since else None
