"""Faults that were measured in stock libraries (trust part 0, M1 to M13): none of them is ours.

The tests that show it stand where their subject is and name the fault; docs/requirements.md says
where each one is. Here are those that belong to no other file.
"""

import socket
from itertools import count

import pytest

from server.media import wire
from server.media.batch import BATCH
from server.media.negotiation import BadOffer
from server.media.packets import Packets
from server.media.worker import open_udp
from tests.media.offers import CHROMIUM
from tests.media.test_negotiation import agree


def offer_with(candidates: int) -> str:
    lines = "".join(
        f"a=candidate:{n} 1 udp 1 203.0.113.{n % 250} {1024 + n} typ host\r\n"
        for n in range(candidates)
    )
    return CHROMIUM.replace("a=mid:1\r\n", "a=mid:1\r\n" + lines, 1)


def test_a_thousand_candidates_lead_nowhere():
    """M7, W5: what an offer says about addresses never reaches the worker, however much it is."""
    assert "203.0.113" not in repr(agree(offer_with(900)))
    with pytest.raises(BadOffer, match="offer-too-large"):
        agree(offer_with(1500))


def test_what_waits_for_the_control_process_has_an_end():
    """M6: a flood of handshakes is dropped and counted, not kept for later."""
    ours, theirs = wire.pair()
    stranger = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with open_udp("127.0.0.1", 0) as udp, ours, theirs, stranger:
        packets = Packets(udp, ours, batched=True)
        for round_ in count():
            for _ in range(BATCH):
                stranger.sendto(b"\x16" * 1200, udp.getsockname())
            packets.receive()
            if packets._counts.crowded:
                break
            assert round_ < 4 * wire.LARGEST // BATCH  # every byte of the pair's room would do
        waiting = 0
        theirs.setblocking(False)
        while True:
            try:
                assert isinstance(wire.load(theirs.recv(wire.LARGEST)), wire.Datagram)
            except BlockingIOError:
                break
            waiting += 1
    assert waiting + packets._counts.crowded == packets._counts.received
