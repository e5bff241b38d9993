"""SDP: an offer is answered or refused; the answer can be read and repeats nothing private."""

from aiortc.sdp import SessionDescription

from server.media.negotiation import LARGEST_OFFER, BadOffer, negotiate
from tests.fuzz.mutations import counted
from tests.media.offers import CHROMIUM, FIREFOX, LAYERED, PRINT, REPAIRED

PRIVATE = "198.51.100.77"
CANDIDATE = f"a=candidate:1 1 udp 2113937151 {PRIVATE} 50000 typ host\r\n"


def _placed(offer: str) -> bytes:
    """With an address of the client's in it, which is nobody's business."""
    return offer.replace("a=mid:1\r\n", f"a=mid:1\r\n{CANDIDATE}", 1).encode()


GENUINE = [_placed(offer) for offer in (CHROMIUM, FIREFOX, LAYERED, REPAIRED)]
# M8: these make aiortc's parser raise KeyError, AssertionError, IndexError, StopIteration,
# AttributeError and ValueError, in this order; the rest is only odd.
CORPUS = [
    CHROMIUM.replace("a=setup:actpass", "a=setup:").encode(),
    CHROMIUM.replace("m=audio 9 UDP", "m=audio", 1).encode(),
    CHROMIUM.replace("a=rtpmap:96 VP8/90000", "a=rtpmap:96 VP8").encode(),
    CHROMIUM.replace("a=rtpmap:111 opus/48000/2\r\n", "").encode(),
    CHROMIUM.replace("a=ssrc:2032559913 cname:ags1", "a=ssrc").encode(),
    CHROMIUM.replace("a=mid:0", "a=rtcp:x").encode(),
    CHROMIUM.replace("a=group:BUNDLE 0 1 2 3 4", "a=group:").encode(),
    b"v=0\r\nm=\r\n",
    b"\xff\xfe",
]


def check(data: bytes) -> None:
    """W3, M8: nothing but a BadOffer, and an answer aiortc can read."""
    offer = data.decode("utf-8", "surrogateescape")
    try:
        agreed = counted(_negotiate, offer, most=3000 + 40 * min(len(offer), LARGEST_OFFER))
    except BadOffer:
        return
    answer = SessionDescription.parse(agreed.sdp)
    assert len(answer.media) == len(SessionDescription.parse(offer).media)
    assert PRIVATE not in repr(agreed)
    assert not set(agreed.sdp) - set(map(chr, range(0x20, 0x7F))) - {"\r", "\n"}


def _negotiate(offer: str) -> object:
    return negotiate(offer, seats=4, addresses=("192.0.2.1",), port=40000, fingerprint=PRINT)
