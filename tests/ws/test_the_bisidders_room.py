"""The bisidder's room, the talk alone and the end of the start, over real sockets."""

import asyncio

import pytest
from sqlalchemy import delete, select

from server.domain.roles import Role
from server.domain.sharing import Outcome
from server.store.aside_tables import Aside
from server.store.tables import Visit
from server.ws.rooms import GRACE
from tests import notes
from tests.factories import Cast
from tests.talks import deeds, sound_on, ways

TWO = {("Sofie", "Aya"), ("Aya", "Sofie")}


async def together(who, cast: Cast) -> None:
    assert (await who.ask("together", seat=cast.ayas_seat))["type"] == "done"


@pytest.mark.parametrize("presser", ["sofie", "aya"])
async def test_either_of_the_two_takes_the_pause_and_the_host_hears_nothing(
    mette_in, sofie_in, aya_in, rooms, opened, presser
):
    """S19, P1, P9: the same button for both; both ends read truly who hears whom."""
    await sofie_in.sees(lambda state: state["aside"]["deeds"])
    assert "Pause sammen" in deeds(sofie_in)
    assert deeds(aya_in) == ["Pause sammen"]
    await together(sofie_in if presser == "sofie" else aya_in, opened)
    for talker, other in ((sofie_in, "Aya"), (aya_in, "Sofie")):
        state = await talker.phase("together")
        assert "Mette kan" in state["text"]
        assert other in state["text"]
        assert list(talker.people) == [other]
        assert [row["where"] for row in state["roster"]] != []
        assert "Mette" not in str(state["roster"])
        assert len(state["aside"]["prompts"]) == 3
    state = await mette_in.phase("paused")
    assert state["title"] == "I er på pause"
    assert mette_in.people == {}
    assert [row["text"] for row in state["roster"]] == ["", "i eget rum", "i eget rum"]
    assert ways(rooms, opened.meeting) == TWO


async def test_the_host_steps_out_before_the_meeting_when_they_have_not_talked(
    mette_in, join, let_in, rooms, opened
):
    """B1: the host is told to give them time, gives it with one press, and hears nothing."""
    sofie = await join(Role.YOUNG_PERSON)
    await let_in(mette_in, sofie)
    await mette_in.ask("said")
    aya = await join(Role.BISIDDER, time_alone="not_yet")
    await let_in(mette_in, aya)
    await mette_in.sees(lambda state: "time-first" in [a["id"] for a in state["alerts"]])
    assert deeds(mette_in) == ["Lad Sofie og Aya tale alene"]
    await together(mette_in, opened)
    state = await sofie.phase("together")
    assert state["title"] == "Jeres tid før mødet"
    await mette_in.sees(lambda state: state["title"] == "Sofie og Aya taler sammen først")
    assert "time-first" not in [a["id"] for a in mette_in.state["alerts"]]
    assert ways(rooms, opened.meeting) == TWO


async def test_the_young_person_alone_closes_it_and_both_come_back_without_sound(
    mette_in, sofie_in, aya_in, rooms, opened
):
    """P8, design 2: one tap; nothing said in there spills into the meeting."""
    await sound_on(sofie_in, aya_in)
    await together(aya_in, opened)
    await sofie_in.phase("together")
    await aya_in.phase("together")
    assert deeds(aya_in) == []
    refused = await aya_in.ask("to_meeting")
    assert refused["error"] == "young-person-only"
    assert (await mette_in.ask("to_meeting"))["error"] == "young-person-only"
    assert deeds(sofie_in) == ["Tilbage til Mette"]
    await sofie_in.ask("to_meeting")
    for talker in (sofie_in, aya_in):
        state = await talker.phase("call")
        assert not state["you"]["microphone"]
    await mette_in.phase("room")
    assert len(ways(rooms, opened.meeting)) == 6


