"""The table of a worker's connections, by everything a datagram or a message may name."""

from collections.abc import Callable
from itertools import count

from OpenSSL import SSL

from server.media import wire
from server.media.addresses import Address
from server.media.connection import Connection, Standing
from server.media.ice import Path

MOST_PER_SEAT = 4
ALIVE = 5.0  # seconds since the last word for which an address belongs to who uses it


class Connections:
    def __init__(self) -> None:
        self._numbers = count(1)
        self._by_number: dict[int, Connection] = {}
        self._by_ufrag: dict[str, Connection] = {}
        self._by_address: dict[Address, Connection] = {}
        self._by_seat: dict[tuple[str, str], list[Connection]] = {}

    def open(
        self,
        opened: wire.Open,
        tls: SSL.Context,
        now: float,
        close: Callable[[Connection, str], None],
    ) -> Connection:
        """Add a connection to a seat. The oldest unfinished one gives way to too many."""
        if opened.ufrag in self._by_ufrag:
            raise ValueError("ufrag-taken")
        connection = Connection(next(self._numbers), opened, tls, now)
        seat = self._by_seat.setdefault((opened.room, opened.seat), [])
        unfinished = [other for other in seat if other.standing is Standing.CONNECTING]
        if len(unfinished) >= MOST_PER_SEAT:
            close(unfinished[0], "too-many")
            seat = self._by_seat.setdefault((opened.room, opened.seat), [])
        seat.append(connection)
        self._by_number[connection.number] = connection
        self._by_ufrag[opened.ufrag] = connection
        return connection

    def restart(self, message: wire.Restart) -> None:
        """Let a connection be found by new credentials too. Raises ValueError with a stable id."""
        if message.ufrag in self._by_ufrag:
            raise ValueError("ufrag-taken")
        named = (c for c in self.of(message.room, message.seat) if c.name == message.connection)
        connection = next(named, None)
        if connection is None or connection.standing is Standing.CONNECTING:
            raise ValueError("connection-unknown")
        if connection.fresh is not None:
            self._by_ufrag.pop(connection.fresh.ufrag, None)
        connection.restart(
            message.ufrag, message.password, message.remote_ufrag, message.remote_password
        )
        self._by_ufrag[message.ufrag] = connection

    def forget_path(self, path: Path) -> None:
        self._by_ufrag.pop(path.ufrag, None)

    def all(self) -> list[Connection]:
        return list(self._by_number.values())

    def of(self, room: str, seat: str | None = None) -> list[Connection]:
        """All connections of a seat, or of a whole room."""
        if seat is not None:
            return list(self._by_seat.get((room, seat), ()))
        return [other for other in self.all() if other.opened.room == room]

    def rooms(self) -> set[str]:
        """Every room somebody has a connection in."""
        return {room for room, _ in self._by_seat}

    def numbered(self, number: int) -> Connection | None:
        return self._by_number.get(number)

    def with_ufrag(self, ufrag: str) -> Connection | None:
        return self._by_ufrag.get(ufrag)

    def at(self, address: Address) -> Connection | None:
        """Whose this address is: only who proved it by STUN."""
        return self._by_address.get(address)

    def may_use(self, address: Address, connection: Connection, now: float) -> bool:
        """An address somebody else is alive at is not for the taking.

        Otherwise a participant could sign a check in another one's name and address, and that
        one's packets would count as forged.
        """
        owner = self._by_address.get(address)
        return owner is None or owner is connection or now - owner.path.heard > ALIVE

    def prove(self, connection: Connection) -> None:
        """Take over the addresses this connection has proved."""
        for path in (connection.path, connection.fresh):
            for address in path.proved if path is not None else ():
                self._by_address[address] = connection

    def drop(self, connection: Connection) -> None:
        self._by_number.pop(connection.number, None)
        for path in (connection.path, connection.fresh):
            if path is not None:
                self.forget_path(path)
        key = (connection.opened.room, connection.opened.seat)
        left = [other for other in self._by_seat.get(key, ()) if other is not connection]
        if left:
            self._by_seat[key] = left
        else:
            self._by_seat.pop(key, None)
        for address in [a for a, owner in self._by_address.items() if owner is connection]:
            del self._by_address[address]

    def figures(self) -> dict[str, int]:
        """How many there are, and what is remembered of them: nothing once they are gone."""
        return {
            "connections": len(self._by_number),
            "kept_names": len(self._by_ufrag),
            "kept_proved_addresses": len(self._by_address),
            "kept_seats": len(self._by_seat),
        }
