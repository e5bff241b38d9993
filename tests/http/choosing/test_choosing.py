"""The young person's pages about the note: /choosing and below."""

import pytest

from server.domain.note import WordKind
from server.domain.sharing import Choice, ToldTo
from tests import notes
from tests.factories import store_admission
from tests.notes import ON

JSON = {"Accept": "application/json"}
JONAS = "Du vil ikke have, at jeg siger noget om Jonas."


@pytest.fixture
async def note(note, clock):
    """With a second line."""
    await note.write(JONAS, clock.now())
    return note


async def test_who_sees_what_comes_first(reader):
    """P5: the file, the parents and the home are told apart."""
    page = await (await reader.get("/choosing")).text()
    assert "<strong>din sag</strong>" in page
    assert "<strong>Dine forældre</strong>" in page
    assert "<strong>Lene og Karl</strong>" in page
    assert ON not in page


async def test_one_item_at_a_time_with_nothing_chosen_beforehand(reader):
    """C7, P5: every label names what the home gets."""
    page = await (await reader.get("/choosing/1")).text()
    assert ON in page
    assert JONAS not in page
    assert "1 af 2" in page
    assert "Ikke til Lene og Karl" in page
    assert page.count('type="radio"') == 5
    assert "checked" not in page


async def test_a_choice_is_kept_and_leads_to_the_next(reader, note):
    no = {"revision": "1", "choice": "not_to_home"}
    response = await reader.post("/choosing/1", data=no, allow_redirects=False)
    assert response.headers["Location"] == "/choosing/2"
    between = await (await reader.get("/choosing/preview")).text()
    assert "Du mangler at vælge ved 1 ting." in between
    assert '<a class="main-action" href="/choosing/2">' in between
    last = {"revision": "2", "choice": "tell_myself"}
    response = await reader.post("/choosing/2", data=last, allow_redirects=False)
    assert response.headers["Location"] == "/choosing/preview"
    through = await (await reader.get("/choosing/preview")).text()
    assert "Nu har du valgt, og det er gemt." in through
    assert "main-action" not in through
    assert (await note.shown(1)).choice == Choice.NOT_TO_HOME


async def test_a_choice_sent_twice_is_one_choice(reader, note):
    yes = {"revision": "1", "choice": "as_written"}
    await reader.post("/choosing/1", data=yes)
    first = (await note.shown(1)).choice_id
    await reader.post("/choosing/1", data=yes)
    assert (await note.shown(1)).choice_id == first


async def test_what_shares_more_outside_the_call_waits_for_a_voice(reader):
    """P4: the page says so, and the preview does not show it."""
    yes = {"revision": "1", "choice": "as_written"}
    response = await reader.post("/choosing/1", data=yes, headers=JSON)
    assert (await response.json())["standing"] == "Mette spørger dig først."
    page = await (await reader.get("/choosing/preview")).text()
    assert "Mette spørger dig først." in page
    assert '<p class="paper__words">' + ON not in page


async def test_words_changed_meanwhile_are_shown_and_nothing_is_kept(reader, note, clock):
    """P4: nobody shares words they have not read."""
    await note.reword(1, WordKind.LINE, "Helt andre ord", clock.now())
    old = {"revision": "1", "choice": "as_written"}
    response = await reader.post("/choosing/1", data=old)
    page = await response.text()
    assert response.status == 409
    assert "Helt andre ord" in page
    assert "Teksten er ændret" in page
    told = await reader.post("/choosing/1", data=old, headers=JSON)
    assert (await told.json())["error"] == "words-changed"
    assert (await note.shown(1)).choice is None


@pytest.mark.parametrize(
    "form",
    [
        pytest.param({}, id="nothing chosen"),
        pytest.param({"revision": "1", "choice": "everything"}, id="no such choice"),
        pytest.param({"revision": "one", "choice": "as_written"}, id="no number"),
    ],
)
async def test_a_choice_that_cannot_be_used_is_asked_for_again(reader, form):
    response = await reader.post("/choosing/1", data=form)
    assert response.status == 400
    assert ON in await response.text()


