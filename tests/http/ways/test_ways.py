""" "På en anden måde" from end to end: pressed by Sofie, answered by Mette, read by Sofie."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from server.store.tables import Meeting, Reply, ToldTime
from server.store.way_tables import Option, Pick, Tick
from tests.conftest import NOON
from tests.factories import store_admission
from tests.lines import store_answers

ZONE = ZoneInfo("Europe/Copenhagen")
TIMES = {"day-1": "2026-11-26", "clock-1": "16:00", "day-2": "2026-11-27", "clock-2": "09:00"}
THURSDAY = datetime(2026, 11, 26, 16, 0, tzinfo=ZONE)
MORE = "Vil du vælge en af dem her?"


async def post(browser, path: str, **form: str):
    return await browser.post(path, data=form, allow_redirects=False)


async def says(sofie, way: str):
    return await post(sofie, "/arriving/answers", question="another_way", answer=way)


async def text(browser, path: str) -> str:
    answer = await browser.get(path)
    assert answer.status == 200, path
    return await answer.text()


async def options(database) -> list[Option]:
    async with database.read() as db:
        query = select(Option).where(Option.withdrawn_at.is_(None)).order_by(Option.id)
        return list(await db.scalars(query))


async def starts(database, meeting: int) -> datetime:
    async with database.read() as db:
        return (await db.get_one(Meeting, meeting)).starts_at


@pytest.fixture
async def offered(mette, cast, database):
    answer = await post(
        mette,
        f"/meetings/{cast.meeting}/ways",
        **TIMES,
        **{"place-club": "yes", "place-own": "hos mig"},
    )
    assert answer.status == 303
    return await options(database)


# Another time


async def test_what_the_caseworker_types_is_what_can_be_picked(sofie, offered):
    """U1: her own times and places, and no question why."""
    assert [(o.kind.value, o.place) for o in offered] == [
        ("time", ""), ("time", ""), ("club", ""), ("place", "hos mig"),
    ]  # fmt: skip
    await says(sofie, "time")
    page = await text(sofie, "/arriving/effects/another_way")
    assert MORE in page
    assert "Torsdag den 26. november kl. 16.00" in page
    assert "Klubben" not in page
    assert "Mette svarer dig senest fredag den 27. november" in page
    await says(sofie, "place")
    page = await text(sofie, "/arriving/effects/another_way")
    assert "Klubben" in page
    assert "hos mig" in page


async def test_saving_again_keeps_what_is_the_same_and_withdraws_the_rest(
    mette, cast, database, offered
):
    await post(mette, f"/meetings/{cast.meeting}/ways", **TIMES)
    kept = await options(database)
    assert [o.id for o in kept] == [o.id for o in offered[:2]]
    page = await text(mette, f"/meetings/{cast.meeting}/ways")
    assert 'value="2026-11-26"' in page


async def test_a_pick_from_a_bare_link_is_a_proposal_taken_with_one_tap(
    sofie, mette, cast, database, offered
):
    """Design 2: it moves nothing until the caseworker says yes, and then the gate opens again."""
    planned = await starts(database, cast.meeting)
    await says(sofie, "time")
    assert (await post(sofie, "/arriving/picks", option=str(offered[0].id))).status == 303
    assert await starts(database, cast.meeting) == planned
    assert "Den gamle tid gælder, til Mette siger ja" in await text(sofie, "/arriving/agreed")
    page = await text(mette, f"/meetings/{cast.meeting}/ways")
    assert "Sofie vil helst: torsdag den 26. november kl. 16.00." in page
    async with database.read() as db:
        pick = (await db.scalars(select(Pick))).one()
    for _ in range(2):  # a tap that came twice is one
        answer = await post(mette, f"/meetings/{cast.meeting}/picks/{pick.id}")
        assert answer.status == 303
    assert await starts(database, cast.meeting) == THURSDAY
    assert "Mødet er flyttet. I ses torsdag den 26. november kl. 16.00." in await text(
        sofie, "/arriving/agreed"
    )
    async with database.begin() as db:
        assert len((await db.scalars(select(Tick))).all()) == 1
        await store_answers(db, cast.sofies_seat, _at(NOON + timedelta(minutes=1)))
    assert "Tak. Nu ved Mette" in await text(sofie, "/arriving/ready")


async def test_the_homes_times_stay_as_they_were_told(sofie, mette, holms, cast, database, offered):
    """P4: moving by a pick shows on no page of the home's, byte for byte."""
    before = await text(holms, "/home")
    await says(sofie, "time")
    await post(sofie, "/arriving/picks", option=str(offered[0].id))
    async with database.read() as db:
        pick = (await db.scalars(select(Pick))).one()
    await post(mette, f"/meetings/{cast.meeting}/picks/{pick.id}")
    assert await text(holms, "/home") == before
    async with database.read() as db:
        told = (await db.scalars(select(ToldTime).where(ToldTime.placement_id == cast.holms))).all()
    assert [row.taken_back_at for row in told] == [None]


