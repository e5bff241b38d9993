"""The caseworker's own list (R1-R15): what has to be seen to before the room can be opened."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from server.store.protection_tables import Promise
from server.store.tables import Meeting, Trail

GROUPS = ("Det næste", "Før rummet kan åbne", "Godt at gøre", "Gjort")
READY = {
    "room": "alone", "told": "yes", "read": "read", "fallback": "caseworker_calls",
    "purpose": "fits", "right": "told", "after": "someone", "after-text": "Lene",
    "emergency": "not_known",
}  # fmt: skip


def address(cast):
    return f"/meetings/{cast.meeting}/answers"


async def test_it_keeps_all_answers_at_once(mette, cast):
    response = await mette.post(address(cast), data=READY, allow_redirects=False)
    assert response.status == 303
    page = await (await mette.get(f"/meetings/{cast.meeting}/brief")).text()
    assert page.count(" checked") == 7
    assert "Alt er klar." in page


async def test_an_open_office_keeps_the_room_shut_and_says_what_would_open_it(mette, cast, clock):
    clock.move(minutes=50)
    await mette.post(address(cast), data=READY | {"room": "open_office"})
    page = await (await mette.get(f"/meetings/{cast.meeting}/brief")).text()
    assert "Rummet åbner, når du sidder alene." in page
    assert "Åbn rummet" not in page
    await mette.post(address(cast), data=READY)
    assert "Åbn rummet" in await (await mette.get(f"/meetings/{cast.meeting}/brief")).text()


async def test_with_somebody_needs_a_name_and_nothing_half_done_stays(mette, cast):
    """Bad input: the sentence stands at the field, and what was typed is still there."""
    typed = READY | {"room": "with_one", "told": "with_reason", "told-text": "Sofie ringede selv"}
    response = await mette.post(address(cast), data=typed)
    page = await response.text()
    assert response.status == 400
    assert "Skriv, hvem det er, eller hvorfor." in page
    assert 'value="Sofie ringede selv"' in page
    kept = await (await mette.get(f"/meetings/{cast.meeting}/brief")).text()
    assert kept.count(" checked") == 0


CARD = {"address": "Skovvej 4", "leader": "Inger", "leader_phone": "12 34 56 78"}


@pytest.mark.parametrize(
    ("typed", "thing"),
    [({name: said}, "emergency") for name, said in CARD.items()]
    + [({f"{name}-text": "Hun bad om det"}, name) for name in ("purpose", "told", "after")],
)
async def test_words_beside_no_answer_are_said_not_to_be_kept(mette, cast, typed, thing):
    """P10: an address typed, and the answer it belongs to not chosen: it comes back with a sentence
    on top and at its field, and nothing else of the form is kept either."""
    response = await mette.post(address(cast), data={"fallback": "caseworker_calls"} | typed)
    page = await response.text()
    assert response.status == 400
    assert page.count("Ellers bliver det, du har skrevet her, ikke gemt.") == 2
    assert f'<a href="#{thing}">' in page
    assert f'class="task" id="{thing}" open' in page
    assert f'value="{next(iter(typed.values()))}"' in page
    assert (await (await mette.get(brief(cast))).text()).count(" checked") == 0


async def test_enter_in_a_field_ticks_nothing_off_as_read(mette, cast):
    """R4: a browser presses a form's first button for it; that one saves what was chosen."""
    page = await (await mette.get(brief(cast))).text()
    form = page[page.index('class="host-questions"') :]
    assert re.search(r"<button[^>]*>", form)[0] == "<button hidden>"


async def test_another_caseworker_finds_no_such_meeting(jens, cast):
    assert (await jens.post(address(cast), data=READY)).status == 404
    assert (await jens.get(f"/meetings/{cast.meeting}/brief")).status == 404


async def test_a_guest_is_sent_to_sign_in(sofie, cast):
    response = await sofie.post(address(cast), data=READY, allow_redirects=False)
    assert response.headers["Location"] == "/signing-in"


async def test_an_unknown_answer_is_refused(mette, cast):
    assert (await mette.post(address(cast), data={"room": "castle"})).status == 400


async def test_answering_twice_keeps_the_last(mette, cast):
    await mette.post(address(cast), data=READY)
    await mette.post(address(cast), data={"fallback": "young_person_calls"})
    page = await (await mette.get(f"/meetings/{cast.meeting}/brief")).text()
    assert page.count(" checked") == 7


def brief(cast):
    return f"/meetings/{cast.meeting}/brief"


