"""In the room: one's own switches, pause, leaving, a host who drops, a second tab, an end."""

from server.domain.roles import Role
from server.store.tables import Seat


def law(rooms, meeting) -> dict[tuple[str, str], tuple[bool, bool]]:
    """Who hears and sees whom just now, by the names of the devices."""
    return {(w.source, w.target): (w.audio, w.video) for w in rooms.rooms[meeting].ways}


def device(rooms, talker) -> str:
    seat = int(talker.state["you"]["seat"])
    return next(
        line.media for room in rooms.rooms.values() for line in room.lines if line.seat == seat
    )


async def test_everybody_comes_in_muted_and_opens_only_their_own(mette_in, sofie_in, rooms, opened):
    """P8: there is no message that switches on somebody else's microphone or camera."""
    assert set(law(rooms, opened.meeting).values()) == {(False, False)}
    await sofie_in.send("microphone", on=True)
    await mette_in.sees(lambda state: mette_in.people["Sofie"]["microphone"])
    sofie, mette = device(rooms, sofie_in), device(rooms, mette_in)
    assert law(rooms, opened.meeting) == {
        (sofie, mette): (True, False),
        (mette, sofie): (False, False),
    }
    await sofie_in.send("microphone", on=False)
    await mette_in.sees(lambda state: not mette_in.people["Sofie"]["microphone"])
    assert law(rooms, opened.meeting)[sofie, mette] == (False, False)


async def test_who_chose_not_to_be_seen_cannot_be(mette_in, join, let_in, rooms, opened):
    """P8: the lock is the server's; the browser's switch is refused and nothing is forwarded."""
    sofie = await join(Role.YOUNG_PERSON, way="video_host_only")
    await let_in(mette_in, sofie)
    assert sofie.state["you"]["camera_locked"]
    await sofie.send("camera", on=True)
    refusal = await sofie.until(lambda message: message["type"] == "refused")
    assert refusal["error"] == "camera-locked"
    assert not any(video for _, video in law(rooms, opened.meeting).values())


async def test_a_meeting_in_writing_has_no_microphone(mette_in, sofie_in, rooms, opened):
    """P3: "skriv i stedet" counts at once, also in the middle of a sentence."""
    await sofie_in.send("microphone", on=True)
    await mette_in.sees(lambda state: mette_in.people["Sofie"]["microphone"])
    await sofie_in.ask("another_way", way="write")
    await mette_in.sees(lambda state: not mette_in.people["Sofie"]["microphone"])
    await sofie_in.send("microphone", on=True)
    refusal = await sofie_in.until(lambda message: message["type"] == "refused")
    assert refusal["error"] == "write-only"


async def test_in_a_pause_nothing_goes_and_only_who_paused_ends_it(
    mette_in, sofie_in, rooms, opened
):
    """P8, S35: neither the host nor anybody else can end the young person's pause."""
    await mette_in.send("microphone", on=True)
    await sofie_in.sees(lambda state: sofie_in.people["Mette"]["microphone"])
    await sofie_in.ask("pause")
    await mette_in.phase("paused")
    assert law(rooms, opened.meeting) == {}
    await mette_in.ask("resume")
    await mette_in.caught_up()
    assert mette_in.state["phase"] == "paused"
    assert law(rooms, opened.meeting) == {}
    await sofie_in.ask("resume")
    await mette_in.phase("room")
    assert not sofie_in.state["you"]["microphone"]


async def test_a_pause_outlives_the_line_of_who_paused(mette_in, sofie_in, rooms, opened):
    """P8: a dead phone does not open what its owner had closed."""
    await sofie_in.ask("pause")
    await mette_in.phase("paused")
    await sofie_in.socket.close()
    rooms.time = later(rooms.time)
    await rooms.tick()
    await mette_in.caught_up()
    assert mette_in.state["phase"] == "paused"
    assert law(rooms, opened.meeting) == {}


async def test_leaving_is_one_message_from_anywhere(mette_in, sofie_in, rooms, opened):
    """P8: no question and no mark; whoever comes back knocks again."""
    assert (await sofie_in.ask("leave"))["type"] == "done"
    await sofie_in.phase("left")
    await mette_in.sees(lambda state: not state["people"])
    assert law(rooms, opened.meeting) == {}
    assert (await sofie_in.ask("leave"))["type"] == "done"
    await sofie_in.ask("knock")
    await sofie_in.phase("lobby")


