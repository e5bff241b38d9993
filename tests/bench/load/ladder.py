"""Up, room by room, until the server no longer holds them. The rule, without the measuring."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field

LATEST = 20.0  # ms at the 99th percentile
LOSS = 0.001  # of all packets
STARVED = 0.01  # of what should have been sent on; above it is not load but standstill
IN_A_ROW, TRIES = 3, 3
GENERATOR_LATE = 20.0  # ms at the 99th percentile behind its own schedule


@dataclass(frozen=True, slots=True)
class Window:
    """What a few seconds at one number of rooms showed."""

    rooms: int
    received: int
    p50_ms: float
    p99_ms: float
    loss: float
    starved: float
    core: float  # share of a core the server took
    us_per_packet: float
    failed: int = 0  # of the packets that were decrypted and looked into
    strayed: int = 0  # packets of another room
    generator_late_ms: float = 0.0
    generator_core: float = 0.0
    refused: bool = False  # the server says that it has no room for so many

    @property
    def wrong(self) -> str:
        """What is the matter; empty when nothing is."""
        if self.refused:
            return "refused, the core being full"
        if self.failed or self.strayed:
            return "packets that were not genuine"
        if self.generator_late_ms > GENERATOR_LATE:
            return "the generator"
        if self.starved > STARVED:
            return f"only {1 - self.starved:.0%} of the packets came"
        if self.loss > LOSS:
            return f"loss {self.loss:.2%}"
        if self.p99_ms > LATEST:
            return f"p99 {self.p99_ms:.1f} ms"
        return ""


@dataclass(slots=True)
class Climb:
    """How far it went, and why no further."""

    windows: list[Window] = field(default_factory=list)
    held: int = 0
    stopped_by: str = ""

    def at(self, rooms: int) -> list[Window]:
        """The clean windows of one step."""
        return [window for window in self.windows if window.rooms == rooms and not window.wrong]


async def climb(
    steps: Iterable[int],
    measure: Callable[[int], Awaitable[Window]],
    tell: Callable[[Window], None] = lambda window: None,
) -> Climb:
    """Take step after step. A step is held when three windows in a row are clean; it has three
    tries, because the machine may be somebody else's for a moment."""
    climbed = Climb()
    for rooms in steps:
        wrong = ""
        for _ in range(TRIES):
            wrong = await _try(rooms, climbed, measure, tell)
            if not wrong:
                break
        if wrong:
            climbed.stopped_by = f"{rooms} rooms: {wrong}"
            break
        climbed.held = rooms
    else:
        climbed.stopped_by = "the end of the ladder"
    return climbed


async def _try(
    rooms: int,
    climbed: Climb,
    measure: Callable[[int], Awaitable[Window]],
    tell: Callable[[Window], None],
) -> str:
    for _ in range(IN_A_ROW):
        window = await measure(rooms)
        climbed.windows.append(window)
        tell(window)
        if window.wrong:
            return window.wrong
    return ""
