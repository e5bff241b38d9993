"""The door, counted in packets: the whole application with its media worker, and clients that do
real STUN, DTLS and SRTP and decrypt what reaches them."""

from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestServer

from server.app import build_app
from server.domain.roles import Role
from server.media.gateway import Answer, Gateway
from tests.lines import Talker
from tests.media.client import Client, key_frame, settle

EACH = 10  # packets of sound, and as many of picture
NOBODY: set[str] = set()


class Front:
    """Takes an offer as the application does, by POST, for a client that knows only a gateway."""

    def __init__(self, gateway: Gateway, talker: Talker, meeting: int) -> None:
        self.gateway = gateway
        self.talker = talker
        self.query = f"?meeting={meeting}" if talker.role == Role.CASEWORKER else ""

    async def join(self, _room: str, _seat: str, sdp: str, _seats: int) -> Answer:
        response = await self.talker.browser.post(
            f"/calling/offer{self.query}",
            data=sdp,
            headers={"Content-Type": "application/sdp"},
        )
        assert response.status == 200, await response.text()
        told = await response.json()
        return Answer(told["connection"], told["sdp"], told["slots"])


class Caller(Client):
    """A browser's media beside its line."""

    def __init__(self, front: Front, name: str) -> None:
        super().__init__(front, "", name, slots=5)  # type: ignore[arg-type]  # all it asks of one
        self.talker = front.talker


@pytest.fixture
async def server(settings, clock) -> AsyncIterator[TestServer]:
    server = TestServer(build_app(settings, clock))
    await server.start_server()
    yield server
    await server.close()


@pytest.fixture
async def callers(rooms, opened, join) -> AsyncIterator[dict[str, Caller]]:
    """All three connected, knocking, with microphone and camera on; Mette is in the room."""
    made = {}
    for name, role in (
        ("Mette", Role.CASEWORKER), ("Sofie", Role.YOUNG_PERSON), ("Aya", Role.BISIDDER)
    ):  # fmt: skip
        talker = await join(role)
        await talker.ask("knock")
        made[name] = await Caller(Front(rooms.gateway, talker, opened.meeting), name).join()
        await turn_on(talker)
    yield made
    for caller in made.values():
        caller.close()


async def turn_on(talker: Talker) -> None:
    await talker.send("microphone", on=True)
    await talker.send("camera", on=True)
    await talker.sees(lambda state: state["you"]["microphone"] and state["you"]["camera"])


async def who_reaches(callers: dict[str, Caller]) -> dict[str, set[str]]:
    """Everybody sends sound and pictures at once; say for each who came through, decrypted."""
    gateway = callers["Mette"].gateway.gateway
    for caller in callers.values():
        caller.arrived()
    before = await gateway.statistics()
    for number in range(EACH):
        for name, caller in callers.items():
            caller.say(name.encode())
            caller.show(key_frame(number, name.encode()))
    await settle(gateway, 2 * EACH * len(callers), before)
    reached = {}
    for name, caller in callers.items():
        packets = caller.arrived()
        sources = {n for n in callers for p in packets if n.encode() in p.payload}
        assert len(packets) == 2 * EACH * len(sources)
        reached[name] = sources
    return reached


async def step(callers: dict[str, Caller], kind: str, name: str, phase: str, **more) -> None:
    """The host does something about one knock, and it has come to pass."""
    host, guest = callers["Mette"].talker, callers[name].talker
    await host.sees(lambda state: any(k["name"] == name for k in state["knocks"]))
    visit = next(k["visit"] for k in host.state["knocks"] if k["name"] == name)
    await host.send(kind, visit=visit, **more)
    await guest.phase(phase)


async def test_not_one_packet_goes_round_the_door(callers):
    """P1, S42, W10: counted by those who would have heard it, at every stand of the door."""
    assert await who_reaches(callers) == {"Mette": NOBODY, "Sofie": NOBODY, "Aya": NOBODY}

    await step(callers, "open_door", "Sofie", "door")
    assert await who_reaches(callers) == {"Mette": {"Sofie"}, "Sofie": {"Mette"}, "Aya": NOBODY}

    await step(callers, "close_door", "Sofie", "lobby")
    assert await who_reaches(callers) == {"Mette": NOBODY, "Sofie": NOBODY, "Aya": NOBODY}

    await step(callers, "open_door", "Sofie", "door")
    await step(callers, "admit", "Sofie", "call")
    assert await who_reaches(callers) == {"Mette": {"Sofie"}, "Sofie": {"Mette"}, "Aya": NOBODY}

    await step(callers, "open_door", "Aya", "door")
    assert await who_reaches(callers) == {"Mette": {"Aya"}, "Sofie": NOBODY, "Aya": {"Mette"}}

    await step(callers, "turn_away", "Aya", "turned_away", wrong_person=False)
    assert await who_reaches(callers) == {"Mette": {"Sofie"}, "Sofie": {"Mette"}, "Aya": NOBODY}