@pytest.mark.parametrize("left_out", [name for name in READY if name != "after-text"])
async def test_every_one_of_them_has_to_be_seen_to_and_the_rest_is_kept(
    mette, cast, clock, left_out
):
    """S24: one left out, and the room is not opened; nothing else is asked again."""
    clock.move(minutes=50)
    form = {name: said for name, said in READY.items() if not name.startswith(left_out)}
    await mette.post(address(cast), data=form)
    page = await (await mette.get(brief(cast))).text()
    assert "Åbn rummet" not in page
    assert "Der er én ting tilbage, før rummet kan åbne." in page
    assert f'id="{left_out}" open' in page
    await mette.post(address(cast), data=READY)
    assert "Åbn rummet" in await (await mette.get(brief(cast))).text()


async def test_it_is_grouped_by_what_the_room_waits_for_with_the_next_thing_open(mette, cast):
    """S24: one thing is lit and open, and what is done stands last."""
    await mette.post(address(cast), data={"purpose": "fits"})
    page = await (await mette.get(brief(cast))).text()
    places = [page.index(f"<h2>{words}</h2>") for words in GROUPS]
    assert places == sorted(places)
    assert re.findall(r'class="task" id="(\w+)" open', page) == ["told"]
    assert places[2] < page.index('id="mirror"') < places[3] < page.index('id="purpose"')


async def test_each_thing_says_why_it_is_asked(mette, app, cast):
    """S4, S36: one short line from the guideposts; the list names ears, screens and microphones."""
    page = await (await mette.get(brief(cast))).text()
    whys = re.findall(r'<div class="task__inside">\s*<p class="small quiet">([^<]+)</p>', page)
    assert len(whys) == len(set(whys)) == page.count('<details class="task"')
    assert all(why.count(".") <= 2 and len(why) < 120 for why in whys)
    assert "Høretelefoner på, så kun du hører Sofie" in page
    assert "Andre vinduer er lukket, og ingen kan se din skærm" in page
    assert "lytter med, og intet optager" in page


async def test_having_looked_at_oneself_is_kept_and_stands_among_what_is_done(mette, jens, cast):
    """S27: said from beside one's own picture, without leaving the page; twice is once."""
    for _ in range(2):
        quietly = {"Accept": "application/json"}
        told = await mette.post(address(cast), data={"mirror": "looked"}, headers=quietly)
        assert (await told.json())["text"] == "Set. Det står på din liste."
    page = await (await mette.get(brief(cast))).text()
    assert page.index("<h2>Gjort</h2>") < page.index('id="mirror"')
    assert (await mette.post(address(cast), data={"mirror": "never"})).status == 400
    assert (await jens.post(address(cast), data={"mirror": "looked"})).status == 404


async def test_what_does_not_suit_a_screen_goes_on_only_with_a_written_reason(
    mette, cast, clock, database
):
    """R1: the product proposes to meet; going on takes words, and the trail says so."""
    clock.move(minutes=50)
    await mette.post(address(cast), data=READY | {"purpose": "in_person"})
    page = await (await mette.get(brief(cast))).text()
    assert "Åbn rummet" not in page
    assert "Flyt mødet" in page
    wrong = await mette.post(address(cast), data={"purpose": "anyway", "purpose-text": " "})
    assert wrong.status == 400
    await mette.post(address(cast), data={"purpose": "anyway", "purpose-text": "Hun bad om det"})
    assert "Åbn rummet" in await (await mette.get(brief(cast))).text()
    async with database.read() as db:
        deeds = [row.deed for row in await db.scalars(select(Trail))]
    assert deeds.count("on-screen-with-reason") == 1


async def test_the_brief_is_opened_to_be_read_and_grows_old_with_new_answers(
    mette, sofie, cast, clock
):
    """R4: her own lines stand inside what says they were read."""
    await sofie.post("/arriving/answers", data={"question": "heard", "answer": "maybe"})
    page = await (await mette.get(brief(cast))).text()
    assert "Kan nogen høre hende" in page or "Kan nogen høre" in page
    assert "Jeg spørger, så du kan nøjes med at svare ja eller nej." in page
    await mette.post(address(cast), data=READY)
    clock.move(minutes=1)
    await sofie.post("/arriving/answers", data={"question": "heard", "answer": "no"})
    page = await (await mette.get(brief(cast))).text()
    assert "Nye svar" in page


async def test_a_right_not_told_of_is_shown_to_her_and_logged(mette, sofie, cast, database):
    """R6: the card stands on her own page."""
    assert "ret til en bisidder" not in await (await sofie.get("/arriving")).text()
    await mette.post(address(cast), data={"right": "not_told"})
    assert "ret til en bisidder" in await (await sofie.get("/arriving")).text()
    async with database.read() as db:
        deeds = [row.deed for row in await db.scalars(select(Trail))]
    assert deeds.count("right-card-sent") == 1


