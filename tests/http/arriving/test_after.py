"""After the call: what may be told, whom it reaches, and that whose device it is comes in time."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from server.domain.roles import Role
from server.services import calling
from server.services.afterwards import revision
from server.store.tables import Meeting, Visit, YoungPerson
from tests.factories import store_admission, store_meeting
from tests.http.arriving.test_answers import said, say

AFTER = "/arriving/after"


@pytest.fixture
async def was_in(database, cast, clock, as_kind):
    """Sofie, just out of the call on the device she was let in on; whose it is not said.
    Ask for it before any other browser."""
    clock.move(minutes=70)
    sofie = await as_kind(seat=cast.sofies_seat)
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now(), device=None)
    return sofie


@pytest.fixture
async def aya_was_in(database, cast, clock, aya):
    async with database.begin() as db:
        await store_admission(db, cast.ayas_seat, clock.now(), device=None)
    return aya


async def day_of(mette) -> str:
    return await (await mette.get("/")).text()


async def test_only_who_was_in_the_call_is_asked_how_it_was(sofie, database, cast):
    """A bare link alarms nobody: what reaches the caseworker comes from the admitted device."""
    assert (await sofie.get(AFTER, allow_redirects=False)).headers["Location"] == "/arriving"
    assert (await say(sofie, "feeling", "bad")).status == 409
    assert await said(database, cast.sofies_seat) == []


async def test_feeling_bad_is_never_told_only_what_was_picked(was_in, mette):
    """S7: the caseworker is alerted with the young person's own pick and nothing else."""
    page = await (await was_in.get(AFTER)).text()
    assert "Hvad vil du helst nu" not in page
    answer = await say(was_in, "feeling", "bad")
    assert answer.headers["Location"] == "/arriving/after#feeling"
    assert "Hvad vil du helst nu" in await (await was_in.get(AFTER)).text()
    assert "Efter samtalen" not in await day_of(mette)
    await say(was_in, "comfort", "in_peace")
    day = await day_of(mette)
    assert "Sofie vil gerne være i fred nu" in day
    assert "Skidt" not in day
    await say(was_in, "feeling", "fine")
    assert "Efter samtalen" not in await day_of(mette)


async def test_a_note_that_is_ready_early_hides_no_wish_to_be_called(
    was_in, mette, database, cast, clock
):
    """P10, P12: the note was made ready in the call; the young person feels bad after it."""
    async with database.begin() as db:
        (await db.get_one(Meeting, cast.meeting)).note_ready_at = clock.now()
    clock.move(minutes=1)
    await say(was_in, "feeling", "bad")
    assert "Efter samtalen" not in await day_of(mette)
    await say(was_in, "comfort", "host_calls")
    assert "Efter samtalen" in await day_of(mette)


async def test_not_in_peace_meets_the_caseworker_where_the_next_meeting_is_planned(
    was_in, mette, cast
):
    """S7: "Nej" changes the next plan; "Ja" asks nothing of anybody."""
    await say(was_in, "in_peace", "yes")
    plan = f"/meetings/new?young_person={cast.sofie}"
    assert "Fra sidste gang" not in await (await mette.get(plan)).text()
    await say(was_in, "in_peace", "no")
    await say(was_in, "next_time", "another_time")
    page = await (await mette.get(plan)).text()
    assert "Sofie kunne ikke tale i fred" in page
    assert "Sofie vil have en anden tid" in page


async def test_what_makes_it_safe_is_read_in_her_words_before_the_next_meeting_and_in_it(
    was_in, as_kind, database, cast, clock
):
    """S26: where the next one is planned and prepared, in her own words and to nobody else."""
    assert (await say(was_in, "good_place", "own", text=" ")).status == 400
    await say(was_in, "good_place", "own", text="Når Plet ligger på mine fødder")
    assert "Mette læser det" in await (await was_in.get(AFTER)).text()
    words = "Det gør det trygt for Sofie at snakke: ”Når Plet ligger på mine fødder”"
    clock.move(days=20)
    async with database.begin() as db:
        meeting, _ = await store_meeting(
            db, clock.now(), cast.mette, cast.sofie, cast.holms, starts_in=timedelta(minutes=10)
        )
    mette, jens = await as_kind(account=cast.mette), await as_kind(account=cast.jens)
    pages = (f"/meetings/new?young_person={cast.sofie}", f"/meetings/{meeting}/brief")
    for path in (*pages, f"/calling/{meeting}"):
        assert words in await (await mette.get(path)).text(), path
        assert "Plet" not in await (await jens.get(path)).text(), path


async def test_the_youngest_are_not_asked_to_write_what_makes_it_safe(was_in, database, cast):
    """S26, domain pack 4.0: six to nine years type nothing."""
    async with database.begin() as db:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = 8
    assert "trygt" not in await (await was_in.get(AFTER)).text()
    assert (await say(was_in, "good_place", "own", text="Her")).status == 404


async def test_twice_on_a_borrowed_phone_the_next_plan_thinks_of_lending_one(
    was_in, as_kind, mette, cast, database, clock
):
    """U8: once says nothing yet, and their own the last time asks for nothing."""
    async with database.begin() as db:
        _, seats = await store_meeting(
            db, clock.now(), cast.mette, cast.sofie, cast.holms, starts_in=-timedelta(days=7)
        )
    earlier = seats[Role.YOUNG_PERSON]
    await as_kind(seat=earlier)
    for before, now, lends in (
        ("own", "borrowed", False), ("borrowed", "others_read", True), ("borrowed", "own", False),
    ):  # fmt: skip
        clock.move(seconds=1)
        async with database.begin() as db:
            await store_admission(db, earlier, clock.now(), device=before)
            await store_admission(db, cast.sofies_seat, clock.now(), device=now)
        page = await (await mette.get(f"/meetings/new?young_person={cast.sofie}")).text()
        assert ("Kan Sofie låne en af kommunen?" in page) == lends, (before, now)


