"""One UDP socket that speaks for hundreds of clients, each from an address of its own.

Every datagram out names its source and every datagram in tells its destination (IP_PKTINFO) and
the moment the kernel had it (SO_TIMESTAMPNS), so a slow reader does not make a packet look
late. Linux on a 64-bit machine; many datagrams per system call.
"""

import ctypes
import socket
import struct
from contextlib import suppress
from typing import Any

from server.media.srtp import SIZE, Buffers

BATCH = 128
OUT = 16  # datagrams written before the kernel gets them: a stamp waits for at most these
_LIBC = ctypes.CDLL(None, use_errno=True)

_SO_TIMESTAMPNS, _IP_PKTINFO = 35, 8
_SO_RCVBUFFORCE, _SO_SNDBUFFORCE = 33, 32
_BUFFER = 64 << 20

_MESSAGE = struct.Struct("=QI4xQQQQI4xI4x")  # struct mmsghdr
_VECTOR = struct.Struct("=QQ")
_NAME, _CONTROL, _OUT_CONTROL = 16, 64, 32
# Two control messages in the order Linux writes them: a timespec, then struct in_pktinfo.
_ARRIVAL = struct.Struct("=16xqq24x4s4x")
_SOURCE = struct.Struct("=QiiI4s4x4x")


class Crowd:
    def __init__(self, host: str = "0.0.0.0") -> None:  # noqa: S104, one socket for all its addresses
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        for forced, plain in (
            (_SO_RCVBUFFORCE, socket.SO_RCVBUF),
            (_SO_SNDBUFFORCE, socket.SO_SNDBUF),
        ):
            self.udp.setsockopt(socket.SOL_SOCKET, plain, _BUFFER)
            with suppress(PermissionError):
                self.udp.setsockopt(socket.SOL_SOCKET, forced, _BUFFER)
        self.udp.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
        self.udp.setsockopt(socket.IPPROTO_IP, _IP_PKTINFO, 1)
        self.udp.bind((host, 0))
        self.udp.setblocking(False)
        self.port = int(self.udp.getsockname()[1])
        self.unsent = 0
        self.inbox, self.outbox = Buffers(BATCH), Buffers(OUT)
        self.lengths: tuple[int, ...] = ()
        self.queued = 0
        self._memory: list[Any] = []
        self._prepare_in()
        self._prepare_out()

    def _prepare_in(self) -> None:
        names, self._controls = self._keep(BATCH * _NAME), self._keep(BATCH * _CONTROL)
        self._in = self._headers(self.inbox, BATCH, names, self._controls, _CONTROL)
        # The kernel writes over the lengths of names and controls, so they are put back.
        self._fresh = bytes(self._in)
        self._taken = 0
        self._read_lengths = [struct.Struct("=" + "56xI4x" * count) for count in range(BATCH + 1)]
        heads = f"2xH4xI{SIZE - 12}x"
        self._read_heads = [struct.Struct("!" + heads * count) for count in range(BATCH + 1)]

    def _prepare_out(self) -> None:
        controls = self._keep(OUT * _OUT_CONTROL)
        for index in range(OUT):
            _SOURCE.pack_into(
                controls, index * _OUT_CONTROL, 28, socket.IPPROTO_IP, _IP_PKTINFO, 0, b""
            )
        self._out = self._headers(self.outbox, OUT, None, controls, _OUT_CONTROL)
        self._out_at = ctypes.addressof(self._out)
        self._out_names = memoryview(self._out).cast("B").cast("Q")
        self._out_sources = memoryview(controls).cast("B").cast("I")
        self._out_lengths = memoryview(self._out_vectors).cast("B").cast("Q")

    def _headers(
        self, buffers: Buffers, count: int, names: Any, controls: Any, control: int
    ) -> Any:
        vectors, headers = self._keep(count * 16), self._keep(count * 64)
        for index in range(count):
            _VECTOR.pack_into(vectors, index * 16, buffers.address + index * SIZE, SIZE)
            _MESSAGE.pack_into(
                headers,
                index * 64,
                ctypes.addressof(names) + index * _NAME if names else 0,
                _NAME,
                ctypes.addressof(vectors) + index * 16,
                1,
                ctypes.addressof(controls) + index * control,
                control,
                0,
                0,
            )
        self._out_vectors = vectors
        return headers

    def _keep(self, size: int) -> Any:
        made = ctypes.create_string_buffer(size)
        self._memory.append(made)
        return made

    # ── in ──

    def receive(self) -> int:
        """Take in up to `BATCH` datagrams; `lengths` is then up to date."""
        if self._taken:
            ctypes.memmove(self._in, self._fresh, self._taken * 64)
        count: int = _LIBC.recvmmsg(self.udp.fileno(), self._in, BATCH, socket.MSG_DONTWAIT, None)
        self._taken = count = max(count, 0)
        self.lengths = self._read_lengths[count].unpack_from(self._in)
        return count

    def firsts(self, count: int, offset: int = 0) -> bytes:
        """The first byte of every datagram, or the one at `offset`."""
        return self.inbox.view[offset : count * SIZE : SIZE].tobytes()

    def heads(self, count: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """RTP sequence numbers and SSRCs of all that came (nonsense for what is not RTP)."""
        both = self._read_heads[count].unpack_from(self.inbox.view)
        return both[0::2], both[1::2]

    def arrival(self, index: int) -> tuple[int, bytes]:
        """When the kernel had this datagram (ns since 1970) and for which address it was."""
        seconds, nanoseconds, address = _ARRIVAL.unpack_from(self._controls, index * _CONTROL)
        return seconds * 1_000_000_000 + nanoseconds, address

    # ── out ──

    @staticmethod
    def source(host: str) -> int:
        return int.from_bytes(socket.inet_aton(host), "little")

    def target(self, host: str, port: int) -> int:
        """Prepare a server's address for `send`."""
        name = struct.pack("=H2s4s8x", 2, port.to_bytes(2, "big"), socket.inet_aton(host))
        kept = self._keep(_NAME)
        kept[:] = name
        return ctypes.addressof(kept)

    def send(self, length: int, source: int, target: int) -> None:
        """Queue the outbox's buffer number `queued`."""
        index = self.queued
        self._out_lengths[2 * index + 1] = length
        self._out_names[8 * index] = target
        self._out_sources[8 * index + 5] = source
        self.queued = index + 1
        if self.queued == OUT:
            self.flush()

    def send_bytes(self, data: bytes, source: int, target: int) -> None:
        at = self.queued * SIZE
        self.outbox.view[at : at + len(data)] = data
        self.send(len(data), source, target)

    def flush(self) -> None:
        start, count = 0, self.queued
        self.queued = 0
        while start < count:
            place = ctypes.c_void_p(self._out_at + start * 64)
            sent: int = _LIBC.sendmmsg(self.udp.fileno(), place, count - start, socket.MSG_DONTWAIT)
            if sent > 0:
                start += sent
            else:
                self.unsent += 1
                start += 1
