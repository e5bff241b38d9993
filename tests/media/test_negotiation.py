"""Offers in, answers out. aiortc reads what we write; bad offers cost only their sender (W3)."""

import random
import re

import pytest
from aiortc import RTCBundlePolicy, RTCConfiguration, RTCPeerConnection
from aiortc.sdp import SessionDescription
from hypothesis import given
from hypothesis import strategies as st

from server.media import certificate
from server.media.negotiation import Agreed, BadOffer, negotiate
from tests.media.offers import CHROMIUM, FIREFOX, LAYERED, PRINT, REPAIRED


def agree(offer: str, seats: int = 5, addresses: tuple[str, ...] = ("192.0.2.1",)) -> Agreed:
    return negotiate(offer, seats=seats, addresses=addresses, port=40000, fingerprint=PRINT)


async def aiortc_offer(slots: int) -> str:
    connection = RTCPeerConnection(
        RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
    )
    connection.addTransceiver("audio", direction="sendonly")
    connection.addTransceiver("video", direction="sendonly")
    for _ in range(slots):
        connection.addTransceiver("audio", direction="recvonly")
        connection.addTransceiver("video", direction="recvonly")
    offer = await connection.createOffer()
    await connection.close()
    return offer.sdp


def test_chromium_gets_its_slots_each_with_a_stream_of_its_own():
    agreed = agree(CHROMIUM)
    terms = agreed.terms
    answer = SessionDescription.parse(agreed.sdp)
    assert [m.direction for m in answer.media] == ["recvonly"] * 3 + ["sendonly"] * 2
    assert [m.rtp.muxId for m in answer.media] == ["0", "1", "2", "3", "4"]
    assert [m.ssrc[0].ssrc for m in answer.media[3:]] == agreed.terms.slots[0][:2]
    assert answer.media[3].msid == "slot0 slot0a"
    assert answer.media[4].msid == "slot0 slot0v"
    assert agreed.terms.ssrcs == {
        "2032559913": "audio",
        "3659070961": "camera",
        "913020699": "screen",
    }
    assert agreed.terms.mids == {"0": "audio", "1": "camera", "2": "screen"}
    assert (terms.opus, terms.vp8, terms.level, terms.mid) == (111, 96, 1, 4)


def test_firefox_has_other_numbers_and_no_screen_line():
    agreed = agree(FIREFOX)
    terms = agreed.terms
    assert (terms.opus, terms.vp8, terms.level, terms.mid) == (109, 120, 1, 3)
    assert agreed.terms.mids == {"0": "audio", "1": "camera"}
    assert agreed.terms.ssrcs == {"123": "audio"}
    assert agreed.fingerprints == [["sha-256", PRINT]]
    assert len(agreed.terms.slots) == 1
    assert "m=video 9 UDP/TLS/RTP/SAVPF 120" in agreed.sdp


async def test_aiortc_is_answered_as_well():
    agreed = agree(await aiortc_offer(3))
    assert len(agreed.terms.slots) == 3
    assert agreed.terms.vp8 == 97


def test_we_are_lite_passive_and_the_only_candidate():
    """W4, W5: nothing of the client's way to us is in the answer, and nobody else's."""
    agreed = agree(CHROMIUM, addresses=("192.0.2.1", "2001:db8::1"))
    answer = SessionDescription.parse(agreed.sdp)
    assert all(m.ice.iceLite and m.dtls.role == "server" for m in answer.media)
    for media in answer.media:
        assert [(c.ip, c.port, c.type) for c in media.ice_candidates] == [
            ("192.0.2.1", 40000, "host"),
            ("2001:db8::1", 40000, "host"),
        ]
        six, four = media.ice_candidates[1].priority, media.ice_candidates[0].priority
        assert six > four
    assert "0f1e2d3c-host.local" not in agreed.sdp
    assert agreed.remote_password not in agreed.sdp


def test_behind_a_translating_router_the_candidate_names_what_is_outside():
    """1:1 NAT of addresses and ports: the worker's own port is in no answer."""
    agreed = agree(CHROMIUM, addresses=("203.0.113.10:50000", "[2001:db8::1]:50001"))
    found = SessionDescription.parse(agreed.sdp).media[0].ice_candidates
    assert [(c.ip, c.port) for c in found] == [("203.0.113.10", 50000), ("2001:db8::1", 50001)]
    assert "40000" not in agreed.sdp


def test_nothing_is_promised_that_was_not_offered():
    answer = agree(CHROMIUM).sdp
    assert "transport-cc" not in answer
    assert re.search(r"rtcp-fb:\d+ nack\r", answer) is None
    assert "rtx" not in answer
    assert "simulcast" not in answer
    assert answer.count("nack pli") == answer.count("ccm fir") == 3
    downstream = answer.split("m=")[4:]
    assert all("sdes:mid" not in section for section in downstream)


def test_retransmission_and_transport_numbers_go_both_ways():
    agreed = agree(REPAIRED)
    terms, answer = agreed.terms, SessionDescription.parse(agreed.sdp)
    assert (terms.rtx, terms.wide) == (97, 3)
    for media in answer.media[1:3] + answer.media[4:]:
        assert [codec.mimeType for codec in media.rtp.codecs] == ["video/VP8", "video/rtx"]
        assert media.rtp.codecs[1].parameters == {"apt": 96}
        said = {
            f"{fb.type} {fb.parameter or ''}".strip() for fb in media.rtp.codecs[0].rtcpFeedback
        }
        assert said == {"nack", "nack pli", "ccm fir", "transport-cc"}
    [_, picture, repairs] = terms.slots[0]
    assert answer.media[4].ssrc_group[0].items == [picture, repairs]
    assert "goog-remb" not in agreed.sdp


