"""The pace at which a device, a link and everybody may go on, and that no hand ever meets it."""

from datetime import timedelta

import pytest

from server.domain.errors import TooFast
from server.services.pacing import ALLOWED, MOST_KEYS, Allowance, Deed, Pace, Paces
from tests.conftest import NOON

MINUTE = timedelta(minutes=1)
RETRIES = [0, 0.3, 1.2, 2.7, 4.8]  # seconds before each try; then 7 (js/lib/retry.js)


def goes(paces, deed, now, **who) -> int:
    """0 where one more may go, else the seconds until it may."""
    try:
        paces.go(deed, now=now, **who)
    except TooFast as too_fast:
        return too_fast.after
    return 0


def press(paces, deed, *, every: float, seconds: float, **who) -> int:
    """Press on and on; how often it was too fast."""
    presses = int(seconds / every)
    return sum(
        goes(paces, deed, NOON + n * timedelta(seconds=every), **who) > 0 for n in range(presses)
    )


def test_a_child_who_presses_four_times_a_second_for_an_hour_is_never_too_fast():
    """L14: 240 at once and 4 a second come back. A finger on a button that answers each time
    comes to about 4; seven a second, as fast as any hand, for 80 seconds: 240 + 80 x 4 = 560."""
    assert press(Paces(), Deed.ANSWER, every=0.25, seconds=3600, device=1, link="seat:1") == 0
    assert press(Paces(), Deed.ANSWER, every=1 / 7, seconds=79, device=1, link="seat:1") == 0


def test_a_page_that_joins_anew_as_fast_as_it_can_is_never_too_fast():
    """R3: without a way through for an hour, in two tabs of one session."""
    for deed in (Deed.OFFER, Deed.LINE):
        paces, now = Paces(), NOON
        for wait in [*RETRIES, *[7.0] * 500]:
            now += timedelta(seconds=wait)
            tabs = 2 if deed == Deed.LINE else 1
            assert [goes(paces, deed, now, device=1, link="seat:1")] * tabs == [0] * tabs


def test_forty_children_behind_one_address_open_their_links_at_once():
    """L14: an institution shares one address; nothing is counted by it alone."""
    paces = Paces()
    for child in range(40):
        for _ in range(20):
            assert goes(paces, Deed.SWAP, NOON, link=f"seat:{child}", network="203.0.113.0/24") == 0


def test_a_copy_hammered_from_elsewhere_leaves_the_young_person_their_share():
    """L4: sixty from one network, and the seventh hundredth from another still opens."""
    paces, hammered = Paces(), 0
    for _ in range(700):
        hammered += goes(paces, Deed.SWAP, NOON, link="seat:1", network="198.51.100.0/24") == 0
    assert hammered == 60
    assert goes(paces, Deed.SWAP, NOON, link="seat:1", network="203.0.113.0/24") == 0
    assert goes(paces, Deed.SWAP, NOON, device=7) == 0  # their own browser, opened before


def test_one_link_with_many_sessions_is_bound_as_a_link():
    paces = Paces()
    offers = sum(
        goes(paces, Deed.OFFER, NOON, device=device, link="seat:1") == 0
        for device in range(1, 21)
        for _ in range(60)
    )
    assert offers == 240
    assert goes(paces, Deed.OFFER, NOON, device=99, link="seat:2") == 0


def test_waiting_as_long_as_was_said_is_enough():
    paces = Paces({Deed.CODE: Allowance(15 * MINUTE, link=20)})
    for _ in range(20):
        assert goes(paces, Deed.CODE, NOON, link="seat:1") == 0
    after = goes(paces, Deed.CODE, NOON, link="seat:1")
    assert after == 45
    assert goes(paces, Deed.CODE, NOON + timedelta(seconds=after - 1), link="seat:1") == 1
    assert goes(paces, Deed.CODE, NOON + timedelta(seconds=after), link="seat:1") == 0


def test_what_was_refused_is_not_counted():
    """Somebody who goes on pressing waits no longer for it."""
    paces = Paces({Deed.CODE: Allowance(MINUTE, device=2, link=10)})
    for _ in range(50):
        goes(paces, Deed.CODE, NOON, device=1, link="seat:1")
    assert goes(paces, Deed.CODE, NOON + 0.5 * MINUTE, device=1, link="seat:1") == 0
    assert goes(paces, Deed.CODE, NOON, device=2, link="seat:1") == 0  # the link has some left


def test_a_new_code_begins_anew():
    paces = Paces()
    while not goes(paces, Deed.CODE, NOON, link="seat:1"):
        pass
    paces.forgive(Deed.CODE, "seat:1")
    assert goes(paces, Deed.CODE, NOON, link="seat:1") == 0


@pytest.mark.parametrize("idle", [True, False])
def test_many_keys_do_not_fill_the_memory(idle):
    """And who is being kept waiting is not forgotten for the sake of who is not."""
    pace = Pace(2, MINUTE)
    for n in range(MOST_KEYS + 500):
        pace.count(f"key {n}", NOON + (n * MINUTE if idle else timedelta()))
        assert len(pace.whole_at) <= MOST_KEYS
    if not idle:
        newest = f"key {MOST_KEYS + 499}"
        pace.count(newest, NOON)
        assert pace.wait(newest, NOON) > timedelta()


def test_every_deed_has_its_allowance():
    assert set(ALLOWED) == set(Deed)
