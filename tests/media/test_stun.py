"""STUN, held against aioice on the same bytes (RFC 8489)."""

import secrets

import pytest
from aioice import stun as oracle
from hypothesis import given
from hypothesis import strategies as st

from server.media import stun
from server.media.addresses import pack, seen_from_outside, unpack

PASSWORD = "a password of twenty-two characters"
SAMPLE = oracle.Message(oracle.Method.BINDING, oracle.Class.REQUEST)
SAMPLE.attributes.update({"USERNAME": "us:them", "PRIORITY": 5, "ICE-CONTROLLING": 7})
SAMPLE.attributes["USE-CANDIDATE"] = None
SAMPLE.add_message_integrity(PASSWORD.encode())
GENUINE = bytes(SAMPLE)


def test_it_reads_what_aioice_writes():
    message = stun.parse(GENUINE)
    assert message.kind == stun.REQUEST
    assert message.transaction == SAMPLE.transaction_id
    assert message.attributes[stun.USERNAME] == b"us:them"
    assert stun.USE_CANDIDATE in message.attributes
    assert message.fingerprinted
    assert message.is_signed_with(PASSWORD.encode())
    assert not message.is_signed_with(b"another password")
    assert message.unknown == ()


@pytest.mark.parametrize("host", ["192.0.2.7", "2001:db8::7"])
def test_aioice_reads_what_it_writes(host):
    transaction = secrets.token_bytes(12)
    outside = seen_from_outside(pack(host, 50123, 10))
    mapped = stun.xor_mapped_address(*outside, transaction)
    data = stun.build(
        stun.SUCCESS, transaction, [(stun.XOR_MAPPED_ADDRESS, mapped)], PASSWORD.encode()
    )
    message = oracle.parse_message(data)
    assert message.message_class == oracle.Class.RESPONSE
    assert message.attributes["XOR-MAPPED-ADDRESS"] == (host, 50123)
    assert message.check_message_integrity(PASSWORD.encode())


def test_a_refusal_names_its_reason():
    error = stun.error_code(*stun.ROLE_CONFLICT)
    data = stun.build(stun.ERROR, bytes(12), [(stun.ERROR_CODE, error)], PASSWORD.encode())
    assert oracle.parse_message(data).attributes["ERROR-CODE"] == (487, "Role Conflict")


@given(st.integers(0, len(GENUINE) - 1), st.integers(1, 255))
def test_no_changed_byte_passes_as_genuine(position, change):
    data = bytearray(GENUINE)
    data[position] ^= change
    try:
        message = stun.parse(bytes(data))
    except ValueError:
        return
    assert not (message.fingerprinted and message.is_signed_with(PASSWORD.encode()))


@given(st.binary(max_size=200))
def test_noise_is_never_anything_but_a_value_error(data):
    with pytest.raises(ValueError, match=r"\w"):
        stun.parse(data)


@given(st.lists(st.tuples(st.sampled_from([0x6, 0x8, 0x24, 0x25, 0x77, 0x8022]), st.binary())))
def test_both_parsers_agree_about_attributes(attributes):
    """What aioice takes, we take with the same content; we are never the more credulous one."""
    body = b"".join(
        kind.to_bytes(2, "big") + len(value).to_bytes(2, "big") + value + bytes(-len(value) % 4)
        for kind, value in attributes
    )
    data = b"\x00\x01" + len(body).to_bytes(2, "big") + GENUINE[4:20] + body
    try:
        ours = stun.parse(data)
    except ValueError:
        return
    try:
        theirs = oracle.parse_message(data)
    except (ValueError, Exception):  # aioice also checks the size of numbers, and raises others
        return
    if "USERNAME" in theirs.attributes and [k for k, _ in attributes].count(0x6) == 1:
        assert ours.attributes[stun.USERNAME].decode() == theirs.attributes["USERNAME"]
    assert (ours.integrity is None) == ("MESSAGE-INTEGRITY" not in theirs.attributes)


def test_what_must_be_understood_and_is_not_is_named():
    data = stun.build(stun.REQUEST, bytes(12), [(0x7777, b"?"), (0x8777, b"!")], b"p")
    assert stun.parse(data).unknown == (0x7777,)


@pytest.mark.parametrize(
    ("host", "family", "back"),
    [
        ("192.0.2.1", 2, "192.0.2.1"),
        ("192.0.2.1", 10, "::ffff:192.0.2.1"),
        ("2001:db8::1", 10, "2001:db8::1"),
    ],
)
def test_addresses_survive_the_kernels_form(host, family, back):
    assert unpack(pack(host, 4711, family))[:2] == (back, 4711)
    assert seen_from_outside(pack(host, 4711, family))[1] == 4711
