"""A bad network on purpose: UDP datagrams go through here, and some of them do not.

Stands between browsers and the media worker in a process of its own, so that a busy test adds no
jitter. Every flow (a client's address and port) has an upstream socket of its own: the worker
sees separate addresses. Conditions belong to a person, known by the host part of their address,
so whoever joins anew from another port still has the same bad network. Datagrams are forwarded
unread. Times are seconds, sizes bytes on the wire, shares 0-1.
"""

import heapq
import selectors
import socket
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from random import Random
from typing import Any

HEADERS = 28  # bytes of IPv4 and UDP around every datagram
AT_ONCE = 32  # datagrams taken from one socket before the others have their turn
LARGEST = 2048
BUFFER = 4 << 20
SO_RCVBUFFORCE = 33  # asm-generic/socket.h


@dataclass(frozen=True, slots=True)
class Conditions:
    """What one direction of a network does. Without arguments: nothing."""

    loss: float = 0.0  # share lost, each by itself
    p: float = 0.0  # Gilbert model: chance that a spell of losing begins after a datagram
    r: float = 1.0  # and that it ends after one; all datagrams of a spell are lost
    delay: float = 0.0  # s
    jitter: float = 0.0  # s, standard deviation of the delay; by itself it overtakes nothing
    heavy_tail: bool = False  # jitter after Pareto instead of Gauss, as mobile networks have it
    reorder: float = 0.0  # share held back so that later ones overtake it
    behind: float = 0.03  # s, by how much
    duplicate: float = 0.0  # share delivered twice
    rate: float = 0.0  # bit/s; 0 is no limit
    queue: float = 0.3  # s of waiting before the narrow place; who would wait longer is dropped


def bursts(share: float, length: float) -> dict[str, float]:
    """Gilbert parameters that lose this share in spells of this mean length."""
    r = 1 / length
    return {"p": share * r / (1 - share), "r": r}


@dataclass(slots=True)
class Counts:
    received: int = 0
    received_bytes: int = 0
    lost: int = 0  # by loss, alone or in spells
    queue_full: int = 0
    reordered: int = 0
    duplicated: int = 0
    delivered: int = 0
    delivered_bytes: int = 0


@dataclass
class Way:
    """One direction of one person's network. Pure: with the same seed it does the same again."""

    seed: str
    conditions: Conditions = field(default_factory=Conditions)
    counts: Counts = field(default_factory=Counts)

    def __post_init__(self) -> None:
        self._random = Random(self.seed)
        self._is_losing = False
        self._free_at = 0.0  # when the narrow place has sent all it holds
        self._last = 0.0  # when the latest datagram leaves that was not held back

    def take(self, now: float, size: int) -> tuple[float, ...]:
        """Say when a datagram of this size comes out: never, once or twice."""
        c, counts = self.conditions, self.counts
        counts.received += 1
        counts.received_bytes += size
        if self._loses(c):
            counts.lost += 1
            return ()
        sent_at = now
        if c.rate:
            begins = max(now, self._free_at)
            if begins - now > c.queue:
                counts.queue_full += 1
                return ()
            sent_at = self._free_at = begins + 8 * size / c.rate
        leaves = max(sent_at + self._delay(c), self._last)
        if c.reorder and self._random.random() < c.reorder:
            counts.reordered += 1
            leaves += c.behind
        else:
            self._last = leaves
        if c.duplicate and self._random.random() < c.duplicate:
            counts.duplicated += 1
            return leaves, leaves
        return (leaves,)

    def _loses(self, c: Conditions) -> bool:
        lost = self._is_losing
        if self._random.random() < (c.r if lost else c.p):
            self._is_losing = not lost
        return lost or (c.loss > 0 and self._random.random() < c.loss)

    def _delay(self, c: Conditions) -> float:
        if not c.jitter:
            return c.delay
        if c.heavy_tail:
            # Pareto of shape 3 has mean 3/2 and deviation sqrt(3)/2.
            more = (self._random.paretovariate(3.0) - 1.5) / 0.866 * c.jitter
        else:
            more = self._random.gauss(0.0, c.jitter)
        return max(0.0, c.delay + more)


@dataclass
class Person:
    up: Way
    down: Way


