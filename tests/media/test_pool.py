"""Several workers that look like one."""

import os
import signal
import socket
from collections.abc import AsyncIterator

import pytest

from server.media.events import Connected, WorkerBack, WorkerLost
from server.media.pool import Pool
from server.media.public import shifted
from server.media.room import Edge
from tests.media.client import Client
from tests.media.conftest import Happened


@pytest.fixture
async def pool(happened: Happened) -> AsyncIterator[Pool]:
    made = Pool(addresses=["127.0.0.1"], port=0, on_event=happened, workers=2, realtime=False)
    await made.start()
    yield made
    await made.close()


async def join(pool: Pool, room: str, seat: str) -> Client:
    """Join a room on whichever worker has it."""
    await pool.matrix(room, 0, [])
    client = Client(pool._of(room), room, seat)
    return await client.join()


async def test_everybody_in_a_room_is_on_the_same_worker_and_rooms_are_shared_out(pool):
    people = [await join(pool, room, seat) for room in ("a", "b") for seat in ("sofie", "aya")]
    assert len({client.server for client in people}) == 2
    assert people[0].server == people[1].server
    await pool.matrix("a", 1, [Edge("sofie", "aya", 0, audio=True, video=False)])
    people[0].say(b"hello")
    assert (await people[1].next()).payload == b"hello"
    assert (await pool.statistics())["connections"] == 4
    for client in people:
        client.close()


async def test_a_room_that_is_over_makes_place_for_another(pool):
    for room in ("a", "b", "c"):
        await pool.matrix(room, 1, [])
    assert pool._of("c") is pool._of("a")
    await pool.forget("a")
    await pool.forget("nobody knows it")
    await pool.leave("nobody knows it", "sofie")
    assert pool._of("d") is pool.gateways[0]


async def test_the_end_of_one_worker_concerns_its_own_rooms_alone(pool, happened):
    """R5: the other meetings do not even notice."""
    sofie = await join(pool, "a", "sofie")
    aya = await join(pool, "b", "aya")
    await happened.wait(Connected, room="b")
    pid = pool._of("a").worker
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    back = await happened.wait(WorkerBack)
    assert back.rooms == {"a"}
    [lost] = [event for event in happened.events if isinstance(event, WorkerLost)]
    assert lost.rooms == {"a"}
    await aya.check()
    for client in (sofie, aya):
        client.close()


async def test_when_one_port_is_taken_no_worker_is_left_behind(happened):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        pool = Pool(
            addresses=["127.0.0.1"], port=port - 1, on_event=happened, workers=2, realtime=False
        )
        with pytest.raises(OSError, match=str(port)):
            await pool.start()
    assert [gateway.worker for gateway in pool.gateways] == [None, None]


@pytest.mark.parametrize(
    ("told", "by", "expected"),
    [
        ("203.0.113.10", 3, "203.0.113.10"),
        ("203.0.113.10:50000", 3, "203.0.113.10:50003"),
        ("[2001:db8::1]:50000", 1, "[2001:db8::1]:50001"),
        ("2001:db8::1", 1, "2001:db8::1"),
        ("203.0.113.10:50000", 0, "203.0.113.10:50000"),
    ],
)
def test_each_worker_is_told_of_at_a_port_of_its_own(told, by, expected):
    assert shifted(told, by) == expected