async def test_nobody_there_afterwards_means_a_call_on_the_list_until_it_is_made(
    mette, jens, cast, database, clock
):
    """R9: within two hours of the end; an answer taken back takes it off."""
    await mette.post(address(cast), data={"after": "call_back"})
    await mette.post(address(cast), data={"after": "call_back"})
    async with database.read() as db:
        (row,) = (await db.scalars(select(Promise))).all()
        ends = (await db.get_one(Meeting, cast.meeting)).starts_at + timedelta(minutes=30)
    assert row.due_at == ends + timedelta(hours=2)
    assert "Ring til Sofie" in await (await mette.get("/")).text()
    assert (await jens.post(f"/promises/{row.id}/kept")).status == 404
    await mette.post(f"/promises/{row.id}/kept")
    await mette.post(f"/promises/{row.id}/kept")
    clock.move(minutes=11)
    assert "Ring til Sofie" not in await (await mette.get("/")).text()


async def test_a_press_beside_the_right_one_is_undone(mette, jens, cast, clock):
    """S46: for some minutes, where it was pressed; Sofie is not told that it was not done."""
    await mette.post(address(cast), data={"after": "call_back"})
    undo = 'action="/promises/1/open"'
    for pressed in ("missed", "kept"):
        answer = await mette.post(f"/promises/1/{pressed}", data={"meeting": cast.meeting})
        assert undo in await answer.text()  # back on the meeting's own list
        assert undo in await (await mette.get("/")).text()
        assert (await jens.post("/promises/1/open")).status == 404
        for _ in range(2):
            day = await (await mette.post("/promises/1/open")).text()
            assert 'action="/promises/1/kept"' in day
            assert undo not in day
    await mette.post("/promises/1/kept")
    clock.move(minutes=11)
    assert undo not in await (await mette.get("/")).text()


async def test_a_talk_without_the_parents_leaves_a_talk_with_them_to_do(mette, cast):
    """R14: with a written reason; no longer once they do know."""
    form = {"parents": "without", "parents-text": "Sofie bad om det"}
    await mette.post(address(cast), data=form)
    assert "Tal med forældrene" in await (await mette.get("/")).text()
    await mette.post(address(cast), data={"parents": "they_know"})
    assert "Tal med forældrene" not in await (await mette.get("/")).text()


async def test_a_promise_has_words_and_a_day_and_stands_until_it_is_kept(mette, jens, cast):
    """R15: open promises are what the caseworker typed, with their dates."""
    promises = f"/meetings/{cast.meeting}/promises"
    form = {"words": "Spørge skolen om en ny plads", "due": "2026-11-27"}
    wrong = await mette.post(promises, data=form | {"due": "i morgen"})
    assert wrong.status == 400
    assert "Spørge skolen" in await wrong.text()
    await mette.post(promises, data=form)
    await mette.post(promises, data=form)
    page = await (await mette.get(brief(cast))).text()
    assert page.count("Spørge skolen om en ny plads") == 1
    assert "Fredag den 27. november" in page
    assert (await jens.post(promises, data=form)).status == 404


async def test_the_emergency_card_names_the_place_or_says_it_is_not_known(mette, jens, cast):
    """R10: the address from the file; only whose meeting it is reads it."""
    card = {"emergency": "known", "address": "", "leader": "Bo", "leader_phone": "20 30 40 50"}
    wrong = await mette.post(address(cast), data=card)
    assert wrong.status == 400
    assert "Skriv, hvor Sofie er" in await wrong.text()
    await mette.post(address(cast), data=card | {"address": "Skovvej 4, 8000"})
    page = await (await mette.get(brief(cast))).text()
    assert 'value="Skovvej 4, 8000"' in page
    assert "Udfyldt" in page
    await mette.post(address(cast), data=card | {"emergency": "not_known", "address": "Skovvej 4"})
    assert "Skovvej" not in await (await mette.get(brief(cast))).text()


async def test_a_quarter_of_an_hour_afterwards_or_a_word_that_there_is_none(
    mette, cast, database, clock
):
    """R11: back to back is said before, not found out after."""
    page = await (await mette.get(brief(cast))).text()
    assert "Du har fri til" in page
    async with database.begin() as db:
        row = await db.get_one(Meeting, cast.other_meeting)
        row.account_id = cast.mette
        row.starts_at = clock.now() + timedelta(minutes=100)
    assert "Der er ingen tid bagefter" in await (await mette.get(brief(cast))).text()


async def test_both_dates_stand_beside_every_meeting(mette, jens, cast):
    """R13, § 156: and the online talk counts as none."""
    visits = f"/young-people/{cast.sofie}/visits"
    form = {"last_seen": "2026-11-03", "next_visit": "2026-12-10"}
    assert (await jens.post(visits, data=form)).status == 404
    assert (await mette.post(visits, data=form | {"next_visit": "snart"})).status == 400
    await mette.post(visits, data=form)
    page = await (await mette.get(brief(cast))).text()
    assert "I mødtes sidst fysisk tirsdag den 3. november" in page
    assert "Næste tilsynsbesøg er torsdag den 10. december" in page
    assert "tilsynsbesøg" in page.split("I mødtes sidst")[0]
