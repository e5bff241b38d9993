"""What pages ask of the database, counted: nothing twice, and within a budget.

Times belong to `python3 run.py bench web`; a number of statements is the same on every machine. In
November 2026 they were 11 to 14 for a young person's page and 13 to 32 for a caseworker's.
"""

import pytest

from server import keys
from server.domain.roles import Role
from server.http import background
from server.store.during_tables import MarkRow
from server.store.note_tables import Chat
from server.store.tables import Visit
from tests.asked import asked
from tests.factories import store_admission, store_brought, store_meeting
from tests.lines import store_answers
from tests.notes import ON, begin

GUESTS = {
    "/arriving": 17,
    "/arriving/next": 14,
    "/arriving/questions/way": 13,
    "/arriving/another-way": 13,
    "/arriving/ready": 15,
    "/arriving/agreed": 16,
    "/calling": 15,
}
HOSTS = {
    "/": 22,
    "/meetings/{}": 16,
    "/meetings/{}/brief": 20,
    "/meetings/{}/note": 36,
    "/calling/{}": 36,
}
STAFFS = (*HOSTS, "/account", "/young-people", "/incidents", "/pass-on")
HOMES = ("/home", "/home/before")
# What may be read from end to end, since it stays short.
SHORT = (
    "SCAN CONSTANT ROW", "SCAN (", "SCAN accounts", "SCAN pass_on", "SCAN codes", "SCAN team_lines",
    "SCAN visits USING INDEX ix_visits_seat_id_not_ended",
)  # fmt: skip


@pytest.fixture
def at_the_hour(cast, clock):
    """Before any browser: a session does not last until then."""
    clock.move(hours=1)
    return cast


@pytest.fixture
async def in_the_talk(app, at_the_hour, clock, mette, sofie, aya):
    """Mette, Sofie and Aya have answered and are in the talk, on these browsers."""
    cast = at_the_hour
    async with app[keys.DATABASE].begin() as db:
        session = await store_answers(db, cast.mettes_seat, clock, cast.mette)
        now = clock.now()
        db.add(Visit(seat_id=cast.mettes_seat, session_id=session, knocked_at=now, admitted_at=now))
        for seat in (cast.sofies_seat, cast.ayas_seat):
            await store_answers(db, seat, clock)
            await store_admission(db, seat, now)
    return cast


async def heard(database, browser, path, **options):
    with asked(database) as found:
        answer = await browser.get(path, allow_redirects=False, **options)
        assert answer.status in (200, 303), (path, answer.status)
        await answer.read()
    assert not found.twice, f"{path} asks twice:\n" + "\n".join(found.twice)
    return found


@pytest.mark.parametrize(("path", "most"), GUESTS.items())
async def test_a_young_persons_page_asks_little(in_the_talk, database, sofie, path, most):
    """Design 6: pages go on while fifty meetings do."""
    assert 0 < len(await heard(database, sofie, path)) <= most


@pytest.mark.parametrize(("path", "most"), HOSTS.items())
async def test_a_caseworkers_page_asks_little(in_the_talk, database, mette, path, most):
    """Design 6: pages go on while fifty meetings do."""
    assert 0 < len(await heard(database, mette, path.format(in_the_talk.meeting))) <= most


@pytest.mark.parametrize("path", HOSTS)
async def test_more_of_everything_asks_no_more(
    in_the_talk, database, clock, mette, path
):  # more people, lines, words, marks and meetings
    cast, now = in_the_talk, clock.now()
    await begun(database, cast, clock, lines=1)
    path = path.format(cast.meeting)
    before = len(await heard(database, mette, path))
    async with database.begin() as db:
        for role in (Role.INTERPRETER, Role.SECOND_PROFESSIONAL):
            await store_brought(db, cast.meeting, role, now)
        for number in range(3):
            db.add(
                Chat(
                    meeting_id=cast.meeting, seat_id=cast.sofies_seat, ref=f"r{number}",
                    text="Hej", at=now,
                )
            )  # fmt: skip
            db.add(
                MarkRow(
                    meeting_id=cast.meeting, seat_id=cast.mettes_seat, kind="said", value="", at=now
                )
            )
            await store_meeting(db, now, cast.mette, cast.sofie, cast.holms)
    await begun(database, cast, clock, lines=4)
    assert len(await heard(database, mette, path)) == before


async def test_no_page_reads_a_whole_table(in_the_talk, database, clock, mette, sofie, holms):
    """Design 6: after years of meetings a page takes as long as on the first day."""
    await begun(database, in_the_talk, clock, lines=1)
    with asked(database) as found:
        for browser, paths in ((mette, STAFFS), (sofie, tuple(GUESTS)), (holms, HOMES)):
            for path in paths:
                answer = await browser.get(path.format(in_the_talk.meeting), allow_redirects=False)
                assert answer.status in (200, 303), path
    assert whole(await found.plans(database)) == []


async def test_nothing_the_server_does_by_itself_reads_a_whole_table(in_the_talk, app, database):
    """It looks every few seconds, whatever there is to do."""
    with asked(database, "") as found:
        await background.look(app)
    known = ("SCAN meetings",)  # whether each has its job: one step of an index for each
    assert whole(await found.plans(database), known) == []


def whole(plans, known=()):
    return [
        step for step, _ in plans if step.startswith("SCAN ") and not step.startswith(SHORT + known)
    ]


async def begun(database, cast, clock, lines):
    async with database.begin() as db:
        note = await begin(db, cast, clock.now(), database)
    for _ in range(lines):
        await note.write(ON, clock.now())