async def test_the_preview_is_drawn_by_the_home_s_own_template(
    reader, note, clock, database, as_kind, cast
):
    """C9: the same block, letter by letter."""
    await note.choose(1, Choice.AS_WRITTEN, clock.now(), in_call=True)
    page = await (await reader.get("/choosing/preview")).text()
    clock.moment = await notes.hour(database, note.meeting)
    await notes.release_due(database, clock.now())
    holms = await as_kind(placement=cast.holms)
    home = await (await holms.get("/home")).text()
    start, end = home.index("<h2>Det, Sofie"), home.index("selv begynder.</p>")
    assert home[start:end] in page


async def test_what_the_home_has_is_taken_back_with_open_eyes(note, clock, database, as_kind, cast):
    """C10: at once, and the page says beforehand that it can be noticed."""
    await note.choose(1, Choice.AS_WRITTEN, clock.now(), in_call=True)
    clock.moment = await notes.hour(database, note.meeting)
    await notes.release_due(database, clock.now())
    reader = await as_kind(seat=cast.sofies_seat)
    holms = await as_kind(placement=cast.holms)
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    assert ON in await (await holms.get("/home")).text()

    no = {"revision": "1", "choice": "not_to_home"}
    refused = await reader.post("/choosing/1", data=no, headers=JSON)
    assert (await refused.json())["error"] == "home-has-it"
    before = await (await reader.get("/choosing/1/withdrawal")).text()
    assert "Og de kan se, at det er væk." in before

    for _ in range(2):
        response = await reader.post("/choosing/1/withdrawal", allow_redirects=False)
        assert response.status == 303
    assert ON not in await (await holms.get("/home")).text()


async def test_what_must_be_passed_on_is_told_and_cannot_be_chosen(reader, note, clock):
    await note.must_pass_on(1, clock.now())
    page = await (await reader.get("/choosing/1")).text()
    assert "Det her er Mette nødt til at sige til Lene og Karl" in page
    assert "Grunden er: Det er medicin" in page
    assert 'type="radio"' not in page
    no = {"revision": "1", "choice": "not_to_home"}
    assert (await reader.post("/choosing/1", data=no, headers=JSON)).status == 409
    assert (await reader.post("/choosing/1/withdrawal", headers=JSON)).status == 409


async def test_what_must_be_passed_on_is_read_on_the_way(reader, note, clock):
    """P4: nobody comes to what the home will see past a line they have not been told of."""
    await note.must_pass_on(2, clock.now())
    no = {"revision": "1", "choice": "not_to_home"}
    response = await reader.post("/choosing/1", data=no, allow_redirects=False)
    assert response.headers["Location"] == "/choosing/2"
    assert 'href="/choosing/preview"' in await (await reader.get("/choosing/2")).text()


async def test_what_was_told_already_is_no_question_any_more(reader, note, clock):
    """P5: nobody is led to a line they can say nothing about, as if it waited for them."""
    await note.must_pass_on(2, clock.now())
    await note.tell(2, ToldTo.YOUNG_PERSON, clock.now())
    no = {"revision": "1", "choice": "not_to_home"}
    response = await reader.post("/choosing/1", data=no, allow_redirects=False)
    assert response.headers["Location"] == "/choosing/preview"


async def test_where_all_must_be_passed_on_it_is_read_first(reader, note, clock):
    """P4, P5: and nothing promises that it can be changed."""
    for item in (1, 2):
        await note.must_pass_on(item, clock.now())
        await note.tell(item, ToldTo.YOUNG_PERSON, clock.now())
    assert 'href="/choosing/1"' in await (await reader.get("/choosing")).text()
    preview = await (await reader.get("/choosing/preview")).text()
    assert "Lene og Karl ser det" in preview
    assert "kan du lave det om" not in preview


async def test_what_the_home_was_told_on_the_phone_is_said(reader, note, clock):
    """P5: what was phoned at once is not described as still to come."""
    await note.must_pass_on(1, clock.now())
    await note.tell(1, ToldTo.HOME, clock.now())
    page = await (await reader.get("/choosing/1")).text()
    assert "Mette har ringet til Lene og Karl om det." in page
    assert "før Lene og Karl hører det" not in page


