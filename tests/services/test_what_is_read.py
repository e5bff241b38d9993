"""What is read with every change of a talk is no more than it needs."""

import pytest
from sqlalchemy import inspect, update

from server.services import room
from server.store import accounts, seats
from server.store.tables import Account
from tests.conftest import NOON


@pytest.fixture
async def db(database, cast):
    async with database.begin() as db:
        yield db


async def test_a_meeting_is_read_without_the_caseworkers_photograph(db, cast):
    """It weighs a third of a megabyte; whether there is one is known all the same."""
    row = await seats.meeting(db, cast.meeting)
    assert "photo" in inspect(row.account).unloaded
    assert room.of(row, NOON).has_photo is False
    await db.execute(update(Account).where(Account.id == cast.mette).values(photo=b"picture"))
    row = await seats.meeting(db, cast.meeting)
    assert "photo" in inspect(row.account).unloaded
    assert room.of(row, NOON).has_photo is True
    assert await accounts.photo(db, cast.mette) == b"picture"
    assert await accounts.photo(db, cast.jens) is None
