"""The first minutes in the call: whoever was added after the answers is asked about."""

from sqlalchemy import select

from server.store.tables import Reply, Seat


async def invite(
    mette_in, opened, name: str = "Jens Lærer", why: str = "Vi taler om skolen"
) -> None:
    form = {"companion": name, "companion_why": why}
    answer = await mette_in.browser.post(f"/meetings/{opened.meeting}/people", data=form)
    assert answer.status == 200


async def test_somebody_added_late_is_asked_about_with_who_and_why(
    mette_in, sofie_in, aya_in, opened, database, clock
):
    """S31, P2: for her alone; a yes is kept with its time, and no answer lets nobody in."""
    clock.move(seconds=5)
    await invite(mette_in, opened)
    state = await sofie_in.sees(lambda state: state["newcomers"])
    (new,) = state["newcomers"]
    assert new["title"] == "Mette vil gerne have Jens Lærer med"
    assert "Vi taler om skolen" in new["text"]
    assert aya_in.state["newcomers"] == mette_in.state["newcomers"] == []
    clock.move(seconds=5)
    assert (await sofie_in.ask("newcomer", seat=int(new["seat"]), answer="yes"))["type"] == "done"
    await sofie_in.sees(lambda state: not state["newcomers"])
    async with database.read() as db:
        kept = (await db.scalars(select(Reply).where(Reply.question == "added"))).one()
    assert (kept.answer, kept.at) == (f"yes {new['seat']}", clock.now())


async def test_a_no_shuts_the_door_and_nobody_is_asked_again(
    mette_in, sofie_in, opened, clock, database
):
    """P2: the person reads a smaller circle, never a no."""
    clock.move(seconds=5)
    await invite(mette_in, opened)
    (new,) = (await sofie_in.sees(lambda state: state["newcomers"]))["newcomers"]
    await sofie_in.ask("newcomer", seat=int(new["seat"]), answer="no")
    await sofie_in.sees(lambda state: not state["newcomers"])
    page = await (await mette_in.browser.get(f"/meetings/{opened.meeting}")).text()
    assert "Jens Lærer" in page


async def test_only_she_answers_and_only_about_somebody_of_this_meeting(
    mette_in, sofie_in, aya_in, opened, database
):
    """P2: not the person themselves, not the host, not about the host."""
    for talker, error in ((aya_in, "not-found"), (mette_in, "guests-only")):
        answer = await talker.ask("newcomer", seat=opened.ayas_seat, answer="yes")
        assert (answer["type"], answer["error"]) == ("refused", error)
    for seat in (opened.mettes_seat, opened.sofies_seat, opened.mikkels_seat):
        answer = await sofie_in.ask("newcomer", seat=seat, answer="yes")
        assert (answer["type"], answer["error"]) == ("refused", "not-found")
    async with database.read() as db:
        assert (await db.scalars(select(Reply).where(Reply.question == "added"))).all() == []
        assert len((await db.scalars(select(Seat))).all()) >= 5
