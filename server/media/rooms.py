"""The rooms of a worker: performs what `Room` decides, in order, on the packet process."""

from collections.abc import Callable
from itertools import count

from server.media import wire
from server.media.connection import Connection
from server.media.connections import Connections
from server.media.feedback import Feedback
from server.media.quality import Quality
from server.media.room import (
    Connected,
    Edge,
    Event,
    Forward,
    Gone,
    Renew,
    Replace,
    Room,
    Ruled,
    Seat,
    StopForwarding,
    Ticked,
    check,
)
from server.media.room import Connection as Name

LONGEST_LEASE = 120.0  # seconds: a trial call's life
VIDEO_TRACKS = ("camera", "screen")


class Rooms:
    def __init__(
        self,
        connections: Connections,
        feedback: Feedback,
        quality: Quality,
        hand_over: Callable[[wire.Message], None],
    ) -> None:
        self._connections = connections
        self._feedback = feedback
        self._quality = quality
        self._hand_over = hand_over
        self._numbers = count(1)
        self._rooms: dict[str, tuple[int, Room]] = {}
        self._named: dict[str, Connection] = {}

    def __len__(self) -> int:
        return len(self._rooms)

    def figures(self) -> dict[str, int]:
        """How many there are, and who is remembered to be in one: nobody once they are gone."""
        return {"rooms": len(self._rooms), "kept_seated": len(self._named)}

    def rule(self, matrix: wire.Matrix, now: float) -> None:
        """Put a matrix into force. Raises ValueError with a stable id when it cannot be."""
        if not 0 < matrix.lease <= LONGEST_LEASE:
            raise ValueError("matrix-lease")
        edges = check(Edge(*edge) for edge in matrix.edges)
        self._handle(matrix.room, Ruled(matrix.version, edges, now + matrix.lease))

    def connect(self, connection: Connection, close: Callable[[Connection, str], None]) -> None:
        """Seat a connection: from now on the matrix can send it something."""
        opened, keys = connection.opened, connection.keys
        address = connection.path.nominated
        if keys is None or address is None:
            raise RuntimeError("only a connected client can be seated")
        number, _ = self._room(opened.room)
        self._named[opened.connection] = connection
        self._hand_over(
            wire.Admit(
                connection.number,
                number,
                address.hex(),
                keys.profile,
                keys.inbound.hex(),
                keys.outbound.hex(),
                opened.terms,
            )
        )
        replaced = self._handle(opened.room, Connected(Seat(opened.seat), Name(opened.connection)))
        for name in replaced:
            old = self._named.get(name)
            if old is not None:
                close(old, "replaced")

    def disconnect(self, connection: Connection) -> None:
        opened = connection.opened
        if self._named.get(opened.connection) is connection:
            self._handle(opened.room, Gone(Seat(opened.seat), Name(opened.connection)))
            del self._named[opened.connection]
            self._hand_over(wire.Dismiss(connection.number))

    def forget(self, room: str) -> None:
        if room in self._rooms:
            number, _ = self._rooms.pop(room)
            self._hand_over(wire.Renew(number, 0.0))

    def tick(self, now: float) -> None:
        for name, (_, room) in list(self._rooms.items()):
            self._handle(name, Ticked(now))
            if not room.seats and not room.until:
                self.forget(name)  # nobody is in it and no law holds: it need not be kept

    def _room(self, name: str) -> tuple[int, Room]:
        if name not in self._rooms:
            self._rooms[name] = (next(self._numbers), Room())
        return self._rooms[name]

    def _handle(self, name: str, event: Event) -> list[str]:
        """Let the room decide and carry it out. Gives the connections that were replaced."""
        number, room = self._room(name)
        replaced: list[str] = []
        for command in room.handle(event):
            match command:
                case Forward() | StopForwarding():
                    self._route(command)
                case Renew(until):
                    self._hand_over(wire.Renew(number, until))
                case Replace(connection):
                    replaced.append(connection)
        return replaced

    def _route(self, command: Forward | StopForwarding) -> None:
        source, target = self._named.get(command.source), self._named.get(command.target)
        if source is None or target is None or command.slot >= len(target.opened.terms.slots):
            return
        on = isinstance(command, Forward)
        out = target.opened.terms.slots[command.slot][int(command.track in VIDEO_TRACKS)]
        if on:
            self._feedback.allow(out, source.number)
        else:
            self._feedback.stop(out)
        if command.track in VIDEO_TRACKS:
            if on:
                self._quality.seat(target.number, command.slot, source.number, command.track)
            else:
                self._quality.clear(target.number, command.slot)
        self._hand_over(wire.Route(source.number, command.track, target.number, command.slot, on))
