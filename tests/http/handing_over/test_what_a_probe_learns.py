"""What somebody at the home can learn with tools instead of a browser (P4, V14)."""

from server.domain.sharing import Choice
from tests import notes
from tests.notes import ON

PROBES = (
    {"If-None-Match": "*"},
    {"If-Modified-Since": "Wed, 25 Nov 2026 00:00:00 GMT"},
    {"Range": "bytes=0-20"},
    {"Accept-Encoding": "gzip"},
    {"Accept": "application/json"},
    {"Cookie": "guest=x; staff=y"},
)
TELLING = {"etag", "last-modified", "content-encoding", "vary", "age", "set-cookie"}


async def test_no_header_and_no_length_tells_what_was_kept_back(
    after_the_meeting, holms, database, clock
):
    """A note with an item kept back, and none at all: every probe is answered with the same bytes
    and headers as before, and nothing to compare a later visit by."""
    before = [await asked(holms, headers) for headers in PROBES]
    async with database.begin() as db:
        note = await notes.begin(db, after_the_meeting, clock.now(), database)
    item = await note.write(ON, clock.now())
    await note.choose(item, Choice.NOT_TO_HOME, clock.now(), in_call=True)
    await note.ready(clock.now())
    assert [await asked(holms, headers) for headers in PROBES] == before
    assert all(status == 200 and not TELLING & set(headers) for status, headers, _ in before)


async def asked(home, headers):
    answer = await home.get("/home", headers=headers)
    told = {n.lower(): value for n, value in answer.headers.items() if n != "Date"}
    return answer.status, told, await answer.read()
