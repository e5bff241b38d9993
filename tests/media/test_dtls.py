"""The handshake, and whom it refuses (W7, M9, M10)."""

import asyncio

import pytest
from aiortc import RTCCertificate

from server.media import certificate
from server.media.dtls import Dtls, Failed, context
from server.media.gateway import Edge, Gone
from tests.media.client import Client
from tests.media.handshake import AEAD, PROFILES, Handshake

SERVER = certificate.make()
CLIENT = RTCCertificate.generateCertificate()
PRINTS = [(p.algorithm, p.value) for p in CLIENT.getFingerprints()]


def shake(server: Dtls, ciphers: bytes = AEAD, profiles: str = ":".join(PROFILES)) -> Handshake:
    """Shake hands in memory, as far as it goes."""
    hands = Handshake(CLIENT, ciphers, profiles)
    waiting = hands.step()
    while waiting:
        for answer in [a for datagram in waiting for a in server.receive(datagram)]:
            assert len(answer) <= 1200
            waiting = hands.step(answer)
        if hands.done:
            for datagram in waiting:
                server.receive(datagram)
            break
    return hands


def server(prints: list[tuple[str, str]] = PRINTS, *, legacy: bool = True) -> Dtls:
    return Dtls(context(SERVER.certificate.encode(), SERVER.key.encode(), legacy=legacy), prints)


def test_a_handshake_ends_with_keys_for_both_directions():
    ours = server()
    theirs = shake(ours)
    assert ours.keys is not None
    assert ours.keys.profile == theirs.profile
    raw = theirs.ssl.export_keying_material(b"EXTRACTOR-dtls_srtp", 88)
    assert ours.keys.inbound == raw[:32] + raw[64:76]
    assert ours.keys.outbound == raw[32:64] + raw[76:88]


@pytest.mark.parametrize("hash_function", ["sha-256", "sha-384", "sha-512"])
def test_any_usual_hash_may_name_the_certificate(hash_function):
    ours = server([pair for pair in PRINTS if pair[0] == hash_function])
    shake(ours)
    assert ours.keys is not None


def test_we_choose_the_strongest_profile_whatever_the_client_prefers():
    ours = server()
    shake(ours, profiles=":".join(reversed(PROFILES)))
    assert ours.keys is not None
    assert ours.keys.profile == "SRTP_AEAD_AES_256_GCM"


@pytest.mark.parametrize("suite", [b"ECDHE-ECDSA-AES128-SHA", b"ECDHE-ECDSA-AES256-SHA384"])
def test_a_suite_without_authenticated_encryption_is_refused(suite):
    """W7, M9: stock aiortc takes CBC with SHA-1."""
    with pytest.raises(Failed, match="dtls"):
        shake(server(), suite + b":@SECLEVEL=0")


def test_the_last_resort_can_be_switched_off():
    """W7: where every client is known, AES_CM_SHA1_80 need not be offered."""
    with pytest.raises(Failed, match="no-srtp"):
        shake(server(legacy=False), profiles="SRTP_AES128_CM_SHA1_80")


def test_a_certificate_the_offer_did_not_name_is_refused():
    """M10: the offer came over the authenticated page; the handshake must be by the same."""
    with pytest.raises(Failed, match="wrong-fingerprint"):
        shake(server([("sha-256", ":".join(["00"] * 32))]))


def test_noise_in_the_middle_of_a_handshake_is_stepped_over():
    ours = server()
    ours.receive(b"\x16\xfe\xfd" + bytes(40))
    ours.receive(b"\x17\xfe\xfd\x00\x01" + bytes(6) + b"\x00\x04abcd")
    shake(ours)
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
