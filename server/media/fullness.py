"""How much of its core a worker uses, and whether one more room fits.

A core that is full serves nobody well: packets wait, the control process gets no turn, and in the
end everybody joins anew. Whoever is in a call already comes first; a new room is refused instead.
"""

from collections import deque

FULL = 0.97  # of a core, both processes together
LOOKS_BACK = 1.0  # seconds the share is taken over
ENOUGH = 0.5  # seconds; in fewer a process that wakes late tells of all it did in no time
SHOWS_AFTER = 0.25  # seconds until a new room shows in the share
ROOMS_KNOWN = 4  # below that a room's share says nothing; then it is taken for a large one
LARGE = 1 / 40  # of a core: a room of three with everything on, where they fill it (docs/bench.md)


class Fullness:
    """The share of a core two processes take, from the processor time each has had."""

    def __init__(self, full: float = FULL) -> None:
        self._full = full
        self._measured: deque[tuple[float, float]] = deque()  # (moment, seconds worked)
        self._let_in: deque[float] = deque()

    def take(self, worked: float, now: float) -> None:
        """Note how many seconds both have worked since they began."""
        self._measured.append((now, worked))
        while len(self._measured) > 2 and self._measured[1][0] <= now - LOOKS_BACK:
            self._measured.popleft()

    @property
    def share(self) -> float:
        """0 is idle, 1 a whole core; 0 as long as too little is known."""
        if len(self._measured) < 2:
            return 0.0
        (began, before), (ended, after) = self._measured[0], self._measured[-1]
        return (after - before) / (ended - began) if ended - began >= ENOUGH else 0.0

    def lets_in(self, rooms: int, now: float) -> bool:
        """Whether a room fits beside `rooms` others. Those let in a moment ago, which do not show
        yet, are taken to be like the others."""
        while self._let_in and self._let_in[0] <= now - SHOWS_AFTER:
            self._let_in.popleft()
        fresh = len(self._let_in)
        each = self.share / (rooms - fresh) if rooms - fresh >= ROOMS_KNOWN else LARGE
        if self.share + each * fresh >= self._full:
            return False
        self._let_in.append(now)
        return True
