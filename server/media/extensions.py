"""RTP header extensions in place (RFC 8285): what is read of them, and what is taken out.

Two are passed on: the audio level, and the place of the transport-wide number, where each
receiver gets a number of its own. Everything else belongs to one leg of the way only.
"""

import struct
from typing import Final

ONE_BYTE = 0xBEDE  # the form with one byte of header for each extension
_TWO: Final = struct.Struct("!H")
_HEAD: Final = struct.Struct("!HH")
_WIDE_BYTES = 3
_WITH_PLACE = 12  # bytes of extensions with the level, the number and padding
_HEAD_OF_PLACE: Final = _HEAD.pack(ONE_BYTE, 2)
_EMPTY_PLACE: Final = bytes(6)
# Looked up once: what is called for every packet is a name and no attribute.
_read_head, _write_two = _HEAD.unpack_from, _TWO.pack_into


def find(view: memoryview, at: int, identifier: int) -> bytes:
    """Read one extension of a packet, as text has it (MID, RID); empty when it is not there."""
    if not identifier or not view[at] & 0x10:
        return b""
    position = at + 12 + 4 * (view[at] & 0x0F)
    profile, words = _HEAD.unpack_from(view, position)
    if profile != ONE_BYTE:
        return b""
    position += 4
    end = position + 4 * words
    while position < end:
        element = view[position]
        if element == 0:
            position += 1
            continue
        size = (element & 0x0F) + 1
        if element >> 4 == identifier and position + 1 + size <= end:
            return bytes(view[position + 1 : position + 1 + size])
        position += 1 + size
    return b""


def keep(view: memoryview, at: int, level: int, wide: int) -> tuple[int, int, int]:
    """Blank every extension but the audio level and the transport-wide number, and say where
    those two begin (or 0), and what the number is.

    A sender's MID would collide with the receiver's own. Zeros are padding to every reader
    (RFC 8285 section 4.2).
    """
    position = at + 12 + 4 * (view[at] & 0x0F)
    profile, words = _read_head(view, position)
    position += 4
    if words == 1 and profile == ONE_BYTE:
        # What nearly every packet looks like: one of the two, then padding.
        element = view[position]
        if wide and element == wide << 4 | 1:
            view[position + 3] = 0
            return 0, position, view[position + 1] << 8 | view[position + 2]
        if level and element == level << 4:
            view[position + 2] = view[position + 3] = 0
            return position, 0, 0
    end = position + 4 * words
    if profile != ONE_BYTE:
        view[position:end] = bytes(end - position)
        return 0, 0, 0
    level_at, wide_at = _walk(view, position, end, level, wide)
    return level_at, wide_at, number_at(view, wide_at) if wide_at else 0


def _walk(view: memoryview, position: int, end: int, level: int, wide: int) -> tuple[int, int]:
    level_at = wide_at = 0
    while position < end:
        element = view[position]
        following = position + 2 + (element & 0x0F) if element else position + 1
        fits = following <= end
        if element and element >> 4 == level and element & 0x0F == 0 and fits:
            level_at = position
        elif element and element >> 4 == wide and element & 0x0F == 1 and fits:
            wide_at = position
        else:
            view[position : min(following, end)] = bytes(min(following, end) - position)
        position = following
    return level_at, wide_at


def make_place(view: memoryview, at: int, start: int, end: int, level: int) -> tuple[int, int, int]:
    """Give a packet of sound, its level at `level`, its payload from `start` to `end`, a place for
    a number too. Says where the level and the number are now, and by how much it grew."""
    block = at + 12 + 4 * (view[at] & 0x0F)
    payload = block + _WITH_PLACE
    loudness = view[level : level + 2].tobytes()
    view[payload : payload + end - start] = view[start:end]
    view[block:payload] = _HEAD_OF_PLACE + loudness + _EMPTY_PLACE
    return block + 4, block + 6, payload - start


def mark(identifier: int) -> int:
    """How the transport-wide number begins where it has this identifier; 0 where it has none."""
    return identifier << 4 | 1 if identifier else 0


def number_at(view: memoryview, at: int) -> int:
    """Read the transport-wide number that begins here."""
    number: int = _TWO.unpack_from(view, at + 1)[0]
    return number


def write_number(view: memoryview, at: int, identifier: int, number: int) -> None:
    """Give a packet this receiver's own transport-wide number."""
    view[at] = identifier << 4 | 1
    _write_two(view, at + 1, number)


def blank_number(view: memoryview, at: int) -> None:
    view[at : at + _WIDE_BYTES] = bytes(_WIDE_BYTES)
