"""The last packets of a stream: what can be sent again, and what is no longer there."""

from hypothesis import given
from hypothesis import strategies as st

from server.media.rewrite import NO_PICTURE
from server.media.ring import LARGEST, OLDEST, PLACES, Kept, Ring


def packet(sequence: int, arrived: float, size: int = 3) -> Kept:
    return arrived, 0, bytes(size), (0x80, 96, sequence, 0, 5), NO_PICTURE, 12, 0


def test_it_gives_a_packet_until_half_a_second_has_passed():
    ring = Ring()
    ring.keep(kept := packet(7, 1.0))
    assert ring.find(7, 1.0 + OLDEST) is kept
    assert ring.find(7, 1.01 + OLDEST) is None
    assert ring.find(7 + PLACES, 1.0) is None


def test_it_takes_nothing_larger_than_a_packet_on_the_way_is():
    ring = Ring()
    ring.keep(packet(7, 1.0, LARGEST + 1))
    assert ring.find(7, 1.0) is None


@given(st.integers(0, 65535), st.integers(1, 3 * PLACES), st.integers(1, 200))
def test_nothing_is_kept_that_could_not_be_sent_again(first, count, rate):
    """A quiet camera keeps as little as it sends in half a second, not a whole ring."""
    ring, now = Ring(), 1.0
    for step in range(count):
        now += 1 / rate
        ring.keep(packet((first + step) & 0xFFFF, now))
    kept = [packet for packet in ring._kept if packet is not None]
    if count >= PLACES:  # by then the hand that lets go has caught up with the one that keeps
        assert len(kept) <= OLDEST * rate + 2
    owed = min(count, PLACES, int(OLDEST * rate))
    assert all(ring.find((first + count - 1 - back) & 0xFFFF, now) for back in range(owed))
