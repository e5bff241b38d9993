"""What is sent besides what comes in: packets once more, and packets of nothing. No policy.

Both travel as a receiver's own retransmissions (RFC 4588), so nobody takes them for new ones.
"""

from server.media.batch import Datagrams
from server.media.peers import OVERHEAD, Down
from server.media.rewrite import RTP
from server.media.ring import Kept
from server.media.srtp import SIZE

PADDING = 255  # bytes; the last one says how many, so there are never more (RFC 3550 section 5.1)
_ONE_BYTE_WORDS = b"\xbe\xde\x00\x01" + bytes(4)
_PADDED_HEAD = 0xB0  # version 2, padding, extensions


class Repairs:
    def __init__(self, batch: Datagrams) -> None:
        self._batch = batch
        self._outbox = batch.outbox.view
        self._to = batch.outbox.pointers

    def repair(self, down: Down, kept: Kept, sequence: int, now: float) -> int:
        """Send a packet again, which had this number in the slot; give its size."""
        _, came_at, packet, (first, second, _, time, _), picture, payload, wide = kept
        at, out = self._batch.queued * SIZE, self._outbox
        head = payload - came_at
        numbers = down.numbers
        out[at : at + head] = packet[:head]
        out[at + head] = sequence >> 8
        out[at + head + 1] = sequence & 0xFF
        out[at + head + 2 : at + len(packet) + 2] = packet[head:]
        number = (wide - came_at + at) if wide else 0
        self._head(down, first, second & 0x80, time + numbers.time_offset)
        numbers.place(out, picture, at - came_at + 2)
        self._send(down, number, len(packet) + 2, now)
        return len(packet) + OVERHEAD

    def again(self, down: Down, packet: bytes) -> int:
        """Send a packet of sound once more, encrypted as it was, and give its size."""
        at = self._batch.queued * SIZE
        self._outbox[at : at + len(packet)] = packet
        self._batch.send(len(packet), down.peer.destination)
        return len(packet)

    def pad(self, down: Down, now: float) -> int:
        """Send a packet without anything in it, and give its size: where no picture flows there
        is nothing else to find out with whether one would fit."""
        at, out = self._batch.queued * SIZE, self._outbox
        begin = at + 12 + len(_ONE_BYTE_WORDS)
        out[at + 12 : begin] = _ONE_BYTE_WORDS
        out[begin : begin + PADDING] = bytes(PADDING)
        out[begin + PADDING - 1] = PADDING
        self._head(down, _PADDED_HEAD, 0, down.numbers.time)
        length = begin + PADDING - at
        self._send(down, at + 16, length, now)
        return length + OVERHEAD

    def flush(self) -> None:
        """Hand to the kernel what has been put out."""
        self._batch.flush()

    def _head(self, down: Down, first: int, marker: int, time: int) -> None:
        down.repair_number = (down.repair_number + 1) & 0xFFFF
        RTP.pack_into(
            self._outbox,
            self._batch.queued * SIZE,
            first,
            marker | down.peer.terms.rtx,
            down.repair_number,
            time & 0xFFFFFFFF,
            down.repair_ssrc,
        )

    def _send(self, down: Down, number_at: int, length: int, now: float) -> None:
        receiver, free = down.peer, self._batch.queued
        if number_at:
            receiver.count_out(self._outbox, number_at, receiver.wide, length, now)
        protected = receiver.outbound.protect(self._to[free], length)
        if protected > 0:
            self._batch.send(protected, receiver.destination)
