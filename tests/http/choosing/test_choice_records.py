"""A record of each choice, in the shape of ISO/IEC TS 27560: who it was about is a pseudonym, no
word is repeated, and told from the beginning it gives the choice as it stands (D11, D12)."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from server.domain import choice_record
from server.domain.choice_record import How
from server.domain.note import WordKind
from server.domain.sharing import Choice, ToldTo
from server.services import history
from server.store import notes as store
from server.store.note_tables import ChoiceMade
from server.store.tables import Trail
from tests import notes, schema
from tests.factories import store_admission
from tests.notes import ON, Note

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "choices.schema.json").read_text("utf-8"))
JONAS = "Du vil ikke have, at jeg siger noget om Jonas."
FILE = "/choosing/copy/choices"


@pytest.fixture
async def note(after_the_meeting, database, clock) -> Note:
    """Everything that can happen to a line has happened to one of these."""
    async with database.begin() as db:
        begun = await notes.begin(db, after_the_meeting, clock.now(), database)

    def later():
        clock.move(minutes=1)
        return clock.now()

    told = await begun.write(ON, later())
    await begun.choose(told, Choice.NOT_TO_HOME, later(), in_call=True)
    await begun.choose(told, Choice.OTHER_WORDS, later(), in_call=True, words="Sig det pænt.")
    await begun.reword(told, WordKind.HOME, "Døren må være lukket.", later())
    await begun.ready(later())
    await begun.choose(told, Choice.AS_WRITTEN, later(), in_call=False)
    await begun.ask_alone(told, later())
    kept = await begun.write(JONAS, later())
    await begun.choose_by_voice(kept, Choice.TELL_MYSELF, later())
    must = await begun.write("Du skal have din medicin.", later())
    await begun.must_pass_on(must, later())
    for to in ToldTo:
        await begun.tell(must, to, later())
    clock.moment = await notes.hour(database, begun.meeting)
    await notes.release_due(database, clock.now())
    clock.move(minutes=1)
    await begun.withdraw(told, clock.now())
    return begun


@pytest.fixture
async def reader(note, sofie, cast, database, clock):
    """Sofie on the device the host let in, which she called her own."""
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    return sofie


async def test_the_record_is_read_by_its_schema_and_says_when_how_and_after_which_text(
    note, reader, database
):
    """D11, D12: her number and her name stand nowhere, nor does a word of the note."""
    response = await reader.post(FILE)
    text = await response.text()
    told = json.loads(text)
    assert response.headers["Content-Disposition"] == 'attachment; filename="aftale.json"'
    assert schema.faults(told, SCHEMA, SCHEMA) == []
    first, second, must = told["records"]
    assert [one["step"] for one in first["events"]] == [
        "given", "changed", "expired", "changed", "confirmed", "handed_over", "changed",
        "withdrawn",
    ]  # fmt: skip
    assert [one["how"] for one in first["events"][:2]] == ["in_call", "in_call"]
    assert first["events"][0]["present"] == ["caseworker", "young_person"]
    assert first["events"][3]["present"] == []  # from anywhere: nobody knows who was there
    assert (first["state"], first["at_home"]) == ("stays", False)
    (said,) = second["events"]
    assert (said["step"], said["how"], said["choice"]) == ("given", "by_voice", "tell_myself")
    assert [one["step"] for one in must["events"]] == ["told", "phoned", "handed_over"]
    assert must["must_pass_on"]
    assert [one["present"] for one in must["events"]] == [
        ["caseworker", "young_person"], ["caseworker"], [],
    ]  # fmt: skip
    assert len({one["subject"] for one in told["records"]}) == 1
    for word in ("Sofie", ON, JONAS, "medicin", "Døren", "pænt"):
        assert word not in text, word


async def test_what_others_took_away_from_the_home_stands_in_it_as_theirs(
    note, reader, cast, clock
):
    """D11, P5: words that two hid were not taken back by the young person."""
    clock.move(minutes=1)
    await note.lock(clock.now())
    await note.hide(cast.jens, clock.now())
    await note.unlock(cast.jens, clock.now())
    told = json.loads(await (await reader.post(FILE)).text())
    assert schema.faults(told, SCHEMA, SCHEMA) == []
    *_, must = told["records"]
    steps = [(one["step"], one["how"]) for one in must["events"]]
    assert steps[-1] == ("taken_away", "by_adults")
    assert ("withdrawn", "outside_the_call") not in steps


async def test_told_from_the_beginning_it_gives_the_choice_as_it_stands(note, database, clock):
    """D11: replay of events = current state, also where a voice said yes to what was chosen."""
    asked = await note.write("Kaninen hedder Plet.", clock.now())
    clock.move(minutes=1)
    await note.choose(asked, Choice.AS_WRITTEN, clock.now(), in_call=False)
    clock.move(minutes=1)
    await note.ask_alone(asked, clock.now())
    async with database.read() as db:
        events = await history.of_note(db, note.meeting)
        for row in await store.items(db, note.meeting):
            record = choice_record.entries([one for one in events if one.item == row.id])
            assert choice_record.chosen(record) == store.facts(row).chosen, row.id


async def test_a_choice_names_the_text_that_was_read_in_which_language_and_for_which_age(
    reader, note, database, clock
):
    """D11: notice text version and language; another word of it is another version."""
    item = await note.write("Kaninen hedder Plet.", clock.now())
    revision = str((await note.shown(item)).revision)
    sent = {"revision": revision, "choice": "not_to_home"}
    assert (await reader.post(f"/choosing/{item}", data=sent)).status == 200
    async with database.read() as db:
        query = select(ChoiceMade.notice).where(ChoiceMade.item_id == item)
        (notice,) = (await db.scalars(query)).all()
    assert notice.startswith("da-13-")
    told = json.loads(await (await reader.post(FILE)).text())
    (event,) = told["records"][-1]["events"]
    assert (event["notice"], event["how"]) == (notice, How.OUTSIDE)


async def test_it_is_given_where_a_copy_is_and_nowhere_else(
    note, as_kind, cast, database, clock, reader
):
    """U8, C15: not by a bare link, to a bisidder, a home or a caseworker; not of a locked note."""
    bare = await as_kind(seat=cast.sofies_seat)
    assert (await bare.post(FILE)).status == 403
    for other in (
        await as_kind(seat=cast.ayas_seat),
        await as_kind(placement=cast.holms),
        await as_kind(account=cast.mette),
    ):
        answer = await other.post(FILE, allow_redirects=False)
        assert answer.status in (303, 404)
    await note.lock(clock.now())
    assert (await reader.post(FILE)).status == 403
    async with database.read() as db:
        assert (await db.scalars(select(Trail).where(Trail.deed == "own-choices"))).all() == []
