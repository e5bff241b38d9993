"""More than anybody can use, from strangers and from a participant (trust part 0: M5-M7, M12).

The strangers here are as fast as one core makes them. What the kernel drops of a flood, nobody
can help; what it does not drop must not cost a call.
"""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from aioice import stun
from aiortc.rtp import RtcpRrPacket

from server.media import wire
from server.media.addresses import pack
from server.media.batch import Batched
from server.media.connection import MOST_STREAMS
from server.media.gateway import Edge, Gateway, WorkerLost
from server.media.packets import Packets
from server.media.srtp import SIZE
from server.media.worker import open_udp
from tests.bench.load import cpu
from tests.media.client import Client, settle
from tests.media.noise import drained, random_datagrams

UNSIGNED = bytes(stun.Message(stun.Method.BINDING, stun.Class.REQUEST))
RANDOM = random_datagrams(20_000)
MANY = 20_000  # datagrams, as M5 has them
GROWN = 8.0  # MB a worker may grow: two socket pairs full of datagrams


class Flood:
    """Datagrams from a stranger, as many as go."""

    def __init__(self, gateway: Gateway, datagrams: list[bytes]) -> None:
        self._target = pack("127.0.0.1", gateway.port, socket.AF_INET, 0)
        self._datagrams = datagrams
        self._over = False
        self.sent = 0

    def run(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
            batch = Batched(stranger)
            target = batch.destination(self._target)
            while not self._over:
                data = self._datagrams[self.sent % len(self._datagrams)]
                at = batch.queued * SIZE
                batch.outbox.view[at : at + len(data)] = data
                batch.send(len(data), target)
                self.sent += 1

    @contextmanager
    def going_on(self) -> Iterator["Flood"]:
        thread = threading.Thread(target=self.run)
        thread.start()
        try:
            yield self
        finally:
            self._over = True
            thread.join()


async def test_a_flood_of_checks_nobody_signed_costs_no_call(gateway, seat, happened):
    """M5, M6: the control process gets more than it can read, and what does not fit is dropped:
    nothing is queued without end, no lease is left to run out, and the worker is not given up
    for dead because an answer got lost among strangers."""
    mette, sofie = await seat("mette"), await seat("sofie")
    edges = [Edge("sofie", "mette", 0, True, True)]
    await gateway.matrix("r", 1, edges)
    processes = cpu.children(gateway.worker)
    before = cpu.megabytes(processes)
    with Flood(gateway, [UNSIGNED]).going_on() as flood:
        version, crowded = 1, 0
        async with asyncio.timeout(30):
            # Twenty thousand, and on a busy machine as many more as it takes to be too many.
            while flood.sent < MANY or not crowded:
                version += 1
                await gateway.matrix("r", version, edges)
                crowded = (await gateway.statistics())["crowded"]
    assert cpu.megabytes(processes) - before < GROWN
    assert WorkerLost not in map(type, happened.events)
    await is_well(gateway, sofie, mette)


def test_an_answer_waits_for_room_among_strangers():
    """M5: what the web process waits for is not lost where a stranger's check would be."""
    ours, theirs = wire.pair()
    udp = open_udp("127.0.0.1", 0)
    packets = Packets(udp, theirs, batched=True)

    def run() -> None:
        with suppress(SystemExit):  # it ends by itself when there is nobody left to tell
            packets.run()

    running = threading.Thread(target=run, daemon=True)
    running.start()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        while not packets._counts.crowded:  # nobody reads what is told
            stranger.sendto(UNSIGNED, udp.getsockname())
    ours.send(wire.dump(wire.Fence(1, False)))
    ours.settimeout(5)
    deadline = time.monotonic() + 5
    while not packets._owed:
        assert time.monotonic() < deadline, "the answer is lost"
    while not isinstance(wire.load(ours.recv(wire.LARGEST)), wire.Fenced):
        pass
    ours.close()
    running.join()
    theirs.close()
    udp.close()


async def test_a_flood_of_noise_costs_no_call(gateway, seat, happened):
    """M5: twenty thousand random datagrams in a burst, of which the kernel keeps what it can."""
    mette, sofie = await seat("mette"), await seat("sofie")
    await gateway.matrix("r", 1, [Edge("sofie", "mette", 0, True, True)], lease=60.0)
    with Flood(gateway, RANDOM).going_on() as flood:
        while flood.sent < MANY:
            await gateway.statistics()
    assert WorkerLost not in map(type, happened.events)
    await is_well(gateway, sofie, mette)


async def test_reports_from_streams_without_end_are_not_taken_in(gateway, seat):
    """M12, W9: libsrtp opens a context for every SSRC; a client may have so many and no more."""
    mette, sofie = await seat("mette"), await seat("sofie")
    await gateway.matrix("r", 1, [Edge("sofie", "mette", 0, True, True)])
    before = await gateway.statistics()
    for ssrc in range(1, 1001):
        sofie.send_rtcp(bytes(RtcpRrPacket(ssrc)))
        if not ssrc % 50:  # not more at once than its socket holds
            await settle(gateway, ssrc, before)
    sofie.send_rtcp(bytes(RtcpRrPacket(1)))
    counts = await settle(gateway, 1001, before)
    assert counts["crowded"] == 0
    assert counts["rtcp_refused"] == 1000 - MOST_STREAMS
    await is_well(gateway, sofie, mette)


async def test_nobody_a_client_names_is_ever_dialled(gateway, seat):
    """M7, W5: an offer full of candidates is no way to have us send something to others."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bystander:
        bystander.bind(("127.0.0.1", 0))
        bystander.setblocking(False)
        sofie = Naming(gateway, "r", "sofie", bystander.getsockname()[1])
        await sofie.join()
        assert sofie.sdp().count("a=candidate") > 600
        while (await sofie._datagram())[0] >= 4:  # until the worker itself asks who is there
            pass
        await is_well(gateway, sofie, await seat("mette"))
        assert _nothing(bystander)
    sofie.close()


class Naming(Client):
    """A client whose offer names a bystander's port as its own, as often as an offer can."""

    def __init__(self, gateway: Gateway, room: str, name: str, port: int) -> None:
        self._named = "".join(
            f"a=candidate:{n} 1 udp {2113937151 - n} 127.0.0.1 {port} typ host\r\n"
            for n in range(900)
        )
        super().__init__(gateway, room, name)

    def sdp(self) -> str:
        return super().sdp().replace("a=ice-ufrag", f"{self._named}a=ice-ufrag", 1)


async def is_well(gateway: Gateway, sofie: Client, mette: Client) -> None:
    """After all that, what Sofie says arrives."""
    await drained(gateway)
    await gateway.matrix("r", 1_000_000, [Edge("sofie", "mette", 0, True, True)])
    mette.arrived()
    sofie.say(b"still there")
    async with asyncio.timeout(5):
        assert (await mette.next()).payload == b"still there"


def _nothing(udp: socket.socket) -> bool:
    try:
        udp.recv(2000)
    except BlockingIOError:
        return True
    return False
