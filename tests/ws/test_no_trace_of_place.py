"""Where somebody is: what each person's browser is told, by HTTP and on the line, holds nobody's
address but the server's, and what a browser says of its own way is read by nobody."""

import re
import socket
from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestServer

from server.app import build_app
from server.domain.roles import Role
from tests.media.client import Client
from tests.ws.test_the_door_in_packets import Caller, Front, step, turn_on, who_reaches

SERVER = "127.0.0.1"
NO_PLACE = {SERVER, "0.0.0.0"}  # noqa: S104 what an SDP writes where it names no place
HOMES = {"Mette": "127.0.0.11", "Sofie": "127.0.0.12", "Aya": "127.0.0.13"}
ELSEWHERE = "127.0.0.99"
ADDRESS = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")


class AtHome(Caller):
    """Somebody who calls from an address of their own, and whose offer says so, and more."""

    def __init__(self, front: Front, name: str, to: int) -> None:
        super().__init__(front, name)
        self.udp.close()
        self.udp = bound(HOMES[name])
        self.elsewhere = (ELSEWHERE, to)

    def sdp(self) -> str:
        candidates = "".join(
            f"\r\na=candidate:{n} 1 UDP 2113937151 {address} {to} typ host"
            for n, (address, to) in enumerate([self.udp.getsockname(), self.elsewhere])
        )
        own = f"c=IN IP4 {self.udp.getsockname()[0]}"
        return Client.sdp(self).replace("c=IN IP4 0.0.0.0", own + candidates)


@pytest.fixture
async def server(settings, clock) -> AsyncIterator[TestServer]:
    server = TestServer(build_app(settings, clock))
    await server.start_server()
    yield server
    await server.close()


def bound(address: str) -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.bind((address, 0))
    made.setblocking(False)
    return made


@pytest.fixture
def bystander():
    """A socket that somebody's candidate names and nobody should ever write to."""
    made = bound(ELSEWHERE)
    yield made
    made.close()


@pytest.fixture
async def at_home(rooms, opened, join, bystander) -> AsyncIterator[dict[str, AtHome]]:
    made = {}
    roles = (Role.CASEWORKER, Role.YOUNG_PERSON, Role.BISIDDER)
    for name, role in zip(HOMES, roles, strict=True):
        talker = await join(role)
        await talker.ask("knock")
        front = Front(rooms.gateway, talker, opened.meeting)
        caller = AtHome(front, name, to=bystander.getsockname()[1])
        made[name] = await caller.join()
        await turn_on(talker)
    yield made
    for caller in made.values():
        caller.close()


async def test_nobody_learns_from_where_another_calls(at_home, bystander):
    """P6, W4, W5: an answer holds the server's candidates alone; nothing on anybody's line names
    an address, a port, a key or a name of the others' ways; the place an offer points to hears
    nothing; and the call goes on as ever."""
    for name in ("Sofie", "Aya"):
        await step(at_home, "open_door", name, "door")
        await step(at_home, "admit", name, "call")
    everybody = set(at_home)
    assert await who_reaches(at_home) == {name: everybody - {name} for name in at_home}

    for caller in at_home.values():
        await caller.talker.caught_up()
        answer = caller.answer.sdp
        told = answer + str(caller.talker.heard)
        candidates = [line.split()[4] for line in answer.splitlines() if "a=candidate" in line]
        assert set(candidates) == {SERVER}
        assert set(ADDRESS.findall(told)) <= NO_PLACE
        for other in at_home.values():
            if other is not caller:
                assert str(other.udp.getsockname()[1]) not in re.findall(r"\d+", told)
                for trace in (other.ufrag, other.password, other.remote_ufrag):
                    assert trace not in told
    with pytest.raises(BlockingIOError):
        bystander.recv(1)
