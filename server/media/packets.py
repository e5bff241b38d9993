"""The packet process: one UDP socket, receive, look up, rewrite, send. Nothing else.

It decides nothing. Its sibling, the control process, hands it keys, routes and leases, and
takes from it everything that is not RTP. Handshakes, estimates and pages can stall there
without a single packet waiting here. Nothing is logged per packet, and the garbage collector
is off: nothing here makes cycles.
"""

import gc
import os
import select
import socket
import sys
import time
from collections import deque
from contextlib import suppress
from dataclasses import asdict, replace
from typing import Any

from server.media import wire
from server.media.addresses import Address
from server.media.batch import Plain, open_batch
from server.media.clients import Clients
from server.media.forward import Forwarder
from server.media.peers import Down, Peer, Source
from server.media.repairs import Repairs
from server.media.srtp import LONGEST, SIZE
from server.media.upkeep import TICK, Upkeep, layers, levels, slots, streams

PULSE = 0.25  # seconds between two words to the control process
PULSES_PER_REPORT = 4
MESSAGES_PER_TURN = 16
GIVE_WAY, GIVE_WAY_EVERY = 0.002, 0.02  # seconds
NOTHING_SENT = (0, 0, b"", b"")


class Packets:
    """The packet process's loop and the table of its clients."""

    def __init__(self, udp: socket.socket, control: socket.socket, *, batched: bool) -> None:
        self._udp = udp
        self._control = control
        self._orders = wire.Reader(control)
        self._batch = open_batch(udp) if batched else Plain(udp)
        self._forwarder = Forwarder(self._batch, self._wish, self._switched)
        self._counts = self._forwarder.counts
        self._clients = Clients(self._batch)
        self._peers = self._clients.peers
        self._by_address = self._clients.by_address
        self._upkeep = Upkeep(self._peers, self._forwarder, Repairs(self._batch), self._tell)
        self._pulses = 0
        self._gave_way = 0.0
        self._owed: deque[bytes] = deque()  # what must be told, while there is no room for it

    def run(self) -> None:
        """Serve until the control process is gone."""
        poll = select.epoll()
        poll.register(self._udp.fileno(), select.EPOLLIN)
        poll.register(self._control.fileno(), select.EPOLLIN)
        udp, control = self._udp.fileno(), self._control.fileno()
        due = soon = time.monotonic()
        while True:
            for descriptor, _ in poll.poll(max(0.0, min(due, soon) - time.monotonic())):
                if descriptor == udp:
                    self.receive()
                elif descriptor == control and not self._obey():
                    return
            self._pay()
            now = time.monotonic()
            if now >= soon:
                soon = now + (TICK if self._peers else PULSE)
                self._upkeep.tick(now)
            if now >= due:
                due = now + PULSE
                self._pulse()

    def receive(self) -> None:
        """Take one batch in and send on what is due. Nothing stays queued afterwards."""
        batch = self._batch
        count = batch.receive()
        now = time.monotonic()
        view, find, forward = batch.inbox.view, self._by_address.get, self._forwarder.packet
        firsts, seconds = (view[at : count * SIZE : SIZE].tolist() for at in (0, 1))
        all_of_it = zip(batch.lengths, batch.senders, firsts, seconds, strict=True)
        for index, (length, sender, first, second) in enumerate(all_of_it):
            # Nearly all is media of somebody we know. A call for each to find that out would cost
            # as much as the finding out.
            peer = find(sender)
            if (
                peer is not None
                and first & 0xC0 == 0x80
                and second & 0xE0 != 0xC0
                and 12 <= length <= LONGEST
            ):
                forward(peer, index, length, now)
            else:
                self._datagram(index, length, sender, peer, now)
        batch.flush()
        self._counts.received += count
        self._counts.unsent = batch.unsent

    def _datagram(
        self, index: int, length: int, sender: Address, peer: Peer | None, now: float
    ) -> None:
        """Tell packets apart by their first byte (RFC 7983), RTCP by its second (RFC 5761)."""
        counts = self._counts
        if not length:
            counts.empty += 1
            return
        view = self._batch.inbox.view
        at = index * SIZE
        first = view[at]
        if 128 <= first < 192:
            if peer is None:
                counts.strangers += 1
            elif length < 12 or length > LONGEST:
                counts.malformed += 1
            elif 192 <= view[at + 1] < 224:
                sent = peer.sent.take() if peer.wide else NOTHING_SENT
                self._tell(wire.Feedback(peer.number, *sent, bytes(view[at : at + length])))
            else:
                self._forwarder.packet(peer, index, length, now)
        elif first < 4 or 20 <= first < 64:
            self._tell(wire.Datagram(sender, bytes(view[at : at + length])))
        else:
            counts.odd += 1

    def _tell(self, message: wire.Message) -> None:
        """Tell the control process. When it cannot keep up, handshakes lose and sound does not."""
        data = wire.dump(message)
        if self._owed or not self._said(data):
            self._give_way()
            if self._owed or not self._said(data):
                self._counts.crowded += 1

    def _give_way(self) -> None:
        """Let the control process have the core for a moment, now and then: it comes after us,
        and without it nobody learns what arrives, and no lease is renewed."""
        now = time.monotonic()
        if now >= self._gave_way + GIVE_WAY_EVERY:
            time.sleep(GIVE_WAY)
            self._gave_way = time.monotonic()
            self._pay()

    def _owe(self, message: wire.Message) -> None:
        """Tell what cannot be lost: whoever floods us with checks is not to cost an answer the
        web process waits for, or a slot its clock."""
        self._owed.append(wire.dump(message))
        self._pay()

    def _pay(self) -> None:
        while self._owed and self._said(self._owed[0]):
            self._owed.popleft()

    def _said(self, data: bytes) -> bool:
        """Whether there was room for this on the way to the control process."""
        try:
            self._control.send(data, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False
        except OSError:
            sys.exit(1)  # the sibling is gone: without it nobody renews a lease
        return True

    def _wish(self, peer: Peer, ssrc: int) -> None:
        self._tell(wire.Wish(peer.number, ssrc))

    def _switched(self, down: Down, owner: Peer, source: Source) -> None:
        out, offset = down.numbers.ssrc, down.numbers.time_offset
        self._owe(wire.Switched(down.peer.number, out, owner.number, source.ssrc, offset))

    def _pulse(self) -> None:
        peers = self._peers.values()
        heard = [peer.number for peer in peers if peer.heard]
        for peer in peers:
            peer.heard = False
        self._pulses += 1
        worked = time.process_time()
        pulse = wire.Pulse(heard, levels(peers), layers(peers), [], [], worked)
        if self._pulses % PULSES_PER_REPORT == 0:
            pulse = replace(pulse, streams=streams(peers), slots=slots(peers))
        self._tell(pulse)

    def _obey(self) -> bool:
        """Carry out what the control process says; False when it is gone."""
        for _ in range(MESSAGES_PER_TURN):
            try:
                data = self._orders.read()
            except OSError:
                return False
            if data is None:
                return True
            if not data:
                return False
            self._perform(wire.load(data))
        return True

    def _perform(self, message: wire.Message) -> None:
        now = time.monotonic()
        match message:
            case wire.Route():
                self._clients.route(message)
            case wire.Renew(room, until):
                self._clients.renew(room, until)
            case wire.Admit():
                self._clients.admit(message)
            case wire.Move(number, address):
                self._clients.move(number, bytes.fromhex(address))
            case wire.Dismiss(number):
                self._clients.dismiss(number)
            case wire.Fence(number, counts):
                self._owe(wire.Fenced(number, self._figures() if counts else {}))
            case wire.Resend(number, ssrc, missing) if number in self._peers:
                self._upkeep.resend(self._peers[number], ssrc, missing, now)
            case wire.Choose(number, slot, layer, at_once) if number in self._peers:
                self._upkeep.choose(self._peers[number], slot, layer, at_once)
            case wire.Probe(number, rate, seconds) if number in self._peers:
                self._peers[number].probe = (rate, now, now + seconds) if rate else None

    def _figures(self) -> dict[str, Any]:
        return {
            **asdict(self._counts),
            "clients": len(self._peers),
            "kept_holes": len(self._forwarder.holey),
            **self._clients.kept(),
            "modules_loaded_av": not sys.modules.keys().isdisjoint(("av", "aiortc")),
        }


def run(udp: socket.socket, control: socket.socket, *, batched: bool, realtime: bool) -> None:
    """Become the packet process."""
    if realtime:
        # Where the system does not grant it, packets stay 3-4 ms instead of 1-2 at the 99th.
        with suppress(PermissionError):
            os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(10))
    packets = Packets(udp, control, batched=batched)
    gc.collect()
    gc.freeze()
    gc.disable()
    packets.run()
