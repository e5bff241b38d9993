"""The mark of one's own device opens the note on that device, while it is one's own (U8)."""

import pytest
from sqlalchemy import select

from server.services import sessions
from server.store.tables import Visit
from tests.factories import store_admission
from tests.http.arriving.test_answers import say


async def mark(database, session: int, name: str) -> None:
    """A browser was given its mark when it was let in."""
    async with database.begin() as db:
        visit = (await db.scalars(select(Visit).where(Visit.session_id == session))).one()
        visit.device = sessions.digest(name)


@pytest.fixture
async def phone(note, database) -> str:
    """Sofie's own, let in and marked."""
    await mark(database, note.sofie.session, "phone")
    return "phone"


async def test_a_mark_opens_nothing_by_another_devices_being_ones_own(
    phone, cast, database, clock, as_kind
):
    """A tablet that was called borrowed after it had its mark; she went on on her phone."""
    tablet = await as_kind(seat=cast.sofies_seat)
    async with database.begin() as db:
        session = await store_admission(db, cast.sofies_seat, clock.now(), device="borrowed")
    await mark(database, session, "tablet")
    assert (await tablet.get("/choosing/1")).status == 403
    again = await as_kind(seat=cast.sofies_seat, device="tablet")
    assert (await again.get("/choosing/1")).status == 403
    own = await as_kind(seat=cast.sofies_seat, device=phone)
    assert (await own.get("/choosing/1")).status == 200


@pytest.mark.parametrize("answer", ["borrowed", "others_read", "unsure"])
async def test_a_phone_that_is_hers_no_more_is_forgotten(phone, answer, cast, as_kind, database):
    """Said on a later day, in a session of that day: the next one there finds nothing either."""
    lent = await as_kind(seat=cast.sofies_seat, device=phone)
    assert (await lent.get("/choosing/1")).status == 200
    assert (await say(lent, "device", answer)).status == 303
    assert (await lent.get("/choosing/1")).status == 403
    later = await as_kind(seat=cast.sofies_seat, device=phone)
    assert (await later.get("/choosing/1")).status == 403
    await say(later, "device", "own")
    assert (await later.get("/choosing/1")).status == 403
    async with database.read() as db:
        assert (await db.scalars(select(Visit.device))).all() == [None]