async def test_going_now_leaves_by_the_form_as_well(mette_in, sofie_in, opened):
    """P8, P11: also where no script runs any more."""
    answer = await sofie_in.browser.post("/calling/leave", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/arriving/gone")
    await mette_in.sees(lambda state: not state["people"])


async def test_a_host_who_drops_locks_the_room_and_can_come_back(
    mette_in, aya_in, sofie_in, connect, rooms, opened
):
    """P1, L21: within five seconds no media goes among the others; a true state on both sides."""
    await sofie_in.sees(lambda state: {"Mette", "Aya"} <= sofie_in.people.keys())
    await mette_in.socket.close()
    await sofie_in.sees(lambda state: not sofie_in.people["Mette"]["here"])
    rooms.time = later(rooms.time, 5)
    await rooms.tick()
    for guest in (sofie_in, aya_in):
        state = await guest.phase("locked")
        assert state["people"] == state["roster"] == []
    assert law(rooms, opened.meeting) == {}
    back = await connect(mette_in.browser, Role.CASEWORKER)
    assert back.state["phase"] == "room"
    for guest in (sofie_in, aya_in):
        await guest.phase("call")
    assert [news["text"] for news in sofie_in.told("news")] == ["Aya er kommet ind."]


async def test_a_host_who_leaves_locks_the_room_at_once(mette_in, sofie_in, rooms, opened):
    """P1: the room is locked while no host is in it."""
    await mette_in.ask("leave")
    await sofie_in.phase("locked")
    assert law(rooms, opened.meeting) == {}
    await mette_in.ask("knock")
    await sofie_in.phase("call")


async def test_a_second_tab_takes_the_seat_and_nothing_is_opened_by_it(
    mette_in, sofie_in, connect, rooms, opened
):
    """P8: the older tab is told and closed; the newer one is muted as it was."""
    await sofie_in.send("camera", on=True)
    await sofie_in.sees(lambda state: state["you"]["camera"])
    tab = await connect(sofie_in.browser, Role.YOUNG_PERSON)
    assert tab.state["phase"] == "call"
    assert (tab.state["you"]["microphone"], tab.state["you"]["camera"]) == (False, True)
    assert await sofie_in.close_code() == 4409
    assert sofie_in.told("moved")
    assert mette_in.state["knocks"] == []
    assert len(law(rooms, opened.meeting)) == 2


async def test_finishing_ends_it_for_everybody(mette_in, sofie_in, rooms, opened):
    await mette_in.ask("finish")
    for talker in (mette_in, sofie_in):
        await talker.phase("ended")
    assert law(rooms, opened.meeting) == {}
    assert (await sofie_in.ask("knock"))["error"] == "not-open"
    assert (await mette_in.ask("knock"))["error"] == "not-open"


async def test_a_line_left_open_after_the_meeting_ends_with_its_session(
    mette_in, sofie_in, rooms, clock
):
    """Design 2: guest sessions end on the server a quarter of an hour after the meeting."""
    await mette_in.ask("finish")
    await sofie_in.phase("ended")
    clock.move(minutes=16)
    await rooms._touch()
    await rooms.changed(next(iter(rooms.rooms)))
    assert await sofie_in.close_code() == 4404


async def test_a_long_talk_does_not_end_the_session_it_is_held_in(
    mette_in, sofie_in, rooms, opened, clock
):
    for _ in range(4):
        clock.move(minutes=10)
        await rooms._touch()
        await rooms.changed(opened.meeting)
    await sofie_in.caught_up()
    assert sofie_in.state["phase"] == "call"


async def test_a_renewed_link_ends_the_line_and_every_way(
    mette_in, sofie_in, database, rooms, opened
):
    """V7.4: revoking closes open sockets and stops media at the next look, a second at most."""
    async with database.begin() as db:
        (await db.get_one(Seat, opened.sofies_seat)).generation += 1
    await rooms.changed(opened.meeting)
    assert await sofie_in.close_code() == 4404
    assert law(rooms, opened.meeting) == {}


async def test_taken_off_the_list_or_said_no_to_reads_the_same_words(
    mette_in, aya_in, sofie_in, database, rooms, opened, clock
):
    """P2: out at once, without a trace of who wanted it."""
    answer = await sofie_in.browser.post(
        "/arriving/answers", data={"question": "not_there", "answer": str(opened.ayas_seat)}
    )
    assert answer.status == 200
    said_no = await aya_in.phase("smaller_circle")
    await sofie_in.sees(lambda state: "Aya" not in sofie_in.people)
    assert device(rooms, aya_in) not in {seat for way in law(rooms, opened.meeting) for seat in way}
    await sofie_in.browser.post(
        "/arriving/answers", data={"question": "not_there", "answer": "nobody"}
    )
    await aya_in.phase("call")
    async with database.begin() as db:
        (await db.get_one(Seat, opened.ayas_seat)).removed_at = clock.now()
    await rooms.changed(opened.meeting)
    removed = await aya_in.phase("smaller_circle")
    assert without_version(removed) == without_version(said_no)
    assert "Sofie" not in str(removed)


async def test_somebody_said_no_to_waits_as_anybody_until_the_hour(
    mette_in, sofie_in, join, clock, rooms, opened
):
    """P2: before the start hour nothing tells them apart from anybody else who waits."""
    await sofie_in.browser.post(
        "/arriving/answers", data={"question": "company", "answer": "alone"}
    )
    aya = await join(Role.BISIDDER)
    await aya.ask("knock")
    assert (await aya.phase("lobby"))["title"] == "Mette lukker dig ind om lidt"
    await mette_in.sees(lambda state: state["knocks"])
    assert mette_in.state["knocks"][0]["may_admit"] is False
    await mette_in.send("open_door", visit=mette_in.visit)
    await aya.phase("door")
    await mette_in.send("admit", visit=mette_in.visit)
    refusal = await mette_in.until(lambda message: message["type"] == "refused")
    assert refusal["error"] == "not-on-the-list"
    await sofie_in.sees(lambda state: all(p["slot"] is None for p in state["people"]))
    assert len(law(rooms, opened.meeting)) == 2
    await mette_in.send("close_door", visit=mette_in.visit)
    await aya.phase("lobby")
    for _ in range(3):
        clock.move(minutes=9)
        await rooms._touch()
    await rooms.changed(opened.meeting)
    assert (await aya.phase("smaller_circle"))["title"] == "Mødet bliver holdt i en mindre kreds"


async def test_a_server_that_stops_tells_every_browser_to_come_back(mette_in, sofie_in, server):
    """P10: 1012, and the visit stands where it stood."""
    await server.close()
    for talker in (mette_in, sofie_in):
        assert await talker.close_code() == 1012


def without_version(state):
    return {key: value for key, value in state.items() if key != "version"}


def later(time, seconds: float = 6):
    return lambda: time() + seconds
