"""Where clients are told to call, which need not be where the worker listens.

A router or a cloud provider may translate one address and port to ours one to one (1:1 NAT).
Then the candidate in every answer names what is outside, and the worker knows nothing of it.
"""

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass

_WITH_PORT = re.compile(r"(?:\[(?P<six>[^\]]+)\]|(?P<four>[\d.]+))(?::(?P<port>\d{1,5}))?")


@dataclass(frozen=True, slots=True)
class Public:
    """An IP address and a UDP port as clients reach them."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if self.is_six else f"{self.host}:{self.port}"

    @property
    def is_six(self) -> bool:
        return ":" in self.host

    @property
    def is_loopback(self) -> bool:
        return ipaddress.ip_address(self.host).is_loopback


def read(text: str, port: int) -> Public:
    """Read `203.0.113.10`, `203.0.113.10:40000`, `2001:db8::1` or `[2001:db8::1]:40000`; `port`
    is the worker's own, for the forms without one. Raises ValueError."""
    parts = _WITH_PORT.fullmatch(text)
    if parts is None:
        return Public(str(ipaddress.IPv6Address(text)), port)
    if parts["port"] is not None:
        port = int(parts["port"])
        if not 1 <= port <= 65535:
            raise ValueError(f"{text} has a port outside 1-65535")
    host = ipaddress.IPv6Address(parts["six"]) if parts["six"] else None
    return Public(str(host or ipaddress.IPv4Address(parts["four"])), port)


def bind_for(addresses: Sequence[str]) -> str:
    """What to listen on; stays off the network when nobody is told an address on it."""
    told = [read(address, 0) for address in addresses]
    return told[0].host if len(told) == 1 and told[0].is_loopback else ""


def shifted(text: str, by: int) -> str:
    """The address of a worker so many after the first: a port that is named is so much higher."""
    parts = _WITH_PORT.fullmatch(text)
    if parts is None or parts["port"] is None or not by:
        return text
    return f"{text.rpartition(':')[0]}:{int(parts['port']) + by}"
