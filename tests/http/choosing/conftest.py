"""Mette's note, ready to be read, and Sofie on the device the host let in.

A file that needs another note has a fixture of that name; `reader` then opens that one.
"""

import pytest

from tests import notes
from tests.conftest import Browser
from tests.factories import store_admission
from tests.notes import ON, Note


@pytest.fixture
async def note(after_the_meeting, database, clock) -> Note:
    """One line, ready."""
    async with database.begin() as db:
        begun = await notes.begin(db, after_the_meeting, clock.now(), database)
    await begun.write(ON, clock.now())
    await begun.ready(clock.now())
    return begun


@pytest.fixture
async def reader(note, sofie, cast, database, clock) -> Browser:
    """Sofie on the device the host let in, which she called her own."""
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    return sofie
