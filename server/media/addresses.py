"""UDP addresses as the kernel writes them, so that the packet path never has to read one.

A client is known by the bytes of its socket address (`sockaddr_in` or `sockaddr_in6`). They
serve as dictionary keys in both processes of a worker. Names as people know them appear only
where STUN has to tell a client its own address.
"""

import ipaddress
import socket
import struct

_SOCKADDR_IN = struct.Struct("=H2s4s8x")
_SOCKADDR_IN6 = struct.Struct("=H2s4x16sI")

Address = bytes
"""A socket address in the kernel's own layout."""


def pack(host: str, port: int, family: int, scope: int = 0) -> Address:
    """Write an address as a socket of this family sees it; IPv4 is mapped for IPv6 ones."""
    if family == socket.AF_INET:
        return _SOCKADDR_IN.pack(
            family, port.to_bytes(2, "big"), ipaddress.IPv4Address(host).packed
        )
    address = ipaddress.ip_address(host.partition("%")[0])
    packed = address.packed
    if address.version == 4:
        packed = bytes(10) + b"\xff\xff" + packed
    return _SOCKADDR_IN6.pack(family, port.to_bytes(2, "big"), packed, scope)


def unpack(address: Address) -> tuple[str, int] | tuple[str, int, int, int]:
    """Read an address into what `socket.sendto` takes."""
    if len(address) == _SOCKADDR_IN.size:
        _, port, packed = _SOCKADDR_IN.unpack(address)
        return socket.inet_ntop(socket.AF_INET, packed), int.from_bytes(port, "big")
    _, port, packed, scope = _SOCKADDR_IN6.unpack(address)
    return socket.inet_ntop(socket.AF_INET6, packed), int.from_bytes(port, "big"), 0, scope


def seen_from_outside(address: Address) -> tuple[bytes, int]:
    """Give host bytes (4 or 16) and port; an IPv4 client of an IPv6 socket is IPv4 again."""
    if len(address) == _SOCKADDR_IN.size:
        _, port, packed = _SOCKADDR_IN.unpack(address)
    else:
        _, port, packed, _ = _SOCKADDR_IN6.unpack(address)
        if packed.startswith(bytes(10) + b"\xff\xff"):
            packed = packed[12:]
    return packed, int.from_bytes(port, "big")
