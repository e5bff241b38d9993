"""Knock, door, admit, over real sockets: every way in goes through the host's door."""

import asyncio

from sqlalchemy import select

from server.domain.roles import Role
from server.store.tables import Seat, Trail, Visit
from tests.factories import store_admission


def ways(rooms, meeting) -> set[tuple[str, str]]:
    return {(way.source, way.target) for way in rooms.rooms[meeting].ways}


async def test_one_comes_from_the_knock_to_the_call(mette_in, join, rooms, opened):
    """P1: nothing to or from a knocker before the door, at the door the two alone, then all."""
    sofie = await join(Role.YOUNG_PERSON)
    assert sofie.state["phase"] == "outside"
    await sofie.ask("knock")
    state = await sofie.phase("lobby")
    assert state["title"] == "Mette lukker dig ind om lidt"
    await mette_in.sees(lambda state: state["knocks"])
    assert ways(rooms, opened.meeting) == set()
    await mette_in.send("open_door", visit=mette_in.visit)
    await sofie.phase("door")
    assert list(sofie.people) == ["Mette"]
    assert len(ways(rooms, opened.meeting)) == 2
    await mette_in.sees(lambda state: state["knocks"][0]["standing"] == "door")
    assert list(mette_in.people) == ["Sofie"]
    await mette_in.send("admit", visit=mette_in.visit)
    await sofie.phase("call")
    assert [row["who"] for row in sofie.state["roster"]]


async def test_while_the_door_is_open_the_room_does_not_hear_the_host(
    mette_in, sofie_in, join, rooms, opened
):
    """P1, P9: Sofie hears nothing of what is said at the door, and reads where the host is."""
    aya = await join(Role.BISIDDER)
    await aya.ask("knock")
    await mette_in.sees(lambda state: state["knocks"])
    assert list(sofie_in.people) == ["Mette"]
    await mette_in.send("open_door", visit=mette_in.visit)
    await aya.phase("door")
    await sofie_in.sees(lambda state: state["people"][0]["slot"] is None)
    mette = sofie_in.people["Mette"]
    assert mette["state_label"] == "er ved døren og hører dig ikke nu"
    assert (mette["microphone"], mette["camera"]) == (False, False)
    assert "Aya" not in str(sofie_in.state["people"])
    assert len(ways(rooms, opened.meeting)) == 2
    await mette_in.send("close_door", visit=mette_in.visit)
    await aya.phase("lobby")
    await sofie_in.sees(lambda state: state["people"][0]["slot"] is not None)


async def test_a_host_who_cannot_be_heard_at_the_door_is_told_so(mette_in, join):
    """P9: the two are there to hear who it is; with the sound off neither does."""
    sofie = await join(Role.YOUNG_PERSON)
    await sofie.ask("knock")
    await mette_in.sees(lambda state: state["knocks"])
    await mette_in.send("open_door", visit=mette_in.visit)
    await mette_in.sees(lambda state: "Din lyd er slukket" in state["knocks"][0]["text"])
    await mette_in.send("microphone", on=True)
    await mette_in.sees(lambda state: "Din lyd" not in state["knocks"][0]["text"])


async def test_who_wants_to_write_is_not_promised_to_be_heard_at_the_door(mette_in, join):
    """P5, P8: both ends read what is true of somebody who chose to write."""
    sofie = await join(Role.YOUNG_PERSON, way="write")
    await sofie.ask("knock")
    await mette_in.sees(lambda state: state["knocks"])
    await mette_in.send("open_door", visit=mette_in.visit)
    state = await sofie.phase("door")
    assert state["text"].startswith("Mette kan ikke høre eller se dig.")
    await mette_in.sees(lambda state: "vil skrive" in state["knocks"][0]["text"])


async def test_nobody_is_let_in_but_from_the_door(mette_in, join, rooms, opened):
    """P1: the host cannot admit a knocker they have neither seen nor heard."""
    sofie = await join(Role.YOUNG_PERSON)
    await sofie.ask("knock")
    await mette_in.sees(lambda state: state["knocks"])
    await mette_in.send("admit", visit=mette_in.visit)
    refusal = await mette_in.until(lambda message: message["type"] == "refused")
    assert refusal["error"] == "door-first"
    await sofie.caught_up()
    assert sofie.state["phase"] == "lobby"
    assert ways(rooms, opened.meeting) == set()


async def test_a_gate_that_is_not_ready_lets_nobody_knock(mette_in, join):
    """P1, S24: their own list first."""
    sofie = await join(Role.YOUNG_PERSON, heard="find_other")
    refusal = await sofie.ask("knock")
    assert (refusal["type"], refusal["error"]) == ("refused", "gate-not-ready")
    assert refusal["text"]


async def test_a_guest_does_none_of_the_hosts_deeds(mette_in, sofie_in, join):
    """P1: opening, admitting, turning away and finishing are the host's alone."""
    aya = await join(Role.BISIDDER)
    await aya.ask("knock")
    await mette_in.sees(lambda state: state["knocks"])
    visit = mette_in.visit
    for kind, fields in (
        ("open_door", {}), ("close_door", {}), ("admit", {}),
        ("turn_away", {"wrong_person": False}),
    ):  # fmt: skip
        await sofie_in.send(kind, visit=visit, **fields)
        refusal = await sofie_in.until(lambda message: message["type"] == "refused")
        assert refusal["error"] == "host-only"
    assert (await sofie_in.ask("finish"))["error"] == "host-only"
    await sofie_in.send("asked_again", question="way")
    await sofie_in.until(lambda message: message.get("error") == "host-only")


