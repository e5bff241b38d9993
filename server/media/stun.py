"""STUN messages as ICE-lite needs them (RFC 8489; RFC 8445 for the ICE attributes). Pure.

A client proves that an address is its own with a Binding request signed by the password we
gave it (short-term credential, HMAC-SHA1). We answer, and ask the same way when a client has
been quiet (consent, RFC 7675). `parse` raises `ValueError` for anything malformed; whether a
message is *genuine* is a separate question, answered by `Message.is_signed_with`.
"""

import hmac
import struct
import zlib
from dataclasses import dataclass

COOKIE = 0x2112A442
REQUEST, INDICATION, SUCCESS, ERROR = 0x0001, 0x0011, 0x0101, 0x0111  # Binding, all four classes

USERNAME = 0x0006
MESSAGE_INTEGRITY = 0x0008
ERROR_CODE = 0x0009
UNKNOWN_ATTRIBUTES = 0x000A
XOR_MAPPED_ADDRESS = 0x0020
PRIORITY = 0x0024
USE_CANDIDATE = 0x0025
FINGERPRINT = 0x8028
ICE_CONTROLLED = 0x8029

KNOWN = frozenset(
    {USERNAME, MESSAGE_INTEGRITY, ERROR_CODE, UNKNOWN_ATTRIBUTES}
    | {XOR_MAPPED_ADDRESS, PRIORITY, USE_CANDIDATE}
)
ROLE_CONFLICT = (487, "Role Conflict")
UNKNOWN_ATTRIBUTE = (420, "Unknown Attribute")

_HEADER = struct.Struct("!HHI12s")
_ATTRIBUTE = struct.Struct("!HH")
_FINGERPRINT_XOR = 0x5354554E
_INTEGRITY_SIZE = 24  # the attribute with its header
_FINGERPRINT_SIZE = 8


@dataclass(frozen=True, slots=True)
class Message:
    """A parsed message. `attributes` holds what MESSAGE-INTEGRITY covers, the first of each."""

    kind: int
    transaction: bytes
    attributes: dict[int, bytes]
    integrity: bytes | None = None
    signed: bytes = b""
    fingerprinted: bool = False

    def is_signed_with(self, password: bytes) -> bool:
        if self.integrity is None:
            return False
        return hmac.compare_digest(self.integrity, _digest(self.signed, password))

    @property
    def unknown(self) -> tuple[int, ...]:
        """Attributes that must be understood and are not (RFC 8489 section 6.3.1)."""
        return tuple(kind for kind in self.attributes if kind < 0x8000 and kind not in KNOWN)


def parse(data: bytes) -> Message:
    """Read a Binding message. A wrong length, method, cookie or FINGERPRINT is a ValueError."""
    if len(data) < _HEADER.size:
        raise ValueError("a STUN message has at least 20 bytes")
    kind, length, cookie, transaction = _HEADER.unpack_from(data)
    if cookie != COOKIE:
        raise ValueError("the magic cookie is missing")
    if kind not in (REQUEST, INDICATION, SUCCESS, ERROR):
        raise ValueError("only the Binding method is spoken here")
    if length % 4 or len(data) != _HEADER.size + length:
        raise ValueError("the STUN length does not match")
    attributes: dict[int, bytes] = {}
    integrity: bytes | None = None
    signed = b""
    position = _HEADER.size
    while position < len(data):
        name, size = _ATTRIBUTE.unpack_from(data, position)
        start = position + _ATTRIBUTE.size
        if start + size > len(data):
            raise ValueError("a STUN attribute is cut off")
        value = data[start : start + size]
        if name == FINGERPRINT:
            following = start + size
            if size != 4 or following != len(data):
                raise ValueError("FINGERPRINT must be the last attribute")
            if int.from_bytes(value, "big") != _checksum(data[:position]):
                raise ValueError("the STUN fingerprint does not match")
            return Message(kind, transaction, attributes, integrity, signed, fingerprinted=True)
        if integrity is None:  # what follows MESSAGE-INTEGRITY is not authenticated: ignored
            if name == MESSAGE_INTEGRITY:
                if size != 20:
                    raise ValueError("MESSAGE-INTEGRITY has 20 bytes")
                integrity, signed = value, data[:position]
            else:
                attributes.setdefault(name, value)
        position = start + size + (-size % 4)
    return Message(kind, transaction, attributes, integrity, signed)


def build(
    kind: int, transaction: bytes, attributes: list[tuple[int, bytes]], password: bytes
) -> bytes:
    """Write a message with MESSAGE-INTEGRITY and FINGERPRINT at its end."""
    body = b"".join(
        _ATTRIBUTE.pack(name, len(value)) + value + bytes(-len(value) % 4)
        for name, value in attributes
    )
    data = _HEADER.pack(kind, len(body), COOKIE, transaction) + body
    data = _with_length(data, len(body) + _INTEGRITY_SIZE)
    data += _ATTRIBUTE.pack(MESSAGE_INTEGRITY, 20) + hmac.digest(password, data, "sha1")
    data = _with_length(data, len(body) + _INTEGRITY_SIZE + _FINGERPRINT_SIZE)
    return data + _ATTRIBUTE.pack(FINGERPRINT, 4) + _checksum(data).to_bytes(4, "big")


def xor_mapped_address(host: bytes, port: int, transaction: bytes) -> bytes:
    """Write the address a request came from, so that no router on the way rewrites it."""
    family = 1 if len(host) == 4 else 2
    mask = (COOKIE.to_bytes(4, "big") + transaction)[: len(host)]
    hidden = bytes(a ^ b for a, b in zip(host, mask, strict=True))
    return struct.pack("!BBH", 0, family, port ^ (COOKIE >> 16)) + hidden


def error_code(code: int, reason: str) -> bytes:
    return struct.pack("!HBB", 0, code // 100, code % 100) + reason.encode()


def _digest(signed: bytes, password: bytes) -> bytes:
    length = len(signed) - _HEADER.size + _INTEGRITY_SIZE
    return hmac.digest(password, _with_length(signed, length), "sha1")


def _checksum(data: bytes) -> int:
    length = len(data) - _HEADER.size + _FINGERPRINT_SIZE
    return zlib.crc32(_with_length(data, length)) ^ _FINGERPRINT_XOR


def _with_length(data: bytes, length: int) -> bytes:
    return data[:2] + length.to_bytes(2, "big") + data[4:]
