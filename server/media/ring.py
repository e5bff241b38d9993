"""The last packets of a stream, kept for who missed one (RFC 4585, RFC 4588).

One ring serves all receivers: what is kept is the packet as it came, and each receiver's own
numbers are written when it is asked for. Nothing older than half a second is sent again: by
then a picture is better mended by a key frame.
"""

from typing import Any, NamedTuple

from server.media.rewrite import Header, Picture
from server.media.srtp import Buffers, copy

PLACES = 128  # packets: more than half a second of a camera; a power of two
LARGEST = 1280  # bytes; browsers stay below 1200
OLDEST = 0.5  # seconds


class Kept(NamedTuple):
    """One packet. `at`, `payload`, `wide` and the places in `picture` are where things were in
    the inbox: take `at` away from them."""

    arrived: float
    at: int
    length: int
    header: Header
    picture: Picture
    payload: int
    wide: int


class Ring:
    def __init__(self) -> None:
        self._buffers = Buffers(PLACES, LARGEST)
        self._kept: list[Kept | None] = [None] * PLACES
        self.newest = -1

    def keep(self, source: Any, kept: Kept) -> None:
        """Copy a packet in from `source`."""
        if kept.length > LARGEST:
            return
        sequence = kept.header[2]
        place = sequence & (PLACES - 1)
        copy(self._buffers.pointers[place], source, kept.length)
        self._kept[place] = kept
        self.newest = sequence

    def find(self, sequence: int, now: float) -> tuple[Kept, memoryview] | None:
        """Give the packet with this number of the sender's, unless it is gone or too old."""
        place = sequence & (PLACES - 1)
        kept = self._kept[place]
        if kept is None or kept.header[2] != sequence or now - kept.arrived > OLDEST:
            return None
        start = place * LARGEST
        return kept, self._buffers.view[start : start + kept.length]
