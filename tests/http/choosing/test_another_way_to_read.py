"""The neutral button while the note is read, when the meeting cannot be changed any more."""

import pytest

from tests.factories import store_admission


@pytest.fixture
async def later(note, as_kind, cast, database, clock):
    """Sofie on her own device, hours after the meeting."""
    clock.move(hours=3)
    sofie = await as_kind(seat=cast.sofies_seat)
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    return sofie


async def test_it_offers_another_way_to_read_and_nothing_that_would_be_refused(later):
    """P3, P12: no button of a meeting that is over, a person to ring, and the way back."""
    page = await (await later.get("/arriving/another-way")).text()
    assert "Mette kan læse noten op i telefonen." in page
    assert "Du skal ikke sige hvorfor." in page
    assert 'name="answer"' not in page
    assert "12 34 56 78" in page
    assert '<a class="text-action" href="/arriving">' in page


async def test_of_a_note_nobody_else_is_told(note, as_kind, cast, clock):
    """P4: on a copy of the link it is the same whether or not there is a note."""
    clock.move(hours=3)
    copy = await as_kind(seat=cast.sofies_seat)
    page = await (await copy.get("/arriving/another-way")).text()
    assert "noten" not in page
    assert "12 34 56 78" in page
