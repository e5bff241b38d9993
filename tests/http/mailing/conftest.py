"""A house that writes to homes, and the mail server it does it through."""

import pytest

from server.http import background
from tests import notes
from tests.mails import PostOffice, free_port, kept, post_office, writing
from tests.notes import Note


@pytest.fixture
def settings(settings, monkeypatch):
    """A key of the test's own, so that numbers are the same in every house; and nothing is sent
    but where a test says so."""
    monkeypatch.setattr(background, "WAKES_EVERY", 3600.0)
    key = settings.data_dir / "keys" / "link.key"
    key.parent.mkdir()
    key.write_bytes(bytes(32))
    return writing(settings, free_port())


@pytest.fixture
def shut(settings):
    """Where the mail server is to be, and nobody answers yet."""
    return PostOffice(settings.mail_port)


@pytest.fixture
async def office(shut):
    async with post_office(shut) as opened:
        yield opened


@pytest.fixture
async def note(after_the_meeting, database, clock) -> Note:
    async with database.begin() as db:
        await kept(db, after_the_meeting.holms)
        return await notes.begin(db, after_the_meeting, clock.now(), database)


@pytest.fixture
def mette_then(as_kind, cast):
    """A browser opened when it is asked for: no session lasts a week."""

    async def make():
        return await as_kind(account=cast.mette)

    return make


@pytest.fixture
def holms_then(as_kind, cast):
    async def make():
        return await as_kind(placement=cast.holms)

    return make