async def test_it_opens_for_nobody_else(mette_in, sofie_in, join, opened):
    """Design 2: not before both are in, not for the host's seat, not for who only knocks."""
    aya = await join(Role.BISIDDER)
    await aya.ask("knock")
    for who, seat, error in (
        (sofie_in, opened.ayas_seat, "own-room-not-both"),
        (mette_in, opened.ayas_seat, "own-room-not-both"),
        (sofie_in, opened.mettes_seat, "own-room-not-theirs"),
        (sofie_in, opened.mikkels_seat, "own-room-not-both"),
        (aya, opened.ayas_seat, "not-admitted"),
    ):
        answer = await who.ask("together", seat=seat)
        assert (answer["type"], answer["error"]) == ("refused", error)
    for kind in ("alone", "to_meeting"):
        assert (await aya.ask(kind))["error"] == "not-admitted"
    assert (await mette_in.ask("alone"))["error"] == "young-person-only"


async def test_a_new_device_waits_for_the_hosts_door(
    mette_in, sofie_in, aya_in, join, rooms, opened
):
    """P1, L9: whoever has the link and a phone does not walk into it; the host opens the door
    to them alone, and the two hear nothing of that."""
    await together(sofie_in, opened)
    await aya_in.phase("together")
    await sofie_in.phase("together")
    other = await join(Role.YOUNG_PERSON)
    await other.ask("knock")
    await other.phase("lobby")
    assert ways(rooms, opened.meeting) == TWO
    await mette_in.sees(lambda state: state["knocks"])
    await mette_in.send("open_door", visit=mette_in.visit)
    await other.phase("door")
    await mette_in.phase("room")
    assert list(other.people) == ["Mette"]
    assert list(sofie_in.people) == ["Aya"]
    await mette_in.send("turn_away", visit=mette_in.visit, wrong_person=False)
    await other.phase("turned_away")
    await mette_in.phase("paused")
    await aya_in.caught_up()
    assert aya_in.state["phase"] == "together"


async def test_it_outlives_reload_second_tab_the_host_and_a_lost_line(
    mette_in, sofie_in, aya_in, connect, rooms, opened
):
    """P1, P10, W12: it is a row, not somebody's memory; while a line is down the other hears
    nobody, and the host still nothing."""
    await together(aya_in, opened)
    await sofie_in.phase("together")
    again = await connect(sofie_in.browser, Role.YOUNG_PERSON)
    await again.phase("together")
    assert await sofie_in.close_code() == 4409
    await mette_in.ask("leave")
    await mette_in.phase("left")
    await aya_in.sees(lambda state: [p["name"] for p in state["people"]] == ["Sofie"])
    assert ways(rooms, opened.meeting) == TWO
    await mette_in.ask("knock")
    await mette_in.phase("paused")
    await again.socket.close()
    time = rooms.time
    rooms.time = lambda: time() + GRACE + 1
    await rooms.tick()
    await aya_in.sees(lambda state: state["people"] == [])
    assert ways(rooms, opened.meeting) == set()
    assert mette_in.state["phase"] == "paused"
    back = await connect(again.browser, Role.YOUNG_PERSON)
    await back.phase("together")


async def test_who_is_left_there_is_not_put_before_the_host(
    mette_in, sofie_in, aya_in, rooms, opened
):
    """P8: Aya goes, and Sofie's words still reach nobody until she goes back herself; Sofie goes,
    and Aya is in the meeting without sound."""
    await sound_on(sofie_in, aya_in)
    await together(sofie_in, opened)
    await aya_in.phase("together")
    await aya_in.ask("leave")
    await sofie_in.sees(lambda state: state["title"] == "Du er her selv lige nu")
    assert ways(rooms, opened.meeting) == set()
    await mette_in.phase("paused")
    await sofie_in.ask("to_meeting")
    await mette_in.phase("room")


