"""Who should be hearing and seeing whom, worked out without touching the network.

`Room` takes in what happened and gives back what to do about it. control.py performs the
commands; the tests simply compare them. The matrix is the law: it comes whole, with a rising
version and a lease, from the process that knows the people. Here is neither a name nor a
reason, and nothing is forwarded by default: no lease, no routes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NewType

Seat = NewType("Seat", str)
Connection = NewType("Connection", str)
TrackName = Literal["audio", "camera", "screen"]


@dataclass(frozen=True, slots=True)
class Edge:
    """What one seat gets of another, and in which of its slots. `screen` puts the shared
    screen into the slot in place of the camera."""

    source: str
    target: str
    slot: int
    audio: bool
    video: bool
    screen: bool = False


@dataclass(frozen=True, slots=True)
class Connected:
    seat: Seat
    connection: Connection


@dataclass(frozen=True, slots=True)
class Gone:
    seat: Seat
    connection: Connection


@dataclass(frozen=True, slots=True)
class Ruled:
    """A matrix came: it holds from now until the end of its lease."""

    version: int
    edges: frozenset[Edge]
    until: float


@dataclass(frozen=True, slots=True)
class Ticked:
    now: float


Event = Connected | Gone | Ruled | Ticked


@dataclass(frozen=True, slots=True, order=True)
class Forward:
    source: Connection
    track: TrackName
    target: Connection
    slot: int


@dataclass(frozen=True, slots=True, order=True)
class StopForwarding:
    source: Connection
    track: TrackName
    target: Connection
    slot: int


@dataclass(frozen=True, slots=True)
class Renew:
    until: float


@dataclass(frozen=True, slots=True)
class Replace:
    """Close this connection: another one of the same seat has taken over."""

    connection: Connection


Command = Forward | StopForwarding | Renew | Replace


def check(edges: Iterable[Edge]) -> frozenset[Edge]:
    """Refuse a matrix nobody can carry out. Raises ValueError with a stable id."""
    kept = frozenset(edges)
    taken: set[tuple[str, int, str]] = set()
    for edge in kept:
        if edge.slot < 0:
            raise ValueError("matrix-slot")
        if edge.source == edge.target:
            raise ValueError("matrix-echo")
        for kind in [kind for kind in ("audio", "video") if getattr(edge, kind)]:
            if (edge.target, edge.slot, kind) in taken:
                raise ValueError("matrix-slot-taken")
            taken.add((edge.target, edge.slot, kind))
    return kept


@dataclass(slots=True)
class Room:
    seats: dict[Seat, Connection] = field(default_factory=dict)
    edges: frozenset[Edge] = frozenset()
    version: int = -1
    until: float = 0.0

    def handle(self, event: Event) -> list[Command]:
        if isinstance(event, Ticked) and not (self.until and event.now > self.until):
            return []  # ten times a second nothing has happened
        before = self._wanted()
        extra: list[Command] = []
        match event:
            case Connected(seat, connection):
                old = self.seats.get(seat)
                if old is not None and old != connection:
                    extra.append(Replace(old))
                self.seats[seat] = connection
            case Gone(seat, connection):
                if self.seats.get(seat) == connection:
                    del self.seats[seat]
            case Ruled(version, edges, until):
                if version < self.version or (version == self.version and edges != self.edges):
                    raise ValueError("matrix-stale")
                self.version, self.edges, self.until = version, edges, until
                extra.append(Renew(until))
            case Ticked():
                self.edges, self.until = frozenset(), 0.0
        after = self._wanted()
        stops = [
            StopForwarding(r.source, r.track, r.target, r.slot) for r in sorted(before - after)
        ]
        # Closing first: a slot is free before somebody else is put into it, and the lease is
        # renewed only when nothing that has to go is left.
        return [*stops, *extra, *sorted(after - before)]

    def _wanted(self) -> set[Forward]:
        wanted: set[Forward] = set()
        for edge in self.edges:
            source = self.seats.get(Seat(edge.source))
            target = self.seats.get(Seat(edge.target))
            if source is None or target is None:
                continue
            if edge.audio:
                wanted.add(Forward(source, "audio", target, edge.slot))
            if edge.video:
                track: TrackName = "screen" if edge.screen else "camera"
                wanted.add(Forward(source, track, target, edge.slot))
        return wanted
