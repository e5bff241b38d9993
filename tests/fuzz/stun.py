"""STUN: held against aioice, and never more credulous than it (RFC 8489)."""

import zlib

from aioice import stun as oracle

from server.media import stun
from server.media.addresses import pack
from server.media.ice import Path
from tests.fuzz.mutations import counted

PASSWORD = b"a password of twenty-two characters"
ADDRESS = pack("192.0.2.9", 50000, 2)


def _request(**attributes: object) -> bytes:
    message = oracle.Message(oracle.Method.BINDING, oracle.Class.REQUEST, bytes(range(12)))
    message.attributes["USERNAME"] = "us:them"
    message.attributes["PRIORITY"] = 5
    message.attributes.update({name.replace("_", "-"): v for name, v in attributes.items()})
    message.add_message_integrity(PASSWORD)
    return bytes(message)


GENUINE = [
    _request(ICE_CONTROLLING=7),
    _request(ICE_CONTROLLING=7, USE_CANDIDATE=None),
    _request(ICE_CONTROLLED=7),
    stun.build(stun.SUCCESS, bytes(12), [(stun.XOR_MAPPED_ADDRESS, bytes(8))], PASSWORD),
    stun.build(stun.ERROR, bytes(12), [(stun.ERROR_CODE, b"\0\0\x04\x01no")], PASSWORD),
    bytes.fromhex("000100002112a442") + bytes(12),
]


def mended(data: bytes) -> bytes:
    """The same with a header, a length and a FINGERPRINT that are right, to get past them."""
    body = data[20:-8]
    body += bytes(-len(body) % 4)
    head = data[:2] + (len(body) + 8).to_bytes(2, "big") + GENUINE[0][4:8] + data[8:20]
    head += bytes(20 - len(head))
    checksum = zlib.crc32(head + body) ^ 0x5354554E
    return head + body + b"\x80\x28\0\x04" + checksum.to_bytes(4, "big")


# A length beyond the end; an attribute longer than its message; FINGERPRINT not at the end; too
# short for a FINGERPRINT; USE-CANDIDATE behind the signature.
CORPUS = [
    bytes.fromhex("0001fffc2112a442") + bytes(12),
    bytes.fromhex("000100042112a442") + bytes(12) + bytes.fromhex("0006ffff"),
    GENUINE[0] + GENUINE[0][20:],
    GENUINE[0][:2] + b"\0\x04" + GENUINE[0][4:20] + b"\x80\x28\0\x04",
    mended(GENUINE[0][:-8] + b"\x00\x25\0\0" + bytes(8)),
]


def check(data: bytes) -> None:
    """W1: a changed byte is never genuine, and nothing but a ValueError comes of it."""
    try:
        ours = counted(stun.parse, data, most=100 + 20 * len(data))
    except ValueError:
        return
    if ours.fingerprinted and ours.is_signed_with(PASSWORD):
        assert _said(ours) in [_said(stun.parse(genuine)) for genuine in GENUINE]
    path = Path("us", PASSWORD, "them", b"another password of theirs")
    path.answer(ours, ADDRESS, 1.0)
    path.answered(ours, ADDRESS, 1.0)
    try:
        theirs = oracle.parse_message(data)
    except Exception:  # aioice also checks the form of what we have no use for, and raises others
        return
    _compare(ours, theirs)


def _said(message: stun.Message) -> tuple[object, ...]:
    """What its sender signed. The length is not in it, nor anything behind the signature."""
    return message.kind, message.transaction, message.attributes, message.integrity


def _compare(ours: stun.Message, theirs: oracle.Message) -> None:
    assert theirs.transaction_id == ours.transaction
    assert ("FINGERPRINT" in theirs.attributes) == ours.fingerprinted
    assert ("USE-CANDIDATE" in theirs.attributes) == (stun.USE_CANDIDATE in ours.attributes)
    assert theirs.check_message_integrity(PASSWORD) == ours.is_signed_with(PASSWORD)
