"""What to ask a sender for once more (generic NACK, RFC 4585 section 6.2.1). Pure.

One `Holes` per incoming stream looks at sequence numbers alone. It sits in the packet path, so
a packet in order costs one comparison. What is asked for comes back as numbers; writing them
is rtcp.py's.
"""

PATIENCE = 0.010  # seconds a hole may heal by itself: packets overtake each other
AGAIN = (
    0.040  # seconds between two requests for the same packet; browsers answer one per round trip
)
MOST_REQUESTS = 12
GIVEN_UP = 1.0  # seconds after which no decoder waits for it any more
UNHEARD = 0.25  # and of sound, whose moment is over sooner
# Who never answered, though asked for so many, knows no repairs: it is asked now and then only.
DEAF, NOW_AND_THEN = 40, 5.0  # packets, seconds
JUMP = 500  # numbers; with more missing it is a new stream, or one only a key frame helps
AT_ONCE = 200  # numbers that fit into one packet even when no two are neighbours


class Holes:
    """The packets of one stream that have not come."""

    __slots__ = ("missing", "next", "_asked", "_given_up", "_unanswered")

    def __init__(self, given_up: float = GIVEN_UP) -> None:
        self._given_up = given_up
        self._unanswered: int | None = 0  # packets asked for in vain; None: some came
        self._asked = float("-inf")
        self.next = -1
        """The number expected next; none before the first packet. Whoever moves it on for a packet
        in order, as the packet path does, saves itself a call."""
        self.missing: dict[int, tuple[float, float, int]] = {}
        """Of each packet that has not come: since when, when to ask next, how often was asked."""

    def arrived(self, sequence: int, now: float) -> bool:
        """A packet with this number (0..65535) arrived at this moment, in seconds. False when
        it has come before, or long after anybody waited for it."""
        if sequence == self.next:
            self.next = (sequence + 1) & 0xFFFF
            return True
        ahead = (sequence - self.next) & 0xFFFF
        if ahead > 0xFFFF - JUMP and self.next >= 0:
            hole = self.missing.pop(sequence, None)
            if hole is not None and hole[2]:
                self._unanswered = None
            return hole is not None
        if self.next < 0 or len(self.missing) + ahead > JUMP:
            self.missing.clear()
        else:
            hole = (now, now + PATIENCE, 0)
            self.missing.update(((self.next + i) & 0xFFFF, hole) for i in range(ahead))
        self.next = (sequence + 1) & 0xFFFF
        return True

    def due(self, now: float) -> list[int]:
        """Say which numbers to ask for now, oldest first, and count that as asked."""
        numbers: list[int] = []
        if not self.missing:
            return numbers
        is_deaf = (self._unanswered or 0) >= DEAF and now - self._asked < NOW_AND_THEN
        for number, (opened, due, requests) in list(self.missing.items()):
            if now < due or len(numbers) == AT_ONCE:
                continue
            if requests == MOST_REQUESTS or now - opened > self._given_up:
                del self.missing[number]
                if self._unanswered is not None:
                    self._unanswered += requests > 0
            elif not is_deaf:
                self._asked = now
                self.missing[number] = (opened, now + AGAIN, requests + 1)
                numbers.append(number)
        return numbers
