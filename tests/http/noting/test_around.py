"""What the note's page says about its talk."""

from datetime import timedelta

from server.domain.during import Ask, Kind
from server.domain.roles import Role
from server.store.during_tables import MarkRow
from server.store.tables import Reply
from tests.factories import store_admission, store_brought


async def test_the_note_says_what_happened_around_the_talk(cast, mette, jens, database, clock):
    """S29, D10, D13: an interruption with its times and what was heard, the lock, the incident."""
    path = f"/meetings/{cast.meeting}/note"
    before = await (await mette.get(path)).text()
    assert "blev afbrudt" not in before
    assert "skal låses" not in before
    made = {"meeting_id": cast.meeting, "seat_id": cast.mettes_seat, "at": clock.now()}
    async with database.begin() as db:
        db.add(MarkRow(kind=Kind.LOCK, **made))
        db.add(MarkRow(kind=Kind.OTHERS_OUT, **made))
        until = clock.now() + timedelta(minutes=3)
        db.add(MarkRow(kind=Kind.AWAY, ended_at=until, answer="nobody", **made))
        db.add(MarkRow(kind=Kind.AWAY, ended_at=until, answer="somebody", **made))
        db.add(MarkRow(kind=Kind.AWAY, **made))
    page = await (await mette.get(path)).text()
    for words in (
        "Noten skal låses", "Intet går til hjemmet", "Mødet blev afsluttet for alle andre",
        "Kl. 13.00 til 13.03. Ingen hørte noget.", "Nogen kan have hørt lidt.",
        "Du var ikke tilbage igen.",
    ):  # fmt: skip
        assert words in page
    assert (await jens.get(path)).status == 404


async def test_the_note_lists_the_aids_that_were_asked_for_and_used(
    cast, mette, sofie, as_kind, database, clock
):
    """S9: what makes it easier for her, and what was used; of a copy of the link nothing counts."""
    path = f"/meetings/{cast.meeting}/note"
    await as_kind(seat=cast.sofies_seat)
    async with database.begin() as db:
        leyla = await store_brought(db, cast.meeting, Role.INTERPRETER, clock.now())
        session = await store_admission(db, cast.sofies_seat, clock.now())
        made = {"seat_id": cast.sofies_seat, "at": clock.now()}
        picked = {"question": "easier", "answer": "larger_text pauses"}
        db.add(Reply(session_id=session, **picked, **made))
        made |= {"meeting_id": cast.meeting}
        db.add(MarkRow(kind=Kind.CARD, value="hard", **made))
        db.add(MarkRow(kind=Kind.ASK, value=Ask.YES_NO, **made))
    await sofie.post("/arriving/answers", data={"question": "easier", "pick-drawing": "yes"})
    page = await (await mette.get(path)).text()
    assert "Det gør det lettere for Sofie: større skrift, pauser." in page
    used = (
        "Det blev brugt i mødet: {}større skrift, spørgsmål, man kan svare ja eller nej til, kort"
    )
    assert used.format("") in page
    await as_kind(seat=leyla)
    async with database.begin() as db:
        await store_admission(db, leyla, clock.now())
    assert used.format("tolk, ") in await (await mette.get(path)).text()
