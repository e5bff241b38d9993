"""Somebody shut out of the middle of the call, with a browser that goes on sending."""

import pytest
from sqlalchemy import select

from server import keys
from server.domain.deciding import decide
from server.domain.roles import Caseworker, MeetingId, Role, SeatId
from server.services import deciding, inviting
from server.store.note_tables import Chat
from server.store.tables import Meeting, Seat


@pytest.fixture
async def aya_out(sofie_in, aya_in):
    """Sofie says in the call that she wants to be alone after all."""
    alone = {"question": "company", "answer": "alone"}
    await sofie_in.browser.post("/arriving/answers", data=alone)
    await aya_in.phase("smaller_circle")
    return aya_in


async def test_whom_the_list_shut_out_cannot_pause_the_others(mette_in, sofie_in, aya_out):
    """P2, P8: a no takes the pause button too, or the call would stand still for good."""
    refusal = await aya_out.ask("pause")
    assert (refusal["type"], refusal["error"]) == ("refused", "not-admitted")
    await sofie_in.caught_up()
    assert sofie_in.state["phase"] == "call"


async def test_whom_the_list_shut_out_cannot_write_to_the_others(database, sofie_in, aya_out):
    """P2: no more word of theirs reaches the young person."""
    refusal = await aya_out.ask("chat", text="Jeg ved, hvad du sagde.")
    assert (refusal["type"], refusal["error"]) == ("refused", "not-admitted")
    await sofie_in.caught_up()
    assert not sofie_in.told("chat")
    async with database.read() as db:
        assert (await db.scalars(select(Chat))).all() == []


async def test_a_pause_ends_with_the_place_of_whom_it_was(mette_in, sofie_in, aya_in):
    """P2, P8: somebody who pauses and is then shut out takes the pause along."""
    await aya_in.ask("pause")
    await sofie_in.phase("paused")
    alone = {"question": "company", "answer": "alone"}
    await sofie_in.browser.post("/arriving/answers", data=alone)
    await sofie_in.phase("call")
    await mette_in.phase("room")
    await aya_in.socket.close()
    await sofie_in.caught_up()
    assert sofie_in.state["phase"] == "call"


ASIDE = decide("bisidder", "Aya", "Aya er vidne.", "Aya kan ikke være med i dag.", "spoken")


@pytest.mark.parametrize("deed", [inviting.renew, inviting.uninvite])
async def test_a_dead_link_leaves_no_pause_behind(
    deed, app, clock, opened, database, mette_in, sofie_in, aya_in, rooms
):
    """P8: nobody could resume it; the browser that paused is never let look again."""
    await aya_in.ask("pause")
    await sofie_in.phase("paused")
    mette = Caseworker(opened.mette, mette_in_session(rooms, opened), "Mette")
    async with app[keys.DATABASE].begin() as db:
        seat = SeatId(opened.ayas_seat)
        await deciding.record(db, mette, MeetingId(opened.meeting), seat, ASIDE, now=clock.now())
        await deed(db, mette, MeetingId(opened.meeting), seat, now=clock.now())
    await rooms.changed(opened.meeting)
    await sofie_in.phase("call")


async def test_who_waits_when_taken_off_the_list_cannot_tell(
    app, clock, opened, mette_in, join, rooms
):
    """P2: until the hour they wait on as somebody the young person said no to does, also where the
    door stood open; the caseworker sees no knock any more."""
    aya = await join(Role.BISIDDER)
    await aya.ask("knock")
    await mette_in.sees(lambda state: state["knocks"])
    before = await aya.phase("lobby")
    await mette_in.send("open_door", visit=mette_in.visit)
    await aya.phase("door")
    mette = Caseworker(opened.mette, mette_in_session(rooms, opened), "Mette")
    async with app[keys.DATABASE].begin() as db:
        seat = SeatId(opened.ayas_seat)
        await inviting.uninvite(db, mette, MeetingId(opened.meeting), seat, now=clock.now())
    await rooms.changed(opened.meeting)
    after = await aya.phase("lobby")
    assert after | {"version": 0} == before | {"version": 0}
    await mette_in.sees(lambda state: not state["knocks"])
    async with app[keys.DATABASE].begin() as db:
        (await db.get_one(Meeting, opened.meeting)).starts_at = clock.now()
    await rooms.changed(opened.meeting)
    await aya.phase("smaller_circle")


def mette_in_session(rooms, opened) -> int:
    return next(line.session for line in rooms.rooms[opened.meeting].lines if line.is_host)


async def test_another_device_with_the_link_says_nothing_about_who_sits_there(
    aya_in, sofie_in, join, database, opened
):
    """P6, P9: a bare link neither hears who sits beside Aya nor says who does."""
    await aya_in.ask("company", text="Ida")
    await sofie_in.sees(lambda state: any(p["company"] == "Ida" for p in state["people"]))
    stranger = await join(Role.BISIDDER)
    await stranger.ask("knock")
    await stranger.phase("lobby")
    assert "Ida" not in str(stranger.heard)
    refusal = await stranger.ask("company", text="Mor")
    assert (refusal["type"], refusal["error"]) == ("refused", "not-admitted")
    async with database.read() as db:
        assert (await db.get_one(Seat, opened.ayas_seat)).company == "Ida"


async def test_a_copy_of_her_link_does_not_say_who_sits_by_the_bisidder(
    aya_in, sofie_in, mette_in, join, as_kind, opened
):
    """P9: what Aya said on her own device stands, at the door and in the room."""
    room = {"question": "guest_room", "answer": "beside"}
    await aya_in.browser.post("/arriving/answers", data=room)
    await mette_in.sees(lambda state: mette_in.people["Aya"]["company"] == "Sofie")
    stranger = await as_kind(seat=opened.ayas_seat)
    await stranger.post("/arriving/answers", data=room | {"answer": "alone"})
    await mette_in.caught_up()
    assert mette_in.people["Aya"]["company"] == "Sofie"
    await aya_in.ask("leave")
    await aya_in.ask("knock")
    await mette_in.sees(lambda state: state["knocks"])
    assert "Alene" not in mette_in.state["knocks"][0]["room"]