async def test_the_young_person_goes_and_the_bisidder_is_silent(
    mette_in, sofie_in, aya_in, database, opened
):
    """P8: as above, the other way round."""
    await sound_on(sofie_in, aya_in)
    await together(sofie_in, opened)
    await aya_in.phase("together")
    await sofie_in.ask("leave")
    state = await aya_in.phase("call")
    assert not state["you"]["microphone"]
    async with database.read() as db:
        assert (await db.scalars(select(Aside.closed_at))).one() is not None


async def test_what_is_written_does_not_go_from_there_to_everybody(
    mette_in, sofie_in, aya_in, opened
):
    """P7: the written word goes to the file; what is typed there is refused and not lost."""
    await together(sofie_in, opened)
    await sofie_in.phase("together")
    answer = await sofie_in.ask("chat", text="Sig det ikke til Mette")
    assert (answer["type"], answer["error"]) == ("refused", "no-chat-here")


async def test_after_the_meeting_they_have_a_quarter_of_an_hour(
    mette_in, sofie_in, aya_in, clock, rooms, opened
):
    """B7: the host ends it; the two stay with each other, until the time is over."""
    await mette_in.ask("finish")
    await mette_in.phase("ended")
    state = await sofie_in.phase("together")
    assert state["title"] == "Mødet er slut"
    assert "Du kan lukke" in state["text"]
    await aya_in.phase("together")
    assert ways(rooms, opened.meeting) == TWO
    await mette_in.ask("finish")
    clock.move(minutes=14, seconds=59)
    await rooms.changed(opened.meeting)
    await sofie_in.caught_up()
    assert sofie_in.state["phase"] == "together"
    clock.move(seconds=1)
    await rooms.changed(opened.meeting)
    await sofie_in.phase("ended")
    await aya_in.phase("ended")
    assert ways(rooms, opened.meeting) == set()


async def test_the_young_person_closes_the_room_after_the_meeting(
    mette_in, sofie_in, aya_in, connect, opened
):
    """B7, P8: with one tap, for both; nobody gets back in."""
    await mette_in.ask("finish")
    await sofie_in.phase("together")
    reloaded = await connect(aya_in.browser, Role.BISIDDER)
    await reloaded.phase("together")
    await sofie_in.ask("to_meeting")
    await sofie_in.phase("ended")
    await reloaded.phase("ended")
    assert (await sofie_in.ask("together", seat=opened.ayas_seat))["type"] == "refused"


async def test_what_is_chosen_in_the_room_after_the_meeting_was_not_chosen_in_the_call(
    mette_in, sofie_in, aya_in, database, clock, opened
):
    """P4: the host is not there to see whose hand it is; that they pause there changes nothing."""
    async with database.begin() as db:
        note = await notes.begin(db, opened, clock.now(), database)
        await db.execute(delete(Visit).where(Visit.session_id == note.sofie.session))
    await note.write(notes.ON, clock.now())
    await mette_in.ask("finish")
    await sofie_in.phase("together")
    await sofie_in.ask("pause")
    await sofie_in.phase("paused")
    yes = {"revision": "1", "choice": "as_written"}
    await sofie_in.browser.post("/choosing/1", data=yes, allow_redirects=False)
    assert (await note.shown(1)).outcome == Outcome.UNANSWERED


async def test_without_a_bisidder_in_the_call_the_end_is_the_end(mette_in, sofie_in):
    await mette_in.ask("finish")
    await sofie_in.phase("ended")


async def test_pressing_it_many_times_at_once_opens_one_room(
    mette_in, sofie_in, aya_in, database, opened
):
    """V2.3.4: however often and by whomever."""
    await asyncio.gather(
        *(who.send("together", ref=f"{n}", seat=opened.ayas_seat) for n in range(8)
          for who in (sofie_in, aya_in, mette_in))
    )  # fmt: skip
    await sofie_in.phase("together")
    async with database.read() as db:
        assert len((await db.scalars(select(Aside.id))).all()) == 1
        assert len((await db.scalars(select(Visit.id).where(Visit.left_at.is_(None)))).all()) == 3
