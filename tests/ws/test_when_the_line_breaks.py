"""The line breaks in a talk: the phone plan opens, and closes when somebody is back."""

from sqlalchemy import select

from server.domain.roles import Role
from server.store.way_tables import Interruption
from server.ws.rooms import GRACE


def alerts(state) -> set[str]:
    return {alert["id"] for alert in state["alerts"]}


async def a_breath(rooms) -> None:
    """More than a breath goes by for the rooms, without waiting for it."""
    before = rooms.time
    rooms.time = lambda: before() + GRACE + 1
    await rooms.tick()


async def test_the_phone_plan_opens_with_the_number_and_closes_when_she_is_back(
    mette_in, sofie_in, rooms, database, cast, connect
):
    """S29, P12, D4: both ends are told the same, and it is kept for the note."""
    await sofie_in.socket.close()
    await a_breath(rooms)
    state = await mette_in.sees(lambda s: "line-broke" in alerts(s))
    (alert,) = [a for a in state["alerts"] if a["id"] == "line-broke"]
    assert "12 34 56 90" in alert["text"]
    async with database.read() as db:
        (kept,) = (await db.scalars(select(Interruption))).all()
        assert (kept.seat_id, kept.back_at) == (cast.sofies_seat, None)
    await connect(sofie_in.browser, Role.YOUNG_PERSON)
    await mette_in.sees(lambda s: "line-broke" not in alerts(s))
    async with database.read() as db:
        (kept,) = (await db.scalars(select(Interruption))).all()
        assert kept.back_at is not None


async def test_somebody_with_her_link_is_not_her_coming_back(
    mette_in, sofie_in, rooms, join, let_in, database
):
    """S29, P12: an opened link closes no phone plan; the host does, letting her in on it."""
    await sofie_in.socket.close()
    await a_breath(rooms)
    await mette_in.sees(lambda s: "line-broke" in alerts(s))
    other = await join(Role.YOUNG_PERSON)
    await mette_in.caught_up()
    assert "line-broke" in alerts(mette_in.state)
    await let_in(mette_in, other)
    await mette_in.sees(lambda s: "line-broke" not in alerts(s))
    async with database.read() as db:
        (kept,) = (await db.scalars(select(Interruption))).all()
        assert kept.back_at is not None


async def test_who_goes_is_not_interrupted_and_is_thanked(mette_in, sofie_in, rooms, database):
    """P8: leaving is nothing that happened to somebody; D11: a word of thanks is one press."""
    await sofie_in.ask("leave")
    await sofie_in.socket.close()
    await a_breath(rooms)
    state = await mette_in.sees(lambda s: "left" in alerts(s))
    assert "line-broke" not in alerts(state)
    async with database.read() as db:
        assert (await db.scalars(select(Interruption))).all() == []


async def test_in_writing_nobody_is_heard_or_seen(mette_in, sofie_in):
    """U2: whoever sits beside her hears nothing of the other end either."""
    await mette_in.send("microphone", on=True)
    await sofie_in.sees(lambda s: any(p["microphone"] for p in s["people"]))
    await sofie_in.ask("another_way", way="write")
    state = await sofie_in.sees(lambda s: s["you"]["write_only"])
    await sofie_in.sees(lambda s: not any(p["microphone"] or p["camera"] for p in s["people"]))
    state = await mette_in.sees(lambda s: s["you"]["write_only"])
    assert state["phase"] == "room"


async def test_a_pause_of_somebody_gone_holds_until_the_host_goes_on_and_again_when_they_are_back(
    mette_in, sofie_in, aya_in, rooms, connect
):
    """P8: the host is shown it, with one tap. Her own pause stays hers: back in the room where
    somebody came in, she hears nothing before she is ready."""
    await sofie_in.ask("pause")
    await aya_in.phase("paused")
    await sofie_in.socket.close()
    await mette_in.sees(lambda s: s["phase"] == "paused")
    assert "paused-away" not in alerts(mette_in.state)  # a breath may pass
    await a_breath(rooms)
    state = await mette_in.sees(lambda s: "paused-away" in alerts(s))
    (alert,) = [a for a in state["alerts"] if a["id"] == "paused-away"]
    assert "Sofie" in alert["title"]
    (press,) = alert["presses"]
    deed = dict(press["deed"])
    refused = await aya_in.ask(deed["type"], seat=deed["seat"])
    assert (refused["type"], refused["error"]) == ("refused", "host-only")
    assert aya_in.state["phase"] == "paused"
    assert (await mette_in.ask(deed.pop("type"), **deed))["type"] == "done"
    await aya_in.phase("call")
    await mette_in.sees(lambda s: s["phase"] == "room" and "paused-away" not in alerts(s))
    sofie = await connect(sofie_in.browser, Role.YOUNG_PERSON)
    await sofie.phase("paused")
    await aya_in.phase("paused")
    await mette_in.phase("paused")
    (here,) = rooms.rooms.values()
    assert here.ways == frozenset()
    await sofie.ask("resume")
    await aya_in.phase("call")


async def test_a_pause_that_was_passed_by_holds_nobody_up_for_a_copy_of_the_link(
    mette_in, sofie_in, aya_in, rooms, join, cast
):
    """P8: whoever opens her link elsewhere does not bring a talk to a stand that goes on."""
    await sofie_in.ask("pause")
    await aya_in.phase("paused")
    await sofie_in.socket.close()
    await a_breath(rooms)
    await mette_in.sees(lambda s: "paused-away" in alerts(s))
    await mette_in.ask("go_on_without", seat=cast.sofies_seat)
    await aya_in.phase("call")
    await (await join(Role.YOUNG_PERSON)).caught_up()
    await aya_in.caught_up()
    assert aya_in.state["phase"] == "call"


async def test_nobody_goes_on_without_somebody_who_is_there(mette_in, sofie_in, aya_in, cast):
    """A pause of who is on the line is theirs alone to end; stale and twice are nothing."""
    await sofie_in.ask("pause")
    await aya_in.phase("paused")
    for seat in (cast.sofies_seat, cast.ayas_seat, cast.mikkels_seat, 9999):
        assert (await mette_in.ask("go_on_without", seat=seat))["type"] == "done"
        assert (await aya_in.ask("go_on_without", seat=seat))["error"] == "host-only"
    await mette_in.caught_up()
    assert mette_in.state["phase"] == aya_in.state["phase"] == "paused"
