"""A locked note is opened by two: whose it is, and a colleague with a code (domain pack 5.6)."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from server.domain.during import Kind
from server.domain.roles import AccountId, Caseworker, FosterHome, SessionId
from server.domain.sharing import Choice
from server.services import handing_over, seconding
from server.store import marks
from server.store.during_tables import MarkRow
from server.store.tables import Trail
from tests import notes
from tests.notes import ON


@pytest.fixture
async def locked(cast, database, clock) -> str:
    """The address at which Mette's note is opened."""
    async with database.begin() as db:
        db.add(
            MarkRow(
                meeting_id=cast.meeting, seat_id=cast.mettes_seat, kind=Kind.LOCK, at=clock.now()
            )
        )  # fmt: skip
    return f"/meetings/{cast.meeting}/note/unlocked"


async def is_locked(database, cast) -> bool:
    async with database.read() as db:
        return await marks.is_locked(db, cast.meeting)


async def code_of(browser) -> str:
    page = await (await browser.post("/account/unlocking")).text()
    (digits,) = re.findall(r'said-code__digits">([\d ]+)<', page)
    return digits


async def types(browser, address: str, code: str):
    return await browser.post(address, data={"code": code}, allow_redirects=False)


async def test_a_colleagues_code_opens_it_in_both_names(locked, mette, jens, database, cast):
    """D10: and the colleague has seen nothing of the case."""
    assert "Kollegaens kode" in await (await mette.get(locked.removesuffix("/unlocked"))).text()
    code = await code_of(jens)
    assert (await types(mette, locked, code)).status == 303
    assert not await is_locked(database, cast)
    async with database.read() as db:
        rows = await db.scalars(
            select(Trail).where(Trail.deed.in_(["unlock-note", "second-to-unlock"]))
        )
        told = {(row.deed, row.who) for row in rows}
    assert told == {
        ("unlock-note", f"account:{cast.mette}"), ("second-to-unlock", f"account:{cast.jens}"),
    }  # fmt: skip


async def test_ones_own_code_an_old_one_and_a_wrong_one_open_nothing(
    locked, mette, jens, database, cast, clock
):
    """Alone it cannot be done, and all that is wrong has one answer."""
    own, first, second = await code_of(mette), await code_of(jens), await code_of(jens)
    for wrong in (own, first, "000000", "", "x" * 500):
        answer = await types(mette, locked, wrong)
        assert answer.status == 400
        assert "Den kode passer ikke" in await answer.text()
    clock.move(minutes=10)
    assert (await types(mette, locked, second)).status == 400
    assert await is_locked(database, cast)


async def test_whoever_stood_beside_reads_what_their_code_was_used_for(
    locked, mette, jens, database, cast, clock
):
    """C11, D10: the day and the step, and nothing of the case; nobody else reads it."""
    used = "Det er din kode brugt til"
    assert used not in await (await jens.get("/account")).text()
    assert (await types(mette, locked, await code_of(jens))).status == 303
    page = await (await jens.get("/account")).text()
    assert used in page
    assert "En låst note blev åbnet." in page
    assert "Sofie" not in page
    assert used not in await (await mette.get("/account")).text()
    colleague = Caseworker(AccountId(cast.jens), SessionId(1), "Jens")
    async with database.read() as db:
        for days, lines in (90, 1), (91, 0):
            now = clock.now() + timedelta(days=days)
            assert len(await seconding.stood(db, colleague, now=now)) == lines


async def test_a_code_works_once(locked, mette, jens, database, cast, clock):
    code = await code_of(jens)
    assert (await types(mette, locked, code)).status == 303
    assert (await types(mette, locked, code)).status == 400


async def test_a_colleague_opens_nothing_that_is_not_theirs(
    locked, mette, jens, sofie, holms, stranger, database, cast
):
    """V8.2.2: with a good code in the hand."""
    code = await code_of(mette)
    assert (await types(jens, locked, code)).status == 404
    for nobody in (sofie, holms, stranger):
        answer = await types(nobody, locked, code)
        assert (answer.status, answer.headers["Location"]) == (303, "/signing-in")
        answer = await nobody.post("/account/unlocking", allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, "/signing-in")
    assert (await mette.get(locked)).status == 405
    assert await is_locked(database, cast)


