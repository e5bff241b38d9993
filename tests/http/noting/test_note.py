"""GET /meetings/{meeting}/note and what its forms post to."""

import pytest
from sqlalchemy import select

from server.domain.note import TEXT_LIMIT
from server.store.note_tables import Draft, Wording
from server.store.tables import YoungPerson
from tests.factories import store_admission
from tests.notes import ON

JSON = {"Accept": "application/json"}
THERE = {"supports": "Lene"}  # afterwards (C30)


@pytest.fixture
def note(after_the_meeting):
    return f"/meetings/{after_the_meeting.meeting}"


async def write(browser, note, text=ON):
    response = await browser.post(f"{note}/items", data={"text": text}, headers=JSON)
    assert response.status == 200
    return (await response.json())["item"]


async def item(browser, note, number):
    """How one item stands now: writing the same words again keeps one and tells all."""
    response = await browser.get(f"{note}/note")
    assert response.status == 200
    items = await (await browser.post(f"{note}/items", data={"text": ON}, headers=JSON)).json()
    return next(i for i in items["items"] if i["item"] == number)


async def test_it_keeps_what_the_caseworker_writes(note, mette):
    response = await mette.post(f"{note}/items", data={"text": ON}, allow_redirects=False)
    assert response.status == 303
    assert ON in await (await mette.get(f"{note}/note")).text()


async def test_it_keeps_the_same_words_sent_twice_once(note, mette):
    """P10: a lost answer is sent again."""
    assert await write(mette, note) == await write(mette, note)


async def test_it_says_when_a_script_asks_that_it_is_kept(note, mette):
    response = await mette.post(f"{note}/items", data={"text": ON}, headers=JSON)
    told = await response.json()
    assert told["text"] == "Gemt kl. 15.00"
    assert [i["text"] for i in told["items"]] == [ON]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        pytest.param("", 400, id="nothing"),
        pytest.param("x" * (TEXT_LIMIT + 1), 400, id="too long"),
    ],
)
async def test_it_keeps_what_was_typed_when_it_cannot_be_used(note, mette, text, status):
    response = await mette.post(f"{note}/items", data={"text": text})
    page = await response.text()
    assert response.status == status
    assert 'role="alert"' in page
    assert text in page


async def test_another_caseworker_finds_nothing(note, mette, jens):
    """L11: another's meeting looks like none."""
    number = await write(mette, note)
    unknown = await jens.get("/meetings/999/note")
    answers = [
        await jens.get(f"{note}/note"),
        await jens.post(f"{note}/items", data={"text": ON}),
        await jens.post(f"{note}/note/ready"),
        await jens.post(f"{note}/items/{number}/strike"),
        await jens.post(f"{note}/items/{number}/line", data={"text": "x", "revision": "1"}),
    ]
    assert [a.status for a in answers] == [404] * len(answers)
    # The page knows its own address, to come back to in the other language.
    said = (await answers[0].text()).replace(f"{note}/note", "/meetings/999/note")
    assert said == await unknown.text()


async def test_a_guest_or_a_home_is_sent_to_sign_in(note, sofie, holms):
    for browser in (sofie, holms):
        response = await browser.get(f"{note}/note", allow_redirects=False)
        assert response.headers["Location"] == "/signing-in"


async def test_an_item_is_found_in_its_own_meeting_only(note, mette, cast):
    number = await write(mette, note)
    other = f"/meetings/{cast.other_meeting}/items/{number}/strike"
    assert (await mette.post(other)).status == 404


