"""The forwarding matrix is the law (P1, P8, W10). Counted by clients that decrypt."""

import asyncio
import os
import signal

import pytest

from server.media.gateway import Connected, Edge, Gateway, Gone, Refused
from tests.media.client import (
    CAMERA_SSRC,
    SCREEN_SSRC,
    Client,
    delta_frame,
    key_frame,
    settle,
)


async def talk(gateway: Gateway, *clients: Client, times: int = 3) -> None:
    """Everybody says something and shows a whole picture, and the worker has dealt with it."""
    before = await gateway.statistics()
    for turn in range(times):
        for client in clients:
            client.say(client.seat.encode())
            client.show(key_frame(turn, client.seat.encode()))
    await settle(gateway, 2 * times * len(clients), before)


def who(client: Client) -> set[tuple[int, str, bytes]]:
    """Whom a client heard and saw since the last look: slot, kind, and whose."""
    return {
        (p.slot, p.kind, p.payload if p.kind == "audio" else p.payload[6:])
        for p in client.arrived()
    }


async def test_nobody_hears_anything_before_the_matrix_says_so(gateway, seat):
    """P1, W10: connected is not admitted."""
    mette, sofie = await seat("mette"), await seat("sofie")
    await talk(gateway, mette, sofie)
    assert who(mette) == who(sofie) == set()


async def test_an_empty_matrix_forwards_nothing(gateway, seat):
    mette, sofie = await seat("mette"), await seat("sofie")
    await gateway.matrix("r", 1, [])
    await talk(gateway, mette, sofie)
    assert who(mette) == who(sofie) == set()


async def test_an_edge_goes_one_way_and_into_its_slot(gateway, seat):
    mette, sofie, aya = await seat("mette"), await seat("sofie"), await seat("aya")
    await gateway.matrix("r", 1, [Edge("sofie", "mette", 1, True, True)])
    await talk(gateway, mette, sofie, aya)
    assert who(mette) == {(1, "audio", b"sofie"), (1, "video", b"sofie")}
    assert who(sofie) == who(aya) == set()


async def test_sound_and_picture_are_two_permissions(gateway, seat):
    mette, sofie = await seat("mette"), await seat("sofie")
    await gateway.matrix("r", 1, [Edge("sofie", "mette", 0, True, False)])
    await talk(gateway, mette, sofie)
    assert who(mette) == {(0, "audio", b"sofie")}
    await gateway.matrix("r", 2, [Edge("sofie", "mette", 0, False, True)])
    await talk(gateway, mette, sofie)
    assert who(mette) == {(0, "video", b"sofie")}


async def test_at_the_door_only_the_two_hear_each_other(gateway, seat):
    """P1: the door is between the host and one knocker, and the room hears neither."""
    mette, sofie, aya = await seat("mette"), await seat("sofie"), await seat("aya")
    await gateway.matrix(
        "r", 1, [Edge("mette", "aya", 0, True, True), Edge("aya", "mette", 0, True, True)]
    )
    await talk(gateway, mette, sofie, aya)
    assert who(mette) == {(0, "audio", b"aya"), (0, "video", b"aya")}
    assert who(aya) == {(0, "audio", b"mette"), (0, "video", b"mette")}
    assert who(sofie) == set()


async def test_dropping_an_edge_stops_the_very_next_packet(gateway, seat):
    """P8: closing counts at once. Not one packet follows the moment `matrix` returns."""
    mette, sofie = await seat("mette"), await seat("sofie")
    for turn in range(10):
        await gateway.matrix("r", 2 * turn, [Edge("sofie", "mette", 0, True, True)])
        await talk(gateway, sofie, times=1)
        assert who(mette) == {(0, "audio", b"sofie"), (0, "video", b"sofie")}
        await gateway.matrix("r", 2 * turn + 1, [])
        await talk(gateway, sofie, times=1)
        assert who(mette) == set()


async def test_somebody_gone_is_heard_no_more_and_told_so(gateway, seat, happened):
    mette, sofie = await seat("mette"), await seat("sofie")
    await gateway.matrix("r", 1, [Edge("sofie", "mette", 0, True, True)])
    await gateway.leave("r", "sofie")
    assert (await happened.wait(Gone, seat="sofie")).why == "left"
    await talk(gateway, sofie)
    assert who(mette) == set()


async def test_another_room_hears_nothing(gateway, seat):
    mette, jens = await seat("mette"), await seat("sofie", room="another")
    await gateway.matrix("r", 1, [Edge("sofie", "mette", 0, True, True)])
    await gateway.matrix("another", 1, [Edge("mette", "sofie", 0, True, True)])
    await talk(gateway, mette, jens)
    assert who(mette) == who(jens) == set()


async def test_the_screen_takes_a_slot_only_where_the_edge_says_screen(gateway, seat):
    mette, sofie = await seat("mette"), await seat("sofie")
    before = await gateway.statistics()
    await gateway.matrix("r", 1, [Edge("mette", "sofie", 1, False, True, screen=True)])
    mette.show(key_frame(1, b"camera"), CAMERA_SSRC)
    mette.show(key_frame(1, b"screen"), SCREEN_SSRC)
    await settle(gateway, 2, before)
    assert who(sofie) == {(1, "video", b"screen")}


