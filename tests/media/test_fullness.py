"""A worker says no to one more room before its core is full, and yes to whoever is in one."""

import asyncio
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.media import gateway as gateways
from server.media.fullness import FULL, LARGE, SHOWS_AFTER, Fullness
from server.media.gateway import Gateway, MediaFull
from server.media.pool import Pool
from tests.media.client import Client


def working(share: float, full: float = FULL) -> Fullness:
    """A worker that has taken this share of its core for two seconds."""
    fullness = Fullness(full)
    for quarter in range(9):
        fullness.take(share * quarter / 4, quarter / 4)
    return fullness


def test_the_share_is_that_of_the_last_second():
    fullness = working(0.8)
    assert fullness.share == pytest.approx(0.8)
    for quarter in range(1, 5):
        fullness.take(1.6 + 0.1 * quarter / 4, 2 + quarter / 4)
    assert fullness.share == pytest.approx(0.1)


def test_a_worker_that_has_just_begun_lets_everybody_in():
    assert Fullness().share == 0.0
    assert Fullness().lets_in(0, 0.0)


def test_rooms_that_do_not_show_yet_count_like_the_others():
    """Twenty rooms on four fifths of a core: room for four more at once, and for no fifth."""
    fullness = working(0.8)
    let_in = [fullness.lets_in(20 + already, 2.0) for already in range(6)]
    assert let_in == [True] * 5 + [False]
    assert fullness.lets_in(25, 2.0 + SHOWS_AFTER)


def test_two_words_that_come_at_once_do_not_make_a_core_full():
    """A busy machine lets the control process read the words of a second all at once."""
    fullness = Fullness()
    fullness.take(0.1, 1.0)
    fullness.take(0.4, 1.001)
    assert fullness.lets_in(0, 1.001)


@given(
    share=st.floats(0, 1.2),
    rooms=st.integers(0, 200),
    moments=st.lists(st.floats(0, 3), max_size=60),
)
def test_a_full_worker_lets_nobody_in_and_no_burst_fills_it(share, rooms, moments):
    """R9: what is let in within a moment is at most what the rest of the core is good for."""
    fullness = working(share)
    each = share / rooms if rooms >= 4 else LARGE
    let_in: list[float] = []
    for moment in sorted(moments):
        fresh = sum(moment - at < SHOWS_AFTER for at in let_in)
        if fullness.lets_in(rooms + fresh, 2 + moment):
            let_in.append(moment)
            assert share + each * fresh < FULL + 1e-6
    assert not let_in or share < FULL
    assert all(earlier <= later for earlier, later in pairwise(let_in))


def offer(pool: Pool) -> str:
    client = Client(pool.gateways[0], "r", "whoever")
    client.close()
    return client.sdp()


async def full(happened) -> Gateway:
    """A worker that takes any share of a core for all of it."""
    made = Gateway(addresses=["127.0.0.1"], port=0, on_event=happened, realtime=False, full=0.0)
    await made.start()
    return made


async def test_a_full_worker_refuses_a_room_and_counts_it(happened):
    gateway = await full(happened)
    sofie = Client(gateway, "r", "sofie")
    try:
        with pytest.raises(MediaFull) as told:
            await sofie.join()
        assert told.value.error == "media-full"
        assert (await gateway.statistics())["rooms_refused"] == 1
        assert (await gateway.statistics())["connections"] == 0
    finally:
        sofie.close()
        await gateway.close()


async def test_a_room_one_worker_has_no_place_for_goes_to_another_whole(happened):
    """Nobody in a room is left behind on the worker that refused it."""
    pool = Pool(addresses=["127.0.0.1"], port=0, on_event=happened, workers=2, realtime=False)
    pool.gateways[0] = Gateway(
        addresses=["127.0.0.1"], port=0, on_event=happened, realtime=False, full=0.0
    )
    await pool.start()
    try:
        await pool.matrix("r", 0, [])
        await asyncio.gather(*(pool.join("r", seat, offer(pool), 2) for seat in "abc"))
        counts = [await gateway.statistics() for gateway in pool.gateways]
        assert [each["connections"] for each in counts] == [0, 3]
    finally:
        await pool.close()


async def test_a_room_no_worker_has_a_place_for_is_refused(happened):
    pool = Pool(
        addresses=["127.0.0.1"], port=0, on_event=happened, workers=2, realtime=False, full=0.0
    )
    await pool.start()
    try:
        with pytest.raises(MediaFull):
            await pool.join("r", "sofie", offer(pool), 2)
    finally:
        await pool.close()


async def test_a_worker_that_answers_others_is_busy_and_not_hung(gateway, monkeypatch):
    """R9: ending a worker ends every call; one that says anything at all is waited for, and no
    longer than a lease holds."""
    monkeypatch.setattr(gateways, "PATIENCE", 0.4)
    monkeypatch.setattr(gateways, "AT_MOST", 2.0)
    now = asyncio.get_running_loop().time
    began = now()
    waiting = asyncio.create_task(gateway._answered(asyncio.Future()))
    while not waiting.done():
        await gateway.statistics()
        await asyncio.sleep(0.05)
    with pytest.raises(TimeoutError):
        await waiting
    assert now() - began > 1.0
