"""The third block of the home's page: agreements where the task is the home's, with the day of
each, and which of them it cannot keep (domain pack 5.7)."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from server.domain import sections
from server.domain.sharing import Choice
from server.services import choosing, noting
from server.services.noting import Entry
from server.store.note_tables import HomeAnswer
from server.store.tables import ToldTime
from tests import notes
from tests.conftest import Browser
from tests.factories import store_admission
from tests.notes import ZONE, Note

DOOR = "Døren må være lukket efter kl. 21."
SCHOOL = "Mette ringer til skolen."
NOT_YOURS = "Karl kører til svømning."


@pytest.mark.parametrize(
    ("owner", "is_theirs"),
    [
        ("Lene og Karl", True), ("karl", True), ("Hjemmet", True), ("Lene & Karl", True),
        ("Mette", False), ("Sofie", False), ("Lene og Mette", False), ("og", False),
    ],
)  # fmt: skip
def test_a_task_is_the_homes_by_the_name_it_goes_by(owner: str, *, is_theirs: bool) -> None:
    assert sections.is_homes(owner, "Lene og Karl") is is_theirs


@pytest.fixture
async def note(after_the_meeting, database, clock) -> Note:
    """Three agreements, two of them the home's; one of those is not to be told."""
    now = clock.now()
    async with database.begin() as db:
        begun = await notes.begin(db, after_the_meeting, now, database)
    for text, owner in ((DOOR, "Lene og Karl"), (SCHOOL, "Mette"), (NOT_YOURS, "Karl")):
        entry = Entry(ZONE, "agreed", owner=owner, due=date(2026, 11, 27))
        async with database.begin() as db:
            item = await noting.write(db, begun.mette, begun.meeting, text, now=now, entry=entry)
        yes = text != NOT_YOURS
        choice = Choice.AS_WRITTEN if yes else Choice.NOT_TO_HOME
        await begun.choose(item, choice, now, in_call=True)
    await begun.ready(now)
    return begun


async def at_the_hour(note: Note, clock) -> None:
    clock.moment = await notes.hour(note.database, note.meeting)
    await notes.release_due(note.database, clock.now())


def block(page: str, title: str) -> str:
    """What stands under one heading."""
    return page.split(f"<h2>{title}</h2>")[1].split("<h2>")[0]


TASKS, WORDS = "Aftaler, hvor I har en opgave", "Det, Sofie gerne vil have, at I ved"


async def test_what_was_agreed_with_the_home_stands_among_its_tasks_with_the_day(
    note, clock, as_kind, cast
):
    """P4: only what was chosen, and each thing in one place."""
    await at_the_hour(note, clock)
    holms = await as_kind(placement=cast.holms)
    page = await (await holms.get("/home")).text()
    assert "Fredag <b>27. nov." in block(page, TASKS)
    assert DOOR in block(page, TASKS)
    assert SCHOOL in block(page, WORDS)
    assert page.count(DOOR) == page.count(SCHOOL) == 1
    assert NOT_YOURS not in page
    assert "Vi kan ikke holde aftalen" in page  # also where no time was told


async def test_the_preview_is_drawn_from_the_same_block(
    note, clock, sofie, database, cast, as_kind
):
    """C9, S45: what she sees beforehand is what stands there, in the same letters."""
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    preview = await (await sofie.get("/choosing/preview")).text()
    await at_the_hour(note, clock)
    holms = await as_kind(placement=cast.holms)
    page = await (await holms.get("/home")).text()
    (row,) = [line for line in preview.splitlines() if 'class="dated"' in line]
    assert DOOR in row
    assert row in page
    async with database.read() as db:  # and afterwards it stands there once, not twice
        who = await choosing.reader(db, note.sofie, in_call=False, now=clock.now())
        assert [words for _, words in (await choosing.preview(db, who)).tasks] == [DOOR]


async def test_taken_back_it_is_no_task_any_more(note, clock, as_kind, cast):
    await at_the_hour(note, clock)
    await note.withdraw(1, clock.now())
    holms = await as_kind(placement=cast.holms)
    assert DOOR not in await (await holms.get("/home")).text()


@pytest.fixture
async def holms_later(note, clock, as_kind, cast, database) -> Browser:
    """At the home, when the words are there and it was told of another talk."""
    await at_the_hour(note, clock)
    async with database.begin() as db:
        starts = clock.now() + timedelta(days=7)
        row = {"starts_at": starts, "minutes": 30, "told_at": clock.now()}
        db.add(ToldTime(placement_id=cast.holms, meeting_id=cast.meeting, **row))
    found: Browser = await as_kind(placement=cast.holms)
    return found


TYPED = "Karl er bortrejst."


async def test_the_home_says_which_agreement_it_cannot_keep_and_both_read_which(
    holms_later, note, mette, sofie, database, cast, clock
):
    """5.7, S45: "we cannot do this agreement because ...", in the words the home reads it in."""
    page = await (await holms_later.get("/home/cannot")).text()
    agreements = re.findall(r'name="about" value="([^"]*)"', page)
    assert agreements[0] == f"Fredag den 27. november: {DOOR}"
    assert len(agreements) == 2
    assert "checked" not in page
    sent = {"kind": "cannot", "text": TYPED, "about": agreements[0]}
    assert (await holms_later.post("/home/answers", data=sent)).status == 200
    read = await (await mette.get(f"/meetings/{cast.meeting}/note")).text()
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    hers = await (await sofie.get("/choosing/answers")).text()
    for text in (read, hers):
        assert agreements[0] in text
        assert TYPED in text


@pytest.mark.parametrize("about", ["", "Fredag den 27. november: noget helt andet"])
async def test_without_saying_which_it_is_asked_and_what_was_typed_stays(
    about, holms_later, database
):
    sent = {"kind": "cannot", "text": TYPED, "about": about}
    answer = await holms_later.post("/home/answers", data=sent)
    page = await answer.text()
    assert answer.status == 400
    assert "Vælg, hvilken aftale det er." in page
    assert TYPED in page
    async with database.read() as db:
        assert (await db.scalars(select(HomeAnswer))).all() == []
