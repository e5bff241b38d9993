"""What to ask a sender for once more (generic NACK, RFC 4585 section 6.2.1). Pure.

One `Holes` per incoming stream looks at sequence numbers alone. It sits in the packet path, so
a packet in order costs one comparison. What is asked for comes back as numbers; writing them
is rtcp.py's.
"""

PATIENCE = 0.010  # seconds a hole may heal by itself: packets overtake each other
AGAIN = 0.060  # seconds between two requests for the same packet
MOST_REQUESTS = 8
GIVEN_UP = 1.0  # seconds after which no decoder waits for it any more
JUMP = 500  # numbers; with more missing it is a new stream, or one only a key frame helps
AT_ONCE = 200  # numbers that fit into one packet even when no two are neighbours


class Holes:
    """The packets of one stream that have not come."""

    __slots__ = ("_missing", "_next")

    def __init__(self) -> None:
        self._next = -1  # the number expected next; none before the first packet
        self._missing: dict[int, tuple[float, float, int]] = {}  # opened, next request, requests

    @property
    def open(self) -> bool:
        """Whether anything is missing."""
        return bool(self._missing)

    def arrived(self, sequence: int, now: float) -> bool:
        """A packet with this number (0..65535) arrived at this moment, in seconds. False when
        it has come before, or long after anybody waited for it."""
        if sequence == self._next:
            self._next = (sequence + 1) & 0xFFFF
            return True
        ahead = (sequence - self._next) & 0xFFFF
        if ahead > 0xFFFF - JUMP and self._next >= 0:
            return self._missing.pop(sequence, None) is not None
        if self._next < 0 or len(self._missing) + ahead > JUMP:
            self._missing.clear()
        else:
            hole = (now, now + PATIENCE, 0)
            self._missing.update(((self._next + i) & 0xFFFF, hole) for i in range(ahead))
        self._next = (sequence + 1) & 0xFFFF
        return True

    def due(self, now: float) -> list[int]:
        """Say which numbers to ask for now, oldest first, and count that as asked."""
        numbers: list[int] = []
        if not self._missing:
            return numbers
        for number, (opened, due, requests) in list(self._missing.items()):
            if now < due or len(numbers) == AT_ONCE:
                continue
            if requests == MOST_REQUESTS or now - opened > GIVEN_UP:
                del self._missing[number]
            else:
                self._missing[number] = (opened, now + AGAIN, requests + 1)
                numbers.append(number)
        return numbers
