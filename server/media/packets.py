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
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from server.media import wire
from server.media.addresses import Address
from server.media.batch import Plain, open_batch
from server.media.forward import (
    AUDIO_CLOCK,
    SOUND,
    TRACKS,
    VIDEO_CLOCK,
    Down,
    Forwarder,
    Lease,
    Peer,
    Source,
    Track,
)
from server.media.rewrite import Numbers
from server.media.srtp import LONGEST, SIZE, Inbound, Outbound

PULSE = 0.25  # seconds between two words to the control process
PULSES_PER_REPORT = 4
MESSAGES_PER_TURN = 16


class Packets:
    """The packet process's loop and the table of its clients."""

    def __init__(self, udp: socket.socket, control: socket.socket, *, batched: bool) -> None:
        self._udp = udp
        self._control = control
        self._batch = open_batch(udp) if batched else Plain(udp)
        self._forwarder = Forwarder(self._batch, self._wish, self._switched)
        self._counts = self._forwarder.counts
        self._peers: dict[int, Peer] = {}
        self._by_address: dict[Address, Peer] = {}
        self._leases: dict[int, Lease] = {}
        self._pulses = 0

    def run(self) -> None:
        """Serve until the control process is gone."""
        poll = select.epoll()
        poll.register(self._udp.fileno(), select.EPOLLIN)
        poll.register(self._control.fileno(), select.EPOLLIN)
        udp, control = self._udp.fileno(), self._control.fileno()
        due = time.monotonic() + PULSE
        while True:
            for descriptor, _ in poll.poll(max(0.0, due - time.monotonic())):
                if descriptor == udp:
                    self.receive()
                elif descriptor == control and not self._obey():
                    return
            now = time.monotonic()
            if now >= due:
                due = now + PULSE
                self._pulse()

    def receive(self) -> None:
        """Take one batch in and send on what is due. Nothing stays queued afterwards."""
        batch = self._batch
        count = batch.receive()
        now = time.monotonic()
        for index in range(count):
            self._datagram(index, batch.lengths[index], batch.senders[index], now)
        batch.flush()
        self._counts.received += count
        self._counts.unsent = batch.unsent

    def _datagram(self, index: int, length: int, sender: Address, now: float) -> None:
        """Tell packets apart by their first byte (RFC 7983), RTCP by its second (RFC 5761)."""
        counts = self._counts
        if not length:
            counts.empty += 1
            return
        view = self._batch.inbox.view
        at = index * SIZE
        first = view[at]
        if 128 <= first < 192:
            peer = self._by_address.get(sender)
            if peer is None:
                counts.strangers += 1
            elif length < 12 or length > LONGEST:
                counts.malformed += 1
            elif 192 <= view[at + 1] < 224:
                self._tell(wire.Feedback(peer.number, bytes(view[at : at + length])))
            else:
                self._forwarder.packet(peer, index, length, now)
        elif first < 4 or 20 <= first < 64:
            self._tell(wire.Datagram(sender, bytes(view[at : at + length])))
        else:
            counts.odd += 1

    def _tell(self, message: wire.Message) -> None:
        """Tell the control process. When it cannot keep up, handshakes lose and sound does not."""
        try:
            self._control.send(wire.dump(message), socket.MSG_DONTWAIT)
        except BlockingIOError:
            self._counts.crowded += 1
        except OSError:
            sys.exit(1)  # the sibling is gone: without it nobody renews a lease

    def _wish(self, peer: Peer, ssrc: int) -> None:
        self._tell(wire.Wish(peer.number, ssrc))

    def _switched(self, down: Down, owner: Peer, source: Source) -> None:
        out, offset = down.numbers.ssrc, down.numbers.time_offset
        self._tell(wire.Switched(down.peer.number, out, owner.number, source.ssrc, offset))

    def _pulse(self) -> None:
        heard = [peer.number for peer in self._peers.values() if peer.heard]
        for peer in self._peers.values():
            peer.heard = False
        self._pulses += 1
        if self._pulses % PULSES_PER_REPORT:
            self._tell(wire.Pulse(heard, [], []))
            return
        streams = [
            [peer.number, source.ssrc, source.highest, source.first, source.received,
             int(source.jitter)]
            for peer in self._peers.values()
            for source in peer.sources.values()
            if source.received
        ]  # fmt: skip
        slots = [
            [down.numbers.ssrc, down.packets, down.octets]
            for peer in self._peers.values()
            for slot in peer.downs
            for down in slot
            if down.packets
        ]
        self._tell(wire.Pulse(heard, streams, slots))

    def _obey(self) -> bool:
        """Carry out what the control process says; False when it is gone."""
        for _ in range(MESSAGES_PER_TURN):
            try:
                data = self._control.recv(wire.LARGEST, socket.MSG_DONTWAIT)
            except BlockingIOError:
                return True
            except OSError:
                return False
            if not data:
                return False
            self._perform(wire.load(data))
        return True

    def _perform(self, message: wire.Message) -> None:
        match message:
            case wire.Route():
                self._route(message)
            case wire.Renew(room, until):
                self._leases.setdefault(room, Lease()).until = until
                if not until:  # the room is over
                    del self._leases[room]
            case wire.Admit():
                self._admit(message)
            case wire.Move(number, address):
                self._move(self._peers[number], bytes.fromhex(address))
            case wire.Dismiss(number):
                self._dismiss(number)
            case wire.Fence(number, counts):
                self._tell(wire.Fenced(number, self._figures() if counts else {}))

    def _admit(self, message: wire.Admit) -> None:
        address = bytes.fromhex(message.address)
        lease = self._leases.setdefault(message.room, Lease())
        peer = Peer(
            message.peer,
            b"",
            None,
            Inbound(message.profile, bytes.fromhex(message.inbound)),
            Outbound(message.profile, bytes.fromhex(message.outbound)),
            message.opus,
            message.vp8,
            message.level,
            message.mid,
            lease,
        )
        peer.tracks = {name: Track(lease, name != SOUND) for name in TRACKS}
        peer.mids = {mid.encode(): name for mid, name in message.mids.items()}
        peer.downs = [
            (
                Down(peer, Numbers(audio, message.opus, AUDIO_CLOCK)),
                Down(peer, Numbers(video, message.vp8, VIDEO_CLOCK)),
            )
            for audio, video in message.slots
        ]
        for ssrc, name in message.ssrcs.items():
            peer.learn(int(ssrc), name)
        self._peers[peer.number] = peer
        self._move(peer, address)

    def _move(self, peer: Peer, address: Address) -> None:
        if self._by_address.get(peer.address) is peer:
            del self._by_address[peer.address]
        peer.address = address
        peer.destination = self._batch.destination(address)
        self._by_address[address] = peer

    def _dismiss(self, number: int) -> None:
        peer = self._peers.pop(number, None)
        if peer is None:
            return
        if self._by_address.get(peer.address) is peer:
            del self._by_address[peer.address]
        gone = {id(down) for slot in peer.downs for down in slot}
        for other in self._peers.values():
            if other.lease is peer.lease:
                for track in other.tracks.values():
                    track.downs = [down for down in track.downs if id(down) not in gone]

    def _route(self, message: wire.Route) -> None:
        """Put a track into a slot, or take it out. The very next packet follows it."""
        source, target = self._peers.get(message.source), self._peers.get(message.target)
        if source is None or target is None or message.slot >= len(target.downs):
            return
        track = source.tracks[message.track]
        down = target.downs[message.slot][int(track.is_video)]
        track.downs = [other for other in track.downs if other is not down]
        if message.on:
            down.source, down.asked = None, 0.0
            track.downs.append(down)

    def _figures(self) -> dict[str, Any]:
        return {
            **asdict(self._counts),
            "clients": len(self._peers),
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