async def test_guessing_has_an_end(locked, mette, jens, database, cast):
    for _ in range(20):
        assert (await types(mette, locked, "123")).status == 400
    code = await code_of(jens)
    answer = await types(mette, locked, code)
    assert (answer.status, answer.headers["Retry-After"]) == (429, "45")
    assert await is_locked(database, cast)


async def at_home(database, cast, now) -> tuple[str, ...]:
    async with database.read() as db:
        return (await handing_over.show(db, FosterHome(cast.holms), now=now)).words


async def test_what_the_home_has_is_hidden_by_two_and_only_while_it_is_locked(
    after_the_meeting, mette, jens, holms, sofie, cast, database, clock
):
    """Domain pack 5.6: a lock leaves it, since taking it away would tell; this is another deed."""
    async with database.begin() as db:
        note = await notes.begin(db, cast, clock.now(), database)
    item = await note.write(ON, clock.now())
    await note.choose(item, Choice.AS_WRITTEN, clock.now(), in_call=True)
    await note.ready(clock.now())
    await notes.release_due(database, await notes.hour(database, note.meeting))
    page, path = f"/meetings/{cast.meeting}/note", f"/meetings/{cast.meeting}/note/hidden"
    assert ON in await at_home(database, cast, clock.now())

    refused = await mette.post(path, data={"code": await code_of(jens)})
    assert refused.status == 409
    await note.lock(clock.now())
    assert "Skjul det" in await (await mette.get(page)).text()
    for code in ("", "000000", await code_of(mette)):
        answer = await mette.post(path, data={"code": code})
        assert answer.status == 400
        assert "Den kode passer ikke" in await answer.text()
    assert ON in await at_home(database, cast, clock.now())
    code = await code_of(jens)
    assert (await jens.post(path, data={"code": await code_of(mette)})).status == 404
    for nobody in (sofie, holms):
        assert (await types(nobody, path, code)).headers["Location"] == "/signing-in"
    assert (await types(mette, path, code)).status == 303
    assert ON not in await at_home(database, cast, clock.now())
    assert "Skjul det" not in await (await mette.get(page)).text()


async def test_it_is_locked_on_its_page_as_well_by_one_alone_and_at_once(
    mette, jens, holms, cast, database
):
    """P4, domain pack 5.6: also when the talk is long over. The home's page stays as it was."""
    address = f"/meetings/{cast.meeting}/note/locked"
    before = await (await holms.get("/home")).read()
    assert (await jens.post(address, allow_redirects=False)).status == 404
    assert not await is_locked(database, cast)
    assert "Lås noten nu" in await (await mette.get(f"/meetings/{cast.meeting}/note")).text()
    for _ in range(2):
        assert (await mette.post(address, allow_redirects=False)).status == 303
    async with database.read() as db:
        found = (await db.scalars(select(MarkRow).where(MarkRow.kind == Kind.LOCK))).all()
        (told,) = (await db.scalars(select(Trail).where(Trail.deed == "mark-note-locked"))).all()
    assert [row.ended_at for row in found] == [None]
    assert told.who == f"account:{cast.mette}"
    page = await (await mette.get(f"/meetings/{cast.meeting}/note")).text()
    assert "Intet går til hjemmet" in page
    assert "Lås noten nu" not in page
    assert await (await holms.get("/home")).read() == before


async def test_no_line_of_a_locked_note_is_said_to_go_to_the_home(
    after_the_meeting, mette, cast, database, clock
):
    """D10, P5: nothing goes while it is locked, and beside each line nothing else is said."""
    async with database.begin() as db:
        note = await notes.begin(db, cast, clock.now(), database)
    item = await note.write(ON, clock.now())
    await note.choose(item, Choice.AS_WRITTEN, clock.now(), in_call=True)
    page, goes = f"/meetings/{cast.meeting}/note", "får det at vide på det faste tidspunkt"
    assert goes in await (await mette.get(page)).text()
    await note.lock(clock.now())
    shown = await (await mette.get(page)).text()
    assert goes not in shown
    assert "Noten er låst. Lene og Karl får det ikke at vide" in shown