async def test_how_to_read_the_note_stands_on_the_caseworkers_day(was_in, mette, jens):
    await say(was_in, "reading", "on_paper")
    assert "Sofie vil have noten på papir" in await day_of(mette)
    assert "Sofie" not in await day_of(jens)


async def test_the_bisidders_words_are_sent_by_the_young_person_alone_and_exactly(
    was_in, aya_was_in, mette, clock
):
    """G2: not before a yes, not after a no, and never other words than the yes was about."""
    assert "Må det sendes" not in await (await was_in.get(AFTER)).text()
    await say(aya_was_in, "to_correct", "own", text="Det var mandag")
    page = await (await was_in.get(AFTER)).text()
    assert "Det var mandag" in page
    assert "Det var mandag" not in await day_of(mette)
    await say(was_in, "send_on", "yes", text=revision("Det var mandag"))
    assert "Det var mandag" in await day_of(mette)
    clock.move(seconds=1)
    await say(aya_was_in, "to_correct", "own", text="Det var tirsdag")
    day = await day_of(mette)
    assert "tirsdag" not in day
    assert "mandag" not in day
    clock.move(seconds=1)
    await say(was_in, "send_on", "no")
    assert "tirsdag" not in await day_of(mette)


async def test_a_yes_to_words_that_were_on_the_screen_sends_no_others(
    was_in, aya_was_in, mette, clock
):
    """G2, P4: she reads one thing and presses yes; the bisidder has rewritten it meanwhile."""
    await say(aya_was_in, "to_correct", "own", text="Det var mandag")
    page = await (await was_in.get(AFTER)).text()
    (seen,) = re.findall(r'name="text" value="([0-9a-f]{16})"', page)
    clock.move(seconds=1)
    await say(aya_was_in, "to_correct", "own", text="Det var hendes egen skyld")
    clock.move(seconds=1)
    answer = await say(was_in, "send_on", "yes", text=seen)
    assert (answer.status, answer.headers["Location"]) == (303, "/arriving/after?words=new#send_on")
    assert "skyld" not in await day_of(mette)
    page = await (await was_in.get(answer.headers["Location"])).text()
    assert "Ordene er lige blevet ændret" in page
    assert "Det var hendes egen skyld" in page
    for stale in ("", "0" * 16, "Det var hendes egen skyld"):
        await say(was_in, "send_on", "yes", text=stale)
        assert "skyld" not in await day_of(mette)
    (seen,) = re.findall(r'name="text" value="([0-9a-f]{16})"', page)
    await say(was_in, "send_on", "yes", text=seen)
    assert "Det var hendes egen skyld" in await day_of(mette)


async def test_each_has_their_own_questions_and_no_other_persons(was_in, aya_was_in):
    """S25: after the call as before it, items for both who were there."""
    assert (await say(aya_was_in, "feeling", "fine")).status == 404
    assert (await say(was_in, "got_said", "yes")).status == 404
    assert "Fik Sofie sagt" in await (await aya_was_in.get(AFTER)).text()


@pytest.mark.parametrize("years", [8, 11])
async def test_the_younger_are_asked_whose_device_it_is_on_the_way_out(
    was_in, database, cast, years
):
    """U8: "min egen" is remembered there and then; unanswered counts as not their own."""
    async with database.begin() as db:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = years
    assert "egen telefon" in await (await was_in.get(AFTER)).text()
    answer = await say(was_in, "device", "borrowed")
    assert "Set-Cookie" not in answer.headers
    answer = await say(was_in, "device", "own")
    assert "device=" in answer.headers["Set-Cookie"]


@pytest.fixture
async def gave_it_back(was_in, database, clock):
    """Sofie said that it is borrowed, went, and the home has it again with the page still there."""
    await say(was_in, "device", "borrowed")
    async with database.begin() as db:
        visit = (await db.scalars(select(Visit))).one()
        await calling.leave(db, visit.id, now=clock.now())
    clock.move(minutes=5)
    return was_in


@pytest.mark.parametrize("years", [11, 13])
async def test_a_borrowed_phone_given_back_is_not_called_ones_own_by_whoever_has_it(
    gave_it_back, database, cast, clock, years
):
    """U8: what she said in the call stands; neither the note nor a mark of hers stays on it."""
    async with database.begin() as db:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = years
        (await db.get_one(Meeting, cast.meeting)).note_ready_at = clock.now()
        visit = (await db.scalars(select(Visit))).one()
        db.add(Visit(seat_id=visit.seat_id, session_id=visit.session_id, knocked_at=clock.now()))
    for answer in ("unsure", "borrowed"):
        assert (await say(gave_it_back, "device", answer)).status == 303
    taken = await say(gave_it_back, "device", "own")
    assert (taken.status, "device=" in taken.headers.get("Set-Cookie", "")) == (409, False)
    assert "ring til Mette" in await taken.text()
    assert (await gave_it_back.get("/choosing")).status == 403


async def test_done_ends_the_session_on_a_device_that_is_not_ones_own(was_in):
    """U8: no login stays on a borrowed phone."""
    await was_in.post("/arriving/done")
    assert (await was_in.get("/arriving")).url.path == "/arriving/gone"


async def test_done_leaves_ones_own_device_as_it_is(was_in):
    await say(was_in, "device", "own")
    await was_in.post("/arriving/done")
    assert (await was_in.get(AFTER)).status == 200
