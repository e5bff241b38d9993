"""What it costs to read an offer: a browser's little, anybody else's not much more (W3, R9).

Measured on 64 KiB of nothing but lines of one kind, before there were bounds: 6.5 s for
`a=rtcp-fb`, 0.19 s for `a=ssrc`, 0.16 s for `a=fmtp`; a page's own offer with eight slots 1 ms.
"""

import asyncio
import threading

import pytest

from server.media.events import MediaAway
from server.media.negotiation import LARGEST_OFFER, BadOffer, negotiate
from server.media.reading import MOST_WAITING, Reader
from tests.fuzz.mutations import counted
from tests.media.offers import CHROMIUM, LAYERED, PRINT

TOLD = {"addresses": ("192.0.2.1",), "port": 40000, "fingerprint": PRINT, "before": None}
SLOTS = 8


def agree(offer: str) -> object:
    return negotiate(offer, seats=SLOTS, addresses=("192.0.2.1",), port=40000, fingerprint=PRINT)


def with_slots(offer: str, slots: int) -> str:
    """The same client with so many pairs of lines to receive by."""
    head, *parts = offer.split("m=")
    up, sound, picture = parts[:3], parts[3], parts[4]
    for number in range(3, 3 + 2 * slots, 2):
        up.append(sound.replace("a=mid:3", f"a=mid:{number}"))
        up.append(picture.replace("a=mid:4", f"a=mid:{number + 1}"))
    mids = " ".join(str(number) for number in range(3 + 2 * slots))
    return head.replace("BUNDLE 0 1 2 3 4", f"BUNDLE {mids}") + "m=" + "m=".join(up)


def full_of(line: str, before: str = "") -> str:
    """As many such lines as an offer may be long; `#` is their number."""
    offer, number = CHROMIUM + before, 0
    while len(offer) + len(line) + 8 < LARGEST_OFFER:
        offer += line.replace("#", str(number)) + "\r\n"
        number += 1
    return offer


CODECS = "".join(f"a=rtpmap:{number % 90} a/1\r\n" for number in range(1900))
COSTLY = {
    "sources": full_of("a=ssrc:# x:"),
    "feedback for every codec": full_of("a=rtcp-fb:* a", CODECS),
    "parameters of the last codec": full_of("a=fmtp:89 a", CODECS),
    "codecs": full_of("a=rtpmap:# a/1"),
    "groups": full_of("a=ssrc-group:FID # 1"),
    "fingerprints": full_of("a=fingerprint:a b"),
    "nothing at all": full_of("a"),
    "empty lines": full_of(""),
}


@pytest.mark.parametrize("offer", COSTLY.values(), ids=COSTLY.keys())
def test_what_would_cost_the_parser_seconds_is_refused_before_it_is_read(offer):
    """V15.2.2, M8: counting its lines costs a few of ours each, and nothing of it is parsed."""
    assert len(offer) <= LARGEST_OFFER
    with pytest.raises(BadOffer, match="offer-too-many-lines"):
        counted(agree, offer, most=4 * offer.count("\r\n") + 100)


def test_a_pages_own_offer_is_far_from_the_bounds():
    offer = with_slots(LAYERED, SLOTS)
    assert agree(offer)
    assert agree(offer.replace("a=rtcp-mux\r\n", "a=rtcp-mux\r\n" + "a=x\r\n" * 30))


async def test_an_offer_is_read_beside_the_loop():
    """R9: whoever is told something meanwhile hears it."""
    reader = Reader()
    seen = set[int]()

    class Watched(str):
        def encode(self, *given, **named):
            seen.add(threading.get_ident())
            return super().encode(*given, **named)

    await reader.read(Watched(with_slots(LAYERED, SLOTS)), seats=SLOTS, **TOLD)
    assert threading.get_ident() not in seen
    with pytest.raises(BadOffer):
        await reader.read("hello", seats=SLOTS, **TOLD)
    reader.close()


async def test_more_than_can_be_read_soon_are_told_to_come_back():
    reader = Reader()
    offers = [reader.read("hello", seats=SLOTS, **TOLD) for _ in range(MOST_WAITING + 5)]
    told = await asyncio.gather(*offers, return_exceptions=True)
    assert [type(error) for error in told].count(MediaAway) == 5
    with pytest.raises(BadOffer):  # and the others were read: there is room again
        await reader.read("hello", seats=SLOTS, **TOLD)
    reader.close()
