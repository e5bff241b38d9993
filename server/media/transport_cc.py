"""Transport-wide congestion control feedback, written and read. Pure.

Implements draft-holmer-rmcat-transport-wide-cc-extensions-01. Every packet of a client bears a
16-bit number of its own, whatever stream it belongs to; the receiver tells when each of them
arrived, and the sender works out how much the way carries. `Arrivals` tells a client about what
it sent us, so that its own estimator works; `parse_feedback` reads what a client tells about
what we sent (for estimator.py).
"""

import struct

_FEEDBACK, _RTPFB = 15, 205
_FIXED = struct.Struct("!BBHIIHH")
_DELTA = struct.Struct("!h")
_TICK = 250  # microseconds
_TICKS = 256  # in one step of the reference time, which counts 64 ms
PERIOD = (1 << 24) * _TICK * _TICKS  # microseconds until the reference time begins anew: 12 days

# One packet's longest form: 20 bytes before the statuses, 400 deltas of two bytes, and two
# bytes for every seven of 900 statuses; together below the 1 200 bytes that go through anywhere.
MOST_STATUSES = 400
JUMP = 500  # numbers; a longer hole is a new beginning, not that many losses
LATE = 250  # numbers; what is overtaken by more of them is too old to tell of
MOST_READ = 4096  # statuses of one packet; a few bytes of run length could claim 65 535


