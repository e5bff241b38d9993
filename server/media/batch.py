"""Many datagrams per system call: recvmmsg and sendmmsg through ctypes.

`Plain` does the same with one call per datagram. It serves systems without these calls and is
the reference the tests hold `Batched` against. Both fill the same inbox and empty the same
outbox, so whoever uses them cannot tell which one it has.
"""

import ctypes
import errno
import socket
import struct
import time
from typing import Any, Protocol

from server.media.addresses import Address, pack, unpack
from server.media.srtp import SIZE, Buffers

BATCH = 32
_LIBC = ctypes.CDLL(None, use_errno=True)


class Datagrams(Protocol):
    """A UDP socket read and written in batches."""

    inbox: Buffers
    outbox: Buffers
    lengths: tuple[int, ...]
    senders: tuple[Address, ...]
    moments: list[int]
    """When each datagram of the inbox came: the monotonic clock's microseconds, lower 32 bits."""
    queued: int
    """How many datagrams wait for `flush`, and so which buffer of the outbox is free."""
    unsent: int

    def receive(self) -> int:
        """Fill the inbox; say how many came. What is known of each is then up to date."""
        ...

    def destination(self, address: Address) -> Any:
        """Prepare an address for `send`."""
        ...

    def send(self, length: int, destination: Any) -> None:
        """Queue the outbox's free buffer."""
        ...

    def flush(self) -> None:
        """Hand everything queued to the kernel. What it does not take is lost, and counted."""
        ...


def open_batch(udp: socket.socket) -> Datagrams:
    """Take the fast way where the C library has it."""
    return Batched(udp) if hasattr(_LIBC, "recvmmsg") and _IS_64_BIT else Plain(udp)


class Plain:
    """One system call per datagram."""

    def __init__(self, udp: socket.socket) -> None:
        self._udp = udp
        self.inbox, self.outbox = Buffers(BATCH), Buffers(BATCH)
        self.lengths: tuple[int, ...] = ()
        self.senders: tuple[Address, ...] = ()
        self.moments = [0] * BATCH
        self.unsent = 0
        self.queued = 0
        self._waiting: list[tuple[int, Any]] = []

    def receive(self) -> int:
        moment = time.monotonic_ns() // 1000 & 0xFFFFFFFF
        lengths: list[int] = []
        senders: list[Address] = []
        for index in range(BATCH):
            place = self.inbox.view[index * SIZE : (index + 1) * SIZE]
            try:
                length, sender = self._udp.recvfrom_into(place)
            except BlockingIOError:
                break
            except OSError:  # an ICMP error for something sent earlier; the socket lives on
                continue
            lengths.append(length)
            scope = sender[3] if len(sender) == 4 else 0
            senders.append(pack(sender[0], sender[1], self._udp.family, scope))
        self.lengths, self.senders = tuple(lengths), tuple(senders)
        self.moments = [moment] * len(lengths)
        return len(lengths)

    def destination(self, address: Address) -> Any:
        return unpack(address)

    def send(self, length: int, destination: Any) -> None:
        self._waiting.append((length, destination))
        self.queued += 1
        if self.queued == BATCH:
            self.flush()

    def flush(self) -> None:
        for index, (length, destination) in enumerate(self._waiting):
            place = self.outbox.view[index * SIZE : index * SIZE + length]
            try:
                self._udp.sendto(place, destination)
            except OSError:
                self.unsent += 1
        self._waiting.clear()
        self.queued = 0


class _Vector(ctypes.Structure):
    _fields_ = (("base", ctypes.c_void_p), ("length", ctypes.c_size_t))


# `struct mmsghdr` as Linux lays it out on 64-bit machines: name, name length, vectors, their
# count, control, its length, flags; then how long the datagram was; padded to eight bytes.
_IS_64_BIT = ctypes.sizeof(ctypes.c_void_p) == 8
_MESSAGE = struct.Struct("=QI4xQQQQ")
_MESSAGE_SIZE = 64
_LENGTH_AT = 56
_NAME_SIZE = 28
_SO_TIMESTAMPNS = 35
_STAMP_SIZE = 32  # a control message's header of 16 bytes, then seconds and nanoseconds


