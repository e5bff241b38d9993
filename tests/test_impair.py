"""The bad network itself: with a known seed it loses, delays and limits exactly so much."""

import socket
from collections.abc import Callable, Iterator

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.impair import HEADERS, Conditions, Impair, Way, bursts
from tests.profiles import PROFILES

SENT = 400
Client = Callable[[str], socket.socket]


class Worker:
    """Stands where the media worker will: answers every datagram and knows who sent it."""

    def __init__(self) -> None:
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        self.udp.bind(("127.0.0.1", 0))
        self.udp.settimeout(5)


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker()
    yield made
    made.udp.close()


@pytest.fixture
def network(worker: Worker) -> Iterator[Impair]:
    made = Impair(worker.udp.getsockname(), seed=7)
    yield made
    made.close()


@pytest.fixture
def client(network: Impair) -> Iterator[Client]:
    """Open a client at one host address; loopback has as many as are wanted."""
    made: list[socket.socket] = []

    def at(host: str) -> socket.socket:
        udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        udp.bind((host, 0))
        udp.connect(network.address)
        udp.settimeout(5)
        made.append(udp)
        return udp

    yield at
    for udp in made:
        udp.close()


def numbers(udp: socket.socket, count: int) -> list[int]:
    return [int(udp.recv(100)) for _ in range(count)]


def counted(network: Impair, host: str, what: str) -> int:
    """One count of the way up; 0 before anything of this host has come."""
    counts = network.counts()
    return counts[host]["up"][what] if host in counts else 0


def send_all(network: Impair, udp: socket.socket) -> None:
    """Send numbered datagrams, never more at once than any socket's buffer holds."""
    host = udp.getsockname()[0]
    for number in range(SENT):
        udp.send(b"%d" % number)
        while number % 50 == 49 and counted(network, host, "received") <= number:
            pass


def expected(person: str, direction: str, conditions: Conditions) -> list[int]:
    """Which of the datagrams the same seed lets through, without any socket."""
    way = Way(f"7 {person} {direction}", conditions)
    return [number for number in range(SENT) if way.take(0.0, 100)]


def test_a_good_network_changes_nothing_and_keeps_people_apart(network, worker, client):
    """Each flow comes to the worker from an address of its own, and answers find their way."""
    sofie, mette = client("127.0.0.2"), client("127.0.0.3")
    sofie.send(b"1")
    first = worker.udp.recvfrom(100)
    mette.send(b"2")
    second = worker.udp.recvfrom(100)
    assert (first[0], second[0]) == (b"1", b"2")
    assert first[1] != second[1]
    worker.udp.sendto(b"3", second[1])
    worker.udp.sendto(b"4", first[1])
    assert (sofie.recv(100), mette.recv(100)) == (b"4", b"3")


def test_one_person_loses_exactly_what_the_seed_says_and_the_other_nothing(network, worker, client):
    bad = Conditions(loss=0.2)
    network.set("127.0.0.2", up=bad)
    sofie, mette = client("127.0.0.2"), client("127.0.0.3")
    through = expected("127.0.0.2", "up", bad)
    send_all(network, sofie)
    assert numbers(worker.udp, len(through)) == through
    send_all(network, mette)
    assert numbers(worker.udp, SENT) == list(range(SENT))
    counts = network.counts()
    up = counts["127.0.0.2"]["up"]
    assert (up["received"], up["lost"], up["delivered"]) == (
        SENT,
        SENT - len(through),
        len(through),
    )
    assert counts["127.0.0.3"]["up"]["lost"] == 0


def test_the_same_seed_is_the_same_network_and_another_one_is_not():
    ways = [Way(seed, Conditions(loss=0.3, jitter=0.01)) for seed in "aab"]
    same, again, other = ([way.take(n / 50, 100) for n in range(200)] for way in ways)
    assert same == again != other


def test_a_person_who_comes_from_another_port_has_the_same_network(network, worker, client):
    """Else joining anew would be a way out of every limit."""
    network.set("127.0.0.2", up=Conditions(loss=1.0))
    for _ in range(2):
        client("127.0.0.2").send(b"1")
    client("127.0.0.3").send(b"2")
    assert worker.udp.recv(100) == b"2"
    while counted(network, "127.0.0.2", "lost") < 2:
        pass


def test_the_network_changes_while_people_talk(network, worker, client):
    network.set(up=Conditions(loss=1.0))
    sofie = client("127.0.0.2")
    sofie.send(b"1")
    while not counted(network, "127.0.0.2", "lost"):
        pass
    network.set()
    sofie.send(b"2")
    assert worker.udp.recv(100) == b"2"


def test_late_datagrams_are_overtaken_and_all_arrive(network, worker, client):
    network.set(up=Conditions(reorder=0.1))
    sofie = client("127.0.0.2")
    send_all(network, sofie)
    came = numbers(worker.udp, SENT)
    assert sorted(came) == list(range(SENT))
    assert came != sorted(came)
    assert network.counts()["127.0.0.2"]["up"]["reordered"] > 0


def test_the_narrow_place_takes_its_queue_and_drops_the_rest():
    """300 kbit/s let 37.5 bytes through a millisecond, and hold 200 ms of them at most."""
    way = Way("1", Conditions(rate=300e3, queue=0.2))
    leaves = [way.take(0.0, 1000) for _ in range(20)]
    served = [times[0] for times in leaves if times]
    each = 8 * 1000 / 300e3
    assert served == pytest.approx([each * (n + 1) for n in range(8)])
    assert way.counts.queue_full == 12
    assert way.take(10.0, 1000)[0] == pytest.approx(10.0 + each)


def test_delay_and_jitter_overtake_nothing_by_themselves():
    way = Way("1", Conditions(delay=0.1, jitter=0.025))
    leaves = [way.take(n / 1000, 100)[0] for n in range(1000)]
    assert leaves == sorted(leaves)
    assert all(at >= n / 1000 for n, at in enumerate(leaves))
    assert sum(at - n / 1000 for n, at in enumerate(leaves)) / 1000 > 0.1


def test_some_come_twice():
    way = Way("1", Conditions(duplicate=0.5))
    assert sum(len(way.take(0.0, 100)) for _ in range(1000)) == 1000 + way.counts.duplicated
    assert 400 < way.counts.duplicated < 600


@settings(max_examples=25, deadline=None)
@given(share=st.floats(0.05, 0.5), length=st.floats(1.1, 4.0), seed=st.integers(0, 2**32))
def test_bursts_lose_the_share_asked_for_in_runs_of_the_length_asked_for(share, length, seed):
    """The Gilbert model over enough datagrams that a run of bad luck stays inside the margin."""
    way = Way(str(seed), Conditions(**bursts(share, length)))
    assume(way.conditions.p <= 1)  # so much in so short runs cannot be
    came = [bool(way.take(0.0, 100)) for _ in range(40_000)]
    lost = came.count(False)
    runs = sum(1 for before, now in zip([True, *came], came, strict=False) if before and not now)
    assert lost / len(came) == pytest.approx(share, rel=0.35)
    assert lost / runs == pytest.approx(length, rel=0.35)


@pytest.mark.parametrize("name", PROFILES)
def test_every_profile_can_be_put_into_force(name):
    for _, conditions in PROFILES[name]:
        way = Way(name, conditions)
        for number in range(500):
            way.take(number / 100, 100 + HEADERS)
        assert way.counts.delivered + way.counts.lost <= 500