async def test_rewording_undoes_a_choice(note, mette, sofie, cast, database, clock):
    """P4, C8."""
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    number = await write(mette, note)
    await mette.post(f"{note}/note/ready", data=THERE)
    before = await item(mette, note, number)
    choice = {"revision": str(before["revision"]), "choice": "not_to_home"}
    assert (await sofie.post(f"/choosing/{number}", data=choice, headers=JSON)).status == 200
    assert (await item(mette, note, number))["choice"] == "not_to_home"

    new = {"text": ON + " Også i weekenden.", "revision": str(before["line_revision"])}
    await mette.post(f"{note}/items/{number}/line", data=new)
    after = next(
        i
        for i in (await (await mette.post(f"{note}/note/ready", headers=JSON)).json())["items"]
        if i["item"] == number
    )
    assert after["choice"] is None
    assert "vælge igen" in after["standing"]


async def test_words_changed_meanwhile_are_shown_and_what_was_typed_is_still_there(note, mette):
    number = await write(mette, note)
    first = await item(mette, note, number)
    seen = str(first["line_revision"])
    line = f"{note}/items/{number}/line"
    await mette.post(line, data={"text": "Fra den anden fane", "revision": seen})
    response = await mette.post(line, data={"text": "Fra den her fane", "revision": seen})
    page = await response.text()
    assert response.status == 409
    assert "Fra den anden fane" in page
    assert "Fra den her fane" in page


@pytest.mark.parametrize("deed", ["line", "home", "told", "asked-alone", "by-voice"])
async def test_a_form_that_was_meddled_with_is_refused(note, mette, deed):
    number = await write(mette, note)
    for form in ({}, {"revision": "x", "choice": "-1", "to": "parents", "text": "y"}):
        response = await mette.post(f"{note}/items/{number}/{deed}", data=form, headers=JSON)
        assert response.status in (400, 409)
        assert (await response.json())["error"]


async def test_there_are_no_other_deeds_and_no_other_ways(note, mette):
    number = await write(mette, note)
    assert (await mette.post(f"{note}/items/{number}/share")).status == 404
    assert (await mette.get(f"{note}/items")).status == 405
    assert (await mette.post(f"{note}/items/x/strike")).status == 404


async def test_it_strikes_an_item(note, mette):
    number = await write(mette, note)
    assert (await mette.post(f"{note}/items/{number}/strike")).status == 200
    assert ON not in await (await mette.get(f"{note}/note")).text()
    assert (await mette.post(f"{note}/items/{number}/strike")).status == 404


async def test_it_says_when_the_words_leave(note, mette, cast):
    """P4: the fixed hour, after three weekdays."""
    await mette.post(f"{note}/note/ready", data=THERE)
    page = await (await mette.get(f"{note}/note")).text()
    assert "tirsdag den 1. december kl. 12.00" in page
    again = await mette.post(f"{note}/note/ready", allow_redirects=False)
    assert again.status == 303


async def test_the_youngest_have_longer_for_reading(note, mette, cast, database):
    """Domain pack 5.1: five weekdays from 6 to 9, since somebody reads it with them."""
    assert "får 3 hverdage" in await (await mette.get(f"{note}/note")).text()
    async with database.begin() as db:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = 8
    assert "får 5 hverdage" in await (await mette.get(f"{note}/note")).text()
    await mette.post(f"{note}/note/ready", data=THERE)
    assert "torsdag den 3. december kl. 12.00" in await (await mette.get(f"{note}/note")).text()


async def test_what_must_be_passed_on_needs_its_reason_and_is_told_first(note, mette):
    """P4: told to the young person before it goes; by phone to the home when it cannot wait."""
    number = await write(mette, note)
    act = f"{note}/items/{number}"
    for wrong in ({"reason": " ", "entry": "1"}, {"reason": "Medicin"}):
        nothing = await mette.post(f"{act}/must-pass-on", data=wrong, headers=JSON)
        assert nothing.status == 400
    why = {"reason": "Medicin", "entry": "1"}
    marked = await mette.post(f"{act}/must-pass-on", data=why, headers=JSON)
    shown = (await marked.json())["items"][0]
    assert shown["missing"]
    assert not shown["told"]
    for to in ("home", "young_person"):
        told = {"to": to, "revision": str(shown["revision"]), "spoken_to": "Lene"}
        response = await mette.post(f"{act}/told", data=told, headers=JSON)
        assert response.status == 200
    after = (await response.json())["items"][0]
    assert (after["told"], after["told_home"], after["missing"]) == (True, True, False)
    undone = await mette.post(f"{act}/not-after-all", headers=JSON)
    assert not (await undone.json())["items"][0]["must_pass_on"]


