"""What becomes of a device's RTCPeerConnection when it has no more to do in the meeting (W10).

With a real worker, and clients that hold on to what they have.
"""

import asyncio

import pytest
from sqlalchemy import select

from server.media.gateway import Gateway, Gone
from server.store.tables import Visit
from server.ws import parting
from tests.media.client import Client


class Told(asyncio.Queue):
    """Everything the worker tells, on its way to the rooms."""

    async def gone(self) -> Gone:
        async with asyncio.timeout(10):
            while not isinstance(event := await self.get(), Gone):
                pass
            return event


@pytest.fixture
async def told(rooms):
    """A real worker behind the rooms."""
    heard = Told()

    def on_event(event):
        rooms.on_media(event)
        heard.put_nowait(event)

    rooms.gateway = Gateway(addresses=["127.0.0.1"], port=0, on_event=on_event, realtime=False)
    await rooms.gateway.start()
    return heard  # the rooms close it


@pytest.fixture
async def held(told, sofie_in, rooms, opened):
    """Sofie's connection, in the call."""
    here = rooms.rooms[opened.meeting]
    (line,) = [line for line in here.lines if not line.is_host]
    client = Client(rooms.gateway, here.name, line.media)
    yield await client.join()
    client.close()


@pytest.fixture
async def place(held, database) -> int:
    """Sofie's place in the call."""
    query = select(Visit.id).where(Visit.session_id == int(held.seat))
    async with database.read() as db:
        return (await db.scalars(query)).one()


async def connections(rooms) -> int:
    return (await rooms.gateway.statistics())["connections"]


@pytest.mark.parametrize("wrong_person", [True, False])
async def test_turned_away_is_out_of_the_worker_too(
    wrong_person, held, told, mette_in, sofie_in, place, rooms
):
    """P1, V7.4.1: the old connection goes at once, not at the browser's leisure."""
    await mette_in.send("turn_away", visit=place, wrong_person=wrong_person)
    gone = await told.gone()
    assert (gone.seat, gone.why) == (held.seat, "left")
    assert await connections(rooms) == 0


async def test_whoever_leaves_is_out_of_the_worker_too(held, told, sofie_in):
    """P8: leaving closes at the server whatever the page still manages to do."""
    await sofie_in.ask("leave")
    assert (await told.gone()).seat == held.seat


async def test_a_finished_meeting_holds_no_connection(held, told, mette_in, sofie_in):
    await mette_in.ask("finish")
    assert (await told.gone()).seat == held.seat
    await sofie_in.phase("ended")


async def test_a_finished_meeting_takes_no_offer(held, mette_in, sofie_in):
    """P1: the link opens for two hours more, the room does not."""
    await mette_in.ask("finish")
    await sofie_in.phase("ended")
    headers = {"Content-Type": "application/sdp", "Accept": "application/json"}
    response = await sofie_in.browser.post("/calling/offer", data=b"v=0", headers=headers)
    assert response.status == 409
    assert (await response.json())["error"] == "not-now"


async def test_a_connection_without_a_line_is_closed(told, mette_in, rooms, opened, monkeypatch):
    """W9: a link alone cannot fill the worker with connections nobody ever uses."""
    room = rooms.rooms[opened.meeting].name
    client = Client(rooms.gateway, room, "999")
    await client.join()
    rooms.lineless.note(room, "999", rooms.time())
    await rooms.tick()
    assert await connections(rooms) == 1
    monkeypatch.setattr(parting, "PATIENCE", -1.0)
    await rooms.tick()
    assert (await told.gone()).seat == "999"
    client.close()
