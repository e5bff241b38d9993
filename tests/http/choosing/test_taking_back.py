"""To take words back is as easy as to give them (C10)."""

import re

from server.domain.sharing import Choice
from tests import notes
from tests.factories import store_admission

PRESSED = re.compile(r'<form[^>]*action="(/choosing/1(?:/withdrawal)?)"')


async def test_taking_back_is_as_few_presses_as_giving(note, clock, database, as_kind, cast):
    """C10: from the page with all her choices: to give is a way, a choice and a press; to take back
    is a way and a press."""

    async def opened(path):
        sofie = await as_kind(seat=cast.sofies_seat)
        async with database.begin() as db:
            await store_admission(db, cast.sofies_seat, clock.now())
        return await (await sofie.get(path)).text()

    given = 1 + 1 + 1  # the way to the line, one of five, and "Gem valg"
    assert 'href="/choosing/1"' in await opened("/choosing/preview")
    assert PRESSED.findall(await opened("/choosing/1")) == ["/choosing/1"]
    await note.choose(1, Choice.AS_WRITTEN, clock.now(), in_call=True)
    clock.moment = await notes.hour(database, note.meeting)
    await notes.release_due(database, clock.now())
    taken = 1 + 1  # the way there, and "Tag det tilbage"
    for page in ("/choosing/preview", "/choosing/1", "/choosing/receipts"):
        assert 'href="/choosing/1/withdrawal"' in await opened(page), page
    page = await opened("/choosing/1/withdrawal")
    assert PRESSED.findall(page) == ["/choosing/1/withdrawal"]
    assert "<input" not in page.partition("<form")[2].partition("</form>")[0]
    assert taken <= given
