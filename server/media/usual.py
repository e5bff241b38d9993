"""What nearly every packet looks like, sent on in few steps. No socket, no policy.

Sound with its level and nothing else in its header; a picture with its transport-wide number, or
with no extension at all; neither padding nor contributors, and a receiver who sees this sender
already. Of these the header is written in one go. `Forwarder` does the same piece by piece for
every packet there can be, and is what the tests hold this against.
"""

import struct
from collections.abc import Sequence
from typing import Final

from server.media.batch import Datagrams
from server.media.peers import MOST_REMEMBERED, OVERHEAD, Counts, Down
from server.media.rewrite import Picture
from server.media.srtp import SIZE

HEAD: Final = struct.Struct("!BBHIIIBHB")
"""A packet's first twelve bytes, and where they say so one word of extensions after its head."""
EXTENDED, PLAIN = 0x90, 0x80  # the first byte: version 2, with extensions or without
ONE_WORD, _TWO_WORDS = 0xBEDE0001, 0xBEDE0002
START: Final = HEAD.size  # where the payload of an extended one begins
_SOUND: Final = struct.Struct("!BBHIIIBBBH3x")  # the level, then the number, then padding
_PICTURE_ID: Final = struct.Struct("!HB")
_write, _write_sound, _write_id = HEAD.pack_into, _SOUND.pack_into, _PICTURE_ID.pack_into
_write_plain = struct.Struct("!BBHII").pack_into
_write_two = struct.Struct("!H").pack_into


class Usual:
    """Puts usual packets into the outbox: what `Forwarder` found out about them is given."""

    def __init__(self, batch: Datagrams, counts: Counts) -> None:
        self._batch = batch
        self._outbox = batch.outbox.view
        self._to = batch.outbox.pointers
        self._counts = counts

    def sound(
        self, downs: Sequence[Down], second: int, sequence: int, time: int, loudness: int,
        payload: memoryview, now: float,
    ) -> None:  # fmt: skip
        """Send sound on with its level, and with a number where the receiver numbers sound."""
        batch, out, pointers = self._batch, self._outbox, self._to
        forwarded = 0
        marker, length = second & 0x80, len(payload) + _SOUND.size
        moment = int(now * 1_000_000) & 0xFFFFFFFF
        for down in downs:
            numbers, receiver = down.numbers, down.peer
            ours = (sequence + numbers.sequence_offset) & 0xFFFF
            clock = (time + numbers.time_offset) & 0xFFFFFFFF
            ahead = (ours - numbers.sequence) & 0xFFFF
            if 0 < ahead < 0x8000:
                numbers.since += ahead
                numbers.sequence, numbers.time, numbers.when = ours, clock, now
            elif ahead and 0x10000 - ahead > numbers.since:
                continue  # from before this sender took the slot
            number = 0
            if receiver.wide_sound:
                sent = receiver.sent
                if len(sent.sizes) >= MOST_REMEMBERED:
                    sent.take()
                number = sent.number = (sent.number + 1) & 0xFFFF
                sent.times.append(moment)
                sent.sizes.append(length + OVERHEAD)
                sent.sound += length + OVERHEAD
            free = batch.queued
            to = free * SIZE
            _write_sound(
                out, to, EXTENDED, marker | numbers.payload_type, ours, clock, numbers.ssrc,
                _TWO_WORDS, receiver.level_mark, loudness if receiver.level_mark else 0,
                receiver.wide_sound_mark, number,
            )  # fmt: skip
            out[to + _SOUND.size : to + length] = payload
            protected = receiver.protect(pointers[free], length)
            if protected < 0:
                self._counts.repeated += 1
                continue
            if down.repeats is not None:
                down.repeats.keep(out[to : to + protected], now)
            down.packets += 1
            down.octets += length - 12
            forwarded += 1
            batch.send(protected, receiver.destination)
        self._counts.forwarded += forwarded

    def picture(
        self, downs: Sequence[Down], second: int, sequence: int, time: int, picture: Picture,
        packet: memoryview, start: int, now: float,
    ) -> None:  # fmt: skip
        """Send a part of a picture on, whose payload begins at `start` of the packet."""
        batch, out, pointers = self._batch, self._outbox, self._to
        forwarded = 0
        marker, length = second & 0x80, len(packet)
        moment = int(now * 1_000_000) & 0xFFFFFFFF
        _, _, shown, _, has_base, base = picture
        for down in downs:
            numbers, receiver = down.numbers, down.peer
            ours = (sequence + numbers.sequence_offset) & 0xFFFF
            clock = (time + numbers.time_offset) & 0xFFFFFFFF
            named = (shown + numbers.picture_offset) & 0x7FFF
            based = (base + numbers.base_offset) & 0xFF
            ahead = (ours - numbers.sequence) & 0xFFFF
            if 0 < ahead < 0x8000:
                numbers.since += ahead
                numbers.sequence, numbers.time, numbers.when = ours, clock, now
                numbers.picture, numbers.base = named, based
            elif ahead and 0x10000 - ahead > numbers.since:
                continue
            free = batch.queued
            to = free * SIZE
            out[to : to + length] = packet
            if start == START:
                mark = receiver.wide_mark
                number = 0
                if mark:
                    sent = receiver.sent
                    if len(sent.sizes) >= MOST_REMEMBERED:
                        sent.take()
                    number = sent.number = (sent.number + 1) & 0xFFFF
                    sent.times.append(moment)
                    sent.sizes.append(length + OVERHEAD)
                _write(
                    out, to, EXTENDED, marker | numbers.payload_type, ours, clock, numbers.ssrc,
                    ONE_WORD, mark, number, 0,
                )  # fmt: skip
            else:
                _write_plain(
                    out, to, PLAIN, marker | numbers.payload_type, ours, clock, numbers.ssrc
                )
            if has_base:
                _write_id(out, to + start + 2, named | 0x8000, based)
            else:
                _write_two(out, to + start + 2, named | 0x8000)
            protected = receiver.protect(pointers[free], length)
            if protected < 0:
                self._counts.repeated += 1
                continue
            down.packets += 1
            down.octets += length - 12
            forwarded += 1
            batch.send(protected, receiver.destination)
        self._counts.forwarded += forwarded
