"""The handshake, and whom it refuses (W7, M9, M10)."""

import asyncio
from contextlib import suppress

import pytest
from aiortc import RTCCertificate
from OpenSSL import SSL

from server.media import certificate
from server.media.dtls import Dtls, Failed, context
from server.media.gateway import Edge, Gone
from tests.media.client import PROFILES, Client

SERVER = certificate.make()
CLIENT = RTCCertificate.generateCertificate()
PRINTS = [(p.algorithm, p.value) for p in CLIENT.getFingerprints()]
AEAD = b"ECDHE+AESGCM"


class Hand:
    """A client that shakes hands in memory."""

    def __init__(self, ciphers: bytes = AEAD, profiles: str = ":".join(PROFILES)) -> None:
        made = SSL.Context(SSL.DTLS_METHOD)
        made.set_verify(SSL.VERIFY_NONE, lambda *_: True)
        made.use_certificate(CLIENT._cert)
        made.use_privatekey(CLIENT._key)
        made.set_cipher_list(ciphers)
        made.set_tlsext_use_srtp(profiles.encode())
        self.ssl = SSL.Connection(made, None)
        self.ssl.set_ciphertext_mtu(1200)
        self.ssl.set_connect_state()

    def shake(self, server: Dtls) -> None:
        for _ in range(6):
            with suppress(SSL.WantReadError):
                self.ssl.do_handshake()
            try:
                flight = self.ssl.bio_read(65536)
            except SSL.WantReadError:
                return
            for datagram in server.receive(flight):
                assert len(datagram) <= 1200
                self.ssl.bio_write(datagram)


def server(prints: list[tuple[str, str]] = PRINTS, *, legacy: bool = True) -> Dtls:
    return Dtls(context(SERVER.certificate.encode(), SERVER.key.encode(), legacy=legacy), prints)


def test_a_handshake_ends_with_keys_for_both_directions():
    ours, theirs = server(), Hand()
    theirs.shake(ours)
    assert ours.keys is not None
    assert ours.keys.profile == theirs.ssl.get_selected_srtp_profile().decode()
    raw = theirs.ssl.export_keying_material(b"EXTRACTOR-dtls_srtp", 88)
    assert ours.keys.inbound == raw[:32] + raw[64:76]
    assert ours.keys.outbound == raw[32:64] + raw[76:88]


@pytest.mark.parametrize("hash_function", ["sha-256", "sha-384", "sha-512"])
def test_any_usual_hash_may_name_the_certificate(hash_function):
    ours = server([pair for pair in PRINTS if pair[0] == hash_function])
    Hand().shake(ours)
    assert ours.keys is not None


def test_we_choose_the_strongest_profile_whatever_the_client_prefers():
    ours = server()
    Hand(profiles=":".join(reversed(PROFILES))).shake(ours)
    assert ours.keys is not None
    assert ours.keys.profile == "SRTP_AEAD_AES_256_GCM"


@pytest.mark.parametrize("suite", [b"ECDHE-ECDSA-AES128-SHA", b"ECDHE-ECDSA-AES256-SHA384"])
def test_a_suite_without_authenticated_encryption_is_refused(suite):
    """W7, M9: stock aiortc takes CBC with SHA-1."""
    with pytest.raises(Failed, match="dtls"):
        Hand(suite + b":@SECLEVEL=0").shake(server())


def test_the_last_resort_can_be_switched_off():
    """W7: where every client is known, AES_CM_SHA1_80 need not be offered."""
    with pytest.raises(Failed, match="no-srtp"):
        Hand(profiles="SRTP_AES128_CM_SHA1_80").shake(server(legacy=False))


def test_a_certificate_the_offer_did_not_name_is_refused():
    """M10: the offer came over the authenticated page; the handshake must be by the same."""
    with pytest.raises(Failed, match="wrong-fingerprint"):
        Hand().shake(server([("sha-256", ":".join(["00"] * 32))]))


def test_noise_in_the_middle_of_a_handshake_is_stepped_over():
    ours = server()
    ours.receive(b"\x16\xfe\xfd" + bytes(40))
    ours.receive(b"\x17\xfe\xfd\x00\x01" + bytes(6) + b"\x00\x04abcd")
    Hand().shake(ours)
    assert ours.keys is not None


@pytest.mark.parametrize("profile", PROFILES)
async def test_every_profile_carries_a_call(gateway, seat, profile):
    """W7: AES128_CM_SHA1_80 is mandatory in WebRTC, so a client with nothing else is served."""
    mette, sofie = await seat("mette"), await seat("sofie", profiles=profile)
    await gateway.matrix(
        "r", 1, [Edge("sofie", "mette", 0, True, True), Edge("mette", "sofie", 0, True, True)]
    )
    sofie.say(b"from sofie")
    mette.say(b"from mette")
    assert (await mette.next()).payload == b"from sofie"
    assert (await sofie.next()).payload == b"from mette"
    assert (await gateway.statistics())[f"profile_{profile}"] >= 1


async def test_a_connection_with_another_certificate_is_closed_and_told(gateway, happened):
    sofie = Client(gateway, "r", "sofie", fingerprint=":".join(["00"] * 32))
    await sofie.offer()
    await sofie.check()
    shaking = asyncio.create_task(sofie.handshake())
    assert (await happened.wait(Gone, seat="sofie")).why == "wrong-fingerprint"
    assert (await gateway.statistics())["clients"] == 0
    shaking.cancel()
    sofie.close()


async def test_hanging_up_is_told_at_once(seat, happened):
    sofie = await seat("sofie")
    sofie.goodbye()
    assert (await happened.wait(Gone, seat="sofie")).why == "closed"