async def test_the_admitted_device_moves_the_meeting_at_once(sofie, cast, database, clock, offered):
    """Design 2: opening counts from the device the host has seen; whoever was in is out."""
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    await post(sofie, "/arriving/picks", option=str(offered[0].id))
    assert await starts(database, cast.meeting) == THURSDAY
    page = await text(sofie, "/arriving/agreed")
    assert "I ses torsdag den 26. november kl. 16.00" in page


async def test_a_time_that_is_gone_is_refused_in_words(sofie, clock, offered):
    clock.move(days=2)
    answer = await post(sofie, "/arriving/picks", option=str(offered[0].id))
    assert answer.status in (404, 409)


async def test_nobody_else_picks_and_nobody_picks_anothers(
    sofie, aya, mette, as_kind, cast, database, offered
):
    option = str(offered[0].id)
    mikkel = await as_kind(seat=cast.mikkels_seat)
    for wrong in (aya, mikkel, mette):
        assert (await post(wrong, "/arriving/picks", option=option)).status == 404
    for bad in ("", "x", "99999", "1" * 40):
        assert (await post(sofie, "/arriving/picks", option=bad)).status == 404
    async with database.read() as db:
        assert (await db.scalars(select(Pick))).all() == []


async def test_only_their_own_caseworker_reads_and_answers(jens, sofie, holms, cast, offered):
    """L11: another caseworker's meeting is no meeting."""
    for wrong in (jens, sofie, holms):
        answer = await wrong.get(f"/meetings/{cast.meeting}/ways", allow_redirects=False)
        assert answer.status in (303, 404)
    for path, form in (
        ("ways", TIMES), ("ticks", {"task": "call", "outcome": "done"}), ("picks/1", {}),
    ):  # fmt: skip
        assert (await post(jens, f"/meetings/{cast.meeting}/{path}", **form)).status == 404


async def test_a_time_that_cannot_be_is_said_beside_it_and_nothing_typed_is_lost(
    mette, cast, database
):
    answer = await post(
        mette, f"/meetings/{cast.meeting}/ways",
        **{"day-1": "2026-11-24", "clock-1": "16:00", "place-own": "klubben"},
    )  # fmt: skip
    assert answer.status == 400
    page = await answer.text()
    assert 'aria-invalid="true"' in page
    assert 'value="klubben"' in page
    assert await options(database) == []


# Phone, meeting in person, topics


async def test_a_call_instead_says_when_and_on_which_telephone(sofie, mette, cast):
    """P3, S14: who calls whom, when, and the last digits of the number, which tell nobody else."""
    await says(sofie, "phone")
    page = await text(sofie, "/arriving/effects/another_way")
    assert "Mette ringer til dig onsdag den 25. november kl. 14.00" in page
    assert "ender på 90" in page
    assert "12 34 56 90" not in page
    day = await text(mette, "/")
    assert "Ring til Sofie" in day
    assert "12 34 56 90" in day
    form = {"task": "call", "outcome": "not_reached", "from": "day"}
    answer = await post(mette, f"/meetings/{cast.meeting}/ticks", **form)
    assert (answer.status, answer.headers["Location"]) == (303, "/")
    assert "Ikke fået kontakt" in await text(mette, "/")
    assert "Mette har ringet til dig" in await text(sofie, "/arriving/ready")
    await post(mette, f"/meetings/{cast.meeting}/ticks", task="call", outcome="done")
    assert "Ring til Sofie" not in await text(mette, "/")


