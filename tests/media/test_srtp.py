"""SRTP in place, held against pylibsrtp's own way."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pylibsrtp import Policy, Session

from server.media.srtp import PROFILES, SIZE, Buffers, Inbound, Outbound

KEYS = {name: secrets.token_bytes(p.key + p.salt) for name, p in PROFILES.items()}


def packet(sequence: int, payload: bytes) -> bytes:
    return b"\x80\x60" + sequence.to_bytes(2, "big") + bytes(8) + payload


@pytest.mark.parametrize("name", PROFILES)
def test_it_reads_and_writes_what_pylibsrtp_does(name):
    """Fails loudly when an upgrade moves the private names srtp.py uses."""
    profile = PROFILES[name].number
    theirs_out = Session(Policy(KEYS[name], Policy.SSRC_ANY_OUTBOUND, srtp_profile=profile))
    theirs_in = Session(Policy(KEYS[name], Policy.SSRC_ANY_INBOUND, srtp_profile=profile))
    buffers = Buffers(2)
    inbound, outbound = Inbound(name, KEYS[name]), Outbound(name, KEYS[name])
    for number in range(5):
        plain = packet(number, b"hello")
        encrypted = theirs_out.protect(plain)
        buffers.view[SIZE : SIZE + len(encrypted)] = encrypted
        length = inbound.unprotect(buffers.pointers[1], len(encrypted))
        assert bytes(buffers.view[SIZE : SIZE + length]) == plain
        buffers.view[:length] = buffers.view[SIZE : SIZE + length]
        length = outbound.protect(buffers.pointers[0], length)
        assert theirs_in.unprotect(bytes(buffers.view[:length])) == plain


def test_a_number_is_never_used_twice():
    """The same counter under the same key would give the key away (RFC 7714 section 8.1)."""
    name = "SRTP_AEAD_AES_128_GCM"
    buffers, outbound = Buffers(1), Outbound(name, KEYS[name])
    for expected in (True, False):
        buffers.view[:17] = packet(1, b"hello")
        assert (outbound.protect(buffers.pointers[0], 17) > 0) == expected


@given(st.binary(max_size=200))
def test_noise_is_refused(data):
    name = "SRTP_AEAD_AES_256_GCM"
    buffers = Buffers(1)
    buffers.view[: len(data)] = data
    assert Inbound(name, KEYS[name]).unprotect(buffers.pointers[0], len(data)) == -1


def test_the_exported_material_is_split_as_rfc_5764_says():
    profile = PROFILES["SRTP_AES128_CM_SHA1_80"]
    material = bytes(range(60))
    client, server = profile.master_keys(material)
    assert client == bytes(range(16)) + bytes(range(32, 46))
    assert server == bytes(range(16, 32)) + bytes(range(46, 60))
