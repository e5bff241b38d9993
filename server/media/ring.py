"""The last packets of a stream, kept for who missed one (RFC 4585, RFC 4588).

One ring serves all receivers: what is kept is the packet as it came, and each receiver's own
numbers are written when it is asked for. Nothing older than half a second is sent again: by
then a picture is better mended by a key frame, so no longer is it kept either.
"""

from server.media.rewrite import Header, Picture

PLACES = 128  # packets: more than half a second of a camera; a power of two
LARGEST = 1280  # bytes; browsers stay below 1200
OLDEST = 0.5  # seconds
_FREED = (1, 2)  # old packets let go for each that comes: as fast as they came, and some

Kept = tuple[float, int, bytes, Header, Picture, int, int]
"""One packet: when it arrived, where in the inbox it was, its bytes, its header, what its picture
says, where its payload and its transport-wide number were. A plain tuple, since one is made for
each packet; the places are the inbox's, so the second has to be taken away from them."""


class Ring:
    def __init__(self) -> None:
        self._kept: list[Kept | None] = [None] * PLACES
        self._oldest = 0

    def keep(self, kept: Kept) -> None:
        if len(kept[2]) > LARGEST:
            return
        places = self._kept
        places[kept[3][2] & (PLACES - 1)] = kept
        for _ in _FREED:
            old = places[self._oldest]
            if old is not None:
                if kept[0] - old[0] <= OLDEST:
                    return
                places[self._oldest] = None
            self._oldest = (self._oldest + 1) & (PLACES - 1)

    def find(self, sequence: int, now: float) -> Kept | None:
        """Give the packet with this number of the sender's, unless it is gone or too old."""
        kept = self._kept[sequence & (PLACES - 1)]
        if kept is None or kept[3][2] != sequence or now - kept[0] > OLDEST:
            return None
        return kept
