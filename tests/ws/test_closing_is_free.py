"""P8: off, out and shut always work, whatever went before."""

from datetime import timedelta

from sqlalchemy import select

from server.services.during import MOST_MARKS
from server.store.aside_tables import Aside
from server.store.during_tables import MarkRow
from server.store.way_tables import Option
from tests.talks import deeds


async def test_off_works_however_much_was_noted_before(sofie_in, database, clock, opened):
    """P8: a full list of marks keeps nobody's camera on."""
    await sofie_in.send("camera", on=True)
    await sofie_in.sees(lambda state: state["you"]["camera"])
    full = {"meeting_id": opened.meeting, "seat_id": opened.sofies_seat, "at": clock.now()}
    async with database.begin() as db:
        db.add_all(MarkRow(kind="card", value="hard", **full) for _ in range(MOST_MARKS))
    await sofie_in.send("camera", on=False)
    await sofie_in.sees(lambda state: not state["you"]["camera"])


async def test_who_closed_the_room_for_two_is_not_taken_back_into_it(
    mette_in, sofie_in, aya_in, clock, opened
):
    """P8: the young person's one tap counts; the bisidder opens it anew only after a while, and
    the young person whenever they like."""
    await aya_in.ask("together", seat=opened.ayas_seat)
    await sofie_in.phase("together")
    await sofie_in.ask("to_meeting")
    await sofie_in.phase("call")
    again = await aya_in.ask("together", seat=opened.ayas_seat)
    assert (again["type"], again["error"]) == ("refused", "own-room-just-closed")
    await sofie_in.caught_up()
    assert sofie_in.state["phase"] == "call"
    clock.move(minutes=2)
    assert (await aya_in.ask("together", seat=opened.ayas_seat))["type"] == "done"
    await sofie_in.phase("together")
    await sofie_in.ask("to_meeting")
    await sofie_in.phase("call")
    assert "Pause sammen" in deeds(sofie_in)
    assert (await sofie_in.ask("together", seat=opened.ayas_seat))["type"] == "done"


async def test_a_talk_that_is_moved_takes_the_room_for_two_along(
    mette_in, sofie_in, aya_in, database, clock, opened
):
    """Design 2: at the new hour the room for two is shut until somebody opens it."""
    later = clock.now() + timedelta(days=1)
    async with database.begin() as db:
        db.add(
            Option(meeting_id=opened.meeting, kind="time", starts_at=later, added_at=clock.now())
        )
    await sofie_in.ask("together", seat=opened.ayas_seat)
    await sofie_in.phase("together")
    await sofie_in.browser.post("/arriving/picks", data={"option": "1"}, allow_redirects=False)
    async with database.read() as db:
        (aside,) = (await db.scalars(select(Aside))).all()
    assert aside.closed_at is not None