async def test_the_home_s_answers_can_be_read_by_whom_they_are_about(reader, holms):
    """S38: what the two adults say to one another about afterwards is theirs to read."""
    said = {"kind": "afterwards", "text": "Vi spiste is bagefter."}
    await holms.post("/home/answers", data=said)
    page = await (await reader.get("/choosing/answers")).text()
    assert "Vi spiste is bagefter." in page
    assert "Sådan gik det bagefter" in page


@pytest.mark.parametrize("device", ["borrowed", "others_read", "unsure", None])
async def test_the_note_stays_shut_on_a_device_that_is_not_their_own(
    note, sofie, cast, database, clock, device
):
    """U8, P12: borrowed, read by others, unsure or unanswered; and a human way out."""
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now(), device=device)
    await stays_shut(sofie)


async def test_the_note_stays_shut_on_a_bare_link(note, sofie):
    """P4, P6: no names and no words before the host has seen who it is."""
    await stays_shut(sofie)


async def stays_shut(browser):
    for path in ("", "/1", "/preview", "/answers", "/1/withdrawal"):
        response = await browser.get(f"/choosing{path}")
        page = await response.text()
        assert response.status == 403
        for secret in (ON, JONAS, "Sofie", "Lene"):
            assert secret not in page
        assert "12 34 56 78" in page
    yes = {"revision": "1", "choice": "not_to_home"}
    response = await browser.post("/choosing/1", data=yes, headers=JSON)
    assert response.status == 409
    assert "Lene" not in await response.text()


async def test_it_says_the_same_where_there_is_no_note(note, sofie, cast, as_kind):
    """P4: a shut page does not tell whether there is a note."""
    mikkel = await as_kind(seat=cast.mikkels_seat)
    with_note = await (await sofie.get("/choosing")).text()
    without = await (await mikkel.get("/choosing")).text()
    assert with_note.replace("Mette", "Jens") == without


async def test_before_it_is_ready_it_is_read_in_the_call_only(
    after_the_meeting, sofie, cast, database, clock
):
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
        begun = await notes.begin(db, after_the_meeting, clock.now(), database)
    await begun.write(ON, clock.now())
    assert (await sofie.get("/choosing/1")).status == 403


async def test_others_find_nothing(note, aya, mette, holms, stranger):
    """C15: neither the bisidder nor a signed-in caseworker nor the home."""
    for browser in (aya, mette, holms, stranger):
        for path in ("", "/1", "/preview", "/answers"):
            assert (await browser.get(f"/choosing{path}")).status == 404
        no = {"revision": "1", "choice": "not_to_home"}
        assert (await browser.post("/choosing/1", data=no)).status == 404


async def test_another_young_person_finds_only_their_own(note, cast, database, clock, as_kind):
    mikkel = await as_kind(seat=cast.mikkels_seat)
    async with database.begin() as db:
        await store_admission(db, cast.mikkels_seat, clock.now())
    no = {"revision": "1", "choice": "not_to_home"}
    assert (await mikkel.post("/choosing/1", data=no, headers=JSON)).status in (404, 409)
    assert (await note.shown(1)).choice is None


async def test_the_device_kept_in_the_call_opens_it_later(
    note, browser, cast, database, clock, app
):
    """U8: a new session on the person's own admitted device, known by its cookie."""
    from server.services import sessions
    from server.store.tables import Visit

    async with database.begin() as db:
        (await db.get_one(Visit, 1)).device = sessions.digest("kept")
        opened = await sessions.open_for(db, now=clock.now(), seat=cast.sofies_seat, device="kept")
    later = browser()
    later.session.cookie_jar.update_cookies({"guest": opened.cookie}, later.make_url("/"))
    assert (await later.get("/choosing/1")).status == 200


async def test_one_device_kept_opens_no_other(note, sofie, cast, database, clock):
    """U8: let in on a second device where nobody said whose it is, the note stays shut there."""
    from server.services import sessions
    from server.store.tables import Visit

    async with database.begin() as db:
        (await db.get_one(Visit, 1)).device = sessions.digest("kept")
        await store_admission(db, cast.sofies_seat, clock.now(), device=None)
    await stays_shut(sofie)


async def test_other_methods_are_not_for_it(reader):
    assert (await reader.delete("/choosing/1")).status == 405
    assert (await reader.post("/choosing")).status == 405
