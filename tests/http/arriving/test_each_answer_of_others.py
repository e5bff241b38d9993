"""Each answer of whoever is invited, and of the caseworker, as the young person's in
test_each_answer.py: what they read, where their gate is, and how long it is kept."""

from datetime import timedelta

import pytest

from server.domain import forgetting, questions
from server.domain.ages import Band
from server.domain.roles import Role
from server.services import room
from tests.factories import store_brought
from tests.http.arriving.test_each_answer import READY, SHUT, every_answer, send
from tests.lines import FINE, store_answers

# question, answer, words on their own page, the gate
BISIDDERS = [
    ("secrecy", "understood", "Mette kan se, at du har svaret", READY),
    ("secrecy", "under_15", "En bisidder skal være fyldt 15 år", SHUT),
    ("guest_room", "alone", "Sluk det, der lytter eller optager", READY),
    ("guest_room", "beside", "der lytter eller optager, hvor I sidder", READY),
    ("guest_room", "not_alone", "Find et sted, hvor du er alene", SHUT),
    ("time_alone", "yes", "Så kan I begynde", READY),
    ("time_alone", "not_yet", "Mette går ud imens", READY),
    ("our_list", "written", "Mette kan ikke se den", READY),
    ("our_list", "later", "når I er i samtalen", READY),
    ("on_side", "no", "du her kun for", READY),
    ("on_side", "yes", "altid muligt at få en anden bisidder", READY),
    ("our_sign", "written", "Tegnet står på jeres liste", READY),
    ("our_sign", "later", "Pause sammen", READY),
    ("in_touch", "after_room", "15 minutter efter mødet", READY),
    ("in_touch", "by_phone", "Aftal det med", READY),
    ("in_touch", "we_find_out", "Der kan I finde ud af det", READY),
]
INTERPRETERS = [
    ("interpreter_secrecy", "understood", "Mette kan se, at du har svaret", READY),
    ("interpreter_secrecy", "call_first", "Ring til Mette", SHUT),
    ("acquainted", "no", "Mette kan se, at du har svaret", READY),
    ("acquainted", "unsure", "Mette spørger dig ved døren", READY),
    ("acquainted", "yes", "rummet åbner ikke for dig imens", SHUT),
    ("dialect", "sure", "Mette kan se, at du har svaret", READY),
    ("dialect", "try_first", "tale lidt sammen, før mødet", READY),
    ("guest_room", "alone", "Alle kan se, at du er alene", READY),
    ("guest_room", "not_alone", "Find et sted, hvor du er alene", SHUT),
]
COLLEAGUES = [
    ("professional_secrecy", "understood", "Mette kan se, at du har svaret", READY),
    ("professional_secrecy", "call_first", "Ring til Mette", SHUT),
    *(row for row in INTERPRETERS if row[0] in ("acquainted", "guest_room")),
]
INVITED = {
    Role.BISIDDER: BISIDDERS,
    Role.INTERPRETER: INTERPRETERS,
    Role.SECOND_PROFESSIONAL: COLLEAGUES,
}


@pytest.mark.parametrize("role", INVITED)
async def test_each_answer_of_somebody_invited_moves_their_own_gate(
    aya, as_kind, database, cast, clock, role
):
    """Must show 1, C3: secrecy, age and a place of one's own before the door; kept for a week."""
    rows = INVITED[role]
    asked = questions.asked(role, Band.ADULT)
    assert {(question, answer) for question, answer, *_ in rows} == every_answer(*asked)
    assert {forgetting.KEPT[one.id] for one in asked} == {timedelta(days=7)}
    seat, browser = cast.ayas_seat, aya
    if role != Role.BISIDDER:
        async with database.begin() as db:
            seat = await store_brought(db, cast.meeting, role, clock.now())
        browser = await as_kind(seat=seat)
    async with database.begin() as db:
        await store_answers(db, seat, clock)
    for question, answer, seen, gate in rows:
        clock.move(seconds=2)
        named = f"{question} {answer}"
        assert await send(browser, {"question": question, "answer": answer}) == 303, named
        page = await (await browser.get(f"/arriving/effects/{question}")).text()
        assert "Sådan er det nu:" in page, named
        assert seen in page, named
        async with database.read() as db:
            me = (await room.snapshot(db, cast.meeting, clock.now())).anybody(seat)
        assert me is not None, named
        assert me.gate(me.replies[-1].session) == gate, named
        clock.move(seconds=2)
        await send(browser, {"question": question, "answer": FINE[question]})