class Arrivals:
    """What one sender's packets did on their way, told since the last time."""

    __slots__ = ("_arrived", "_begun", "_count", "_highest", "_next", "_pending")

    def __init__(self) -> None:
        self._pending: list[tuple[int, int]] = []
        self._arrived: dict[int, int] = {}  # unwrapped number → tick, for what may come late
        self._begun = False
        self._highest = 0
        self._next = 0  # the first number not yet told of
        self._count = 0

    def add(self, number: int, at_us: int) -> None:
        """A packet with this 16-bit number arrived, in microseconds of a monotonic clock."""
        self._pending.append((number, at_us))

    def feedback(self, sender_ssrc: int, media_ssrc: int) -> list[bytes]:
        """Write RTCP about everything since the last call, holes too; none when nothing came.

        A packet that comes after its hole was told of makes the telling begin at it again.
        The packets are bare: where reduced-size RTCP was not agreed on, a report goes in front.
        """
        start = self._take_in()
        if start is None:
            return []
        packets = []
        at = start
        while at <= self._highest:
            head = _FIXED.pack(0, 0, 0, sender_ssrc, media_ssrc, at & 0xFFFF, 0)
            packet, at = self._write(bytearray(head), at)
            packets.append(packet)
        self._next = self._highest + 1
        oldest = self._next - LATE
        if len(self._arrived) > 4 * LATE:
            self._arrived = {n: tick for n, tick in self._arrived.items() if n >= oldest}
        return packets

    def _take_in(self) -> int | None:
        """Unwrap what is pending; the first number to tell of, None when there is none."""
        pending, self._pending = self._pending, []
        start: int | None = None
        arrived, highest = self._arrived, self._highest
        for number, at in pending:
            ahead = ((number - highest + 0x8000) & 0xFFFF) - 0x8000
            unwrapped = highest + ahead
            if 0 < ahead <= JUMP and self._begun:
                start = self._next if start is None else start
                highest = unwrapped
            elif ahead > 0 or not self._begun:
                # Upwards in any case, so that an unwrapped number is never used again.
                self._begun = True
                arrived.clear()
                start = self._next = highest = unwrapped = highest + (ahead & 0xFFFF)
            elif unwrapped < self._next - LATE or unwrapped in arrived:
                continue
            else:
                start = min(unwrapped, self._next if start is None else start)
            arrived[unwrapped] = at // _TICK
        self._highest = highest
        return start

    def _write(self, packet: bytearray, start: int) -> tuple[bytes, int]:
        """Write one packet that begins at this number; also the number the next begins at."""
        symbols = bytearray()
        deltas = bytearray()
        before: int | None = None
        reference = 0
        number = start
        find = self._arrived.get
        for number in range(start, self._highest + 1):
            tick = find(number)
            if tick is None:
                symbols.append(0)
                continue
            if before is None:
                reference = tick // _TICKS
                before = reference * _TICKS
            elif len(symbols) >= MOST_STATUSES:
                break
            delta = tick - before
            if 0 <= delta <= 0xFF:
                symbols.append(1)
                deltas.append(delta)
            elif -0x8000 <= delta <= 0x7FFF:
                symbols.append(2)
                deltas += _DELTA.pack(delta)
            else:
                break
            before = tick
        else:
            number += 1
        struct.pack_into("!H", packet, 14, len(symbols))
        packet += (reference & 0xFFFFFF).to_bytes(3, "big") + bytes([self._count])
        self._count = (self._count + 1) & 0xFF
        packet += _chunks(symbols) + deltas
        packet += bytes(-len(packet) % 4)
        struct.pack_into("!BBH", packet, 0, 0x80 | _FEEDBACK, _RTPFB, len(packet) // 4 - 1)
        return bytes(packet), number


def _chunks(symbols: bytearray) -> bytes:
    """Pack statuses: a run of one kind, or seven of two bits each (sections 3.1.3, 3.1.4)."""
    packed = bytearray()
    at, count = 0, len(symbols)
    while at < count:
        kind = symbols[at]
        end = count - len(symbols[at:].lstrip(bytes([kind])))
        if end - at >= 7 or end == count:
            packed += ((kind << 13) | (end - at)).to_bytes(2, "big")
            at = end
        else:
            vector = 0b11
            for symbol in symbols[at : at + 7].ljust(7, b"\0"):
                vector = (vector << 2) | symbol
            packed += vector.to_bytes(2, "big")
            at += 7
    return bytes(packed)


def parse_feedback(packet: bytes) -> list[tuple[int, int | None]]:
    """Read one RTCP packet: (16-bit number, arrival or None when it did not come), in order.

    The arrival is in microseconds of the receiver's clock, which begins anew at `PERIOD`.
    Raises ValueError for anything that does not add up, so it costs only its sender.
    """
    if len(packet) < 20:
        raise ValueError("a transport-wide feedback is cut off")
    first, kind, words, _, _, base, count = _FIXED.unpack_from(packet)
    if first & 0xDF != 0x80 | _FEEDBACK or kind != _RTPFB or len(packet) != 4 + 4 * words:
        raise ValueError("not one transport-wide feedback")
    end = len(packet) - (packet[-1] if first & 0x20 else 0)
    if not 0 < count <= MOST_READ:
        raise ValueError("a feedback about nothing, or about too much")
    symbols: list[int] = []
    position = 20
    while (left := count - len(symbols)) > 0:
        if position + 2 > end:
            raise ValueError("a status chunk is cut off")
        chunk = (packet[position] << 8) | packet[position + 1]
        position += 2
        if chunk < 0x8000:
            length = chunk & 0x1FFF
            if not 0 < length <= left:
                raise ValueError("a run of statuses is empty or too long")
            symbols += [chunk >> 13] * length
        elif chunk < 0xC000:
            symbols += [(chunk >> shift) & 1 for shift in range(13, -1, -1)]
        else:
            symbols += [(chunk >> shift) & 3 for shift in range(12, -1, -2)]
    del symbols[count:]
    small, large = symbols.count(1), symbols.count(2)
    if symbols.count(0) + small + large != count:
        raise ValueError("a status that has no meaning")
    if position + small + 2 * large > end:
        raise ValueError("the arrival times are cut off")
    return _times(packet, position, base, symbols)


def _times(
    packet: bytes, position: int, base: int, symbols: list[int]
) -> list[tuple[int, int | None]]:
    """Add up the arrival times, whose room was measured before."""
    at = int.from_bytes(packet[16:19], "big") * _TICK * _TICKS
    statuses: list[tuple[int, int | None]] = []
    for number, symbol in enumerate(symbols, base):
        if symbol == 1:
            at += packet[position] * _TICK
            position += 1
            statuses.append((number & 0xFFFF, at))
        elif symbol:
            at += _DELTA.unpack_from(packet, position)[0] * _TICK
            position += 2
            statuses.append((number & 0xFFFF, at))
        else:
            statuses.append((number & 0xFFFF, None))
    return statuses
