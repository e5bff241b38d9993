"""What follows after the talk: a wish the home may hear, a thank-you, and the offer of a call."""

import pytest
from sqlalchemy import select, update

from server.store.tables import Reply, Visit
from server.store.way_tables import SupportRequest, Tick
from tests.conftest import NOON
from tests.factories import store_admission

PEACE = "Sofie vil gerne være lidt i fred bagefter."


async def post(browser, path: str, **form: str):
    return await browser.post(path, data=form, allow_redirects=False)


async def text(browser, path: str) -> str:
    answer = await browser.get(path)
    assert answer.status == 200, path
    return await answer.text()


async def wishes(sofie, answer: str = "alone", share: str = "yes"):
    await post(sofie, "/arriving/answers", question="afterwards", answer=answer)
    return await post(sofie, "/arriving/share", share=share)


async def said_aloud(mette, cast):
    return await post(mette, f"/meetings/{cast.meeting}/ticks", task="share", outcome="done")


@pytest.fixture
async def in_call(sofie, cast, database, clock):
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())


async def test_the_home_reads_the_wish_once_it_was_chosen_and_said_aloud(
    sofie, mette, holms, dahls, cast, in_call, clock, as_kind
):
    """S44, P4: that wish and nothing else, until a day later; another home reads nothing."""
    before, others = await text(holms, "/home"), await text(dahls, "/home")
    await wishes(sofie)
    assert await text(holms, "/home") == before
    assert "Mette spørger dig først, når I snakker" in await text(sofie, "/arriving/agreed")
    clock.move(minutes=1)
    for _ in range(2):  # pressed twice, it was said once
        assert (await said_aloud(mette, cast)).status == 303
        page = await text(holms, "/home")
        assert PEACE in page
    assert page.replace(f'<p class="strong">{PEACE}</p>\n', "") == before
    assert await text(dahls, "/home") == others
    assert "Nu er dit ønske sagt til" in await text(sofie, "/arriving/agreed")
    clock.move(hours=25)
    later = await as_kind(placement=cast.holms)
    assert PEACE not in await text(later, "/home")


async def test_out_of_the_call_it_cannot_be_said_aloud(sofie, mette, holms, cast):
    """P4: asked again by voice means that somebody was there to answer."""
    before = await text(holms, "/home")
    await wishes(sofie)
    answer = await said_aloud(mette, cast)
    assert answer.status == 409
    assert await text(holms, "/home") == before


@pytest.mark.parametrize(
    "change",
    [{"path": "/arriving/share", "share": "no"},
     {"path": "/arriving/answers", "question": "afterwards", "answer": "something_fun"}],
)  # fmt: skip
async def test_a_no_and_another_wish_take_it_back_at_once(
    sofie, mette, holms, cast, in_call, clock, change
):
    """P4: closing is free; another wish has not been said aloud."""
    before = await text(holms, "/home")
    await wishes(sofie)
    clock.move(minutes=1)
    await said_aloud(mette, cast)
    clock.move(minutes=1)
    change = dict(change)
    await post(sofie, change.pop("path"), **change)
    assert await text(holms, "/home") == before


@pytest.mark.parametrize("answer", ["talk_to_adult", "host_calls", "nothing"])
async def test_what_is_no_matter_of_the_homes_is_never_shared(
    sofie, mette, holms, cast, in_call, answer
):
    before = await text(holms, "/home")
    await wishes(sofie, answer)
    assert (await said_aloud(mette, cast)).status == 404
    assert await text(holms, "/home") == before


async def test_a_call_the_day_after_stands_on_the_caseworkers_day(sofie, mette, cast):
    """U11, S41: "Mette ringer i morgen" is somebody's to do, with a day and a tick."""
    await post(sofie, "/arriving/answers", question="afterwards", answer="host_calls")
    assert "Mette ringer til dig torsdag den 26. november." in await text(sofie, "/arriving/ready")
    assert "Ring til Sofie efter mødet" in await text(mette, "/")
    form = {"task": "call_tomorrow", "outcome": "done", "from": "day"}
    await post(mette, f"/meetings/{cast.meeting}/ticks", **form)
    assert "Ring til Sofie efter mødet" not in await text(mette, "/")


async def goes(database, cast):
    async with database.begin() as db:
        await db.execute(
            update(Visit).where(Visit.seat_id == cast.sofies_seat).values(left_at=NOON)
        )


async def test_who_has_gone_reads_a_thank_you_and_may_ask_for_a_call(
    sofie, mette, cast, database, in_call, clock
):
    """D11, P8: going leaves no mark; a word of thanks and the offer of a call come after it."""
    assert "Jeg vil gerne ringes op" not in await text(sofie, "/arriving")
    await goes(database, cast)
    clock.move(minutes=1)
    page = await text(sofie, "/arriving")
    assert "Jeg vil gerne ringes op i dag" in page
    assert "Tak for i dag" not in page
    assert "Tak for i dag" in await text(mette, f"/meetings/{cast.meeting}/ways")
    path = f"/meetings/{cast.meeting}/ticks"
    assert (await post(mette, path, task="farewell", outcome="agreed")).status == 303
    assert "Tak for i dag. Jeg skriver til dig torsdag" in await text(sofie, "/arriving")
    assert "Skriv til Sofie, som du lovede" in await text(mette, "/")
    await post(mette, path, task="farewell", outcome="done")
    assert "Skriv til Sofie, som du lovede" not in await text(mette, "/")
    for _ in range(2):  # twice is once
        assert (await post(sofie, "/arriving/call-me", call="today")).status == 303
    async with database.read() as db:
        asked = await db.scalars(select(Reply).where(Reply.question == "call_me"))
        assert len(asked.all()) == 1
    assert "Sofie gik og vil gerne ringes op" in await text(mette, "/")


async def test_nobody_else_asks_for_a_call_or_shares_a_wish(
    sofie, aya, mette, holms, as_kind, cast, database
):
    """P6: a bare link is not known to be hers."""
    assert (await post(sofie, "/arriving/call-me", call="today")).status == 404
    for wrong in (aya, mette, holms):
        for path, form in (("/arriving/call-me", {}), ("/arriving/share", {"share": "yes"})):
            assert (await post(wrong, path, **form)).status == 404
    assert (await post(sofie, "/arriving/share", share="maybe")).status == 404
    async with database.read() as db:
        for table in (SupportRequest, Tick, Reply):
            assert (await db.scalars(select(table))).all() == []


async def test_planning_a_meeting_on_screen_tells_what_is_kept_for_a_meeting_in_person(
    sofie, mette, cast
):
    """S21: booking against it warns the caseworker."""
    new = f"/meetings/new?young_person={cast.sofie}"
    assert "Sofie vil kun tale om" not in await text(mette, new)
    form = {"question": "topics", "topic-family": "when_we_meet"}
    await sofie.post("/arriving/answers", data=form)
    assert "Sofie vil kun tale om familie, når I mødes" in await text(mette, new)


async def test_the_home_reads_on_every_day_that_the_caseworker_follows_up(
    mette, holms, dahls, cast
):
    """S41, P4: whatever was decided about this talk, in the same words."""
    before = await text(holms, "/home")
    assert "Mette følger selv op med Sofie" in before
    said = {"after": "call_back"}
    assert (await post(mette, f"/meetings/{cast.meeting}/answers", **said)).status in (200, 303)
    assert await text(holms, "/home") == before
    assert "Jens følger selv op med Mikkel" in await text(dahls, "/home")
