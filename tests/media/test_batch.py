"""Batched and plain sockets: the plain one is the reference."""

import socket
import time
from collections.abc import Iterator

import pytest

from server.media.addresses import pack, unpack
from server.media.batch import BATCH, Batched, Datagrams, Plain
from server.media.srtp import SIZE
from server.media.worker import open_udp

WAYS = [Plain, Batched]
FAMILIES = {"IPv4": "127.0.0.1", "IPv6": "::1", "both": ""}


@pytest.fixture(params=FAMILIES.values(), ids=FAMILIES.keys())
def ours(request: pytest.FixtureRequest) -> Iterator[socket.socket]:
    with open_udp(request.param, 0) as udp:
        yield udp


@pytest.fixture
def theirs(ours: socket.socket) -> Iterator[socket.socket]:
    six = ours.getsockname()[0] == "::1"
    with socket.socket(socket.AF_INET6 if six else socket.AF_INET, socket.SOCK_DGRAM) as udp:
        udp.bind(("::1" if six else "127.0.0.1", 0))
        udp.connect(("::1" if six else "127.0.0.1", ours.getsockname()[1]))
        udp.setblocking(False)
        yield udp


@pytest.mark.parametrize("way", WAYS)
def test_what_comes_in_is_the_same_whichever_way(way, ours, theirs):
    batch: Datagrams = way(ours)
    sent = [bytes([n]) * (n * 40) for n in range(40)]  # the first one is empty
    for data in sent:
        theirs.send(data)
    got = []
    while count := batch.receive():
        assert count <= BATCH
        for index in range(count):
            at = index * SIZE
            got.append(bytes(batch.inbox.view[at : at + batch.lengths[index]]))
            assert unpack(batch.senders[index])[1] == theirs.getsockname()[1]
    assert got == sent


@pytest.mark.parametrize("way", WAYS)
def test_what_goes_out_arrives_whole_and_in_order(way, ours, theirs):
    batch: Datagrams = way(ours)
    host, port = theirs.getsockname()[:2]
    destination = batch.destination(pack(host, port, ours.family))
    sent = [bytes([n]) * (n + 1) for n in range(3 * BATCH + 5)]
    for data in sent:
        at = batch.queued * SIZE
        batch.outbox.view[at : at + len(data)] = data
        batch.send(len(data), destination)
    batch.flush()
    got = []
    while len(got) < len(sent):
        got.append(theirs.recv(SIZE))
    assert got == sent
    assert (batch.unsent, batch.queued) == (0, 0)


@pytest.mark.parametrize("way", WAYS)
def test_one_unreachable_client_costs_nobody_else_a_packet(way, ours, theirs):
    batch: Datagrams = way(ours)
    host, port = theirs.getsockname()[:2]
    good = batch.destination(pack(host, port, ours.family))
    bad = batch.destination(pack(host, 0, ours.family))  # port 0 cannot be sent to
    for destination in (good, bad, good, bad, good):
        batch.outbox.view[batch.queued * SIZE] = 7
        batch.send(1, destination)
    batch.flush()
    assert [theirs.recv(SIZE) for _ in range(3)] == [b"\x07"] * 3
    with pytest.raises(BlockingIOError):
        theirs.recv(SIZE)
    assert batch.unsent == 2


def test_both_ways_know_a_client_by_the_same_bytes(ours, theirs):
    names = set()
    for way in WAYS:
        theirs.send(b"x")
        batch: Datagrams = way(ours)
        assert batch.receive() == 1
        names.add(batch.senders[0])
    assert len(names) == 1


@pytest.mark.parametrize("way", WAYS)
def test_the_moment_of_arrival_is_known_though_it_is_read_later(way, ours, theirs):
    """On the same clock whichever way; the batched one has it from the kernel."""
    batch: Datagrams = way(ours)
    before = time.monotonic_ns() // 1000
    theirs.send(b"a")
    theirs.send(b"b")
    sent = time.monotonic_ns() // 1000
    while time.monotonic_ns() // 1000 < sent + 20_000:
        pass
    assert batch.receive() == 2
    late = 0 if way is Batched else 20_000
    for index in range(2):
        waited = (batch.moments[index] - before) & 0xFFFFFFFF
        assert late <= waited <= sent - before + late + 1_000_000
    if way is Batched:
        assert (batch.moments[1] - before) & 0xFFFFFFFF < 20_000 + sent - before