class Flow:
    """One client address, and the socket that stands for it towards the worker."""

    def __init__(self, client: Any, upstream: tuple[str, int], person: Person) -> None:
        family = socket.AF_INET6 if ":" in upstream[0] else socket.AF_INET
        self.client = client
        self.person = person
        self.socket = socket.socket(family, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        _make_room(self.socket)
        self.socket.connect(upstream)


class Proxy:
    """Runs in the process of its own; `Impair` is the handle to it."""

    def __init__(self, listen: tuple[str, int], upstream: tuple[str, int], seed: int) -> None:
        family = socket.AF_INET6 if ":" in listen[0] else socket.AF_INET
        self.front = socket.socket(family, socket.SOCK_DGRAM)
        self.front.setblocking(False)
        _make_room(self.front)
        self.front.bind(listen)
        self.upstream = upstream
        self.seed = seed
        self.general = (Conditions(), Conditions())
        self.people: dict[str, Person] = {}
        self.flows: dict[Any, Flow] = {}
        self._due: list[tuple[float, int, bytes, Flow, bool]] = []
        self._number = 0
        self._selector = selectors.DefaultSelector()
        self._selector.register(self.front, selectors.EVENT_READ)

    def run(self, orders: Connection) -> None:
        """Forward until the other end of `orders` closes."""
        self._selector.register(orders, selectors.EVENT_READ)
        while True:
            now = time.monotonic()
            wait = max(0.0, self._due[0][0] - now) if self._due else None
            for key, _ in self._selector.select(wait):
                if key.fileobj is orders:
                    try:
                        name, words = orders.recv()
                    except EOFError:
                        return
                    orders.send(getattr(self, name)(*words))
                else:
                    self._receive(key.data)
            self._deliver()

    def set(self, people: Iterable[str], up: Conditions, down: Conditions) -> None:
        for name in people:
            person = self._person(name)
            person.up.conditions, person.down.conditions = up, down

    def set_all(self, up: Conditions, down: Conditions) -> None:
        self.general = (up, down)
        self.set(self.people, up, down)

    def counts(self) -> dict[str, dict[str, dict[str, int]]]:
        return {
            name: {"up": asdict(person.up.counts), "down": asdict(person.down.counts)}
            for name, person in self.people.items()
        }

    def _person(self, name: str) -> Person:
        if name not in self.people:
            up, down = self.general
            ways = [f"{self.seed} {name} {direction}" for direction in ("up", "down")]
            self.people[name] = Person(Way(ways[0], up), Way(ways[1], down))
        return self.people[name]

    def _receive(self, flow: Flow | None) -> None:
        """Take what has come to the front, or from the worker for one flow."""
        for _ in range(AT_ONCE):
            try:
                data, client = (flow.socket if flow else self.front).recvfrom(LARGEST)
            except BlockingIOError:
                return
            except ConnectionRefusedError:  # the worker is down: as far away as any host
                continue
            now = time.monotonic()
            to = flow or self._flow(client)
            way = to.person.down if flow else to.person.up
            for leaves in way.take(now, len(data) + HEADERS):
                self._number += 1
                heapq.heappush(self._due, (leaves, self._number, data, to, flow is None))

    def _flow(self, client: Any) -> Flow:
        if client not in self.flows:
            flow = self.flows[client] = Flow(client, self.upstream, self._person(client[0]))
            self._selector.register(flow.socket, selectors.EVENT_READ, flow)
        return self.flows[client]

    def _deliver(self) -> None:
        now = time.monotonic()
        while self._due and self._due[0][0] <= now:
            _, _, data, flow, is_up = heapq.heappop(self._due)
            counts = (flow.person.up if is_up else flow.person.down).counts
            # A full socket or a closed port loses the datagram, as a network would.
            with suppress(OSError):
                if is_up:
                    flow.socket.send(data)
                else:
                    self.front.sendto(data, flow.client)
                counts.delivered += 1
                counts.delivered_bytes += len(data) + HEADERS


def _make_room(udp: socket.socket) -> None:
    """Take 4 MB of buffer where we may, so that only `Conditions` lose anything."""
    udp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
    if sys.platform == "linux":
        with suppress(PermissionError):  # only root may go over the system's limit
            udp.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, BUFFER)


def serve(
    listen: tuple[str, int], upstream: tuple[str, int], seed: int, orders: Connection
) -> None:
    proxy = Proxy(listen, upstream, seed)
    orders.send(proxy.front.getsockname()[:2])
    proxy.run(orders)


class Impair:
    """The proxy, running beside the test. `set` changes the network while people talk."""

    def __init__(
        self,
        upstream: tuple[str, int],
        *,
        listen: tuple[str, int] = ("127.0.0.1", 0),
        seed: int = 1,
    ) -> None:
        apart = get_context("spawn")  # a fork would take the test's event loop along
        self._orders, theirs = apart.Pipe()
        self._process = apart.Process(
            target=serve, args=(listen, upstream, seed, theirs), daemon=True
        )
        self._process.start()
        theirs.close()
        self.address: tuple[str, int] = self._orders.recv()

    def set(
        self, *people: str, up: Conditions = Conditions(), down: Conditions = Conditions()
    ) -> None:
        """Put conditions into force for these people's hosts, or for everybody."""
        if people:
            self._order("set", people, up, down)
        else:
            self._order("set_all", up, down)

    def counts(self) -> dict[str, dict[str, dict[str, int]]]:
        """Counted since the start, by person and direction; the names are those of `Counts`."""
        found: dict[str, dict[str, dict[str, int]]] = self._order("counts")
        return found

    def _order(self, name: str, *words: Any) -> Any:
        self._orders.send((name, words))
        return self._orders.recv()

    def close(self) -> None:
        self._orders.close()
        self._process.join()
        self._process.close()
