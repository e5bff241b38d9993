"""SRTP on reused buffers (RFC 3711, RFC 7714), thin over the libsrtp inside pylibsrtp.

pylibsrtp's own `Session` copies each packet twice and allocates; at tens of thousands of
packets a second that is most of the bill. So this file, and no other, reaches for the private
names `Session._srtp` and `pylibsrtp._binding`. The package is pinned exactly, and
tests/media/test_srtp.py fails loudly when an upgrade moves them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from weakref import WeakSet

from pylibsrtp import Policy, Session
from pylibsrtp._binding import ffi, lib

SIZE = 2048  # bytes per buffer: an Ethernet frame and what SRTP appends, with room to spare
LONGEST = 1600  # nothing longer is taken in; browsers stay near 1200
_open: "WeakSet[Inbound | Outbound]" = WeakSet()


@dataclass(frozen=True, slots=True)
class Profile:
    """An SRTP protection profile by its DTLS name (RFC 5764, RFC 7714)."""

    name: str
    number: int
    key: int
    salt: int
    tag: int
    """How many bytes a packet grows by."""

    def master_keys(self, material: bytes) -> tuple[bytes, bytes]:
        """Split DTLS's exported material into the client's and the server's master key."""
        client, server = material[: self.key], material[self.key : 2 * self.key]
        salts = material[2 * self.key :]
        return client + salts[: self.salt], server + salts[self.salt : 2 * self.salt]

    @property
    def material(self) -> int:
        return 2 * (self.key + self.salt)


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("SRTP_AEAD_AES_256_GCM", Policy.SRTP_PROFILE_AEAD_AES_256_GCM, 32, 12, 16),
        Profile("SRTP_AEAD_AES_128_GCM", Policy.SRTP_PROFILE_AEAD_AES_128_GCM, 16, 12, 16),
        Profile("SRTP_AES128_CM_SHA1_80", Policy.SRTP_PROFILE_AES128_CM_SHA1_80, 16, 14, 10),
    )
}
"""In the order we like them. The last one is mandatory in WebRTC (RFC 8827 section 6.5)."""

LEGACY = "SRTP_AES128_CM_SHA1_80"


def session(profile: str, key: bytes, *, inbound: bool) -> Session:
    """Open a context for every stream of one direction. For SRTCP use it as it is."""
    kind = Policy.SSRC_ANY_INBOUND if inbound else Policy.SSRC_ANY_OUTBOUND
    return Session(Policy(key=key, ssrc_type=kind, srtp_profile=PROFILES[profile].number))


class Buffers:
    """A fixed row of packet buffers that Python, libsrtp and the kernel all read in place."""

    def __init__(self, count: int, size: int = SIZE) -> None:
        self._memory = ffi.new("unsigned char[]", count * size)
        self.view = memoryview(ffi.buffer(self._memory)).cast("B")
        self.address = int(ffi.cast("uintptr_t", self._memory))
        self.pointers: list[Any] = [self._memory + index * size for index in range(count)]


def contexts() -> int:
    """How many of the two below are still in memory, for whatever reason."""
    return len(_open)


class Inbound:
    """One client's way in."""

    def __init__(self, profile: str, key: bytes) -> None:
        self._session = session(profile, key, inbound=True)
        handle, tag = self._session._srtp[0], PROFILES[profile].tag
        self.unprotect = _in_place(lib.srtp_unprotect, handle, -tag)
        """Decrypt in place. Gives the new length, or -1 when forged, replayed or broken."""
        _open.add(self)

    def forget(self, ssrc: int) -> None:
        self._session.remove_stream(ssrc)


class Outbound:
    """One client's way out."""

    def __init__(self, profile: str, key: bytes) -> None:
        self._session = session(profile, key, inbound=False)
        handle, tag = self._session._srtp[0], PROFILES[profile].tag
        self.protect = _in_place(lib.srtp_protect, handle, tag)
        """Encrypt in place. Gives the new length, or -1.

        libsrtp refuses a packet number that was used before, so a mistake in numbering costs
        a packet and never the key (RFC 7714 section 8.1).
        """
        _open.add(self)


def _in_place(change: Any, handle: Any, grows: int) -> Callable[[Any, int], int]:
    """Bind one of libsrtp's functions to a context. A closure and no method, since it runs for
    each packet: it looks up nothing but what it was given, and asks for no length it knows."""
    size = ffi.new("int *")

    def changed(pointer: Any, length: int) -> int:
        size[0] = length
        return -1 if change(handle, pointer, size) else length + grows

    return changed
