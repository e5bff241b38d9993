""" "Jeg siger det selv" and "vi siger det sammen", and "fik du det sagt?" the next time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from server.domain.roles import MeetingId, SeatId, SessionId
from server.domain.sharing import Choice
from server.services import telling
from tests import notes
from tests.factories import Role, store_admission, store_meeting
from tests.notes import ON, release_due

JONAS = "Du vil helst have, at Jonas banker på."
ASKED = "Du ville selv sige det til Lene og Karl"


@pytest.fixture
async def note(after_the_meeting, database, clock):
    async with database.begin() as db:
        begun = await notes.begin(db, after_the_meeting, clock.now(), database)
    await begun.write(ON, clock.now())
    await begun.write(JONAS, clock.now())
    await begun.choose(1, Choice.TELL_MYSELF, clock.now(), in_call=True)
    await begun.choose(2, Choice.TELL_TOGETHER, clock.now(), in_call=True)
    await begun.ready(clock.now())
    return begun


@pytest.fixture
async def next_time(note, cast, database, clock):
    """A week later, in the next meeting: its id and Sofie's seat in it."""
    clock.move(days=7)
    async with database.begin() as db:
        meeting, seats = await store_meeting(
            db, clock.now(), cast.mette, cast.sofie, cast.holms, starts_in=timedelta(minutes=10)
        )
    return meeting, seats[Role.YOUNG_PERSON]


@pytest.fixture
async def reader(next_time, as_kind, database, clock):
    sofie = await as_kind(seat=next_time[1])
    async with database.begin() as db:
        await store_admission(db, next_time[1], clock.now())
    return sofie


async def asked(reader):
    return await (await reader.get("/choosing/telling")).text()


async def says(reader, telling, went):
    return await reader.post(
        f"/choosing/telling/{telling}", data={"went": went}, allow_redirects=False
    )


async def brief(mette, meeting):
    return await (await mette.get(f"/meetings/{meeting}/brief")).text()


async def test_it_stands_among_what_mette_keeps_in_mind_before_the_next_meeting(
    next_time, note, as_kind, cast
):
    """Domain pack 5.3, R15: on her day and in the brief, with her words."""
    mette = await as_kind(account=cast.mette)
    for page in (await brief(mette, next_time[0]), await (await mette.get("/")).text()):
        assert f"Sofie ville selv sige til Lene og Karl: ”{ON}”" in page
        # Together: a talk of three is planned from there.
        assert page.count(f'href="/meetings/new?young_person={cast.sofie}"') == 1
        assert f"Sofie og du ville sammen sige til Lene og Karl: ”{JONAS}”" in page
    jens = await as_kind(account=cast.jens)
    assert ON not in await (await jens.get("/")).text()


async def test_she_is_asked_the_next_time_and_says_how_it_went(reader, next_time, as_kind, cast):
    page = await asked(reader)
    assert "Fik du det sagt?" in page
    assert ASKED in page
    assert ON in page
    assert "Mette og du ville sige det sammen til Lene og Karl" in page
    response = await says(reader, 1, "said")
    assert response.headers["Location"] == "/choosing/telling"
    page = await asked(reader)
    assert ON not in page
    assert JONAS in page
    mette = await as_kind(account=cast.mette)
    page = await brief(mette, next_time[0])
    assert ON not in page
    assert JONAS in page
    assert "Det er sagt." in await (await mette.get(f"/meetings/{cast.meeting}/note")).text()


async def test_not_yet_is_asked_again_another_day(reader, as_kind, next_time, clock, database):
    await says(reader, 1, "not_yet")
    assert ON not in await asked(reader)
    clock.move(days=1, minutes=1)
    again = await as_kind(seat=next_time[1])
    async with database.begin() as db:
        await store_admission(db, next_time[1], clock.now())
    assert ON in await asked(again)


async def test_whoever_wants_help_is_heard(reader, next_time, as_kind, cast):
    await says(reader, 1, "help")
    page = await brief(await as_kind(account=cast.mette), next_time[0])
    assert f"Sofie vil gerne have hjælp til at sige til Lene og Karl: ”{ON}”" in page


async def test_whoever_does_not_want_to_any_more_has_chosen_so(reader, note):
    """Closing is free: it counts at once, and a second press changes nothing."""
    for _ in range(2):
        assert (await says(reader, 1, "not_after_all")).status == 303
    shown = await note.shown(1)
    assert shown.choice == Choice.NOT_TO_HOME
    assert ON not in await asked(reader)
    late = await says(reader, 1, "said")
    assert late.status == 409
    assert "Du har valgt noget andet siden" in await late.text()


async def test_mette_is_told_by_voice(next_time, note, as_kind, cast):
    mette = await as_kind(account=cast.mette)
    sent = {"went": "said", "meeting": str(next_time[0])}
    said = f"/meetings/{cast.meeting}/tellings/1"
    for _ in range(2):
        response = await mette.post(said, data=sent, allow_redirects=False)
        assert response.headers["Location"] == f"/meetings/{next_time[0]}/brief#promises"
    assert ON not in await brief(mette, next_time[0])
    assert (await mette.post(said, data={"went": "perhaps"})).status == 400
    assert (await mette.post(f"/meetings/{cast.meeting}/tellings/99", data=sent)).status == 404
    jens = await as_kind(account=cast.jens)
    assert (await jens.post(f"/meetings/{cast.meeting}/tellings/2", data=sent)).status == 404
    # Nor by the address of a meeting that is his.
    assert (await jens.post(f"/meetings/{cast.other_meeting}/tellings/2", data=sent)).status == 404
    assert JONAS in await brief(mette, next_time[0])