async def test_a_visit_of_another_meeting_is_not_there(mette_in, opened, database, as_kind, clock):
    """P1: no id opens somebody else's door."""
    await as_kind(seat=opened.mikkels_seat)
    async with database.begin() as db:
        session = await store_admission(db, opened.mikkels_seat, clock.now())
        theirs = (await db.scalars(select(Visit.id).where(Visit.session_id == session))).one()
    for kind, fields in (("open_door", {}), ("admit", {}), ("turn_away", {"wrong_person": True})):
        await mette_in.send(kind, visit=theirs, **fields)
        refusal = await mette_in.until(lambda message: message["type"] == "refused")
        assert refusal["error"] == "not-found"


async def test_who_is_turned_away_is_told_so_and_hears_nothing(
    mette_in, join, rooms, opened, clock
):
    """P1: nothing more goes to or from them; after a moment they may knock again."""
    sofie = await join(Role.YOUNG_PERSON)
    await sofie.ask("knock")
    await mette_in.sees(lambda state: state["knocks"])
    await mette_in.send("open_door", visit=mette_in.visit)
    await sofie.phase("door")
    await mette_in.send("turn_away", visit=mette_in.visit, wrong_person=False)
    await sofie.phase("turned_away")
    assert sofie.state["people"] == []
    assert ways(rooms, opened.meeting) == set()
    assert (await sofie.ask("knock"))["error"] == "turned-away"
    clock.move(seconds=20)
    assert (await sofie.ask("knock"))["type"] == "done"
    await sofie.phase("lobby")


async def test_the_wrong_person_kills_the_link_and_is_an_incident(
    mette_in, sofie_in, database, opened, rooms
):
    """L8: every browser that came by that link is out, and the trail says so without words."""
    sofie_session = rooms.rooms[opened.meeting].lines[-1].session
    async with database.read() as db:
        visit = (await db.scalars(select(Visit).where(Visit.session_id == sofie_session))).one()
    await mette_in.send("turn_away", visit=visit.id, wrong_person=True)
    assert await sofie_in.close_code() == 4404
    assert (await sofie_in.browser.get("/arriving")).status == 404
    async with database.read() as db:
        assert (await db.get_one(Seat, opened.sofies_seat)).generation == 1
        deeds = (await db.scalars(select(Trail.deed))).all()
    assert "wrong-person" in deeds
    await mette_in.sees(lambda state: not state["people"])
    assert ways(rooms, opened.meeting) == set()


async def test_another_device_knocks_again_and_both_ends_are_told(mette_in, sofie_in, join):
    """W12, P1, L9: an admitted seat is bound to its device; a mere second session is silent."""
    other = await join(Role.YOUNG_PERSON)
    await other.caught_up()
    await sofie_in.caught_up()
    assert sofie_in.told("news") == []
    assert mette_in.state["knocks"] == []
    await other.ask("knock")
    await other.phase("lobby")
    told = await sofie_in.until(lambda message: message["type"] == "news")
    assert "anden telefon" in told["text"]
    await mette_in.sees(lambda state: state["knocks"])
    assert "anden telefon" in mette_in.state["knocks"][0]["room"]
    await mette_in.send("open_door", visit=mette_in.visit)
    await other.phase("door")
    await mette_in.send("admit", visit=mette_in.visit)
    await other.phase("call")
    await sofie_in.phase("left")


async def test_fifty_admissions_at_once_bind_one_seat(mette_in, join, database, opened):
    """V2.3.4, L9: however often the button is pressed, one device holds the seat."""
    first, second = await join(Role.YOUNG_PERSON), await join(Role.YOUNG_PERSON)
    for guest in (first, second):
        await guest.ask("knock")
    await mette_in.sees(lambda state: len(state["knocks"]) == 2)
    visits = [knock["visit"] for knock in mette_in.state["knocks"]]
    await asyncio.gather(
        *(
            mette_in.send(kind, visit=visit)
            for visit in visits
            for kind in ("open_door", "admit", "admit", "admit")
        )
    )
    await second.phase("call")
    await first.phase("left")
    async with database.read() as db:
        rows = (await db.scalars(select(Visit).where(Visit.seat_id == opened.sofies_seat))).all()
    assert [row.id for row in rows if row.admitted_at and not row.left_at] == visits[1:]


async def test_whoever_was_gone_too_long_waits_again_at_a_closed_door(
    mette_in, sofie_in, join, connect, rooms, opened
):
    """P1: the host had gone on talking with the room; coming back opens no door to that."""
    aya = await join(Role.BISIDDER)
    await aya.ask("knock")
    await mette_in.sees(lambda state: state["knocks"])
    await mette_in.send("open_door", visit=mette_in.visit)
    await aya.phase("door")
    await aya.socket.close()
    await mette_in.sees(lambda state: not state["people"][0]["here"])
    rooms.time = later(rooms.time)
    await rooms.tick()
    await mette_in.sees(lambda state: list(mette_in.people) == ["Sofie"])
    back = await connect(aya.browser, Role.BISIDDER)
    await back.phase("lobby")
    await mette_in.sees(lambda state: state["knocks"])
    assert list(mette_in.people) == ["Sofie"]


async def test_a_breath_without_a_line_leaves_the_door_open(mette_in, join, connect):
    sofie = await join(Role.YOUNG_PERSON)
    await sofie.ask("knock")
    await mette_in.sees(lambda state: state["knocks"])
    await mette_in.send("open_door", visit=mette_in.visit)
    await sofie.phase("door")
    await sofie.socket.close()
    back = await connect(sofie.browser, Role.YOUNG_PERSON)
    await back.phase("door")


def later(time):
    return lambda: time() + 6