async def test_a_lease_that_is_not_renewed_runs_out(gateway, seat):
    """A web process that is gone cannot close a door: so the door closes by itself."""
    mette, sofie = await seat("mette"), await seat("sofie")
    await gateway.matrix("r", 1, [Edge("sofie", "mette", 0, True, False)], lease=0.5)
    over = asyncio.get_running_loop().time() + 0.5
    await talk(gateway, sofie, times=1)
    assert who(mette)
    async with asyncio.timeout(10):
        while True:
            await talk(gateway, sofie, times=1)
            # Nothing heard while it still holds is a busy machine, and no end of it.
            if not who(mette) and asyncio.get_running_loop().time() > over:
                break
    await talk(gateway, sofie)
    assert who(mette) == set()


async def test_a_renewed_lease_goes_on(gateway, seat):
    mette, sofie = await seat("mette"), await seat("sofie")
    edges = [Edge("sofie", "mette", 0, True, False)]
    await gateway.matrix("r", 1, edges, lease=0.2)
    for version in range(2, 8):
        await gateway.matrix("r", version, edges)
        await talk(gateway, sofie, times=1)
        assert who(mette) == {(0, "audio", b"sofie")}


async def test_the_packet_process_keeps_the_lease_when_its_sibling_hangs(gateway, seat):
    """Enforced packet by packet: nobody has to be alive to close the door."""
    mette, sofie = await seat("mette"), await seat("sofie")
    await gateway.matrix("r", 1, [Edge("sofie", "mette", 0, True, False)], lease=0.5)
    os.kill(gateway.worker, signal.SIGSTOP)
    try:
        async with asyncio.timeout(10):
            while True:
                sofie.say(b"still there?")
                try:
                    async with asyncio.timeout(0.3):
                        await mette.next()
                except TimeoutError:
                    break
    finally:
        os.kill(gateway.worker, signal.SIGCONT)


async def test_an_older_matrix_changes_nothing(gateway, seat):
    mette, sofie = await seat("mette"), await seat("sofie")
    await gateway.matrix("r", 5, [])
    for version in (4, 5):
        with pytest.raises(Refused, match="matrix-stale"):
            await gateway.matrix("r", version, [Edge("sofie", "mette", 0, True, True)])
    await talk(gateway, sofie)
    assert who(mette) == set()


@pytest.mark.parametrize(
    ("edges", "lease", "error"),
    [
        ([Edge("a", "a", 0, True, True)], 10, "matrix-echo"),
        ([Edge("a", "b", -1, True, True)], 10, "matrix-slot"),
        ([Edge("a", "b", 0, True, True), Edge("c", "b", 0, True, False)], 10, "matrix-slot-taken"),
        ([], 0, "matrix-lease"),
        ([], 3600, "matrix-lease"),
    ],
)
async def test_a_matrix_nobody_could_carry_out_is_refused(gateway, edges, lease, error):
    with pytest.raises(Refused, match=error):
        await gateway.matrix("r", 1, edges, lease)


async def test_a_slot_the_client_does_not_have_stays_empty(gateway, seat):
    mette, sofie = await seat("mette"), await seat("sofie")
    await gateway.matrix("r", 1, [Edge("sofie", "mette", 7, True, True)])
    await talk(gateway, sofie)
    assert who(mette) == set()


async def test_a_second_connection_takes_the_seat_over_when_it_is_connected(
    gateway, seat, happened
):
    """A changed network or a second tab: the seat moves, the matrix stays."""
    mette, first = await seat("mette"), await seat("sofie")
    await gateway.matrix(
        "r", 1, [Edge("sofie", "mette", 0, True, True), Edge("mette", "sofie", 0, True, True)]
    )
    second = Client(gateway, "r", "sofie")
    await second.offer()
    await talk(gateway, first, mette, times=1)
    assert who(mette) == {(0, "audio", b"sofie"), (0, "video", b"sofie")}  # not connected yet
    await second.check()
    await second.handshake()
    gone = await happened.wait(Gone, seat="sofie")
    assert (gone.connection, gone.why) == (first.answer.connection, "replaced")
    await talk(gateway, first, second, mette, times=1)
    assert {w[2] for w in who(mette)} == {b"sofie"}
    assert who(second) == {(0, "audio", b"mette"), (0, "video", b"mette")}
    before = await gateway.statistics()
    first.say(b"the old tab")
    await settle(gateway, 1, before)
    assert who(mette) == set()
    second.close()


async def test_a_picture_begins_with_a_key_frame(gateway, seat):
    """A slot with a new sender stays as it was until there is something to decode."""
    mette, sofie = await seat("mette"), await seat("sofie")
    await gateway.matrix("r", 1, [Edge("sofie", "mette", 0, False, True)])
    before = await gateway.statistics()
    for picture in range(5):
        sofie.show(delta_frame(picture, b"undecodable"))
    await settle(gateway, 5, before)
    assert mette.arrived() == []
    wish = await sofie.next_rtcp(206)
    assert int.from_bytes(wish[8:12], "big") == CAMERA_SSRC
    sofie.show(key_frame(6, b"whole"))
    sofie.show(delta_frame(7, b"next"))
    assert [(await mette.next()).payload[6:] for _ in range(2)] == [b"whole", b"next"]


async def test_everybody_is_told_when_they_are_connected(seat, happened):
    sofie = await seat("sofie")
    assert await happened.wait(Connected) == Connected("r", "sofie", sofie.answer.connection)