class Batched:
    """Up to `BATCH` datagrams per system call."""

    def __init__(self, udp: socket.socket) -> None:
        self._descriptor = udp.fileno()
        self.inbox, self.outbox = Buffers(BATCH), Buffers(BATCH)
        self.lengths: tuple[int, ...] = ()
        self.senders: tuple[Address, ...] = ()
        self.moments = [0] * BATCH
        self.unsent = 0
        self.queued = 0
        size = 16 if udp.family == socket.AF_INET else _NAME_SIZE
        self._names = ctypes.create_string_buffer(BATCH * size)
        # The kernel's own reading of the clock: when we are late, packets must not look late, for
        # senders would take that for a full line.
        udp.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
        self._stamps = ctypes.create_string_buffer(BATCH * _STAMP_SIZE)
        self._behind = (time.time_ns() - time.monotonic_ns()) // 1000
        self._incoming = self._headers(self.inbox, ctypes.addressof(self._names), size)
        self._outgoing = self._headers(self.outbox, 0, size)
        self._read_lengths = [
            struct.Struct("=" + f"{_LENGTH_AT}xI4x" * count) for count in range(BATCH + 1)
        ]
        self._read_stamps = [struct.Struct("=" + "16xqq" * count) for count in range(BATCH + 1)]
        self._read_names = [struct.Struct("=" + f"{size}s" * count) for count in range(BATCH + 1)]

    def _headers(self, buffers: Buffers, names: int, size: int) -> Any:
        vectors = (_Vector * BATCH)()
        headers = ctypes.create_string_buffer(BATCH * _MESSAGE_SIZE)
        for index in range(BATCH):
            vectors[index].base = buffers.address + index * SIZE
            vectors[index].length = SIZE
            _MESSAGE.pack_into(
                headers,
                index * _MESSAGE_SIZE,
                names + index * size if names else 0,
                size,
                ctypes.addressof(vectors) + index * ctypes.sizeof(_Vector),
                1,
                ctypes.addressof(self._stamps) + index * _STAMP_SIZE if names else 0,
                _STAMP_SIZE if names else 0,
            )
        if not names:
            self._out_vectors = vectors
            self._out_lengths = memoryview(vectors).cast("B").cast("Q")
            self._out_names = memoryview(headers).cast("B").cast("Q")
        else:
            self._in_vectors = vectors
        return headers

    def receive(self) -> int:
        count: int = _LIBC.recvmmsg(
            self._descriptor, self._incoming, BATCH, socket.MSG_DONTWAIT, None
        )
        if count <= 0:
            self.lengths, self.senders, self.moments = (), (), []
            return 0
        self.lengths = self._read_lengths[count].unpack_from(self._incoming)
        self.senders = self._read_names[count].unpack_from(self._names)
        self._read_moments(count)
        return count

    def _read_moments(self, count: int) -> None:
        times = self._read_stamps[count].unpack_from(self._stamps)
        if times[0] == times[-2]:  # all within one second of the clock
            began = (times[0] * 1_000_000 - self._behind) & 0xFFFFFFFF
            self.moments = [(began + nano // 1000) & 0xFFFFFFFF for nano in times[1::2]]
            return
        self.moments = [
            (second * 1_000_000 + nano // 1000 - self._behind) & 0xFFFFFFFF
            for second, nano in zip(times[0::2], times[1::2], strict=True)
        ]

    def destination(self, address: Address) -> Any:
        kept = ctypes.create_string_buffer(address, len(address))
        return ctypes.addressof(kept), kept

    def send(self, length: int, destination: Any) -> None:
        index = self.queued
        self._out_lengths[2 * index + 1] = length
        self._out_names[8 * index] = destination[0]
        self.queued = index + 1
        if self.queued == BATCH:
            self.flush()

    def flush(self) -> None:
        start, count = 0, self.queued
        self.queued = 0
        while start < count:
            place = ctypes.addressof(self._outgoing) + start * _MESSAGE_SIZE
            sent: int = _LIBC.sendmmsg(
                self._descriptor, ctypes.c_void_p(place), count - start, socket.MSG_DONTWAIT
            )
            if sent > 0:
                start += sent
                continue
            self.unsent += 1
            if ctypes.get_errno() in (errno.EAGAIN, errno.ENOBUFS):
                self.unsent += count - start - 1
                return
            start += 1  # this one address cannot be reached; the others can