def test_the_layers_of_a_camera_are_taken_by_name():
    """RFC 8853: the smallest first, and no SSRC is announced for them."""
    agreed = agree(LAYERED)
    assert agreed.terms.layers == ["l", "m", "h"]
    assert (agreed.terms.rid, agreed.terms.repaired) == (10, 11)
    assert "camera" not in agreed.terms.ssrcs.values()
    assert agreed.terms.repairs == {"110225717": "913020699"}
    _, _, camera, screen, *_ = agreed.sdp.split("m=")
    assert "a=simulcast:recv l;m;h\r" in camera
    assert "a=rid:m recv\r" in camera
    assert "repaired-rtp-stream-id" in camera
    assert "rid" not in screen


@pytest.mark.parametrize("names", ["l", "l;m;h;x", "l;l", "l;m h", ";", "l;" + "x" * 17])
def test_layers_nobody_could_tell_apart_are_one_stream(names):
    agreed = agree(LAYERED.replace("send l;m;h", f"send {names}"))
    assert agreed.terms.layers == []
    assert "simulcast" not in agreed.sdp


def test_of_alternatives_for_a_layer_the_first_is_taken():
    assert agree(LAYERED.replace("send l;m;h", "send ~l,k;m;h")).terms.layers == ["l", "m", "h"]


BAD = {
    "nothing": ("", "offer-malformed"),
    "too large": ("v=0\r\n" + "a=x\r\n" * 20000, "offer-too-large"),
    "noise": ("hello", "offer-malformed"),
    "cut off": (CHROMIUM[: len(CHROMIUM) // 3], "offer-not-bundled"),
    "a number that is none": (CHROMIUM.replace("a=mid:0", "a=rtcp:x"), "offer-malformed"),
    "no video codec of ours": (CHROMIUM.replace("VP8", "AV1"), "offer-no-vp8"),
    "no sound codec of ours": (CHROMIUM.replace("opus", "PCMU"), "offer-no-opus"),
    "not bundled": (CHROMIUM.replace("BUNDLE 0 1 2 3 4", "BUNDLE 0 1"), "offer-not-bundled"),
    "the same line twice": (CHROMIUM.replace("a=mid:4", "a=mid:3"), "offer-malformed"),
    "a data channel": (CHROMIUM.replace("m=video", "m=application", 1), "offer-unknown-lines"),
    "picture before sound": (
        CHROMIUM.replace("m=audio", "m=x").replace("m=video", "m=audio"), "offer-unknown-lines",
    ),
    "nothing sent": (CHROMIUM.replace("a=sendonly", "a=inactive"), "offer-unknown-lines"),
    "no fingerprint": (CHROMIUM.replace("a=fingerprint", "a=x"), "offer-no-dtls"),
    "a broken hash": (CHROMIUM.replace("sha-256", "md5"), "offer-no-dtls"),
    "would be the server": (CHROMIUM.replace("actpass", "passive"), "offer-no-dtls"),
    "no credentials": (CHROMIUM.replace("a=ice-pwd", "a=x"), "offer-no-ice"),
    "a short password": (CHROMIUM.replace("7M1P4lI3EBVI7XArIoMpZjcJ", "abc"), "offer-no-ice"),
    "a mid that would break the answer": (
        CHROMIUM.replace("a=mid:4", "a=mid:4 a").replace("3 4", "3"), "offer-malformed",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("offer", "error"), BAD.values(), ids=BAD.keys())
def test_a_bad_offer_is_refused_with_a_stable_id(offer, error):
    with pytest.raises(BadOffer) as refused:
        agree(offer)
    assert refused.value.error == error


async def test_no_more_slots_than_the_meeting_has_seats():
    with pytest.raises(BadOffer, match="offer-too-many-lines"):
        agree(await aiortc_offer(4), seats=3)
    with pytest.raises(BadOffer, match="offer-too-many-lines"):
        agree(CHROMIUM, seats=0)


@given(st.randoms(use_true_random=False), st.sampled_from([CHROMIUM, FIREFOX, LAYERED]))
def test_whatever_is_done_to_an_offer_it_is_answered_or_refused(chance: random.Random, offer):
    """M8: aiortc's parser was measured to raise six kinds of error that are no ValueError."""
    lines = offer.split("\r\n")
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        match chance.randint(0, 4):
            case 0:
                del lines[at]
                lines.append("")
            case 1:
                lines[at] = lines[at][: chance.randint(0, len(lines[at]))]
            case 2:
                lines.insert(at, chance.choice(lines))
            case 3:
                lines[at] = lines[at].replace(":", chance.choice(["", " ", "::"]), 1)
            case 4:
                lines[at] = "".join(chance.choices("a=m:0 é\x00-", k=chance.randint(0, 20)))
    try:
        agreed = agree("\r\n".join(lines))
    except BadOffer:
        return
    SessionDescription.parse(agreed.sdp)
    assert "\x00" not in agreed.sdp


def test_the_certificate_can_still_be_taken_out_of_aiortc():
    """Fails loudly when an upgrade moves the private names certificate.py uses."""
    made = certificate.make()
    assert made.certificate.startswith("-----BEGIN CERTIFICATE")
    assert made.key.startswith("-----BEGIN PRIVATE KEY")
    assert re.fullmatch(r"([0-9A-F]{2}:){31}[0-9A-F]{2}", made.fingerprint)
