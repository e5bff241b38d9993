"""What the note's page says about its talk."""

from datetime import timedelta

from server.domain.during import Kind
from server.store.during_tables import MarkRow


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
