"""The control process of a media worker: handshakes, reports, rooms, the control channel.

It takes from the packet process whatever is not RTP, answers on its own copy of the UDP socket,
and hands keys, routes and leases back. It writes the names it knows (seats) nowhere.
"""

import selectors
import socket
import sys
import time
from collections import Counter
from typing import Any

from server.media import stun, wire
from server.media.addresses import Address, unpack
from server.media.connection import Connection, Outgoing, Standing
from server.media.connections import Connections
from server.media.dtls import context
from server.media.events import MediaFull
from server.media.feedback import Feedback
from server.media.fullness import Fullness
from server.media.limits import Refusals
from server.media.quality import Quality
from server.media.rooms import Rooms
from server.media.telling import Telling

TICK = 0.1  # seconds between two looks at what time asks for
MESSAGES_PER_TURN = 16


class Control:
    """The control process's loop."""

    def __init__(
        self, start: wire.Start, udp: socket.socket, web: socket.socket, packets: socket.socket
    ) -> None:
        self._udp = udp
        self._web = web
        self._packets = packets
        self._from_web, self._from_packets = wire.Reader(web), wire.Reader(packets)
        self._tls = context(
            start.certificate.encode(), start.key.encode(), legacy=start.legacy_srtp
        )
        self._connections = Connections()
        self._quality = Quality(self._connections.numbered, self._hand_over)
        self._feedback = Feedback(self._connections.numbered, self._quality, self._hand_over)
        self._rooms = Rooms(self._connections, self._feedback, self._quality, self._hand_over)
        self._telling = Telling(self._quality, self._connections.numbered)
        self._fences: dict[int, tuple[int, bool]] = {}
        self._fence = 0
        self._refusals = Refusals()
        self._fullness = Fullness(start.full)
        self._counts: Counter[str] = Counter()

    def run(self) -> None:
        """Serve until the web process or the packet process is gone."""
        poll = selectors.DefaultSelector()
        poll.register(self._web, selectors.EVENT_READ, self._hear_web)
        poll.register(self._packets, selectors.EVENT_READ, self._hear_packets)
        due = time.monotonic() + TICK
        while True:
            for key, _ in poll.select(max(0.0, due - time.monotonic())):
                if not key.data():
                    return
            now = time.monotonic()
            if now >= due:
                due = now + TICK
                self._look_after(now)

    # ── from the web process ──

    def _hear_web(self) -> bool:
        data = self._from_web.read()
        if not data:
            return data is None
        now = time.monotonic()
        message = wire.load(data)
        if not isinstance(message, wire.Request):
            raise RuntimeError("the web process spoke out of turn")
        try:
            match message:
                case wire.Open():
                    self._open(message, now)
                case wire.Restart():
                    self._connections.restart(message)
                case wire.Matrix():
                    self._rooms.rule(message, now)
                case wire.Leave(_, room, seat):
                    for connection in self._connections.of(room, seat):
                        self._close(connection, "left")
                case wire.Forget(_, room):
                    for connection in self._connections.of(room):
                        self._close(connection, "forgotten")
                    self._rooms.forget(room)
                case wire.Ask():
                    pass
        except ValueError as refused:
            self._tell(wire.Done(message.request, str(refused)))
            return True
        # The answer waits until the packet process has everything in force.
        self._fence += 1
        self._fences[self._fence] = (message.request, isinstance(message, wire.Ask))
        self._hand_over(wire.Fence(self._fence, isinstance(message, wire.Ask)))
        return True

    def _open(self, message: wire.Open, now: float) -> None:
        rooms = self._connections.rooms()
        if message.room not in rooms and not self._fullness.lets_in(len(rooms), now):
            self._counts["rooms_refused"] += 1
            raise ValueError(MediaFull.error)
        self._connections.open(message, self._tls, now, self._close)

    # ── from the packet process ──

    def _hear_packets(self) -> bool:
        for _ in range(MESSAGES_PER_TURN):
            data = self._from_packets.read()
            if not data:
                return data is None
            self._take(wire.load(data), time.monotonic())
        return True

    def _take(self, message: wire.Message, now: float) -> None:
        match message:
            case wire.Datagram(address, datagram):
                self._datagram(address, datagram, now)
            case wire.Feedback() as feedback:
                self._quality.sent(feedback, now)
                self._rtcp(feedback.peer, feedback.data, now)
            case wire.Arrived() as arrived:
                self._send(self._quality.arrived(arrived, now))
            case wire.Missing() as missing:
                self._send(self._quality.missing(missing))
            case wire.Pulse() as pulse:
                for number in pulse.heard:
                    connection = self._connections.numbered(number)
                    if connection is not None:
                        connection.hear(now)
                self._fullness.take(pulse.worked + time.process_time(), now)
                self._quality.pulse(pulse, now)
                self._send(self._feedback.count(pulse, now))
                self._telling.look(now, self._event)
            case wire.Wish(number, ssrc):
                self._send(self._feedback.awaited(number, ssrc, now))
            case wire.Switched() as switched:
                self._send(self._feedback.switch(switched))
            case wire.Fenced(number, counts):
                request, figures = self._fences.pop(number)
                found = self._figures(counts) if figures else {}
                self._tell(wire.Figures(request, found) if figures else wire.Done(request, ""))

    def _datagram(self, address: Address, data: bytes, now: float) -> None:
        if data[0] < 4:
            try:
                self._stun(stun.parse(data), address, now)
            except ValueError:
                self._counts["stun_malformed"] += 1
            return
        connection = self._connections.at(address)
        if connection is None or connection.standing is Standing.GONE:
            self._counts["dtls_from_strangers"] += 1
            return
        self._send(connection.handshake(data, address))
        self._settle(connection, now)

    def _stun(self, message: stun.Message, address: Address, now: float) -> None:
        if message.kind == stun.REQUEST:
            names = message.attributes.get(stun.USERNAME, b"").decode("ascii", "replace")
            ufrag = names.partition(":")[0]
            connection = self._connections.with_ufrag(ufrag)
            if connection is None or not self._connections.may_use(address, connection, now):
                self._counts["stun_refused"] += 1
                return
            if self._connections.at(address) is None and not self._refusals.listens(address, now):
                self._counts["stun_unheard"] += 1
                return
            answer = connection.path_named(ufrag).answer(message, address, now)
            if answer is None:
                self._counts["stun_refused"] += 1
                self._refusals.count(address, now)
                return
            self._connections.prove(connection)
            self._send([(address, answer)])
            self._take_over(connection)
            self._settle(connection, now)
            return
        connection = self._connections.at(address)
        if connection is None or not connection.take_answer(message, address, now):
            self._counts["stun_refused"] += 1

    def _take_over(self, connection: Connection) -> None:
        """After an ICE restart: media goes the new way from the moment it is nominated."""
        old = connection.take_over()
        if old is not None and connection.path.nominated is not None:
            self._connections.forget_path(old)
            self._counts["restarted"] += 1
            self._hand_over(wire.Move(connection.number, connection.path.nominated.hex()))

    def _rtcp(self, number: int, packet: bytes, now: float) -> None:
        connection = self._connections.numbered(number)
        if connection is None:
            return
        try:
            out = self._feedback.take(connection, packet, now)
        except ValueError:
            self._counts["rtcp_refused"] += 1
            return
        connection.hear(now)
        self._send(out)

    # ── what follows ──

    def _settle(self, connection: Connection, now: float) -> None:
        """Act on what a datagram or the clock has changed about a connection."""
        if connection.standing is Standing.GONE:
            self._close(connection, connection.why)
            return
        if connection.standing is Standing.CONNECTING:
            if connection.ready and connection.keys is not None:
                connection.standing = Standing.CONNECTED
                connection.hear(now)
                self._counts[f"profile_{connection.keys.profile}"] += 1
                # Told before the one it replaces is gone: nobody is to think the seat was empty.
                self._event("connected", connection)
                self._rooms.connect(connection, self._close)
            return
        if connection.path.due(now) and connection.path.nominated is not None:
            self._counts["moved"] += 1
            self._hand_over(wire.Move(connection.number, connection.path.nominated.hex()))
        silent = connection.silent(now)
        if silent and connection.standing is Standing.CONNECTED:
            connection.standing = Standing.SILENT
            self._event("silent", connection)
        elif not silent and connection.standing is Standing.SILENT:
            connection.standing = Standing.CONNECTED
            self._event("heard", connection)

    def _look_after(self, now: float) -> None:
        for connection in self._connections.all():
            self._send(connection.look_after(now))
            self._settle(connection, now)
        self._send(self._feedback.look_after(now))
        self._rooms.tick(now)
        self._refusals.look_after(now)

    def _close(self, connection: Connection, why: str) -> None:
        """End a connection, say goodbye on the wire, and tell the web process. Once."""
        if self._connections.numbered(connection.number) is not connection:
            return
        self._send(connection.goodbye())
        connection.end(why)
        self._connections.drop(connection)
        self._rooms.disconnect(connection)
        self._feedback.forget(connection.number)
        self._quality.forget(connection)
        self._event("gone", connection, why)

    def _event(self, what: str, connection: Connection, why: str = "") -> None:
        opened = connection.opened
        self._tell(wire.Told(what, opened.room, opened.seat, opened.connection, why))

    # ── out ──

    def _send(self, out: Outgoing) -> None:
        for address, data in out:
            try:
                self._udp.sendto(data, unpack(address))
            except OSError:  # unreachable or full: UDP promises nothing, and clients repeat
                self._counts["unsent"] += 1

    def _tell(self, message: wire.Message) -> None:
        self._web.send(wire.dump(message))

    def _hand_over(self, message: wire.Message) -> None:
        self._packets.send(wire.dump(message))

    def _figures(self, packets: dict[str, Any]) -> dict[str, Any]:
        loaded = not sys.modules.keys().isdisjoint(("av", "aiortc"))
        return {
            **packets,
            **self._counts,
            **self._connections.figures(),
            **self._rooms.figures(),
            **self._feedback.figures(),
            **self._quality.figures(),
            **self._telling.figures(),
            "kept_requests": len(self._fences),
            "modules_loaded_av": loaded or bool(packets["modules_loaded_av"]),
        }
