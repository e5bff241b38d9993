"""Where the two will meet is for the young person: a copy of their link does not read it."""

from sqlalchemy import select

from server.store.way_tables import Pick
from tests.factories import store_admission
from tests.http.ways.test_ways import offered, post, says, text

__all__ = ["offered"]  # a fixture


async def test_a_copy_of_the_link_that_presses_the_same_reads_no_place(
    sofie, mette, as_kind, cast, database, clock, offered
):
    """P6: where the two will meet is told on the device the host has seen, and on no other."""
    await says(sofie, "meet")
    agreed = {
        "task": "meet", "outcome": "agreed", "day": "2026-11-27", "clock": "10:00",
        "place": "Biblioteket på torvet",
    }  # fmt: skip
    answer = await post(mette, f"/meetings/{cast.meeting}/ticks", **agreed)
    assert answer.status == 303
    copy = await as_kind(seat=cast.sofies_seat)
    await says(copy, "meet")
    for path in ("/arriving/effects/another_way", "/arriving/agreed", "/arriving/ready"):
        page = await text(copy, path)
        assert "Biblioteket" not in page, path
        assert "27. november kl. 10" not in page, path
    known = await as_kind(seat=cast.sofies_seat)
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    assert "Biblioteket" in await text(known, "/arriving/ready")


async def test_who_picked_the_place_reads_that_it_is_settled_and_a_copy_does_not(
    sofie, mette, as_kind, cast, database, offered
):
    await says(sofie, "place")
    place = next(o for o in offered if o.place == "hos mig")
    await post(sofie, "/arriving/picks", option=str(place.id))
    copy = await as_kind(seat=cast.sofies_seat)
    await says(copy, "place")
    async with database.read() as db:
        pick = (await db.scalars(select(Pick))).one()
    await post(mette, f"/meetings/{cast.meeting}/picks/{pick.id}")
    settled = "hos mig"
    told = [await text(browser, "/arriving/ready") for browser in (sofie, copy)]
    assert [settled in page for page in told] == [True, False]