async def test_another_device_is_told_of_no_promise(sofie, as_kind, cast):
    """P3, P6: whoever else holds the link reads nothing of what was asked for here."""
    await says(sofie, "phone")
    other = await as_kind(seat=cast.sofies_seat)
    for path in ("/arriving/ready", "/arriving/agreed"):
        assert "ender på" not in await text(other, path)


async def test_meeting_instead_is_answered_with_a_day_and_a_place(
    sofie, mette, cast, database, clock
):
    """S14: "svar fra Mette" has a day; the answer stands where she looks."""
    await says(sofie, "meet")
    page = await text(sofie, "/arriving/effects/another_way")
    assert "Mette svarer dig senest fredag den 27. november om, hvor og hvornår" in page
    path = f"/meetings/{cast.meeting}/ticks"
    form = {"task": "meet", "outcome": "agreed", "day": "2026-12-01", "clock": "15:00"}
    wrong = await post(mette, path, **form, place="")
    assert wrong.status == 400
    assert "Skriv, hvor I mødes." in await wrong.text()
    assert (await post(mette, path, **form, place="skolens have")).status == 303
    assert "Mette har svaret ja." in await text(sofie, "/arriving/ready")
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    page = await text(sofie, "/arriving/ready")
    assert "I mødes tirsdag den 1. december kl. 15.00. Stedet er skolens have." in page
    assert "Vi har mødtes" in await text(mette, f"/meetings/{cast.meeting}/ways")
    await post(mette, path, task="meet", outcome="done")
    assert "Vi har mødtes" not in await text(mette, f"/meetings/{cast.meeting}/ways")


@pytest.mark.parametrize(
    "form",
    [{"task": "call", "outcome": "done"}, {"task": "topic", "subject": "money", "outcome": "done"}],
)
async def test_what_nobody_asked_for_cannot_be_ticked(mette, cast, form):
    assert (await post(mette, f"/meetings/{cast.meeting}/ticks", **form)).status == 404


@pytest.mark.parametrize(
    "form", [{"task": "", "outcome": "done"}, {"task": "call", "outcome": "agreed"}, {}]
)
async def test_a_tick_that_cannot_be_is_refused(sofie, mette, cast, form):
    await says(sofie, "phone")
    assert (await post(mette, f"/meetings/{cast.meeting}/ticks", **form)).status == 400


async def test_a_topic_for_when_the_two_meet_waits_until_they_have(sofie, mette, cast):
    """S21: it is nobody's to take up on video, and it is not forgotten."""
    form = {"question": "topics", "topic-family": "when_we_meet", "topic-school": "yes"}
    await sofie.post("/arriving/answers", data=form)
    assert "når I mødes" in await text(sofie, "/arriving/effects/topics")
    assert "Sofie vil kun tale om familie, når I mødes" in await text(mette, "/")
    path = f"/meetings/{cast.meeting}/ticks"
    await post(mette, path, task="topic", subject="family", outcome="done")
    assert "Sofie vil kun tale om familie" not in await text(mette, "/")


async def test_three_uses_in_a_row_are_told_quietly_and_to_the_caseworker_alone(
    sofie, aya, holms, mette, cast, database
):
    """Domain pack 4.0: a word on her page, nothing on anybody else's."""
    before = [await text(b, p) for b, p in ((holms, "/home"), (aya, "/arriving"))]
    async with database.begin() as db:
        for minutes in (0, 10, 20):
            db.add(
                Reply(
                    seat_id=cast.sofies_seat, session_id=1, question="another_way",
                    answer="phone", at=NOON - timedelta(hours=1) + timedelta(minutes=minutes),
                )
            )  # fmt: skip
    assert "flere gange i træk" in await text(mette, f"/meetings/{cast.meeting}/ways")
    assert [await text(b, p) for b, p in ((holms, "/home"), (aya, "/arriving"))] == before


def _at(moment):
    class Clock:
        def now(self):
            return moment

    return Clock()