async def test_it_is_brought_up_in_the_next_call_and_answered_without_leaving_it(
    next_time, note, as_kind, cast
):
    """S46, domain pack 5.3: beside the brief in the room, each with what was heard of it."""
    mette, jens = await as_kind(account=cast.mette), await as_kind(account=cast.jens)
    room = f"/calling/{next_time[0]}"
    call_back = {"after": "call_back"}
    await mette.post(f"/meetings/{next_time[0]}/answers", data=call_back)
    assert "<span>Ring til Sofie</span>" in await brief(mette, next_time[0])
    page = await (await mette.get(room)).text()
    assert "Fra sidst" in page
    assert "<span>Ring til Sofie</span>" not in page  # what follows from this talk is for after it
    assert f"Sofie ville selv sige til Lene og Karl: ”{ON}” Spørg, hvordan det gik." in page
    assert (await jens.get(room)).status == 404
    said = f"/meetings/{cast.meeting}/tellings/1"
    sent, asks = {"went": "said"}, {"Accept": "application/json"}
    heard = await mette.post(said, data=sent, headers=asks)
    assert await heard.json() == {"text": "Det er noteret."}
    page = await (await mette.get(room)).text()
    assert ON not in page
    assert JONAS in page
    assert (await jens.post(said, data=sent, headers=asks)).status == 404


async def test_the_letter_leads_there_only_where_it_is_known_who_reads_it(
    reader, next_time, as_kind
):
    """P6: a copy of the link of the next meeting says nothing of it."""
    there = 'href="/choosing/telling"'
    assert there in await (await reader.get("/arriving")).text()
    copy = await as_kind(seat=next_time[1])
    assert there not in await (await copy.get("/arriving")).text()


async def test_the_same_day_nobody_is_asked(note, sofie, cast, database, clock):
    """She chose it a moment ago."""
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    page = await asked(sofie)
    assert "Der er ikke mere at svare på nu." in page
    assert ON not in page
    assert 'href="/choosing/telling"' not in await (await sofie.get("/choosing")).text()


async def test_after_the_next_meeting_the_way_there_stands_on_its_page(reader):
    assert 'href="/choosing/telling"' in await (await reader.get("/arriving/after")).text()


async def test_nobody_else_is_asked_or_answers(next_time, as_kind, cast, aya, holms, stranger):
    """U8, P6, C15: a bare link of the next meeting, a bisidder, the home, another young person."""
    bare = await as_kind(seat=next_time[1])
    response = await bare.get("/choosing/telling")
    page = await response.text()
    assert response.status == 403
    assert [secret for secret in (ON, JONAS, "Sofie", "Lene") if secret in page] == []
    assert (await says(bare, 1, "said")).status == 409
    for who in (aya, holms, stranger):
        assert (await who.get("/choosing/telling")).status == 404
        assert (await says(who, 1, "said")).status == 404


async def test_on_a_device_nobody_vouched_for_there_is_nothing_to_ask_about(
    note, next_time, as_kind, cast, database, clock
):
    """U8: let in, but borrowed; the page after the call says nothing of it either."""
    borrowed = await as_kind(seat=next_time[1])
    async with database.begin() as db:
        session = await store_admission(db, next_time[1], clock.now(), device="borrowed")
    assert 'href="/choosing/telling"' not in await (await borrowed.get("/arriving/after")).text()
    guest = replace(
        note.sofie,
        seat=SeatId(next_time[1]),
        meeting=MeetingId(next_time[0]),
        session=SessionId(session),
    )
    async with database.read() as db:
        _, found = await telling.for_young_person(db, guest, in_call=False, now=clock.now())
    assert found == []


async def test_another_young_person_finds_only_their_own(next_time, as_kind, cast, database, clock):
    mikkel = await as_kind(seat=cast.mikkels_seat)
    async with database.begin() as db:
        await store_admission(db, cast.mikkels_seat, clock.now())
    assert ON not in await asked(mikkel)
    assert (await says(mikkel, 1, "said")).status == 404


async def test_what_is_no_answer_is_asked_for_again(reader):
    response = await says(reader, 1, "perhaps")
    assert response.status == 400
    assert "Vælg et af svarene." in await response.text()
    assert (await says(reader, 99, "said")).status == 404


async def test_the_home_s_page_is_the_same_whatever_becomes_of_it(
    reader, note, as_kind, cast, database, clock
):
    """P4: chosen, asked, said, not said, and the hour gone by: byte for byte."""
    holms = await as_kind(placement=cast.holms)
    before = await (await holms.get("/home")).read()
    await release_due(database, clock.now())
    for one, went in ((1, "not_yet"), (1, "help"), (2, "said"), (1, "not_after_all")):
        await says(reader, one, went)
        assert await (await holms.get("/home")).read() == before
    assert ON not in before.decode()