# question, answer, words beside it on the caseworker's own list, the gate
CASEWORKERS = [
    ("read", "read", "Læst", READY),
    ("purpose", "fits", "Ja", READY),
    ("purpose", "in_person", "Rummet åbner ikke. Flyt mødet", SHUT),
    ("purpose", "anyway", "Ja, med grund", READY),
    ("told", "yes", "Ja", READY),
    ("told", "not_yet", "Send linket, eller ring til Sofie først", SHUT),
    ("told", "with_reason", "Nej, med grund", READY),
    ("right", "told", "Fortalt", READY),
    ("right", "not_told", "Kortet står nu på Sofies side", READY),
    ("room", "alone", "Alene", READY),
    ("room", "with_one", "Sammen med en", READY),
    ("room", "open_office", "Rummet åbner, når du sidder alene", SHUT),
    ("fallback", "caseworker_calls", "Du ringer", READY),
    ("fallback", "young_person_calls", "Du bliver ringet op", READY),
    ("after", "someone", "Der er en", READY),
    ("after", "call_back", "Opkaldet står på din liste", READY),
    ("after", "move", "før I ved, hvem der er hos Sofie", SHUT),
    ("emergency", "known", "Udfyldt", READY),
    ("emergency", "not_known", "Sted ikke kendt", READY),
    ("interpreter", "not_needed", "Ikke nødvendig", READY),
    ("interpreter", "invited", "Inviteret", READY),
    ("interpreter", "missing", "når der er en tolk, Sofie har sagt ja til", SHUT),
    ("focus", "ready", "Gjort", READY),
    ("mirror", "looked", "Set", READY),
    ("parents", "they_know", "Ved det", READY),
    ("parents", "without", "står på din liste bagefter", READY),
]


async def test_each_answer_of_the_caseworkers_changes_their_own_list(mette, database, cast, clock):
    """Must show 1, S24, S25, R1-R14: its state and what follows stand beside it; it stays with the
    meeting as part of the record (tests/services/test_forgetting.py)."""
    host = Role.CASEWORKER
    asked = (*questions.asked(host, Band.ADULT), *questions.more(host, Band.ADULT))
    assert {(question, answer) for question, answer, *_ in CASEWORKERS} == every_answer(*asked)
    async with database.begin() as db:
        await store_brought(db, cast.meeting, Role.INTERPRETER, clock.now())
        await store_answers(db, cast.mettes_seat, clock, account=cast.mette)
    for question, answer, told, gate in CASEWORKERS:
        clock.move(seconds=2)
        named = f"{question} {answer}"
        form = {question: answer, f"{question}-text": "mine ord"}
        if answer == "known":
            form |= {"address": "Skovvej 4"}
        wrote = await mette.post(f"/meetings/{cast.meeting}/answers", data=form)
        page = await wrote.text()
        assert wrote.status == 200, named
        assert told in page, named
        async with database.read() as db:
            me = (await room.snapshot(db, cast.meeting, clock.now())).host
        assert me.gate(me.replies[-1].session) == gate, named
        if gate != READY:
            clock.move(seconds=2)
            fine = (FINE | {"interpreter": "not_needed"})[question]
            form = {question: fine, f"{question}-text": "mine ord"}
            await mette.post(f"/meetings/{cast.meeting}/answers", data=form)