async def test_in_a_pause_not_one_packet_goes_to_anybody(callers):
    """P8, S35: whatever the browsers send."""
    for name in ("Sofie", "Aya"):
        await step(callers, "open_door", name, "door")
        await step(callers, "admit", name, "call")
    everybody = set(callers)
    assert await who_reaches(callers) == {name: everybody - {name} for name in callers}
    await callers["Sofie"].talker.ask("pause")
    for name in ("Mette", "Aya"):
        await callers[name].talker.phase("paused")
    assert await who_reaches(callers) == {"Mette": NOBODY, "Sofie": NOBODY, "Aya": NOBODY}
    await callers["Sofie"].talker.ask("resume")
    await callers["Aya"].talker.phase("call")
    assert await who_reaches(callers) == {
        "Mette": {"Aya"}, "Sofie": {"Mette", "Aya"}, "Aya": {"Mette"}
    }  # fmt: skip


async def test_of_the_bisidders_room_the_host_gets_not_one_packet(callers, opened):
    """P1, P8, S19: before, in and after it, and while somebody new knocks at the host's door."""
    for name in ("Sofie", "Aya"):
        await step(callers, "open_door", name, "door")
        await step(callers, "admit", name, "call")
    two = {"Mette": NOBODY, "Sofie": {"Aya"}, "Aya": {"Sofie"}}
    talkers = {name: caller.talker for name, caller in callers.items()}
    await talkers["Aya"].ask("together", seat=opened.ayas_seat)
    for name in ("Sofie", "Aya"):
        await talkers[name].phase("together")
    assert await who_reaches(callers) == two
    await talkers["Mette"].phase("paused")
    await talkers["Sofie"].ask("to_meeting")
    await talkers["Aya"].phase("call")
    quiet = {"Mette": NOBODY, "Sofie": {"Mette"}, "Aya": {"Mette"}}
    assert await who_reaches(callers) == quiet
    for name in ("Sofie", "Aya"):
        await turn_on(talkers[name])
    await talkers["Sofie"].ask("alone")
    await talkers["Aya"].phase("waits")
    alone = {"Mette": {"Sofie"}, "Sofie": {"Mette"}, "Aya": NOBODY}
    assert await who_reaches(callers) == alone
    await talkers["Sofie"].ask("to_meeting")
    await talkers["Aya"].phase("call")
    await turn_on(talkers["Aya"])
    await talkers["Mette"].ask("finish")
    await talkers["Aya"].phase("together")
    assert await who_reaches(callers) == two
    await talkers["Sofie"].ask("to_meeting")
    await talkers["Aya"].phase("ended")


async def test_called_away_not_one_packet_goes_to_or_from_the_host(callers):
    """D3, P1, S35: whatever the browsers send; the two others go on hearing each other."""
    for name in ("Sofie", "Aya"):
        await step(callers, "open_door", name, "door")
        await step(callers, "admit", name, "call")
    everybody = set(callers)
    mette = callers["Mette"].talker
    await mette.ask("step_away")
    await mette.sees(lambda state: all(p["slot"] is None for p in state["people"]))
    assert await who_reaches(callers) == {"Mette": NOBODY, "Sofie": {"Aya"}, "Aya": {"Sofie"}}
    await mette.ask("come_back", heard="nobody")
    await mette.sees(lambda state: all(p["slot"] is not None for p in state["people"]))
    assert await who_reaches(callers) == {name: everybody - {name} for name in callers}


async def test_muting_is_not_forwarding(callers):
    """P8, W10: a browser that goes on sending is not heard."""
    await step(callers, "open_door", "Sofie", "door")
    await step(callers, "admit", "Sofie", "call")
    sofie, mette = callers["Sofie"].talker, callers["Mette"].talker
    for switch in ("microphone", "camera"):
        await sofie.send(switch, on=False)
    await mette.sees(
        lambda state: [(p["microphone"], p["camera"]) for p in state["people"]] == [(False, False)]
    )
    assert await who_reaches(callers) == {"Mette": NOBODY, "Sofie": {"Mette"}, "Aya": NOBODY}


async def test_only_ones_own_connection_can_be_restarted(callers):
    """An ICE restart over HTTP: one's own goes on, another's is unknown, a new offer is none."""
    sofie, aya = callers["Sofie"], callers["Aya"]
    talker = sofie.gateway.talker
    path = f"/calling/offer?connection={sofie.answer.connection}"
    headers = {"Content-Type": "application/sdp"}
    again = await talker.browser.post(path, data=sofie.sdp(), headers=headers)
    assert again.status == 200
    assert (await again.json())["connection"] == sofie.answer.connection
    other = f"/calling/offer?connection={aya.answer.connection}"
    refused = await talker.browser.post(other, data=aya.sdp(), headers=headers)
    assert (refused.status, (await refused.json())["error"]) == (409, "connection-unknown")
    changed = (
        sofie.sdp()
        .replace("opus/48000/2", "opus/48000/2\r\na=extmap:9 urn:x")
        .replace("a=ssrc:", "a=x:")
    )
    refused = await talker.browser.post(path, data=changed, headers=headers)
    assert (refused.status, (await refused.json())["error"]) == (400, "offer-not-a-restart")