async def test_a_choice_by_voice_counts_where_the_note_cannot_be_shown(note, mette):
    """U8: nobody is left without a choice for want of a phone of their own."""
    number = await write(mette, note)
    seen = str((await item(mette, note, number))["revision"])
    by_voice = {"revision": seen, "choice": "as_written"}
    response = await mette.post(f"{note}/items/{number}/by-voice", data=by_voice, headers=JSON)
    shown = (await response.json())["items"][0]
    assert shown["choice"] == "as_written"
    assert not shown["asks_voice"]


async def test_asked_alone_is_about_the_choice_on_the_screen(
    note, mette, sofie, cast, database, clock
):
    """P4: a no given meanwhile is not overrun by an old yes."""
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    number = await write(mette, note)
    await mette.post(f"{note}/note/ready", data=THERE)
    seen = str((await item(mette, note, number))["revision"])
    yes = {"revision": seen, "choice": "as_written"}
    await sofie.post(f"/choosing/{number}", data=yes, headers=JSON)
    waiting = await item(mette, note, number)
    assert waiting["asks_voice"]
    no = {"revision": seen, "choice": "not_to_home"}
    await sofie.post(f"/choosing/{number}", data=no, headers=JSON)
    asked = {"choice": str(waiting["choice_id"])}
    response = await mette.post(f"{note}/items/{number}/asked-alone", data=asked, headers=JSON)
    assert response.status == 409
    assert (await response.json())["error"] == "chosen-anew"


async def test_unsent_words_are_kept_as_they_are_typed(note, mette, cast, database):
    """P10."""
    place = f"meeting:{cast.meeting}:talked_about"
    for seen, text in enumerate(("Du sag", "Du sagde, at")):
        sent = {"place": place, "text": text, "revision": str(seen)}
        response = await mette.put("/drafts", data=sent)
        assert (await response.json())["revision"] == seen + 1
    assert "Du sagde, at</textarea>" in await (await mette.get(f"{note}/note")).text()
    await write(mette, note)
    async with database.read() as db:
        assert [draft.text for draft in await db.scalars(select(Draft))] == [""]


@pytest.mark.parametrize(
    ("place", "status"),
    [
        pytest.param("meeting:{other}:noticed", 404, id="another caseworker's note"),
        pytest.param("item:999:home", 404, id="no such item"),
        pytest.param("diary", 400, id="no such field"),
        pytest.param("", 400, id="no field"),
    ],
)
async def test_unsent_words_have_a_place_of_their_own_only(note, mette, cast, place, status):
    sent = {"place": place.format(other=cast.other_meeting), "text": "x", "revision": "0"}
    assert (await mette.post("/drafts", data=sent, headers=JSON)).status == status


async def test_nobody_else_reads_unsent_words(note, mette, jens, cast):
    place = f"meeting:{cast.meeting}:thinks"
    sent = {"place": place, "text": "hemmelig", "revision": "0"}
    assert (await mette.put("/drafts", data=sent)).status == 200
    other = await jens.get(f"/meetings/{cast.other_meeting}/note")
    assert other.status == 200
    assert "hemmelig" not in await other.text()


async def test_old_words_stay_in_the_file(note, mette, database):
    """New words are a new revision; the old ones are not overwritten."""
    number = await write(mette, note)
    seen = str((await item(mette, note, number))["line_revision"])
    await mette.post(f"{note}/items/{number}/line", data={"text": "Andre ord", "revision": seen})
    async with database.read() as db:
        texts = (await db.scalars(select(Wording.text).order_by(Wording.id))).all()
    assert texts == [ON, "Andre ord"]
